import Geometry

/// Whether a ring surely neither crosses nor touches itself: then it is valid by OGC simple features, and GEOS, whose answer to
/// so small a question costs ten times as much, need not be asked.
///
/// Every edge is held against every other, exactly, in whole numbers. `false` may only mean that the ring is too long
/// for that.
func isSurelySimple(_ ring: Ring<LatticePoint>) -> Bool {
  let (corners, box) = (ring.corners, Box(ring.corners))
  // Products of two differences of a narrower ring stay under 2^60.
  guard corners.count <= 100, box.width < 0x4000_0000, box.height < 0x4000_0000, var a = corners.last else {
    return false
  }
  for (index, b) in corners.enumerated() {
    // The edge that follows shares b, and must not run back over this one.
    let next = corners[index + 1 < corners.count ? index + 1 : 0]
    guard a != b, cross(b, a, next) != 0 || isBetween(b, a, next) else { return false }
    // The edges after that; the last one shares the first corner of the first.
    for other in stride(from: index + 1, to: corners.count - (index == 0 ? 2 : 1), by: 1)
    where !areApart(a, b, corners[other], corners[other + 1]) { return false }
    a = b
  }
  return true
}

/// Of three corners on one line.
private func isBetween(_ b: LatticePoint, _ a: LatticePoint, _ c: LatticePoint) -> Bool {
  (a.x - b.x) &* (c.x - b.x) &+ (a.y - b.y) &* (c.y - b.y) < 0
}

/// Whether two edges surely have no place in common: their boxes are apart, or one lies wholly on one side of the other.
private func areApart(_ a: LatticePoint, _ b: LatticePoint, _ c: LatticePoint, _ d: LatticePoint) -> Bool {
  if max(a.x, b.x) < min(c.x, d.x) || max(c.x, d.x) < min(a.x, b.x) { return true }
  if max(a.y, b.y) < min(c.y, d.y) || max(c.y, d.y) < min(a.y, b.y) { return true }
  return isOnOneSide(cross(a, b, c), cross(a, b, d)) || isOnOneSide(cross(c, d, a), cross(c, d, b))
}

private func isOnOneSide(_ c: Int, _ d: Int) -> Bool { (c > 0 && d > 0) || (c < 0 && d < 0) }
