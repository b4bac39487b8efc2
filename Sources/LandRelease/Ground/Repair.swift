import Geometry
import Projection
import Topology

/// A drawn polygon on the lattice, made valid where it was not.
struct DrawnArea: Sendable {
  var polygons: [Polygon<LatticePoint>]
  /// `nil` where nothing was changed.
  var repair: Repair?

  /// Why a polygon was not valid, and its area before and after in square metres.
  struct Repair: Sendable {
    var reason: String
    var before, after: Double
  }
}

/// Which way a repair may err.
enum RepairSide {
  /// A claim keeps only what the even-odd rule keeps of its outer boundary, less all that its holes enclose.
  case inwards
  /// A hazard takes everything that its outer boundary encloses, less what its holes surely leave out.
  case outwards
}

/// Puts a drawn polygon on the lattice and repairs it where it is not valid there.
///
/// Rings that collapse on the lattice (under three corners) are left out; where the outer one does, the area is empty.
func drawnArea(_ polygon: Polygon<Geographic>, erring side: RepairSide) throws -> DrawnArea {
  guard let outer = try? Ring(latticeRing(polygon.outer.corners)) else { return DrawnArea(polygons: []) }
  let snapped = Polygon(outer, holes: polygon.holes.compactMap { try? Ring(latticeRing($0.corners)) })
  if snapped.holes.isEmpty, isSurelySimple(outer) { return DrawnArea(polygons: [snapped]) }
  guard let reason = try invalidity([snapped]) else { return DrawnArea(polygons: [snapped]) }

  // Each side takes the reading that errs its way, of the outer boundary as well as of the holes.
  let outside: RingSet
  let holes: [RingSet]
  switch side {
  case .inwards:
    outside = RingSet([outer.corners], .evenOdd)
    holes = try snapped.holes.map { RingSet(try everythingInside($0)) }
  case .outwards:
    outside = RingSet(try everythingInside(outer))
    holes = snapped.holes.map { RingSet([$0.corners], .evenOdd) }
  }
  let (enclosed, left) = (RingIndex(outside), holes.map { RingIndex($0) })
  let kept = try faces(of: snapped.rings.map(closed)).filter { face in
    guard let (x, y) = interiorPoint(of: face) else { return false }
    return enclosed.contains(x, y) && !left.contains { $0.contains(x, y) }
  }
  let repaired = try dissolve(kept)
  let repair = DrawnArea.Repair(
    reason: inDegrees(reason), before: snapped.ellipsoidalArea, after: repaired.reduce(0) { $0 + $1.ellipsoidalArea })
  return DrawnArea(polygons: repaired, repair: repair)
}

/// The engine names a place on the lattice in brackets; people look for degrees.
private func inDegrees(_ reason: String) -> String {
  guard let bracket = reason.lastIndex(of: "["), reason.hasSuffix("]") else { return reason }
  let numbers = reason[bracket...].dropFirst().dropLast().split(separator: " ").compactMap { Double($0) }
  guard numbers.count == 2 else { return reason }
  let degrees = numbers.map { "\($0.rounded() / LatticePoint.stepsPerDegree)" }
  return "\(reason[..<bracket]) at \(degrees[0]) \(degrees[1])"
}

/// Everything that one ring encloses, however it crosses itself.
private func everythingInside(_ ring: Ring<LatticePoint>) throws -> [Polygon<LatticePoint>] {
  try dissolve(faces(of: [closed(ring)])).map { Polygon($0.outer) }
}

private func closed(_ ring: Ring<LatticePoint>) -> [LatticePoint] { ring.corners + ring.corners.prefix(1) }
