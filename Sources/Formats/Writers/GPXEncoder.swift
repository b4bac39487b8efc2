import Geometry

/// GPX 1.1 to stake out with a handheld receiver: each ring is a closed track, each of its corners a waypoint with the
/// number that it has there. What GPX has no place for (areas, dates) stands in the description.
struct GPXEncoder: FeatureEncoder {
  var bytes: [UInt8] = []
  /// GPX wants all waypoints before all tracks.
  private var tracks: [UInt8] = []
  private var pieces: [String: Int] = [:]

  init(_ name: String, _ description: String) {
    write(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Razmin\" "
        + "xmlns=\"http://www.topografix.com/GPX/1/1\"><metadata><name>\(name.xml)</name><desc>\(description.xml)</desc></metadata>\n"
    )
  }

  mutating func feature(_ shape: GeoJSONShape, _ properties: JSONObject) {
    let title = [properties["hazard_id"], properties["layer"], properties["id"]].compactMap { $0?.text }
      .joined(separator: " ")
    switch shape {
    case .polygons(let polygons):
      for polygon in polygons {
        pieces[title, default: 0] += 1
        let piece = "\(title) \(pieces[title, default: 1])"
        for (index, ring) in polygon.rings.enumerated() {
          perimeter(ring, index == 0 ? piece : "\(piece) hole \(index)", properties)
        }
      }
    case .lines(let lines): for line in lines { track(line.map(LatticePoint.init(nearest:)), title, "") }
    case .points(let points): for point in points { waypoint(LatticePoint(nearest: point), title) }
    }
  }

  private mutating func perimeter(_ ring: Ring<LatticePoint>, _ name: String, _ properties: JSONObject) {
    for (number, corner) in ring.corners.enumerated() { waypoint(corner, "\(name) \(number + 1)") }
    let area = properties["area_m2"].map { "area_m2 \($0.plainText)" } ?? ""
    track(ring.closed, name, area)
  }

  private mutating func waypoint(_ point: LatticePoint, _ name: String) {
    write("<wpt \(place(point))><name>\(name.xml)</name></wpt>\n")
  }

  private mutating func track(_ points: [LatticePoint], _ name: String, _ description: String) {
    var text = "<trk><name>\(name.xml)</name>"
    if !description.isEmpty { text += "<desc>\(description.xml)</desc>" }
    text += "<trkseg>" + points.map { "<trkpt \(place($0))/>" }.joined() + "</trkseg></trk>\n"
    tracks += Array(text.utf8)
  }

  private func place(_ point: LatticePoint) -> String {
    "lat=\"\(point.degrees.latitude)\" lon=\"\(point.degrees.longitude)\""
  }

  mutating func end() {
    bytes += tracks
    write("</gpx>\n")
  }
}
