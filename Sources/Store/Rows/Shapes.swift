import GeoPackage
import Geometry

extension Shape {
  /// Polygons as they were drawn, to the last bit: the closing corner, which is never kept in memory, is put on and taken
  /// off.
  static func polygons(_ path: WritableKeyPath<Record, [Polygon<Geographic>]>) -> Shape {
    Shape(geometry: .multiPolygon) { record in
      let polygons = record[keyPath: path]
      return polygons.isEmpty ? nil : .multiPolygon(polygons.map { $0.rings.map(closed) })
    } take: { raw, record in
      guard let raw else {
        record[keyPath: path] = []
        return true
      }
      guard case .multiPolygon(let all) = raw else { return false }
      let polygons = all.compactMap(polygon)
      guard polygons.count == all.count else { return false }
      record[keyPath: path] = polygons
      return true
    }
  }

  static func point(_ path: WritableKeyPath<Record, Geographic>) -> Shape {
    Shape(geometry: .point) {
      .point(RawPosition($0[keyPath: path].longitude, $0[keyPath: path].latitude))
    } take: { raw, record in
      guard case .point(let position)? = raw else { return false }
      let place = Geographic(position.x, position.y)
      guard place.isOnEarth else { return false }
      record[keyPath: path] = place
      return true
    }
  }
}

private func closed(_ ring: Ring<Geographic>) -> [RawPosition] {
  (ring.corners + ring.corners.prefix(1)).map { RawPosition($0.longitude, $0.latitude) }
}

private func polygon(_ raw: [[RawPosition]]) -> Polygon<Geographic>? {
  let rings = raw.compactMap { positions -> Ring<Geographic>? in
    let corners = positions.map { Geographic($0.x, $0.y) }
    // A ring that crosses 180 degrees may count its longitudes on, by one turn at most.
    guard corners.allSatisfy({ abs($0.longitude) <= 540 && abs($0.latitude) <= 90 }) else { return nil }
    return try? Ring(corners)
  }
  guard rings.count == raw.count, let outer = rings.first else { return nil }
  return Polygon(outer, holes: Array(rings.dropFirst()))
}
