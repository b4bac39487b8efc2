import Geometry
import Survey

extension KMLFeature {
  /// The placemark as a feature; throws where not all of its ground is known, since a part of a hazard is no hazard.
  func geoFeature(in converter: (any PositionConverter)?) throws(Problem) -> GeoFeature {
    guard !isIncomplete else {
      throw Problem("kml.geometry", line: line, "\(title): a part of its geometry cannot be read: it is not used")
    }
    var geometries: [GeoGeometry] = []
    for piece in pieces { geometries.append(try geometry(piece, converter)) }
    var all: [String: JSONValue] = [:]
    let own = [
      ("name", name), ("description", description), ("folder", folder), ("timestamp", time), ("begin", begin),
      ("end", end),
    ]
    for (key, value) in own { if let value, !value.isEmpty { all[key] = .string(value) } }
    for (key, value) in properties { all[key] = .string(value) }
    let id = name.flatMap { $0.isEmpty ? nil : $0 } ?? id
    var feature = GeoFeature(id: id, geometry: Self.joined(geometries), properties: all, line: line)
    feature.isUntyped = true
    return feature
  }

  private var title: String { (name ?? id).map { "placemark \"\($0.prefix(60))\"" } ?? "a placemark" }

  private func geometry(_ piece: Piece, _ converter: (any PositionConverter)?) throws(Problem) -> GeoGeometry {
    switch piece {
    case .point(let position): return .point(try place(position, converter))
    case .line(let positions): return try lineString(positions, converter)
    case .track(let track): return try lineString(track.positions.compactMap { $0 }, converter)
    case .polygon(let outer, let holes):
      let first = try ring(outer, converter)
      var inner: [Ring<Geographic>] = []
      for hole in holes { inner.append(try ring(hole, converter)) }
      return .polygon(Polygon(first, holes: inner))
    }
  }

  /// One position alone is a place, whatever the element is called.
  private func lineString(
    _ positions: [KMLPosition], _ converter: (any PositionConverter)?
  ) throws(Problem) -> GeoGeometry {
    let places = try places(positions, converter)
    if places.count == 1, let only = places.first { return .point(only) }
    return .line(places)
  }

  private func places(
    _ positions: [KMLPosition], _ converter: (any PositionConverter)?
  ) throws(Problem) -> [Geographic] {
    var places: [Geographic] = []
    places.reserveCapacity(positions.count)
    for position in positions { places.append(try place(position, converter)) }
    return places
  }

  private func place(_ position: KMLPosition, _ converter: (any PositionConverter)?) throws(Problem) -> Geographic {
    guard let converter else { return position.position }
    do { return try converter.position(position.position.longitude, position.position.latitude) } catch {
      throw Problem(error.code, line: position.line, "\(title): \(error.message)")
    }
  }

  private func ring(
    _ positions: [KMLPosition], _ converter: (any PositionConverter)?
  ) throws(Problem) -> Ring<Geographic> {
    let places = try places(positions, converter)
    do { return try Ring(places) } catch {
      throw Problem(
        "ring.too-few", line: positions.first?.line ?? line,
        "\(title): a ring needs three corners and its first position repeated")
    }
  }

  /// The simplest geometry that holds them all.
  private static func joined(_ parts: [GeoGeometry]) -> GeoGeometry? {
    guard parts.count > 1 else { return parts.first }
    var (points, lines, polygons): ([Geographic], [[Geographic]], [Polygon<Geographic>]) = ([], [], [])
    for part in parts {
      switch part {
      case .point(let position): points.append(position)
      case .line(let line): lines.append(line)
      case .polygon(let polygon): polygons.append(polygon)
      case .multiPoint, .multiLine, .multiPolygon, .collection: break
      }
    }
    if points.count == parts.count { return .multiPoint(points) }
    if lines.count == parts.count { return .multiLine(lines) }
    return polygons.count == parts.count ? .multiPolygon(polygons) : .collection(parts)
  }
}
