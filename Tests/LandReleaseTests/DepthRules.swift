import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct DepthRules {
  struct Case: CustomTestStringConvertible {
    var kind: ActivityKind
    /// Centimetres: reached, required by the hazard, required by the survey.
    var reached, hazard, survey: Double?
    var clears: Bool

    init(
      _ kind: ActivityKind, reached: Double?, hazard: Double? = nil, survey: Double? = nil, clears: Bool
    ) {
      (self.kind, self.reached, self.hazard, self.survey, self.clears) = (kind, reached, hazard, survey, clears)
    }

    var testDescription: String { "\(kind) \(reached ?? -1) of \(hazard ?? -1), \(survey ?? -1): \(clears)" }
  }

  static let cases: [Case] = [
    Case(.clearance, reached: 50, survey: 50, clears: true),
    Case(.clearance, reached: 49.9, survey: 50, clears: false),
    Case(.clearance, reached: 60, survey: 50, clears: true),
    Case(.clearance, reached: nil, survey: 50, clears: false),
    Case(.clearance, reached: 50, clears: false),
    Case(.clearance, reached: nil, clears: false),
    Case(.clearance, reached: nil, survey: 0, clears: false),
    Case(.clearance, reached: 0, survey: 0, clears: true),
    Case(.clearance, reached: 50, hazard: 60, survey: 50, clears: false),
    Case(.clearance, reached: 20, hazard: 20, survey: 50, clears: true),
    Case(.clearance, reached: 20, hazard: 20, clears: true),
    Case(.bacSubsurface, reached: 50, survey: 50, clears: true),
    Case(.bacSubsurface, reached: 30, survey: 50, clears: false),
    Case(.bacSurface, reached: nil, survey: 0, clears: true),
    Case(.bacSurface, reached: 0, survey: 0, clears: true),
    Case(.bacSurface, reached: nil, hazard: 0, survey: 50, clears: true),
    Case(.bacSurface, reached: nil, hazard: 50, survey: 0, clears: false),
    Case(.bacSurface, reached: 80, survey: 50, clears: false),
    Case(.bacSurface, reached: 80, survey: 1, clears: false),
    Case(.bacSurface, reached: 80, clears: false),
  ]

  @Test(arguments: cases) func `a clearance releases where its depth meets what is required`(_ row: Case) async throws {
    var land = Land(requiredDepth: row.survey)
    try land.hazard("H", Rect(0, 0, 100, 100), depth: row.hazard)
    try land.work("A", Rect(0, 0, 50, 100), kind: row.kind, depth: row.reached)
    let divided = try await land.divided()
    #expect(agree(divided.area(.cleared), row.clears ? 5_000 : 0))
    let shallow = divided.features(.remaining).filter(\.isShallow)
    #expect(agree(shallow.reduce(0) { $0 + $1.area }, row.clears ? 0 : 5_000))
    #expect(divided.codes.contains("activity.depth") == !row.clears)
    #expect(agree(try divided.activity("A").ineffective, row.clears ? 0 : 5_000))
    #expect(agree(try divided.hazard("H").nominal.remaining, row.clears ? 5_000 : 10_000))
  }

  @Test func `survey work needs no depth`() async throws {
    for (kind, state) in [(ActivityKind.technicalSurvey, LandState.reduced), (.nonTechnicalSurvey, .cancelled)] {
      var land = Land(requiredDepth: nil)
      try land.hazard("H", Rect(0, 0, 100, 100))
      try land.work("A", Rect(0, 0, 50, 100), kind: kind, depth: nil)
      #expect(agree(try await land.divided().area(state), 5_000))
    }
  }

  @Test func `shallow work under another release does not mark it`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 60, 100), depth: 20)
    try land.work("B", Rect(0, 0, 30, 100), kind: .technicalSurvey, end: "2022-01-01")
    let divided = try await land.divided()
    #expect(agree(divided.area(.reduced), 3_000))
    #expect(!divided.features(.reduced).contains { $0.isShallow })
    #expect(agree(divided.features(.remaining).filter(\.isShallow).reduce(0) { $0 + $1.area }, 3_000))
  }

  @Test func `ground of two hazards is cleared only where the deeper requirement is met`() async throws {
    var land = Land()
    try land.hazard("LOW", Rect(0, 0, 100, 100), depth: 20)
    try land.hazard("DEEP", Rect(50, 0, 100, 100), recorded: "2020-02-01", depth: 60)
    try land.work("A", Rect(0, 0, 150, 100), depth: 30)
    let divided = try await land.divided()
    #expect(agree(try divided.hazard("LOW").nominal.cleared, 5_000))
    #expect(agree(try divided.hazard("LOW").ceded, 5_000))
    #expect(agree(try divided.hazard("DEEP").nominal.remaining, 10_000))
    #expect(divided.features(.remaining).allSatisfy { $0.hazard.id == "DEEP" && $0.isShallow })
  }
}
