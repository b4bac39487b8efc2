import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct KindRules {
  /// What each kind of work may make of land (semantics, "Claims").
  static let may: [(ActivityKind, Release)] = [
    (.clearance, .cleared), (.bacSubsurface, .cleared), (.bacSurface, .cleared), (.technicalSurvey, .reduced),
    (.nonTechnicalSurvey, .cancelled),
  ]

  @Test func `each kind may claim one state, and releases nothing by another`() async throws {
    #expect(Self.may.count == ActivityKind.allCases.count)
    for (kind, allowed) in Self.may {
      for claims in Release.allCases {
        var land = Land(requiredDepth: 0)
        try land.hazard("H", Rect(0, 0, 100, 100))
        try land.work("A", Rect(0, 0, 50, 100), kind: kind, claims: claims)
        let divided = try await land.divided()
        let works = claims == allowed
        #expect(agree(divided.area(LandState(claims)), works ? 5_000 : 0), "\(kind) claims \(claims)")
        #expect(agree(divided.area(.remaining), works ? 5_000 : 10_000), "\(kind) claims \(claims)")
        #expect(divided.codes.contains("activity.kind-claims") == !works, "\(kind) claims \(claims)")
        #expect(divided.codes.contains("activity.no-effect") == !works, "\(kind) claims \(claims)")
        #expect(agree(try divided.activity("A").ineffective, works ? 0 : 5_000), "\(kind) claims \(claims)")
        // Nothing says that it was worked too shallow: it was not the right work at all.
        #expect(!divided.features.contains { $0.isShallow })
      }
    }
  }

  @Test func `searched and inferred reduction are kept apart`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    for (index, searched) in [true, false, nil].enumerated() {
      let at = try land.work("A\(index)", Rect(Double(index) * 20, 0, 20, 50), kind: .technicalSurvey)
      land.survey.activities[at].searched = searched
    }
    let divided = try await land.divided()
    #expect(agree(divided.ledger.nominal.searched, 1_000))
    #expect(agree(divided.ledger.nominal.inferred, 2_000))
    #expect(agree(divided.ledger.nominal.reduced, 3_000))
    #expect(divided.features(.reduced).count == 3)
  }

  @Test func `ground cancelled in a confirmed hazard is a finding, in a suspected one it is not`() async throws {
    for (hazardClass, isFinding) in [(HazardClass.confirmed, true), (.suspected, false)] {
      var land = Land()
      try land.hazard("H", Rect(0, 0, 100, 100), class: hazardClass)
      try land.work("A", Rect(0, 0, 50, 100), kind: .nonTechnicalSurvey)
      let divided = try await land.divided()
      #expect(agree(divided.area(.cancelled), 5_000))
      #expect(divided.codes.contains("hazard.confirmed-cancelled") == isFinding, "\(hazardClass)")
    }
  }
}
