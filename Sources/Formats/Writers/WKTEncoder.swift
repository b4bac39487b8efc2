import Geometry

/// Comma-separated values (RFC 4180) with the geometry as WKT in the column `WKT`, longitude first.
///
/// A table has the same columns in every row, so rows are kept until all of them are known.
struct WKTEncoder: FeatureEncoder {
  var bytes: [UInt8] = []
  private var columns: [String] = []
  private var rows: [(wkt: String, properties: JSONObject)] = []

  mutating func feature(_ shape: GeoJSONShape, _ properties: JSONObject) {
    for member in properties.members where !columns.contains(member.name) { columns.append(member.name) }
    rows.append((wkt(shape), properties))
  }

  mutating func end() {
    write(line(["WKT"] + columns))
    for row in rows { write(line([row.wkt] + columns.map { row.properties[$0]?.plainText ?? "" })) }
  }

  private func line(_ fields: [String]) -> String {
    fields.map { field in
      guard field.contains(where: { ",\"\r\n".contains($0) }) else { return field }
      return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }.joined(separator: ",") + "\r\n"
  }

  private func wkt(_ shape: GeoJSONShape) -> String {
    switch shape {
    case .polygons(let polygons):
      collection("POLYGON", polygons.map { polygon in list(polygon.rings.map { list($0.closed.map(pair)) }) })
    case .lines(let lines):
      collection("LINESTRING", lines.map { line in list(line.map { pair(LatticePoint(nearest: $0)) }) })
    case .points(let points): collection("POINT", points.map { list([pair(LatticePoint(nearest: $0))]) })
    }
  }

  private func collection(_ type: String, _ parts: [String]) -> String {
    parts.count == 1 ? "\(type) \(parts[0])" : "MULTI\(type) \(parts.isEmpty ? "EMPTY" : list(parts))"
  }

  private func list(_ parts: [String]) -> String { "(" + parts.joined(separator: ", ") + ")" }
  private func pair(_ point: LatticePoint) -> String { "\(point.degrees.longitude) \(point.degrees.latitude)" }
}
