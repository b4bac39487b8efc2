import Geometry
import Projection
import Survey
import Topology

/// What a part of a claim covers: as it is, and the part of which it is sure.
struct ClaimGround: Sendable {
  var nominal: RingSet
  /// `nil` where nobody said how accurate the boundary is; then no part of it is sure.
  var assured: Assured?

  /// Ground inside `inner` and outside `edge`.
  struct Assured: Sendable {
    var inner: RingSet
    /// The band along a boundary in which its error may lie; empty for walked swaths.
    var edge: RingSet?
  }
}

/// The swath of walked runs, at full radius and at the radius less k sigma of each step's worse fix.
func walkedGround(
  _ runs: [Run], in store: StepStore, radius: Double, sigmaFactor: Double
) throws -> ClaimGround {
  // One after the other: the steps of both at once are much memory.
  let nominal = try walkedGround(runs, in: store) { _ in radius }
  return ClaimGround(
    nominal: nominal,
    assured: .init(inner: try walkedGround(runs, in: store) { radius - sigmaFactor * $0 }))
}

/// The swath of walked runs at a radius that may rest on the sigma of each step's worse fix.
func walkedGround(
  _ runs: [Run], in store: StepStore, radius: (_ sigma: Double) -> Double
) throws -> RingSet {
  var steps = GroundSteps()
  for run in runs {
    let points = try store.points(of: run)
    for (a, b) in zip(points, points.dropFirst()) {
      steps.append(from: a.position, to: b.position, radius: radius(max(a.sigma, b.sigma)))
    }
  }
  return try swathGround(steps)
}

/// The ground of valid polygons; what lies within k sigma of their edges is not sure.
func drawnGround(
  _ polygons: [Polygon<LatticePoint>], sigma: Double?, sigmaFactor: Double
) throws -> ClaimGround {
  // United first: an edge between two polygons of one activity is no edge of what it covers.
  let drawn = RingSet(try united(polygons))
  guard let sigma else { return ClaimGround(nominal: drawn, assured: nil) }
  guard sigma * sigmaFactor > 0 else { return ClaimGround(nominal: drawn, assured: .init(inner: drawn)) }
  // A swath may be smaller than the truth by its tolerance; the band must not be, so it is drawn wider by that.
  let radius = sigma * sigmaFactor + claimTolerance + 0.002
  var edges = GroundSteps()
  for ring in drawn.rings {
    for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
      edges.append(from: a.position, to: b.position, radius: radius)
    }
  }
  return ClaimGround(nominal: drawn, assured: .init(inner: drawn, edge: try swathGround(edges)))
}

/// A regular polygon of lattice points that holds the disc of a radius in metres round a position.
///
/// What protects people errs outwards: the sides of n corners at distance r/cos(π/n) touch the circle from outside. Two
/// lattice steps more make up for rounding.
func circumscribedDisc(at position: Geographic, radius: Double) throws -> RingSet {
  let frame = try LocalFrame.open(at: position)
  let reach = radius + 0.003 + 0.005
  // As many corners as keep the middle of each side outside the radius, and the corners within 5 mm of it.
  let wanted = (.pi / acosine((radius + 0.003) / reach)).rounded(.up)
  guard let corners = Int(exactly: max(16, wanted)), corners < 1_000_000 else {
    throw LandReleaseError.arrangement("a disc of \(radius) m cannot be drawn")
  }
  let places = (0..<corners).map { index in
    let (c, s) = cosineAndSine(2 * .pi * Double(index) / Double(corners))
    return Projected(reach * c, reach * s)
  }
  return RingSet([withShortEdges(try frame.lattice(places))], .winding)
}
