import Geometry
import Survey
import Testing

@testable import LandRelease

extension Land {
  fileprivate func why(at place: Projected, asOf: String? = nil) async throws -> WhyAnswer {
    let store = try StepStore()
    for (sequence, walk) in walks.enumerated() {
      try store.append(walk.points, activity: walk.activity, log: 0, sequence: sequence)
    }
    return try LandRelease.why(survey, steps: store, at: position(place), asOf: try asOf.map(day))
  }
}

@Suite struct WhyRules {
  @Test func `a walked place names the work, its fix and its distance`() async throws {
    var land = Land()
    try land.hazard("H", Rect(-5, -5, 30, 30), recorded: "2020-01-01")
    try land.walk("A", lanes(3, length: 20, spacing: 1), sigmas: [0.1], end: "2021-03-04")
    let answer = try await land.why(at: Projected(7.1, 0.2))
    let state = try #require(answer.nominal)
    #expect(state.layer == .cleared && state.hazard.id == "H" && "\(state.since)" == "2021-03-04")
    #expect(answer.assured?.layer == .cleared)
    let work = try #require(answer.works.first)
    #expect(work.activity.id == "A" && work.holds && work.isSure && work.effect == .releases)
    #expect(agree(work.distance, 0.2, within: 1e-3))
    // Fixes every half metre: the one at 7 m is the 15th.
    #expect(work.fix?.line == 14)
    #expect(agree(work.fix?.distance ?? 0, 0.2236, within: 1e-3))
    #expect(work.fix?.sigma == 0.1)
  }

  @Test func `a place at the rim of a swath is released, and not surely`() async throws {
    var land = Land()
    try land.hazard("H", Rect(-5, -5, 30, 30))
    try land.walk("A", lanes(1, length: 20, spacing: 1), sigmas: [0.1])
    let answer = try await land.why(at: Projected(7, 0.4))
    #expect(answer.nominal?.layer == .cleared)
    #expect(answer.assured?.layer == .remaining)
    #expect(answer.works.map(\.isSure) == [false])
  }

  @Test func `every reason for which work releases nothing is told`() async throws {
    var land = Land()
    land.survey.fadeout = 5
    try land.hazard("H", Rect(0, 0, 100, 100), recorded: "2020-06-01")
    try land.work("EARLY", Rect(0, 0, 100, 100), end: "2020-05-31")
    try land.work("SHALLOW", Rect(0, 0, 100, 100), end: "2021-01-01", depth: 20)
    try land.work("WRONG", Rect(0, 0, 100, 100), kind: .nonTechnicalSurvey, claims: .cleared, end: "2021-01-02")
    try land.work("GOOD", Rect(0, 0, 100, 100), end: "2021-01-03")
    try land.find("F", at: Projected(50, 50), found: "2022-01-01")
    let answer = try await land.why(at: Projected(52, 50))
    #expect(answer.nominal?.layer == .remaining)
    #expect(answer.nominal?.reopenedBy == ["F"])
    #expect(answer.nominal.map { "\($0.since)" } == "2022-01-01")
    let effects = Dictionary(uniqueKeysWithValues: answer.works.map { ($0.activity.id, $0.effect) })
    #expect(
      effects == [
        "EARLY": .beforeHazard, "SHALLOW": .tooShallow, "WRONG": .kindMayNot, "GOOD": .undone(by: ["F"]),
      ])
    #expect(answer.finds.map(\.find.id) == ["F"])
    let before = try await land.why(at: Projected(52, 50), asOf: "2021-12-31")
    #expect(before.nominal?.layer == .cleared && before.finds.isEmpty)
    let outside = try await land.why(at: Projected(-50, 50))
    #expect(outside.nominal == nil && outside.hazards.isEmpty && outside.works.isEmpty)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `the answer is what the map shows`(seed: UInt64) async throws {
    let random = try RandomLand(seed: seed, finds: Int(seed % 3))
    var numbers = SplitMix(state: seed)
    for assured in [false, true] {
      let features = try await random.land.divided(assured: assured).features
        .map { ($0, RingIndex(RingSet($0.polygons))) }
      for _ in 0..<4 {
        let place = Projected(.random(in: -15...30, using: &numbers), .random(in: -15...30, using: &numbers))
        let lattice = LatticePoint(nearest: random.land.position(place))
        let shown = features.filter { $0.1.contains(lattice.first + 0.25, lattice.second + 0.5) }.map(\.0)
        let answer = try await random.land.why(at: place)
        let state = assured ? answer.assured : answer.nominal
        #expect(state?.layer == shown.first?.layer && state?.hazard.id == shown.first?.hazard.id, "\(place)")
        #expect(state?.activities.map(\.id) ?? [] == shown.first?.activities.map(\.id) ?? [])
      }
    }
  }
}
