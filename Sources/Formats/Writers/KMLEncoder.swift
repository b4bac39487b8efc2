import Geometry

/// KML 2.2 (OGC 07-147r2): a placemark a feature, its properties as extended data, its colours as its own style.
struct KMLEncoder: FeatureEncoder {
  var bytes: [UInt8] = []

  init(_ name: String, _ description: String) {
    write(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>"
        + name.xml + "</name><description>" + description.xml + "</description>\n")
  }

  mutating func feature(_ shape: GeoJSONShape, _ properties: JSONObject) {
    let title = [properties["hazard_id"], properties["layer"], properties["id"]].compactMap { $0?.text }
    write("<Placemark><name>\(title.joined(separator: " ").xml)</name>" + style(properties) + "<ExtendedData>")
    for member in properties.members {
      write("<Data name=\"\(member.name.xml)\"><value>\(member.value.plainText.xml)</value></Data>")
    }
    write("</ExtendedData>" + geometry(shape) + "</Placemark>\n")
  }

  mutating func end() { write("</Document></kml>\n") }

  /// `fill` and `stroke` as simplestyle has them, #rrggbb; KML wants aabbggrr.
  private func style(_ properties: JSONObject) -> String {
    guard let fill = colour(properties["fill"], opacity: properties["fill-opacity"]?.double ?? 1),
      let stroke = colour(properties["stroke"], opacity: 1)
    else { return "" }
    return "<Style><LineStyle><color>\(stroke)</color></LineStyle><PolyStyle><color>\(fill)</color></PolyStyle></Style>"
  }

  private func colour(_ value: JSONValue?, opacity: Double) -> String? {
    guard let text = value?.text?.utf8, text.count == 7, text.first == UInt8(ascii: "#") else { return nil }
    let digits = text.dropFirst().map { Character(UnicodeScalar($0)) }
    let alpha = String(Int((min(max(opacity, 0), 1) * 255).rounded()), radix: 16)
    return (alpha.count < 2 ? "0" : "") + alpha + String(digits[4...5] + digits[2...3] + digits[0...1])
  }

  private func geometry(_ shape: GeoJSONShape) -> String {
    let parts =
      switch shape {
      case .polygons(let polygons): polygons.map(polygon)
      case .lines(let lines):
        lines.map { "<LineString>\(coordinates($0.map(LatticePoint.init(nearest:))))</LineString>" }
      case .points(let points): points.map { "<Point>\(coordinates([LatticePoint(nearest: $0)]))</Point>" }
      }
    return parts.count == 1 ? parts[0] : "<MultiGeometry>" + parts.joined() + "</MultiGeometry>"
  }

  private func polygon(_ polygon: Polygon<LatticePoint>) -> String {
    let holes = polygon.holes.map {
      "<innerBoundaryIs><LinearRing>\(coordinates($0.closed))</LinearRing></innerBoundaryIs>"
    }
    return "<Polygon><outerBoundaryIs><LinearRing>\(coordinates(polygon.outer.closed))</LinearRing></outerBoundaryIs>"
      + holes.joined() + "</Polygon>"
  }

  private func coordinates(_ points: [LatticePoint]) -> String {
    "<coordinates>" + points.map { "\($0.degrees.longitude),\($0.degrees.latitude)" }.joined(separator: " ")
      + "</coordinates>"
  }
}
