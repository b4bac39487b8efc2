internal import Formats
internal import Geometry
internal import Survey

/// `[[hazards]]`: every feature becomes a hazard or an error; none is dropped unseen.
func loadHazards(_ section: Section, _ files: FeatureFiles, _ references: References) -> [Hazard] {
  if section.plainString("file").map(isSheet) ?? false { return loadSheet(section, files, references) }
  let report = section.report
  var (name, features): (String?, [GeoFeature]?)
  report.unreadHazards += report.errors {
    // A key that is none may name a file.
    section.check(known: ["file", "layer", "crs", "frame"])
    section.requireKey("file", "name the GeoJSON file with the recorded hazards")
    name = section.string("file")
    guard let name, let source = references.source(of: section, file: name, isHazard: true) else { return }
    features = files.features(
      name, layer: section.string("layer"), at: section.place("file"), in: source, pieces: .error)
  }
  guard let name, let features else { return [] }
  return features.compactMap { feature in
    let read = hazard(feature, name, report)
    if read == nil { report.unreadHazards.append(Place(name, line: feature.line)) }
    return read
  }
}

private func hazard(_ feature: GeoFeature, _ file: String, _ report: Report) -> Hazard? {
  let properties = Properties(feature: feature, file: file, code: "hazard.invalid", report: report)
  let before = report.errors
  let id = properties.id
  let (className, recorded) = (properties.text("class"), properties.date("recorded"))
  let hazardClass = className.flatMap { HazardClass(rawValue: $0) }
  if id == nil { properties.invalid("a hazard without an id", advice: "give it the property `id`") }
  let title = id.map { "hazard \($0.prefix(64))" } ?? "this hazard"
  if hazardClass == nil {
    properties.invalid(
      "\(title) has " + (className.map { "the class \"\($0.prefix(64))\"" } ?? "no class"),
      advice: "give it the property `class`: SHA or CHA")
  }
  if !properties.has("recorded") {
    properties.invalid("\(title) has no date", advice: "give it the property `recorded`, such as \"2026-05-03\"")
  }
  guard let geometry = feature.geometry, geometry.isPolygonal else {
    properties.invalid("\(title) is no polygon", advice: "draw its boundary; it is missing from the result until then")
    return nil
  }
  let (depth, area) = (properties.number("required_depth_cm"), properties.number("reported_m2"))
  properties.checkDepthNames()
  guard let id, let hazardClass, let recorded, report.errors == before else { return nil }
  var hazard = Hazard(
    id: id, class: hazardClass, recorded: recorded, polygons: geometry.polygons, place: properties.place)
  (hazard.requiredDepth, hazard.reportedArea) = (depth, area)
  (hazard.municipality, hazard.village) = (properties.text("municipality"), properties.text("village"))
  (hazard.evidence, hazard.ordnance) = (properties.text("evidence"), properties.text("ordnance"))
  return hazard
}

extension GeoGeometry {
  /// Whether it is polygons and nothing else.
  var isPolygonal: Bool {
    switch self {
    case .polygon: true
    case .multiPolygon(let polygons): !polygons.isEmpty
    case .collection(let members): !members.isEmpty && members.allSatisfy(\.isPolygonal)
    case .point, .multiPoint, .line, .multiLine: false
    }
  }
}
