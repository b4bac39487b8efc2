import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct TimeRules {
  @Test func `an activity takes effect at its end, not before`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 50, 100), end: "2021-01-10")
    let before = try await land.divided(asOf: "2021-01-09")
    #expect(agree(before.area(.remaining), 10_000))
    #expect(before.ledger.activities.isEmpty)
    let after = try await land.divided(asOf: "2021-01-10")
    #expect(agree(after.area(.cleared), 5_000))
    #expect(agree(after.area(.remaining), 5_000))
  }

  @Test func `a hazard exists from the day it is recorded`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100), recorded: "2020-06-01")
    #expect(try await land.divided(asOf: "2020-05-31").ledger.hazards.isEmpty)
    #expect(try await land.divided(asOf: "2020-05-31").features.isEmpty)
    #expect(agree(try await land.divided(asOf: "2020-06-01").area(.remaining), 10_000))
  }

  @Test func `a find exists from the day it was found`() async throws {
    var land = Land()
    land.survey.fadeout = 10
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 100, 100))
    try land.find("F", at: Projected(50, 50), found: "2022-06-01")
    #expect(try await land.divided(asOf: "2022-05-31").area(.remaining) == 0)
    #expect(try await land.divided(asOf: "2022-06-01").area(.remaining) > 300)
  }

  @Test func `a claim releases hazards recorded on its last day, and none recorded later`() async throws {
    for (recorded, cleared) in [("2020-12-31", 10_000.0), ("2021-01-01", 10_000), ("2021-01-02", 0)] {
      var land = Land()
      try land.hazard("H", Rect(0, 0, 100, 100), recorded: recorded)
      try land.work("A", Rect(0, 0, 100, 100), end: "2021-01-01")
      let divided = try await land.divided()
      #expect(agree(divided.area(.cleared), cleared), "recorded \(recorded)")
      #expect(divided.codes.contains("activity.before-hazard") == (cleared == 0), "recorded \(recorded)")
      #expect(agree(try divided.activity("A").ineffective, 10_000 - cleared))
    }
  }

  @Test func `a new hazard over old clearance remains, and takes the ground from the cleared one`() async throws {
    var land = Land()
    try land.hazard("OLD", Rect(0, 0, 100, 100), recorded: "2020-01-01")
    try land.work("A", Rect(0, 0, 100, 100), end: "2021-01-01")
    try land.hazard("NEW", Rect(50, 0, 100, 100), recorded: "2022-01-01")
    let earlier = try await land.divided(asOf: "2021-12-31")
    #expect(agree(earlier.area(.cleared), 10_000))
    #expect(earlier.area(.remaining) == 0)
    let divided = try await land.divided()
    #expect(agree(try divided.hazard("NEW").nominal.remaining, 10_000))
    #expect(agree(try divided.hazard("OLD").nominal.cleared, 5_000))
    #expect(agree(try divided.hazard("OLD").ceded, 5_000))
    #expect(try divided.finding("activity.before-hazard").message.contains("NEW"))
  }

  @Test func `an old cancellation does not erase a new hazard`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100), class: .confirmed, recorded: "2022-01-01")
    try land.work("A", Rect(-10, -10, 120, 120), kind: .nonTechnicalSurvey, end: "2021-01-01")
    let divided = try await land.divided()
    #expect(agree(divided.area(.remaining), 10_000))
    #expect(divided.area(.cancelled) == 0)
  }

  @Test func `what remains never grows while there are only releases`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    for index in 0..<4 {
      try land.work("A\(index)", Rect(Double(index) * 20, 0, 30, 60), end: "202\(index + 1)-03-01")
    }
    var last = Double.infinity
    for year in 2020...2025 {
      let remaining = try await land.divided(asOf: "\(year)-12-31").area(.remaining)
      #expect(remaining <= last, "\(year)")
      last = remaining
    }
    #expect(agree(last, 10_000 - 90 * 60))
  }
}
