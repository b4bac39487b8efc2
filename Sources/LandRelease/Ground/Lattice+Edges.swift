import Geometry
import Survey

/// The corners of a ring on the lattice, neighbours that coincide there merged, and no edge longer than 100 m.
///
/// GeoJSON's edges are straight in longitude and latitude (RFC 7946, 3.1.1). A geodesic between the ends of a 100 m edge
/// leaves that line by 0.2 mm at 45 degrees (L² tan φ / 8R), so every reading of the output agrees within 1 mm.
func latticeRing(_ corners: [Geographic]) -> [LatticePoint] {
  var ring: [LatticePoint] = []
  for corner in corners.map(LatticePoint.init(nearest:)) where ring.last != corner { ring.append(corner) }
  while ring.count > 1, ring.first == ring.last { ring.removeLast() }
  return withShortEdges(ring)
}

/// The same ring with lattice points put between the ends of edges over 100 m.
func withShortEdges(_ ring: [LatticePoint]) -> [LatticePoint] {
  var dense: [LatticePoint] = []
  dense.reserveCapacity(ring.count)
  for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
    dense.append(a)
    // No edge of fewer lattice steps than this either way is 95 m long, at any latitude; most edges end here.
    guard abs(b.x - a.x) > 60_000 || abs(b.y - a.y) > 60_000 else { continue }
    let pieces = Int((a.position.distance(to: b.position) / 100).rounded(.up))
    guard pieces > 1 else { continue }
    for index in 1..<pieces {
      let part = Double(index) / Double(pieces)
      dense.append(
        LatticePoint(a.first + part * (b.first - a.first), a.second + part * (b.second - a.second)))
    }
  }
  return dense
}

/// The same ring with places put between the ends of edges over 50 m.
///
/// What is straight in a frame is not straight in degrees: without these an edge of 1 km would leave its place by 20 mm at
/// 45 degrees, an edge of 50 m by 0.05 mm.
func withShortEdges(_ ring: [Projected]) -> [Projected] {
  var dense: [Projected] = []
  dense.reserveCapacity(ring.count)
  for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
    dense.append(a)
    let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
    let pieces = ((dx * dx + dy * dy).squareRoot() / 50).rounded(.up)
    for index in stride(from: 1, to: pieces, by: 1) {
      dense.append(Projected(a.easting + index / pieces * dx, a.northing + index / pieces * dy))
    }
  }
  return dense
}
