internal import Formats
internal import Ordnance
internal import Survey

/// The catalogue of ordnance that the programme ships, with what the survey's own table puts before it.
func loadOrdnance(_ head: Section, _ files: FeatureFiles) -> OrdnanceCatalogue {
  let place = head.place("ordnance")
  do {
    let shipped = try OrdnanceCatalogue.builtIn()
    guard let name = head.string("ordnance"), let own = files.table(name, at: place) else { return shipped }
    do {
      return try shipped.preceded(by: OrdnanceCatalogue(own))
    } catch {
      head.report.add(
        error.code, .error, at: Place(name, line: error.line), error.message,
        advice: "mend the row: nothing of this catalogue is used until then")
      return shipped
    }
  } catch {
    // The data file is part of the programme, so this says that the programme was built wrong.
    head.report.add(
      error.code, .error, at: Place("ordnance.csv", line: error.line), error.message,
      advice: "install the programme again")
    return OrdnanceCatalogue.empty
  }
}

extension FeatureFiles {
  /// A table that the survey names; `nil`, and reported, where it cannot be read.
  func table(_ name: String, at place: Place) -> NamedTable? {
    guard let path = openable(name, at: place) else { return nil }
    do {
      let table = try NamedTable.read(ByteSource(path: path))
      add(FieldSurvey.Input(path: name, sha256: table.sha256))
      return table
    } catch {
      refuse(name, error, at: place)
      return nil
    }
  }
}

extension Find {
  /// Takes over what a catalogue knows of its type.
  mutating func recognise(_ catalogue: OrdnanceCatalogue) {
    let entry = type.flatMap { catalogue[$0] }
    // What the catalogue does not know may still say its category itself.
    let written = entry?.category ?? category
    (ordnance, category) = (entry?.name, written.map { catalogue.category($0) ?? $0 })
  }
}

/// Types of ordnance that the catalogue does not know, each spelling once.
func tellUnknown(
  _ items: [(type: String?, ordnance: String?, place: Place)], _ catalogue: OrdnanceCatalogue, _ report: Report
) {
  var counts: [String: (count: Int, first: Place)] = [:]
  for item in items {
    guard let type = item.type, item.ordnance == nil else { continue }
    let before = counts[type]
    counts[type] = ((before?.count ?? 0) + 1, min(before?.first ?? item.place, item.place))
  }
  for (type, found) in counts.sorted(by: { $0.key < $1.key }) {
    let near = nearest(to: type, among: catalogue.spellings)
    report.add(
      "ordnance.unknown", .info, at: found.first,
      "the type \"\(type.prefix(64))\", in \(found.count) record\(found.count == 1 ? "" : "s"), is in no catalogue",
      advice: (near.map { "did you mean \"\($0)\"? " } ?? "")
        + "it is kept as written; razmin ordnance lists what is known, and [survey] ordnance adds to it")
  }
}
