import Geometry

/// The straight lanes of a clearance, one metre apart, in a hazard's outline turned so that they run east.
///
/// They begin somewhere inside, some are left out, and after the last the first follows, without end: ground worked twice.
struct Lanes {
  private let outline: Polygon<Projected>
  private let bottom: Double
  private let count: Int
  private let coverage: Double
  private var next: Int
  private var pending: [(from: Double, to: Double)] = []
  private var northing = 0.0
  private var isReversed = false

  /// `nil` where the outline is narrower than a lane.
  init?(_ outline: Polygon<Projected>, _ random: inout SeededRandom) {
    let box = outline.box
    self.outline = outline
    bottom = box.minY + 0.5 + random.uniform(0, 0.5)
    count = Int(box.maxY - bottom)
    coverage = random.uniform(0.4, 1)
    guard count > 4 else { return nil }
    next = Int(random.uniform(0.1, 0.4) * Double(count))
  }

  /// The next lane of at least two metres, walked from `from` to `to`.
  mutating func lane(_ random: inout SeededRandom) -> (from: Double, to: Double, northing: Double) {
    while pending.isEmpty {
      northing = bottom + Double(next % count)
      // What is left out in one round is worked in the next, so the walk always ends.
      let isWorked = next / count > 0 || random.chance(coverage)
      next += 1
      guard isWorked else { continue }
      let crossings = outline.rings.flatMap { $0.crossings(at: northing) }.sorted()
      var parts: [(Double, Double)] = []
      for index in stride(from: 0, to: crossings.count - 1, by: 2) where crossings[index + 1] - crossings[index] >= 2 {
        parts.append((crossings[index], crossings[index + 1]))
      }
      pending = isReversed ? parts.map { ($0.1, $0.0) } : parts.reversed()
      isReversed.toggle()
    }
    let (from, to) = pending.removeLast()
    return (from, to, northing)
  }
}
