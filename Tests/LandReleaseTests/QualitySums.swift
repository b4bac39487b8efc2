import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct QualitySums {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func `the sums are those of the ledger`(seed: UInt64) async throws {
    var random = try RandomLand(seed: seed, finds: Int(seed % 3), activities: 2...6)
    var picks = SplitMix(state: seed)
    for index in random.land.survey.activities.indices {
      random.land.survey.activities[index].team = ["red", "blue", nil][Int.random(in: 0..<3, using: &picks)]
    }
    let ledger = try await random.land.divided().ledger
    let (result, quality) = try await random.land.quality(width: 0.5)
    #expect(result.ledger == ledger)
    let cleared = ledger.activities.filter { $0.claims == .cleared }
    #expect(quality.productivity.activities == cleared)
    func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
    #expect(agree(sum(quality.productivity.rows.map(\.newlyCleared)), sum(cleared.map(\.released)), within: 1e-6))
    #expect(agree(sum(quality.productivity.rows.map(\.reprocessed)), sum(cleared.map(\.reprocessed)), within: 1e-6))
    for row in cleared {
      let own = quality.depths.filter { $0.activity.id == row.id }
      #expect(agree(sum(own.map(\.met)), row.released + row.reprocessed + row.reopened, within: 1e-6))
      #expect(sum(own.map(\.shallow)) <= row.ineffective + 1e-6)
    }
    // Nothing is worked twice that is not in two activities.
    let processed = sum(cleared.map { $0.processed - $0.outside })
    #expect(quality.overlaps.betweenTeams <= processed / 2 + 1e-6)
    #expect(quality.overlaps.pairs.allSatisfy { $0.area <= quality.overlaps.betweenTeams + 1e-6 })
    #expect(quality.overlaps.betweenTeams <= sum(quality.overlaps.pairs.map(\.area)) + 1e-6)
  }

  /// In the reckoning that was asked for.
  @Test(arguments: 0..<40 as Range<UInt64>, [false, true])
  func `holes, what is narrower and the rest are all that remains`(seed: UInt64, assured: Bool) async throws {
    let random = try RandomLand(seed: seed, finds: Int(seed % 3), activities: 1...6)
    let (result, quality) = try await random.land.quality(width: 0.5, assured: assured)
    let hazards = result.ledger.hazards
    let remaining = hazards.reduce(0) { $0 + (assured ? $1.assured : $1.nominal).remaining }
    let sum = quality.holes.reduce(quality.narrowArea + quality.rest.area) { $0 + $1.area }
    #expect(agree(sum, remaining, within: 0.1), "\(sum) of \(remaining)")
  }

  @Test func `ground that is not enclosed is counted, measured, and as wide as it is`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 60, 10))
    try land.hazard("UNTOUCHED", Rect(500, 0, 7, 30))
    let before = try await land.quality(width: 1).quality.rest
    #expect(before.count == 2 && agree(before.area, 810, within: 0.05) && agree(before.width, 10, within: 0.11))
    // The front of the work on both of its sides, and a hole of 2 m by 2 m that is none of the rest.
    try land.work("A", Rect(20, -1, 11, 12))
    try land.work("B", Rect(30, -1, 10, 5), Rect(30, 6, 10, 5), Rect(30, 3, 4, 4), Rect(36, 3, 4, 4))
    let quality = try await land.quality(width: 1).quality
    #expect(quality.holes.count == 1 && quality.rest.count == 3)
    #expect(agree(quality.rest.area, 610, within: 0.1) && agree(quality.rest.width, 10, within: 0.11))
    try land.work("C", Rect(-1, -1, 62, 12), Rect(499, -1, 9, 32))
    #expect(try await land.quality(width: 1).quality.rest == GroundNotEnclosed())
  }

  @Test func `overlaps are told by team and day, each square metre once`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    for (id, rect, team, date) in [
      ("A", Rect(0, 0, 40, 10), "red", "2021-01-01"), ("B", Rect(30, 0, 40, 10), "blue", "2021-01-02"),
      ("C", Rect(35, 0, 10, 10), "red", "2021-01-03"), ("D", Rect(0, 0, 5, 10), "red", "2021-01-01"),
      ("E", Rect(60, 0, 20, 10), "green", "2021-01-03"),
    ] {
      let index = try land.work(id, rect)
      try land.assign(index, team: team, day: date)
    }
    let overlaps = try await land.quality(width: 1).quality.overlaps
    // A and C over B: 30 to 45; E over B: 60 to 70.
    #expect(agree(overlaps.betweenTeams, 250))
    #expect(overlaps.pairs.map { [$0.first, $0.second] } == [["blue", "green"], ["blue", "red"]])
    #expect(agree(overlaps.pairs[0].area, 100) && agree(overlaps.pairs[1].area, 150))
    // D was on the same day.
    #expect(overlaps.again.map(\.team) == ["red"])
    #expect(agree(overlaps.again[0].area, 50) && overlaps.again[0].unknown == 0)
    #expect(overlaps.withoutTeam == 0)
  }

  @Test func `a day that nobody knows is not guessed`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    for (index, rect) in [Rect(0, 0, 20, 10), Rect(10, 0, 20, 10), Rect(10, 0, 5, 10)].enumerated() {
      let work = try land.work("A\(index)", rect)
      try land.assign(work, team: index < 2 ? "red" : nil, day: "2021-01-05")
    }
    land.survey.activities[1].start = try day("2021-01-04")
    let quality = try await land.quality(width: 1).quality
    #expect(quality.overlaps.again.map(\.area) == [0])
    #expect(agree(quality.overlaps.again[0].unknown, 100))
    #expect(agree(quality.overlaps.withoutTeam, 50))
    #expect(quality.productivity.rows.map(\.team) == [nil, "red", "red"])
    #expect(quality.productivity.rows.map(\.hasResult) == [false, true, true])
    // A span that ends before the other begins is another day, whatever its days.
    (land.survey.activities[0].start, land.survey.activities[0].end) = (try day("2021-01-01"), try day("2021-01-03"))
    let apart = try await land.quality(width: 1).quality.overlaps
    #expect(agree(apart.again[0].area, 100) && apart.again[0].unknown == 0)
  }

  @Test func `depth is told for each activity and hazard`() async throws {
    var land = Land(requiredDepth: nil)
    try land.hazard("H", Rect(0, 0, 50, 10), depth: 20)
    try land.hazard("K", Rect(100, 0, 50, 10))
    try land.work("A", Rect(0, 0, 10, 10), Rect(100, 0, 10, 10), depth: 30)
    try land.work("B", Rect(20, 0, 10, 10), depth: 13)
    try land.work("C", Rect(40, 0, 10, 10), depth: nil)
    let depths = try await land.quality(width: 1).quality.depths
    #expect(depths.map { "\($0.activity.id)\($0.hazard.id)" } == ["AH", "AK", "BH", "CH"])
    #expect(depths.map(\.required) == [20, nil, 20, 20] && depths.map(\.reached) == [30, 30, 13, nil])
    for (check, (met, shallow)) in zip(depths, [(100.0, 0.0), (0, 100), (0, 100), (0, 100)]) {
      #expect(agree(check.met, met) && agree(check.shallow, shallow))
    }
  }
}
