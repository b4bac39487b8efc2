internal import Formats
internal import Geometry
internal import Survey

/// `[[finds]]`: every feature of its file, or every waypoint of its logs that its rules take, becomes a find or an error.
func loadFinds(
  _ section: Section, _ files: FeatureFiles, _ references: References, zone: TimeZoneRules
) -> [Find] {
  let isOfLogs = section.table["logs"] != nil
  // A key that is none may name a file.
  section.report.unreadFinds += section.report.errors {
    section.check(
      known: isOfLogs ? FindWaypoints.keys : ["file", "layer", "crs", "frame", "found", "type", "activity"])
  }
  let defaults = FindDefaults(
    found: section.date("found"), type: section.string("type"), activity: section.string("activity"))
  if isOfLogs {
    return FindWaypoints(
      section: section, files: files, references: references, zone: zone, defaults: defaults
    ).load()
  }
  let report = section.report
  let before = report.errors
  var points: PointFeatures?
  report.unreadFinds += report.errors {
    points = pointFeatures(
      section, files, references, of: "finds", needed: "name the file with the finds, or list `logs` with waypoints")
  }
  guard let points else { return [] }
  if points.features.isEmpty, report.errors == before {
    report.add(
      "find.none", .warning, at: Place(points.file), "the file has no finds", advice: "see whether it is the right file"
    )
  }
  return points.features.compactMap { feature in
    let read = find(feature, points.file, report, defaults, zone)
    if read == nil { report.unreadFinds.append(Place(points.file, line: feature.line)) }
    return read
  }
}

/// What a table says for all finds that do not say it themselves.
struct FindDefaults {
  var found: CivilDate?
  var type: String?
  var activity: String?
}

/// The features of one file of points.
struct PointFeatures {
  var file: String
  var features: [GeoFeature]
}

/// The features of the file that a table names, which may also be a table or a form; `nil`, and reported, where it cannot
/// be used.
func pointFeatures(
  _ section: Section, _ files: FeatureFiles, _ references: References, of what: String, needed why: String
) -> PointFeatures? {
  section.requireKey("file", why)
  guard let name = section.string("file"),
    let source = references.source(of: section, file: name, takesPoints: true)
  else { return nil }
  let features = files.features(
    name, layer: section.string("layer"), at: section.place("file"), in: source, pieces: .error, takesPoints: true)
  let positions = (features ?? []).compactMap { feature -> Geographic? in
    if case .point(let position)? = feature.geometry { position } else { nil }
  }
  let nearest = positions.min { references.places.distance(to: $0) < references.places.distance(to: $1) }
  let title = "\"\(name.prefix(200))\", a file of \(what),"
  guard references.isNear(title, nearest: nearest, file: name, section, at: section.place("file")), let features else {
    return nil
  }
  let used = features.filter { feature in
    guard case .point(let position)? = feature.geometry else { return true }
    return references.isNear(
      "one of the \(what)", position, in: LogPositions(source.conversion), at: Place(name, line: feature.line))
  }
  return PointFeatures(file: name, features: used)
}

private func find(
  _ feature: GeoFeature, _ file: String, _ report: Report, _ defaults: FindDefaults, _ zone: TimeZoneRules
) -> Find? {
  let properties = Properties(feature: feature, file: file, code: "find.invalid", report: report, zone: zone)
  let before = report.errors
  let (id, found) = (properties.id, properties.date("found") ?? defaults.found)
  if id == nil { properties.invalid("a find without an id", advice: "give it the property `id`") }
  let title = id.map { "find \($0.prefix(64))" } ?? "this find"
  if !properties.has("found"), found == nil {
    properties.invalid("\(title) has no date", advice: "give it the property `found`, such as \"2026-05-03\"")
  }
  let (depth, sigma, disposed) =
    (properties.number("depth_cm"), properties.sigma, properties.date("disposed"))
  guard case .point(let position)? = feature.geometry else {
    properties.invalid("\(title) is no point", advice: "give the place where it was found")
    return nil
  }
  if let found, let disposed, disposed < found {
    properties.invalid("\(title) was disposed of before it was found", advice: "correct the dates")
  }
  guard let id, let found, report.errors == before else { return nil }
  var find = Find(id: id, position: position, found: found, place: properties.place)
  find.type = properties.text("type") ?? defaults.type
  find.activity = properties.text("activity") ?? defaults.activity
  find.category = properties.text("category")
  (find.depth, find.sigma) = (depth, sigma)
  (find.condition, find.disposed, find.disposal) = (properties.text("condition"), disposed, properties.text("disposal"))
  return find
}
