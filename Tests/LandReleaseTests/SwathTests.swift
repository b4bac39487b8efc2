import Geometry
import Testing
import Topology

@testable import LandRelease

/// Metres from a place to the nearest edge of the true swath: negative inside.
private func depth(_ steps: [SwathStep], _ x: Double, _ y: Double) -> Double {
  steps.lazy.map { step in
    let (dx, dy) = (step.to.easting - step.from.easting, step.to.northing - step.from.northing)
    let squared = dx * dx + dy * dy
    let (px, py) = (x - step.from.easting, y - step.from.northing)
    let along = squared > 0 ? min(max((px * dx + py * dy) / squared, 0), 1) : 0
    let (ex, ey) = (px - along * dx, py - along * dy)
    return (ex * ex + ey * ey).squareRoot() - step.radius
  }.min() ?? .infinity
}

private func winding(_ rings: [[Projected]], _ x: Double, _ y: Double) -> Int {
  rings.reduce(0) { sum, ring in
    var sum = sum
    var a = ring[ring.count - 1]
    for b in ring {
      let left = (b.easting - a.easting) * (y - a.northing) - (x - a.easting) * (b.northing - a.northing)
      if a.northing <= y, b.northing > y, left > 0 { sum += 1 }
      if a.northing > y, b.northing <= y, left < 0 { sum -= 1 }
      a = b
    }
    return sum
  }
}

@Suite struct SwathTests {
  static let tolerance = 0.018

  /// Ground is claimed exactly where the true swath is, but for a band of the tolerance inside its edge.
  @Test(arguments: TrackShape.allCases) func `the budget holds in both directions`(shape: TrackShape) throws {
    for seed in 0..<40 as Range<UInt64> {
      let steps = shape.steps(seed: seed)
      let rings = try swathRings(steps, tolerance: Self.tolerance)
      let box = Box(steps.flatMap { [$0.from, $0.to] }).grown(by: 1)
      var random = SplitMix(state: seed)
      for _ in 0..<400 {
        let x = Double.random(in: box.minX...box.maxX, using: &random)
        let y = Double.random(in: box.minY...box.maxY, using: &random)
        let depth = depth(steps, x, y)
        let claimed = winding(rings, x, y) >= 1
        if depth > 2e-5 { #expect(!claimed, "over-claim at \(x), \(y) of \(shape) \(seed): \(depth) m outside") }
        if depth < -Self.tolerance { #expect(claimed, "lost ground at \(x), \(y) of \(shape) \(seed): \(depth) m") }
      }
    }
  }

  /// The exact outline and GEOS's union of the same capsules hold the same area.
  @Test(arguments: TrackShape.allCases) func `the outline agrees with GEOS`(shape: TrackShape) throws {
    for seed in 0..<20 as Range<UInt64> {
      let steps = shape.steps(seed: seed)
      let rings = try SwathOutline(steps).rings(sagitta: 1e-4)
      let area = rings.reduce(0) { $0 + (try! Ring($1)).twiceSignedArea / 2 }
      let reference = try referenceSwath(steps, sagitta: 1e-4).reduce(0) { $0 + $1.area }
      #expect(abs(area - reference) < 2e-4 * reference, "\(shape) \(seed): \(area) against \(reference)")
    }
  }
}
