internal import Formats
internal import Geometry
internal import Survey

/// The records of the file that a table names: every feature becomes one or an error, and none is dropped unseen.
///
/// `item` makes a record of a feature and the name of its file, and reports where it cannot. Where something cannot be used
/// is added to `unread`, and what is assumed for records without a `sigma` told under `assumed`.
func loadPoints<Item>(
  _ section: Section, _ files: FeatureFiles, _ references: References, of what: String, needed why: String,
  keys: [String] = [], unread: ReferenceWritableKeyPath<Report, [Place]>,
  sigma: KeyPath<Item, Double?>, assumed: (code: String, onlyUnread: Bool), item: (GeoFeature, String) -> Item?
) -> [Item] {
  let report = section.report
  var points: PointFeatures?
  report[keyPath: unread] += report.errors {
    // A key that is none may name a file.
    section.check(known: ["file", "layer", "crs", "frame"] + keys)
    points = pointFeatures(section, files, references, of: what, needed: why)
  }
  guard let points else { return [] }
  var accuracy = AssumedSigma()
  let items = points.features.compactMap { feature in
    let read = item(feature, points.file)
    if let read { accuracy.take(read[keyPath: sigma], of: feature) }
    if read == nil { report[keyPath: unread].append(Place(points.file, line: feature.line)) }
    return read
  }
  accuracy.tell(what, assumed.code, at: Place(points.file), report, onlyUnread: assumed.onlyUnread)
  return items
}

/// The features of one file of points.
private struct PointFeatures {
  var file: String
  var features: [GeoFeature]
}

/// The features of the file that a table names, which may also be a table or a form; `nil`, and reported, where it cannot
/// be used.
private func pointFeatures(
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
