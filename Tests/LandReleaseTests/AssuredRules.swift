import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct AssuredRules {
  /// Square metres within a radius of a straight lane.
  private func swath(_ length: Double, radius: Double) -> Double { 2 * radius * length + Double.pi * radius * radius }

  @Test func `the swath's width is full, its ends are round, and it is no larger than the truth`() async throws {
    for (length, width) in [(20.0, 1.0), (20, 0.5), (7, 2), (40, 1.5)] {
      var land = Land()
      try land.hazard("H", Rect(-20, -20, 80, 40))
      try land.walk("A", [lane(from: Projected(0, 0), to: Projected(length, 0))], width: width)
      let truth = swath(length, radius: width / 2)
      let perimeter = 2 * length + Double.pi * width
      let cleared = try await land.divided().area(.cleared)
      #expect(cleared <= truth + perimeter * 0.0023, "\(length) by \(width)")
      #expect(cleared >= truth - perimeter * 0.02, "\(length) by \(width)")
    }
  }

  @Test(arguments: [
    ([0.1, 0.1], 2.0, 0.3), ([0.1, 0.1], 1, 0.4), ([0.05, 0.2], 2, 0.1), ([0.2, 0.05], 1, 0.3), ([0.24, 0], 2, 0.02),
  ]) func `a step is sure within its radius less k sigma of its worse fix`(
    sigmas: [Double], k: Double, radius: Double
  ) async throws {
    var land = Land()
    land.survey.sigmaFactor = k
    try land.hazard("H", Rect(-20, -20, 80, 40))
    try land.walk("A", [[Projected(0, 0), Projected(10, 0)]], sigmas: sigmas)
    let divided = try await land.divided()
    #expect(agree(divided.ledger.assured.cleared, swath(10, radius: radius), within: 22 * 0.02))
    #expect(agree(divided.ledger.nominal.cleared, swath(10, radius: 0.5), within: 22 * 0.02))
    #expect(agree(divided.ledger.assured.total, divided.ledger.nominal.total, within: 1e-6))
  }

  @Test func `one bad fix narrows its own steps only`() async throws {
    var land = Land()
    land.survey.sigmaFactor = 1
    try land.hazard("H", Rect(-20, -20, 80, 40))
    try land.walk("A", [[0.0, 5, 10].map { Projected($0, 0) }], sigmas: [0.2, 0.05, 0.05])
    // Half a swath each of 0.30 m and 0.45 m; the wider one's round end shows for 0.07 m² behind the joint.
    let truth =
      swath(5, radius: 0.3) - 0.5 * Double.pi * 0.09 + swath(5, radius: 0.45) - 0.5 * Double.pi * 0.2025 + 0.07
    #expect(agree(try await land.divided().ledger.assured.cleared, truth, within: 22 * 0.02))
  }

  @Test func `nothing is sure where sigma is as large as the swath`() async throws {
    var land = Land()
    try land.hazard("H", Rect(-20, -20, 80, 40))
    try land.walk("A", lanes(3, length: 20, spacing: 1), sigmas: [0.25])
    let divided = try await land.divided()
    #expect(agree(divided.ledger.nominal.cleared, 60, within: 4))
    #expect(divided.ledger.assured.cleared == 0)
    #expect(divided.features(.cleared).map(\.assuredArea) == [0])
  }

  @Test func `lanes that only abut are one nominal ground, and sure stripes`() async throws {
    var land = Land()
    try land.hazard("H", Rect(-20, -20, 80, 60))
    try land.walk("A", lanes(10, length: 20, spacing: 1), sigmas: [0.1])
    let nominal = try await land.divided()
    #expect(nominal.polygons(.cleared).count == 1)
    #expect(nominal.polygons(.cleared).first?.holes.isEmpty == true)
    let assured = try await land.divided(assured: true)
    #expect(assured.polygons(.cleared).count == 10)
    #expect(agree(assured.area(.cleared), 10 * swath(20, radius: 0.3), within: 10 * 42 * 0.02))
    #expect(agree(assured.area(.cleared), nominal.ledger.assured.cleared, within: 0.01))
    #expect(assured.ledger == nominal.ledger)
  }

  @Test func `polygons are sure within k sigma of their edge, and only where sigma is given`() async throws {
    for (sigma, assured) in [(nil, 0.0), (0, 2_500), (0.25, 49 * 49), (1, 46 * 46), (20, 0)] as [(Double?, Double)] {
      var land = Land()
      try land.hazard("H", Rect(-20, -20, 120, 120))
      try land.work("A", Rect(0, 0, 50, 50), sigma: sigma)
      let divided = try await land.divided()
      #expect(agree(divided.ledger.assured.cleared, assured, within: 200 * 0.02), "\(sigma ?? -1)")
      #expect(divided.ledger.assured.cleared <= assured + 0.3, "\(sigma ?? -1)")
      #expect(agree(divided.ledger.nominal.cleared, 2_500), "\(sigma ?? -1)")
      let feature = try #require(divided.features(.cleared).first)
      if sigma == nil {
        #expect(feature.assuredArea == nil)
      } else {
        #expect(agree(try #require(feature.assuredArea), assured, within: 200 * 0.02), "\(sigma ?? -1)")
      }
    }
  }

  @Test func `an edge between two polygons of one activity is no edge of what it covers`() async throws {
    var land = Land()
    try land.hazard("H", Rect(-20, -20, 120, 120))
    try land.work("A", Rect(0, 0, 25, 50), Rect(25, 0, 25, 50), sigma: 0.25)
    #expect(agree(try await land.divided().ledger.assured.cleared, 49 * 49, within: 4))
  }

  @Test func `a hazard's edge takes nothing from what is sure`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 50, 50))
    try land.work("A", Rect(-5, -5, 60, 60), sigma: 1)
    let divided = try await land.divided()
    #expect(agree(divided.ledger.assured.cleared, 2_500))
    #expect(agree(divided.ledger.assured.remaining, 0))
  }

  @Test func `ground nominally cleared and surely reduced is sure in neither feature`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 50, 50))
    try land.work("A", Rect(-9, -9, 90, 90), kind: .technicalSurvey, sigma: 0.1)
    try land.work("B", Rect(10, 10, 30, 30))
    let divided = try await land.divided()
    #expect(agree(divided.ledger.assured.reduced, 2_500))
    #expect(agree(divided.ledger.nominal.cleared, 900))
    #expect(agree(try #require(divided.features(.reduced).first?.assuredArea), 1_600))
    let assured = try await land.divided(assured: true)
    #expect(agree(assured.area(.reduced), 2_500))
  }
}
