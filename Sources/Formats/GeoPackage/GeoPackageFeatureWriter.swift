public import GeoPackage
import Geometry

/// Writes features into the layers of a GeoPackage, which appears whole or not at all.
///
///     var writer = try GeoPackageFeatureWriter.open("remaining.gpkg", layers: layers)
///     try writer.feature(.polygons(ground), properties, layer: "remaining")
///     try writer.finish(["razmin": ["version": "0.1.0"]], lastChange: nil)
public struct GeoPackageFeatureWriter: ~Copyable {
  private var writer: GeoPackageWriter
  private let output: Output
  private let path: String

  private init(_ writer: consuming GeoPackageWriter, _ output: consuming Output, _ path: String) {
    self.writer = writer
    self.output = output
    self.path = path
  }

  public static func open(
    _ path: String, layers: [GeoPackageLayer]
  ) throws(OutputFailed) -> GeoPackageFeatureWriter {
    let output = try Output.open(path)
    guard let temporary = output.temporaryPath else {
      throw OutputFailed(path, "a GeoPackage is a database, and can only be written to a file")
    }
    do throws(GeoPackageNotWritten) {
      return GeoPackageFeatureWriter(try GeoPackageWriter.open(temporary, layers: layers), output, path)
    } catch { throw OutputFailed(path, error.message) }
  }

  /// Adds a feature to the layer of that name. Every property must have its column there: one that has none is our own
  /// mistake, and nothing is written rather than without it.
  public mutating func feature(
    _ shape: GeoJSONShape?, _ properties: JSONObject, layer: String
  ) throws(OutputFailed) {
    guard let index = writer.layers.firstIndex(where: { $0.name == layer }) else {
      throw OutputFailed(path, "there is no layer \"\(layer)\"; please report this")
    }
    let columns = writer.layers[index].columns
    if let lost = properties.members.first(where: { member in !columns.contains { $0.name == member.name } }) {
      throw OutputFailed(path, "the layer \"\(layer)\" has no column \"\(lost.name)\"; please report this")
    }
    let values = columns.map { properties[$0.name].map { $0.attribute } ?? .null }
    let geometry = shape.flatMap { $0.raw(writer.layers[index].geometry) }
    do throws(GeoPackageNotWritten) { try writer.add(geometry, zip(columns, values).map(normal), to: index) } catch {
      throw OutputFailed(path, error.message)
    }
  }

  /// `members` describe the whole file, as the foreign members of GeoJSON do. `lastChange` is the instant of the latest
  /// thing in it, by ISO 8601; a file without any says 1970, since no clock is looked at.
  public consuming func finish(_ members: JSONObject, lastChange: String?) throws(OutputFailed) {
    var json = JSONWriter()
    json.write(members)
    let path = path
    do throws(GeoPackageNotWritten) {
      try writer.finish(
        metadata: String(decoding: json.bytes, as: UTF8.self), lastChange: dateTime(lastChange ?? "1970-01-01"))
    } catch { throw OutputFailed(path, error.message) }
    try output.finish()
  }
}

/// A time has exactly three decimals in a GeoPackage; a date alone is its midnight.
private func dateTime(_ text: String) -> String {
  guard text.utf8.count > 10 else { return text + "T00:00:00.000Z" }
  return text.utf8.count == 20 ? text.dropLast() + ".000Z" : text
}

private func normal(_ column: GeoPackageLayer.Column, _ value: AttributeValue) -> AttributeValue {
  guard column.type == .dateTime, case .text(let text) = value else { return value }
  return .text(dateTime(text))
}

extension JSONValue {
  /// The value as GeoJSON would have it when read back: of `fixed`, what its decimals say.
  fileprivate var attribute: AttributeValue {
    switch self {
    case .null: .null
    case .bool(let value): .boolean(value)
    case .int(let number): .integer(Int64(number))
    case .number(let number): number.isFinite ? .real(number) : .null
    case .fixed: Double(plainText).map { .real($0) } ?? .null
    case .string(let text): .text(text)
    case .array, .object: .text(plainText)
    }
  }
}

extension GeoJSONShape {
  /// As a layer of this kind has it; every layer has one kind, so that a single polygon is a multipolygon of one.
  fileprivate func raw(_ kind: LayerGeometry) -> RawGeometry? {
    switch self {
    case .polygons(let polygons):
      return polygons.isEmpty ? nil : .multiPolygon(polygons.map(rings))
    case .lines(let lines): return lines.isEmpty ? nil : .multiLine(lines.map { $0.map(position) })
    case .points(let points):
      if kind == .point, points.count == 1 { return .point(position(points[0])) }
      return points.isEmpty ? nil : .multiPoint(points.map(position))
    }
  }

  private func rings(_ polygon: Polygon<LatticePoint>) -> [[RawPosition]] {
    polygon.rings.enumerated().map { index, ring in
      let corners = ring.corners(counterClockwise: index == 0)
      return (corners + corners.prefix(1)).map { RawPosition($0.position.longitude, $0.position.latitude) }
    }
  }

  /// Rounded to the lattice, as GeoJSON is.
  private func position(_ place: Geographic) -> RawPosition {
    let rounded = LatticePoint(nearest: place).position
    return RawPosition(rounded.longitude, rounded.latitude)
  }
}
