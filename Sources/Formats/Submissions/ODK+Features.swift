import Geometry
public import Survey

/// A submission is a feature: its answers are properties by the last part of their question's name, and its geopoints the
/// geometry. A traced line or shape gives none.
extension ODK: FeatureFileFormat {
  public static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    var input = try file.open()
    var table = try SubmissionTable.read(&input)
    let columns = ODKColumns(table.header)
    let names = table.header.map(ODKQuestion.name)
    while let row = try table.next() {
      guard row.cells.count <= table.header.count || row.cells.dropFirst(table.header.count).allSatisfy(\.isEmpty)
      else {
        problem(Problem("odk.row", line: row.line, "the row has more fields than the header: it is not used"))
        continue
      }
      var submission = ODKSubmission(line: row.line)
      for (index, name) in names.enumerated() { submission.take(.string(row[index].text), as: name) }
      var told: Set<String> = []
      for (question, column) in columns.others {
        guard let geo = GeoText(row[column].text) else { continue }
        told.insert(question)
        submission.take(geo)
      }
      // The columns of one question repeat what its own column says.
      for (question, family) in columns.families where !told.contains(question) {
        submission.take(family, row)
      }
      feature(submission.feature(title: columns.title.map { row[$0].text }))
    }
    if let fault = input.problem { problem(fault) }
    return FeatureReading(files: [try FileRead(consume input)])
  }
}

extension ODKJSON: FeatureFileFormat {
  public static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    var input = try file.open()
    try eachSubmission(&input) { value, line in
      var submission = ODKSubmission(line: line)
      submission.walk(value, question: "")
      feature(submission.feature(title: nil))
    } problem: {
      problem($0)
    }
    if let fault = input.problem { problem(fault) }
    return FeatureReading(files: [try FileRead(consume input)])
  }
}

/// The name of a question without the groups that it stands in: `find/type` and `find-type` are `type`. What Kobo adds by
/// itself keeps its `_`, so that its `_id` is nobody's `id`.
enum ODKQuestion {
  static func name(_ path: String) -> String {
    path.lowercased().split(whereSeparator: { "/:.-".contains($0) }).last.map(String.init) ?? ""
  }
}

/// What one submission says.
private struct ODKSubmission {
  private var properties: [String: JSONValue] = [:]
  /// Names that two questions share and that they answer differently.
  private var doubtful: Set<String> = []
  private var positions: [Geographic] = []
  private var accuracy: Double?
  private let line: Int

  init(line: Int) { self.line = line }

  mutating func take(_ value: JSONValue, as name: String) {
    guard !name.isEmpty, value != .null, value != .string("") else { return }
    if let before = properties[name], before != value { doubtful.insert(name) }
    properties[name] = value
  }

  mutating func take(_ geo: GeoText) {
    guard !geo.isTrace, let point = geo.points.first else { return }
    take(point)
  }

  mutating func take(_ family: ODKColumns.Family, _ row: SheetRow) {
    guard let latitude = family.latitude, let longitude = family.longitude,
      let y = GeoText.number(row[latitude].text), let x = GeoText.number(row[longitude].text),
      GeoText.isPlace(Geographic(x, y))
    else { return }
    take(GeoText.Point(position: Geographic(x, y), accuracy: family.accuracy.flatMap { GeoText.number(row[$0].text) }))
  }

  private mutating func take(_ point: GeoText.Point) {
    guard !positions.contains(point.position) else { return }
    positions.append(point.position)
    accuracy = point.fix(line: line).sigma
  }

  /// Goes through the groups of a form; Kobo's `_geolocation` repeats the first geopoint.
  mutating func walk(_ value: JSONValue, question: String) {
    switch value {
    case .string(let text):
      if let geo = GeoText(text) { take(geo) } else { take(value, as: ODKQuestion.name(question)) }
    case .int, .number, .bool, .fixed: take(value, as: ODKQuestion.name(question))
    case .array(let elements): for element in elements { walk(element, question: question) }
    case .object(let object):
      if let geo = GeoText(geometry: object) { return take(geo) }
      for member in object.members where member.name != "_geolocation" { walk(member.value, question: member.name) }
    case .null: break
    }
  }

  func feature(title: String?) -> GeoFeature {
    var properties = properties
    for name in doubtful { properties[name] = .array([]) }
    if properties["sigma_m"] == nil, positions.count == 1, let accuracy { properties["sigma_m"] = .number(accuracy) }
    let geometry: GeoGeometry? = positions.count == 1 ? .point(positions[0]) : nil
    let identity = ["name", "label", "title", "point_id", "_uuid", "instanceid", "__id", "_id", "key"].lazy
      .compactMap { properties[$0]?.text }.first
    var feature = GeoFeature(id: title ?? identity, geometry: geometry, properties: properties, line: line)
    feature.isUntyped = true
    return feature
  }
}
