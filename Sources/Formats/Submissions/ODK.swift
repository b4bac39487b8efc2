import Geometry
public import Survey

/// A CSV of submissions as ODK (Collect, Central, Briefcase) and KoboToolbox export it.
///
/// A geopoint is a waypoint; a geotrace or geoshape is a track of one segment without times, a shape being one that ends
/// where it begins. When a form was filled in is not when its points were measured: no time is taken from it.
///
/// Its records are positions, one for each item of an answer, and submissions without any.
public enum ODK: LogFormat {
  public static let name = "ODK CSV"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    guard var table = SubmissionTable(head: head) else { return false }
    let columns = ODKColumns(table.header)
    if columns.families.contains(where: { columns.isMarked || $0.columns.accuracy != nil }) { return true }
    guard columns.isMarked else { return false }
    for _ in 0..<100 {
      guard let row = try? table.next() else { break }
      if row.cells.contains(where: { GeoText($0.text) != nil }) { return true }
    }
    return false
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var table = try SubmissionTable.read(&input)
    let columns = ODKColumns(table.header)
    var counts = RecordCounts()
    var strays = ODKStrays()
    while true {
      // A quotation mark that is not closed swallows what comes behind it: that much is lost, and told.
      let row: SheetRow?
      do { row = try table.next() } catch {
        sink.add(Problem(error.code, line: error.line, "\(error.message); nothing behind it was read"))
        counts.seen += 1
        counts.add(aside: error.code)
        break
      }
      guard let row else { break }
      // Two rows that damage made one: which of the numbers belong together is not known.
      if row.cells.dropFirst(table.header.count).contains(where: { !$0.isEmpty }) {
        counts.seen += 1
        counts.add(aside: "odk.row")
        sink.add(Problem("odk.row", line: row.line, "the row has more fields than the header: it is not used"))
        continue
      }
      let seen = counts.seen
      read(row, columns, into: &sink, counting: &counts)
      for (_, column) in columns.others { strays.take(row[column].text, column: column, line: row.line) }
      if counts.seen == seen { counts.addOther() }
    }
    if table.cutRow != nil, let problem = input.problem {
      counts.seen += 1
      counts.add(aside: problem.code)
    }
    strays.report(columns, into: &sink, counting: &counts)
    sink.add(counts)
    if let problem = input.problem { sink.add(problem) }
    return (name, nil)
  }

  private static func read(
    _ row: SheetRow, _ columns: ODKColumns, into sink: inout some LogSink, counting counts: inout RecordCounts
  ) {
    let title = columns.title.map { row[$0].text } ?? ""
    var told: Set<String> = []
    for (question, column) in columns.others {
      guard let geo = GeoText(row[column].text) else { continue }
      told.insert(question)
      geo.add(to: &sink, title: title, question: question, line: row.line, counting: &counts)
    }
    // The columns of one question repeat what its own column says.
    for (question, family) in columns.families where !told.contains(question) {
      guard let latitude = family.latitude, let longitude = family.longitude else { continue }
      let pair = [row[latitude].text, row[longitude].text]
      if pair.allSatisfy(\.isEmpty) { continue }
      counts.seen += 1
      let numbers = pair.map { GeoText.number($0) }
      guard let y = numbers[0], let x = numbers[1], GeoText.isPlace(Geographic(x, y)) else {
        counts.add(aside: "odk.coordinate")
        sink.add(
          Problem(
            "odk.coordinate", line: row.line,
            "latitude \"\(pair[0].prefix(40))\", longitude \"\(pair[1].prefix(40))\" are no position: it is not used"))
        continue
      }
      let point = GeoText.Point(
        position: Geographic(x, y), altitude: family.altitude.flatMap { GeoText.number(row[$0].text) },
        accuracy: family.accuracy.flatMap { GeoText.number(row[$0].text) })
      counts.used += 1
      sink.add(Waypoint(point.fix(line: row.line), name: title.isEmpty ? nil : title, comment: question))
    }
  }
}

extension GeoText {
  /// Hands the answer to one question on, and counts its positions.
  func add(
    to sink: inout some LogSink, title: String, question: String, line: Int, counting counts: inout RecordCounts
  ) {
    counts.seen += written
    for text in bad {
      counts.add(aside: "odk.coordinate")
      sink.add(
        Problem(
          "odk.coordinate", line: line, "\"\(text)\" is no latitude, longitude, altitude and accuracy: it is not used"))
    }
    if isTrace {
      var events = Events()
      events.add(.track(TrackHeader(name: title.isEmpty ? question : "\(title) \(question)")))
      events.add(.segment)
      for point in points {
        counts.used += 1
        events.add(point.fix(line: line))
      }
      counts = events.corrected(counts)
      events.drain(into: &sink)
    } else if let point = points.first {
      counts.used += 1
      sink.add(Waypoint(point.fix(line: line), name: title.isEmpty ? nil : title, comment: question))
    }
  }
}
