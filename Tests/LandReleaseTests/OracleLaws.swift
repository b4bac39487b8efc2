import Geometry
import Survey
import Testing

@testable import LandRelease

/// Random places in random surveys, decided a second time from the rules alone.
@Suite struct OracleLaws {
  /// What the semantics say of one place: its state, and the hazard that it counts for. `nil` outside.
  private func verdict(_ random: RandomLand, _ place: Projected) -> (state: LandState, hazard: String)? {
    let survey = random.land.survey
    let covering = survey.hazards.indices.filter { random.depth(ofHazard: $0, place) < 0 }
      .map { survey.hazards[$0] }
      .sorted { a, b in
        if a.hazardClass != b.hazardClass { return a.hazardClass == .confirmed }
        return a.recorded == b.recorded ? a.id < b.id : a.recorded < b.recorded
      }
    guard let first = covering.first else { return nil }
    let claims = survey.activities.indices.filter { random.depth(ofActivity: $0, place) < 0 }
      .map { survey.activities[$0] }
    var states: [LandState] = []
    for hazard in covering {
      let releases = claims.filter { activity in
        guard activity.end >= hazard.recorded else { return false }
        let required = hazard.requiredDepth ?? survey.requiredDepth ?? .infinity
        switch activity.kind {
        case .clearance, .bacSubsurface: return (activity.depth ?? -1) >= required
        case .bacSurface: return required == 0
        case .technicalSurvey, .nonTechnicalSurvey: return true
        }
      }.map(\.claims)
      guard !releases.isEmpty else { return (.remaining, hazard.id) }
      states.append(releases.contains(.cleared) ? .cleared : releases.contains(.reduced) ? .reduced : .cancelled)
    }
    return (states[0], first.id)
  }

  @Test(arguments: 0..<150 as Range<UInt64>) func `every place is what the rules say of it`(seed: UInt64) async throws {
    let random = try RandomLand(seed: seed)
    let divided = try await random.land.divided()
    let index = divided.features.map { ($0, RingIndex(RingSet($0.polygons))) }
    var picks = SplitMix(state: seed ^ 0xabcd)
    for _ in 0..<60 {
      let place = Projected(.random(in: -40...55, using: &picks), .random(in: -40...55, using: &picks))
      let depths =
        random.land.survey.hazards.indices.map { random.depth(ofHazard: $0, place) }
        + random.land.survey.activities.indices.map { random.depth(ofActivity: $0, place) }
      // A claim may be 2 cm smaller, and the flat metres of this test are a few millimetres off.
      if depths.contains(where: { abs($0) < 0.03 }) { continue }
      let position = random.land.position(place)
      let (x, y) = (position.longitude * 1e8, (position.latitude * 1e8).rounded(.down) + 0.5)
      let found = index.filter { $0.1.contains(x, y) }.map { ($0.0.layer, $0.0.hazard.id) }
      let truth = verdict(random, place)
      #expect(found.count == (truth == nil ? 0 : 1), "\(place)")
      #expect(found.first?.0 == truth?.state && found.first?.1 == truth?.hazard, "\(place)")
    }
  }
}
