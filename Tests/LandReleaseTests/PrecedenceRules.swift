import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct PrecedenceRules {
  struct Record: Sendable {
    var id: String, hazardClass: HazardClass, recorded: String
  }

  /// The first takes the ground of the overlap, whichever way round they are listed.
  @Test(arguments: [
    (
      Record(id: "B", hazardClass: .confirmed, recorded: "2021-01-01"),
      Record(id: "A", hazardClass: .suspected, recorded: "2020-01-01")
    ),
    (
      Record(id: "B", hazardClass: .suspected, recorded: "2020-01-01"),
      Record(id: "A", hazardClass: .suspected, recorded: "2020-01-02")
    ),
    (
      Record(id: "A", hazardClass: .confirmed, recorded: "2020-01-01"),
      Record(id: "B", hazardClass: .confirmed, recorded: "2020-01-01")
    ),
  ]) func `the hazard that takes ground first`(first: Record, second: Record) async throws {
    for records in [[first, second], [second, first]] {
      var land = Land()
      for record in records {
        let x = record.id == first.id ? 0.0 : 50
        try land.hazard(
          record.id, Rect(x, 0, 100, 100), class: record.hazardClass, recorded: record.recorded)
      }
      let divided = try await land.divided()
      let (taker, giver) = (try divided.hazard(first.id), try divided.hazard(second.id))
      #expect(agree(taker.gross, 10_000) && taker.ceded == 0 && agree(taker.net, 10_000))
      #expect(agree(giver.gross, 10_000) && agree(giver.ceded, 5_000) && agree(giver.net, 5_000))
      #expect(agree(divided.ledger.recorded, 15_000))
      #expect(try divided.finding("hazard.overlap").message.contains(second.id))
    }
  }

  @Test func `cleared beats reduced beats cancelled, whenever each was done`() async throws {
    let kinds: [ActivityKind] = [.clearance, .technicalSurvey, .nonTechnicalSurvey]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
      var land = Land()
      try land.hazard("H", Rect(0, 0, 100, 100))
      // Cleared 0...40, reduced 20...60, cancelled 30...80.
      let rects = [Rect(0, 0, 40, 100), Rect(20, 0, 40, 100), Rect(30, 0, 50, 100)]
      for (year, index) in order.enumerated() {
        try land.work("\(index)", rects[index], kind: kinds[index], end: "202\(year + 1)-01-01")
      }
      let divided = try await land.divided()
      #expect(agree(divided.area(.cleared), 4_000), "\(order)")
      #expect(agree(divided.area(.reduced), 2_000), "\(order)")
      #expect(agree(divided.area(.cancelled), 2_000), "\(order)")
      #expect(agree(divided.area(.remaining), 2_000), "\(order)")
    }
  }

  @Test func `the earlier activity keeps the released ground, the later has re-processed it`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("LATER", Rect(0, 0, 60, 100), end: "2022-01-01")
    try land.work("EARLIER", Rect(40, 0, 60, 100), kind: .nonTechnicalSurvey, end: "2021-01-01")
    let divided = try await land.divided()
    #expect(agree(divided.area(.cleared), 6_000))
    #expect(agree(try divided.activity("EARLIER").released, 6_000))
    #expect(try divided.activity("EARLIER").reprocessed == 0)
    #expect(agree(try divided.activity("LATER").released, 4_000))
    #expect(agree(try divided.activity("LATER").reprocessed, 2_000))
    #expect(try divided.finding("claim.reprocessed").message.contains("LATER"))
  }

  @Test func `of one day the smaller id comes first, however they are listed`() async throws {
    for ids in [["A", "B"], ["B", "A"]] {
      var land = Land()
      try land.hazard("H", Rect(0, 0, 100, 100))
      for id in ids { try land.work(id, id == "A" ? Rect(0, 0, 60, 100) : Rect(40, 0, 60, 100)) }
      let divided = try await land.divided()
      #expect(agree(try divided.activity("A").released, 6_000), "\(ids)")
      #expect(agree(try divided.activity("B").reprocessed, 2_000), "\(ids)")
      #expect(divided.features(.cleared).map { $0.activities.map(\.id) } == [["A"], ["A", "B"], ["B"]], "\(ids)")
    }
  }

  @Test func `overlaps of teams are a finding, those of one team are not`() async throws {
    for (other, isFinding) in [("team 2", true), ("team 1", false), (nil, false)] as [(String?, Bool)] {
      var land = Land()
      try land.hazard("H", Rect(0, 0, 100, 100))
      try land.work("A", Rect(0, 0, 60, 100), team: "team 1")
      try land.work("B", Rect(40, 0, 60, 100), end: "2022-01-01", team: other)
      #expect(try await land.divided().codes.contains("claim.overlap-other-team") == isFinding, "\(other ?? "none")")
    }
  }

  @Test func `a feature names every activity that holds its state`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 100, 100), end: "2021-01-01")
    try land.work("B", Rect(0, 0, 100, 100), end: "2022-01-01")
    try land.work("C", Rect(0, 0, 100, 100), kind: .technicalSurvey, end: "2020-06-01")
    let divided = try await land.divided()
    #expect(divided.features.map { $0.activities.map(\.id) } == [["A", "B"]])
    #expect(agree(try divided.activity("C").released, 10_000))
  }
}
