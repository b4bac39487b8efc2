import Geometry
import Survey
import Testing
import Topology

@testable import LandRelease

@Suite struct RepairRules {
  static let bowTie = [Projected(0, 0), Projected(100, 100), Projected(100, 0), Projected(0, 100)]
  /// A square walked round twice, the second time in a smaller square: the inner one is enclosed twice.
  static let twice = [
    Projected(0, 0), Projected(100, 0), Projected(100, 100), Projected(0, 100), Projected(0, 20), Projected(40, 20),
    Projected(40, 60), Projected(-10, 60), Projected(-10, -10),
  ]
  /// Its corners on a circle of 50 m: the middle pentagon is enclosed twice.
  static let star = (0..<5).map { index in
    let (c, s) = cosineAndSine(Double(index) * 4 * .pi / 5)
    return Projected(50 * c, 50 * s)
  }
  /// Square metres of a pentagram of 50 m, and of the pentagon in its middle.
  static let starArea = 2_806.4, middleArea = 867.2

  private func hazard(_ corners: [Projected], holes: [[Projected]] = []) async throws -> Division {
    var land = Land()
    try land.hazard("H", [try land.polygon(corners, holes: holes)])
    return try await land.divided()
  }

  private func claim(_ corners: [Projected], holes: [[Projected]] = []) async throws -> Division {
    var land = Land()
    try land.hazard("H", Rect(-100, -100, 300, 300))
    let index = try land.work("A")
    land.survey.activities[index].polygons = [try land.polygon(corners, holes: holes)]
    return try await land.divided()
  }

  @Test func `a bow-tie of a hazard keeps both lobes, and says so with both areas`() async throws {
    let divided = try await hazard(Self.bowTie)
    #expect(agree(divided.area(.remaining), 5_000))
    #expect(divided.polygons(.remaining).count == 2)
    let finding = try divided.finding("hazard.invalid")
    #expect(finding.level == .warning)
    #expect(
      finding.message.contains("before") && finding.message.contains("5000.") || finding.message.contains("4999."))
  }

  @Test func `a hazard takes all that it encloses, a claim what the even-odd rule keeps`() async throws {
    let enclosed = try await hazard(Self.star)
    #expect(agree(enclosed.area(.remaining), Self.starArea, within: 1))
    #expect(enclosed.polygons(.remaining).allSatisfy { $0.holes.isEmpty })
    let kept = try await claim(Self.star)
    #expect(agree(kept.area(.cleared), Self.starArea - Self.middleArea, within: 1))
    #expect(try kept.finding("claim.invalid").level == .warning)
  }

  @Test func `a bow-tie of a claim keeps both lobes: neither is enclosed twice`() async throws {
    #expect(agree(try await claim(Self.bowTie).area(.cleared), 5_000))
  }

  @Test func `ground that a hazard's boundary leaves out between two of its own stretches is enclosed`() async throws {
    // The frame is closed where its ends cross: what it surrounds is inside.
    let frame = [
      Projected(0, 0), Projected(100, 0), Projected(100, 100), Projected(0, 100), Projected(0, -5), Projected(10, -5),
      Projected(10, 90), Projected(90, 90), Projected(90, 10), Projected(0, 10),
    ]
    #expect(agree(try await hazard(frame).area(.remaining), 10_000 + 50, within: 1))
  }

  @Test func `holes of a hazard are no hazard, and holes of a claim no claim`() async throws {
    let square = Rect(0, 0, 100, 100).corners
    let hole = Rect(40, 40, 20, 20).corners
    for turned in [hole, hole.reversed()] {
      #expect(agree(try await hazard(square, holes: [turned]).area(.remaining), 9_600))
      let claimed = try await claim(square, holes: [turned])
      #expect(agree(claimed.area(.cleared), 9_600))
      #expect(!claimed.codes.contains("claim.invalid"))
    }
  }

  @Test func `a hole that crosses the boundary leaves out only what it surely surrounds`() async throws {
    let square = Rect(0, 0, 100, 100).corners
    let across = Rect(80, 40, 40, 20).corners
    let recorded = try await hazard(square, holes: [across])
    #expect(agree(recorded.area(.remaining), 10_000 - 400))
    #expect(recorded.codes.contains("hazard.invalid"))
    // By even-odd a claim would gain what the hole surrounds outside the boundary; it may not.
    #expect(try await claim(square, holes: [across]).area(.cleared) <= 9_600.5)
  }

  @Test func `a claim with two holes over each other keeps neither`() async throws {
    let square = Rect(0, 0, 100, 100).corners
    let claimed = try await claim(square, holes: [Rect(10, 10, 40, 40).corners, Rect(30, 30, 40, 40).corners])
    #expect(claimed.area(.cleared) <= 10_000 - 2_800 + 0.5)
  }

  @Test func `corners repeated or on one line are no damage`() async throws {
    let corners = [
      Projected(0, 0), Projected(50, 0), Projected(100, 0), Projected(100, 0), Projected(100, 100), Projected(0, 100),
    ]
    let divided = try await hazard(corners)
    #expect(agree(divided.area(.remaining), 10_000))
    #expect(!divided.codes.contains("hazard.invalid"))
  }

  @Test func `a hazard with a spike or a repeated loop keeps its ground`() async throws {
    let spike = [Projected(0, 0), Projected(100, 0), Projected(150, 0), Projected(100, 0), Projected(100, 100)]
    #expect(agree(try await hazard(spike).area(.remaining), 5_000))
    let square = Rect(0, 0, 100, 100).corners
    #expect(agree(try await hazard(square + square).area(.remaining), 10_000))
  }

  @Test func `a hazard without ground is an error, and hinders no other`() async throws {
    var land = Land()
    try land.hazard("LINE", [try land.polygon([Projected(0, 0), Projected(10, 0), Projected(20, 0)])])
    try land.hazard("H", Rect(0, 0, 100, 100))
    let divided = try await land.divided()
    #expect(divided.result.findings.contains { $0.code == "hazard.invalid" && $0.level == .error })
    #expect(divided.ledger.hazards.map(\.id) == ["H"])
    #expect(agree(divided.area(.remaining), 10_000))
  }

  @Test func `parts of a hazard that overlap are one ground`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 60, 100), Rect(40, 0, 60, 100))
    let divided = try await land.divided()
    #expect(agree(divided.area(.remaining), 10_000))
    #expect(agree(try divided.hazard("H").gross, 10_000))
    #expect(try divided.hazard("H").ceded == 0)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `whatever is drawn, repairs are valid and err to their own side`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let corners = (0..<Int.random(in: 3...9, using: &random)).map { _ in
      Projected(Double(Int.random(in: 0...10, using: &random)) * 10, Double.random(in: 0...100, using: &random))
    }
    guard let drawn = try? Land().polygon(corners) else { return }
    let outwards = try drawnArea(drawn, erring: .outwards).polygons
    let inwards = try drawnArea(drawn, erring: .inwards).polygons
    if !outwards.isEmpty { #expect(try invalidity(outwards) == nil) }
    if !inwards.isEmpty { #expect(try invalidity(inwards) == nil) }
    #expect(try difference(inwards, outwards).steps <= inwards.perimeter)
    let ring = RingSet([latticeRing(drawn.outer.corners)], .evenOdd)
    let (even, all, less) = (RingIndex(ring), RingIndex(RingSet(outwards)), RingIndex(RingSet(inwards)))
    for _ in 0..<200 {
      let x = Double.random(in: ring.box.minX...ring.box.maxX, using: &random)
      let y = Double.random(in: ring.box.minY...ring.box.maxY, using: &random).rounded(.down) + 0.5
      // Snap rounding moves edges by up to a step; places are tried two away on every side.
      let around = [(0.0, 0.0), (3, 0), (-3, 0), (0, 3), (0, -3)].map { even.contains(x + $0.0, y + $0.1) }
      guard Set(around).count == 1 else { continue }
      if around[0] { #expect(all.contains(x, y) && less.contains(x, y)) } else { #expect(!less.contains(x, y)) }
    }
  }
}
