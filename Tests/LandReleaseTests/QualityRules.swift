import Geometry
import Projection
import Survey
import Testing

@testable import LandRelease

extension Land {
  /// The quality of coverage of this land.
  func quality(width: Double, assured: Bool = false) async throws -> (result: PartitionResult, quality: CoverageQuality)
  {
    let store = try StepStore()
    for (sequence, walk) in walks.enumerated() {
      try store.append(walk.points, activity: walk.activity, log: 0, sequence: sequence)
    }
    var options = PartitionOptions()
    options.assured = assured
    return try await coverageQuality(survey, steps: store, width: width, options: options)
  }

  /// Lets an activity be of one team and one day.
  mutating func assign(_ activity: Int, team: String?, day text: String) throws {
    survey.activities[activity].team = team
    (survey.activities[activity].start, survey.activities[activity].end) = (try day(text), try day(text))
  }
}

/// Places turned round the origin.
func turned(_ places: [Projected], by angle: Double) -> [Projected] {
  let (c, s) = cosineAndSine(angle)
  return places.map { Projected(c * $0.easting - s * $0.northing, s * $0.easting + c * $0.northing) }
}

@Suite struct GapRules {
  /// Metres by which a gap differs from the width that may be left. A swath is up to 2 cm smaller on both sides of it.
  struct Gap: Sendable {
    var beyond: Double
    var isHole: Bool?
  }
  private static let gaps = [
    Gap(beyond: 0.001, isHole: true), Gap(beyond: 0.2, isHole: true), Gap(beyond: 2, isHole: true),
    Gap(beyond: 3.001, isHole: true), Gap(beyond: 7, isHole: true), Gap(beyond: -0.06, isHole: false),
    Gap(beyond: -0.4, isHole: false),
  ]

  @Test(arguments: 0..<6 as Range<UInt64>, gaps)
  func `a stripe between lanes is a hole where it is wider than may be left`(seed: UInt64, gap: Gap) async throws {
    var random = SplitMix(state: seed)
    let heading = Double.random(in: 0..<6.28, using: &random)
    let width = Double.random(in: 0.5...1.2, using: &random)
    let stripe = width + gap.beyond
    var land = Land()
    try land.hazard("H", [land.polygon(turned(Rect(-20, -20, 60, 60).corners, by: heading))])
    // Open at both ends to ground that nobody has worked.
    let south = lanes(4, length: 25, spacing: 0.9, y: -3.2).map { turned($0, by: heading) }
    let north = lanes(4, length: 25, spacing: 0.9, y: stripe + 0.5).map { turned($0, by: heading) }
    try land.walk("A", south)
    try land.walk("B", north)
    let holes = try await land.quality(width: width).quality.holes
    #expect(holes.count == (gap.isHole == true ? 1 : 0), "\(holes.map(\.width)) of \(width)")
    guard let hole = holes.first, gap.isHole == true else { return }
    #expect(hole.width >= stripe - 0.005 && hole.width <= stripe + 0.045, "\(hole.width) for \(stripe)")
    #expect(hole.neighbours.map(\.id) == ["A", "B"])
    // The disc that marks where the stripe ends reaches into it, by no more than half its width.
    #expect(hole.area > (24 - stripe) * stripe && hole.area < 27 * (stripe + 0.04), "\(hole.area / stripe)")
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `holes in drawn ground are found with their area and width`(seed: UInt64) async throws {
    var random = SplitMix(state: seed)
    func pick(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
    let (heading, width) = (pick(0...6.28), pick(0.2...1))
    var land = Land()
    try land.hazard("H", [land.polygon(turned(Rect(-5, -5, 70, 30).corners, by: heading))])
    try land.work("A", end: "2021-01-01")
    // Rectangles in a row, each turned by itself.
    let sizes = (0..<6).map { _ in (pick(0.1...4), pick(0.1...4)) }
    let holes = sizes.enumerated().map { index, size in
      turned(Rect(-size.0 / 2, -size.1 / 2, size.0, size.1).corners, by: pick(0...3)).map {
        Projected($0.easting + 5 + 10 * Double(index), $0.northing + 10)
      }
    }
    let polygon = try land.polygon(
      turned(Rect(0, 0, 60, 20).corners, by: heading), holes: holes.map { turned($0, by: heading) })
    land.survey.activities[0].polygons = [polygon]
    let quality = try await land.quality(width: width).quality
    // Square metres of the local plane and of the ellipsoid differ by less than this.
    let wide = sizes.filter { min($0.0, $0.1) > width }.sorted { $0.0 * $0.1 < $1.0 * $1.1 }
    let narrow = sizes.filter { min($0.0, $0.1) < width - 0.01 }
    let found = quality.holes.sorted { $0.area < $1.area }
    #expect(found.count >= wide.count && found.count <= sizes.count - narrow.count)
    for (hole, size) in zip(found.suffix(wide.count), wide) {
      #expect(abs(hole.area - size.0 * size.1) < 0.02 + 0.003 * hole.area, "\(size)")
      #expect(abs(hole.width - min(size.0, size.1)) < 0.008)
      #expect(abs(hole.length - max(size.0, size.1)) < 0.02)
    }
    #expect(quality.narrowCount >= narrow.count)
  }

  @Test func `what nobody has worked is no hole, and neither is a corner of the work`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 60, 40))
    // An L, and a block against the edge of the hazard.
    try land.work("A", Rect(0, 0, 30, 10), Rect(0, 0, 10, 30))
    try land.work("B", Rect(50, 30, 10, 10))
    for width in [0.3, 1, 3] { #expect(try await land.quality(width: width).quality.holes.isEmpty, "\(width)") }
  }

  /// Metres along and across the hazard, and the width that is asked for.
  @Test(arguments: [3.0, 8, 12], [0.3, 0.7, 1, 2, 2.9])
  func `a gap right across a narrow hazard is a hole at any width`(along: Double, width: Double) async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 10))
    try land.work("A", Rect(0, 0, 40, 10))
    try land.work("B", Rect(40 + along, 0, 60 - along, 10))
    let holes = try await land.quality(width: width).quality.holes
    #expect(holes.count == 1)
    #expect(try abs(#require(holes.first).area - along * 10) < 0.5)
  }

  @Test(arguments: [0.3, 1, 3])
  func `the front of the work in a narrow hazard is none, from one end or from both`(width: Double) async throws {
    for far in [0.0, 30] {
      var land = Land()
      try land.hazard("H", Rect(0, 0, 100, 10))
      try land.work("A", Rect(0, 0, 40, 10))
      if far > 0 { try land.work("B", Rect(100 - far, 0, far, 10)) }
      #expect(try await land.quality(width: width).quality.holes.isEmpty)
    }
  }

  @Test func `a strip along the edge of a hazard is a hole`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 60, 40))
    try land.work("A", Rect(0, 1.5, 40, 38.5))
    let holes = try await land.quality(width: 1).quality.holes
    #expect(holes.count == 1)
    #expect(try abs(#require(holes.first).width - 1.5) < 0.01)
  }

  @Test func `a pocket behind a mouth is a hole, and the ground before it is none`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 60, 40))
    // 12 x 10 m inside, open to the west by 1.5 m through 4 m of cleared ground; 6 m of ground lie before it.
    try land.work(
      "A", Rect(6, 0, 4, 20), Rect(6, 21.5, 4, 18.5), Rect(10, 0, 50, 15),
      Rect(10, 25, 50, 15), Rect(22, 15, 38, 10))
    let holes = try await land.quality(width: 1).quality.holes
    #expect(holes.count == 1)
    let hole = try #require(holes.first)
    #expect(abs(hole.width - 10) < 0.05 && hole.area > 120 && hole.area < 130, "\(hole.width) \(hole.area)")
  }

  @Test func `shallow ground between cleared ground is a hole, and says so`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 60, 40))
    try land.work("A", Rect(0, 0, 60, 18), Rect(0, 20, 60, 20))
    try land.work("B", Rect(0, 18, 60, 2), depth: 10)
    let hole = try #require(try await land.quality(width: 1).quality.holes.first)
    #expect(hole.isShallow && hole.neighbours.map(\.id) == ["A"])
  }

  @Test func `a hole of the assured reckoning is wider`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 60, 40))
    try land.walk("A", lanes(12, length: 30, spacing: 0.95, x: 5, y: 5), sigmas: [0.1])
    #expect(try await land.quality(width: 0.12).quality.holes.isEmpty)
    #expect(try await land.quality(width: 0.12, assured: true).quality.holes.count == 11)
  }
}
