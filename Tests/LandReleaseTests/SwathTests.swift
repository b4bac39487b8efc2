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
    for seed in 0..<15 as Range<UInt64> {
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
    for seed in 0..<8 as Range<UInt64> {
      let steps = shape.steps(seed: seed)
      let rings = try SwathOutline(steps).rings(sagitta: 1e-4)
      let area = rings.reduce(0) { $0 + (try! Ring($1)).twiceSignedArea / 2 }
      let reference = try referenceSwath(steps, sagitta: 1e-4).reduce(0) { $0 + $1.area }
      #expect(abs(area - reference) < 2e-4 * reference, "\(shape) \(seed): \(area) against \(reference)")
    }
  }

  /// Places at an offset from every capsule's boundary: positive outside, on both sides and round both ends.
  private func places(beside steps: [SwathStep], offset: Double) -> [Projected] {
    steps.flatMap { step -> [Projected] in
      let capsule = Capsule(from: step.from, to: step.to, radius: step.radius)
      let reach = step.radius + offset
      let sides = [0.0, 0.3, 0.7, 1].flatMap { part -> [Projected] in
        let (x, y) = (capsule.ax + part * (capsule.bx - capsule.ax), capsule.ay + part * (capsule.by - capsule.ay))
        return [
          Projected(x + capsule.uy * reach, y - capsule.ux * reach),
          Projected(x - capsule.uy * reach, y + capsule.ux * reach),
        ]
      }
      let ends = (0..<12).flatMap { index -> [Projected] in
        let (c, s) = cosineAndSine(Double(index) * 2.39996)
        return [step.from, step.to].map { Projected($0.easting + reach * c, $0.northing + reach * s) }
      }
      return sides + ends
    }
  }

  @Test(arguments: TrackShape.allCases) func `a tenth of a millimetre decides at the edge`(shape: TrackShape) throws {
    for seed in 100..<102 as Range<UInt64> {
      let steps = shape.steps(seed: seed)
      let rings = try swathRings(steps, tolerance: Self.tolerance)
      for place in places(beside: steps, offset: 1e-4) {
        let (x, y) = (place.easting, place.northing)
        guard depth(steps, x, y) > 9e-5 else { continue }
        #expect(winding(rings, x, y) <= 0, "over-claim at \(x), \(y) of \(shape) \(seed)")
      }
      for place in places(beside: steps, offset: -Self.tolerance - 1e-4) {
        let (x, y) = (place.easting, place.northing)
        #expect(winding(rings, x, y) >= 1, "lost ground at \(x), \(y) of \(shape) \(seed)")
      }
    }
  }

  @Test(arguments: TrackShape.allCases) func `moved and turned, a track holds the same ground`(shape: TrackShape) throws
  {
    for seed in 200..<201 as Range<UInt64> {
      let steps = shape.steps(seed: seed)
      let area = try SwathOutline(steps).rings(sagitta: 1e-6).map { try Ring($0).twiceSignedArea }.reduce(0, +)
      for (angle, dx, dy) in [(0.0, 731.25, -12.5), (1, 0, 0), (2.5, 900, 900), (.pi / 2, 0, 0)] {
        let (c, s) = cosineAndSine(angle)
        let move: (Projected) -> Projected = {
          Projected(c * $0.easting - s * $0.northing + dx, s * $0.easting + c * $0.northing + dy)
        }
        let moved = steps.map { SwathStep(from: move($0.from), to: move($0.to), radius: $0.radius) }
        let other = try SwathOutline(moved).rings(sagitta: 1e-6).map { try Ring($0).twiceSignedArea }.reduce(0, +)
        #expect(abs(other - area) <= 1e-6 * area, "\(shape) \(seed) turned by \(angle)")
      }
    }
  }

  @Test func `degenerate tracks`() throws {
    let (a, b) = (Projected(0, 0), Projected(4, 0))
    let disc = Double.pi * 0.25
    let cases: [(steps: [SwathStep], area: Double)] = [
      ([], 0),
      ([SwathStep(from: a, to: b, radius: 0)], 0),
      ([SwathStep(from: a, to: b, radius: -1)], 0),
      ([SwathStep(from: a, to: a, radius: 0.5)], disc),
      (Array(repeating: SwathStep(from: a, to: a, radius: 0.5), count: 40), disc),
      (Array(repeating: SwathStep(from: a, to: b, radius: 0.5), count: 40), 4 + disc),
      ([SwathStep(from: a, to: b, radius: 0.5), SwathStep(from: b, to: a, radius: 0.5)], 4 + disc),
      ([SwathStep(from: a, to: Projected(1e-9, 0), radius: 0.5)], disc),
      // Two discs that touch in one place.
      (
        [SwathStep(from: a, to: a, radius: 0.5), SwathStep(from: Projected(1, 0), to: Projected(1, 0), radius: 0.5)],
        2 * disc
      ),
      // One inside another.
      ([SwathStep(from: a, to: a, radius: 2), SwathStep(from: a, to: Projected(1, 0), radius: 0.5)], Double.pi * 4),
      // Lanes that just abut.
      (
        [SwathStep(from: a, to: b, radius: 0.5), SwathStep(from: Projected(0, 1), to: Projected(4, 1), radius: 0.5)],
        2 * (4 + disc)
      ),
    ]
    for (index, row) in cases.enumerated() {
      let rings = try swathRings(row.steps, tolerance: Self.tolerance)
      let area = try rings.map { try Ring($0).twiceSignedArea / 2 }.reduce(0, +)
      #expect(area <= row.area + 1e-3 && area >= row.area - 20 * 0.02, "case \(index): \(area) of \(row.area)")
      if row.area == 0 { #expect(rings.isEmpty) }
    }
  }

  @Test(arguments: 0..<120 as Range<UInt64>) func `fewer corners never hold more ground`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    func pick(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
    // Round rings with little teeth, rings of tiny steps, and rings that cross themselves.
    let count = Int.random(in: 3...120, using: &random)
    var at = Projected(0, 0)
    let ring = (0..<count).map { index -> Projected in
      switch seed % 3 {
      case 0:
        let (c, s) = cosineAndSine(Double(index) / Double(count) * 2 * .pi)
        let radius = 1 + pick(-0.01...0.01)
        return Projected(radius * c, radius * s)
      case 1:
        at = Projected(at.easting + pick(-0.02...0.02), at.northing + pick(-0.02...0.02))
        return at
      default: return Projected(pick(-0.1...0.1), pick(-0.1...0.1))
      }
    }
    let tolerance = 0.015
    let fewer = simplifiedInwards(ring, tolerance: tolerance)
    #expect(fewer.count <= ring.count && Set(fewer).isSubset(of: ring))
    let box = Box(ring).grown(by: 0.02)
    let edges = zip(ring, ring.dropFirst() + ring.prefix(1)).map { SwathStep(from: $0, to: $1, radius: 0) }
    let near = ring.map { Projected($0.easting + pick(-0.02...0.02), $0.northing + pick(-0.02...0.02)) }
    let anywhere = (0..<400).map { _ in Projected(pick(box.minX...box.maxX), pick(box.minY...box.maxY)) }
    for place in near + anywhere {
      let (x, y) = (place.easting, place.northing)
      let (before, after) = (winding([ring], x, y), winding([fewer], x, y))
      if after >= 1 { #expect(before >= 1, "seed \(seed) at \(x), \(y)") }
      if before >= 1, after < 1 { #expect(depth(edges, x, y) <= tolerance * 1.001, "seed \(seed) at \(x), \(y)") }
    }
  }
}
