import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct OutsideRules {
  @Test func `work beyond the hazard is a row of its own and releases nothing`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(50, 0, 100, 100))
    let divided = try await land.divided()
    let row = try divided.activity("A")
    #expect(agree(row.released, 5_000) && agree(row.outside, 5_000) && agree(row.processed, 10_000))
    #expect(agree(divided.ledger.recorded, 10_000))
    #expect(agree(divided.features.reduce(0) { $0 + $1.area }, 10_000))
    #expect(try divided.finding("claim.outside").message.contains("A"))
  }

  @Test func `work that touches no hazard is outside and without effect`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(500, 0, 10, 10), Rect(600, 0, 10, 10))
    try land.walk("B", lanes(1, length: 20, spacing: 1, x: 900))
    let divided = try await land.divided()
    #expect(agree(try divided.activity("A").outside, 200))
    #expect(agree(try divided.activity("B").outside, 20 + 0.785, within: 1))
    #expect(divided.result.findings.filter { $0.code == "activity.no-effect" }.count == 2)
    #expect(agree(divided.area(.remaining), 10_000))
  }

  @Test func `one claim over two groups of hazards is outside once, between them`() async throws {
    var land = Land()
    try land.hazard("H1", Rect(0, 0, 40, 100))
    try land.hazard("H2", Rect(60, 0, 40, 100))
    try land.hazard("H3", Rect(200, 0, 40, 100))
    try land.work("A", Rect(-10, 10, 300, 20))
    let divided = try await land.divided()
    let row = try divided.activity("A")
    #expect(agree(row.released, 3 * 40 * 20) && agree(row.outside, (300 - 120) * 20))
    #expect(agree(row.processed, 6_000))
    for id in ["H1", "H2", "H3"] { #expect(agree(try divided.hazard(id).nominal.cleared, 800)) }
  }

  @Test func `a track over two groups of hazards counts once as well`() async throws {
    var land = Land()
    try land.hazard("H1", Rect(0, -10, 10, 20))
    try land.hazard("H2", Rect(20, -10, 10, 20))
    try land.walk("A", lanes(4, length: 40, spacing: 1, x: -5, y: -2))
    let divided = try await land.divided()
    let row = try divided.activity("A")
    #expect(agree(row.released, 80, within: 1))
    #expect(agree(row.outside, 80 + 3 + 0.785, within: 2))
  }

  @Test func `two parts of one activity add up, and its overlaps count once`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 200, 100))
    try land.work("A", Rect(0, 0, 50, 50), Rect(30, 0, 50, 50), Rect(150, 0, 20, 20))
    let divided = try await land.divided()
    #expect(agree(try divided.activity("A").released, 4_000 + 400))
    #expect(try divided.activity("A").reprocessed == 0)
    #expect(divided.features(.cleared).count == 1)
  }

  @Test func `lanes walked twice by one activity are not re-processed`() async throws {
    var land = Land()
    try land.hazard("H", Rect(-10, -10, 60, 60))
    let once = lanes(5, length: 20, spacing: 0.8)
    try land.walk("A", once + once)
    let divided = try await land.divided()
    #expect(try divided.activity("A").reprocessed == 0)
    #expect(agree(try divided.activity("A").released, 20 * 4.2 + 3.2 + 0.785, within: 1.5))
  }

  @Test func `hazards that touch in a corner or an edge do not overlap`() async throws {
    var land = Land()
    try land.hazard("H1", Rect(0, 0, 50, 50))
    try land.hazard("H2", Rect(50, 0, 50, 50))
    try land.hazard("H3", Rect(100, 50, 50, 50))
    try land.work("A", Rect(25, 25, 100, 50))
    let divided = try await land.divided()
    #expect(divided.ledger.hazards.allSatisfy { agree($0.ceded, 0, within: 0.05) })
    #expect(agree(divided.area(.cleared), 625 + 1_250 + 625))
    #expect(divided.ledger.closes)
  }
}
