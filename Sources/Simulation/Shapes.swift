import Geometry
import Glibc

/// A ring without crossings round the origin, of a given number of corners (at least 5) and area in square metres.
func starRing(corners: Int, area: Double, roughness: Double, _ random: inout SeededRandom) -> Ring<Projected>? {
  var shape: [Projected] = []
  var smooth = 0.0
  for index in 0..<corners {
    let angle = (Double(index) + random.uniform(0.1, 0.9)) * 2 * .pi / Double(corners)
    smooth = 0.5 * smooth + 0.6 * random.normal()
    let radius = min(max(1 + roughness * smooth, 0.35), 2.5)
    shape.append(Projected(radius * cos(angle), radius * sin(angle)))
  }
  guard let ring = try? Ring(shape) else { return nil }
  let scale = (2 * area / abs(ring.twiceSignedArea)).squareRoot()
  return try? Ring(shape.map { Projected($0.easting * scale, $0.northing * scale) })
}

/// A hazard's outline round the origin; one in four has holes: houses, roads, ground released long ago.
func hazardShape(area: Double, _ random: inout SeededRandom) -> Polygon<Projected>? {
  guard let outer = starRing(corners: 8 + random.index(53), area: area, roughness: 0.35, &random) else { return nil }
  var polygon = Polygon(outer)
  guard random.chance(0.25) else { return polygon }
  for side in [-1.0, 1.0].prefix(1 + random.index(2)) {
    let at = Projected(side * 0.18 * area.squareRoot(), random.uniform(-0.1, 0.1) * area.squareRoot())
    let size = area * random.uniform(0.005, 0.02)
    guard let hole = starRing(corners: 5 + random.index(7), area: size, roughness: 0.2, &random) else { continue }
    let radius = hole.corners.reduce(0) { max($0, hypot($1.easting, $1.northing)) }
    // A circle round the hole that neither the outline nor the other side's hole enters.
    guard outer.contains(at), outer.distance(to: at) > radius + 2, radius < abs(at.easting) else { continue }
    if let moved = try? Ring(hole.corners.map { Projected($0.easting + at.easting, $0.northing + at.northing) }) {
      polygon.holes.append(moved)
    }
  }
  return polygon
}

extension Ring where C == Projected {
  private var edges: some Sequence<(Projected, Projected)> { zip(corners, corners.dropFirst() + corners.prefix(1)) }

  /// Whether a point lies inside, by the even-odd rule.
  func contains(_ p: Projected) -> Bool { crossings(at: p.northing).filter { $0 < p.easting }.count % 2 == 1 }

  /// Where the line at a northing crosses the boundary: eastings in no order, even in number.
  func crossings(at northing: Double) -> [Double] {
    edges.compactMap { a, b in
      guard (a.northing > northing) != (b.northing > northing) else { return nil }
      return a.easting + (northing - a.northing) / (b.northing - a.northing) * (b.easting - a.easting)
    }
  }

  /// Metres from a point to the boundary.
  func distance(to p: Projected) -> Double {
    edges.reduce(.infinity) { nearest, edge in
      let (a, b) = edge
      let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
      let along = ((p.easting - a.easting) * dx + (p.northing - a.northing) * dy) / max(dx * dx + dy * dy, 1e-12)
      let t = min(max(along, 0), 1)
      return min(nearest, hypot(p.easting - a.easting - t * dx, p.northing - a.northing - t * dy))
    }
  }
}

extension Polygon where C == Projected {
  func contains(_ p: Projected) -> Bool { rings.filter { $0.contains(p) }.count % 2 == 1 }

  /// Turned by an angle about the origin.
  func turned(by angle: Double) -> Polygon? {
    let (c, s) = (cos(angle), sin(angle))
    func turn(_ ring: Ring<Projected>) -> Ring<Projected>? {
      try? Ring(ring.corners.map { Projected($0.easting * c - $0.northing * s, $0.easting * s + $0.northing * c) })
    }
    guard let outer = turn(outer) else { return nil }
    return Polygon(outer, holes: holes.compactMap(turn))
  }
}
