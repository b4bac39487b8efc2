internal import Formats
internal import Geometry
internal import Survey

/// `[[finds]]`: every feature becomes a find or an error.
func loadFinds(_ section: Section, _ files: FeatureFiles, _ references: References) -> [Find] {
  section.check(known: ["file", "layer", "crs", "frame"])
  let report = section.report
  var points: (name: String, features: [GeoFeature])?
  report.unreadFinds += report.errors {
    points = loadPoints(section, "finds", files, references)
  }
  guard let (name, features) = points else { return [] }
  return features.compactMap { feature in
    let read = find(feature, name, report)
    if read == nil { report.unreadFinds.append(Place(name, line: feature.line)) }
    return read
  }
}

private func find(_ feature: GeoFeature, _ file: String, _ report: Report) -> Find? {
  let properties = Properties(feature: feature, file: file, code: "find.invalid", report: report)
  let before = report.errors
  let (id, found) = (properties.id, properties.date("found"))
  if id == nil { properties.invalid("a find without an id", advice: "give it the property `id`") }
  let title = id.map { "find \($0.prefix(64))" } ?? "this find"
  if !properties.has("found") {
    properties.invalid("\(title) has no date", advice: "give it the property `found`, such as \"2026-05-03\"")
  }
  let (depth, sigma, disposed) =
    (properties.number("depth_cm"), properties.number("sigma_m"), properties.date("disposed"))
  guard case .point(let position)? = feature.geometry else {
    properties.invalid("\(title) is no point", advice: "give the place where it was found")
    return nil
  }
  guard let id, let found, report.errors == before else { return nil }
  var find = Find(id: id, position: position, found: found, place: properties.place)
  (find.type, find.activity) = (properties.text("type"), properties.text("activity"))
  find.category = properties.text("category")
  // Nothing is measured with a sigma of zero: whoever wrote it did not know, and the disc must not shrink for it.
  (find.depth, find.sigma) = (depth, sigma.flatMap { $0 > 0 ? $0 : nil })
  (find.condition, find.disposed, find.disposal) = (properties.text("condition"), disposed, properties.text("disposal"))
  return find
}
