internal import Formats
internal import Geometry
internal import Survey

/// The features of a file of points that lies near the hazards, and its name; `nil`, and reported, where it cannot be used.
func loadPoints(
  _ section: Section, _ what: String, _ files: FeatureFiles, _ references: References
) -> (name: String, features: [GeoFeature])? {
  section.requireKey("file", "name the file with the \(what)")
  guard let name = section.string("file"), let source = references.source(of: section, file: name) else { return nil }
  let features = files.features(
    name, layer: section.string("layer"), at: section.place("file"), in: source, pieces: .error)
  let positions = (features ?? []).compactMap { feature -> Geographic? in
    if case .point(let position)? = feature.geometry { position } else { nil }
  }
  let nearest = positions.min { references.places.distance(to: $0) < references.places.distance(to: $1) }
  let title = "\"\(name.prefix(200))\", a file of \(what),"
  let isNear = references.isNear(title, nearest: nearest, file: name, section, at: section.place("file"))
  return isNear ? features.map { (name, $0) } : nil
}
