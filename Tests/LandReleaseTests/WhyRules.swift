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

/// Whether an edge passes within 1.25 lattice steps of a place.
private func passes(_ polygons: [Polygon<LatticePoint>], _ place: LatticePoint) -> Bool {
  polygons.flatMap(\.rings).contains { ring in
    let steps = ring.corners.map { Projected($0.first - place.first, $0.second - place.second) }
    return zip(steps, steps.dropFirst() + steps.prefix(1)).contains { distance(Projected(0, 0), $0, $1) <= 1.25 }
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

  @Test func `a find is told that may lie near for its sigma`() async throws {
    var land = Land()
    (land.survey.fadeout, land.survey.sigmaFactor) = (5, 2)
    try land.hazard("H", Rect(0, 0, 200, 100))
    try land.find("ROUGH", at: Projected(110, 50), found: "2022-01-01", sigma: 20)
    try land.find("FINE", at: Projected(110, 50), found: "2022-01-01", sigma: 1)
    // 25 m, and twice 20 m or twice 1 m.
    for (place, ids) in [(46, ["ROUGH"]), (44, []), (82, ["ROUGH"]), (84, ["FINE", "ROUGH"])] as [(Double, [String])] {
      #expect(try await land.why(at: Projected(place, 50)).finds.map(\.find.id) == ids, "\(place)")
    }
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
        let shown = features.filter { feature, index in
          index.contains(lattice.first + 0.25, lattice.second + 0.5) || passes(feature.polygons, lattice)
        }.map(\.0)
        let order: [LandState] = [.remaining, .cancelled, .reduced, .cleared]
        let least = order.first { layer in shown.contains { $0.layer == layer } }
        let answer = try await random.land.why(at: place)
        let state = assured ? answer.assured : answer.nominal
        #expect(state?.layer == least, "\(place)")
        guard let state else { continue }
        let isShown = shown.contains {
          $0.layer == state.layer && $0.hazard.id == state.hazard.id
            && $0.activities.map(\.id) == state.activities.map(\.id)
        }
        #expect(isShown, "\(place)")
      }
    }
  }
}

/// Ground whose edges lie on the lattice, and places on them.
@Suite struct WhyEdges {
  private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> Polygon<Geographic> {
    try Polygon(Ring([(west, south), (east, south), (east, north), (west, north)].map { Geographic($0.0, $0.1) }))
  }

  /// From west to east: cleared, remaining, reduced, cancelled; and another hazard north of the cleared ground.
  private func land() throws -> Land {
    var land = Land()
    try land.hazard("H", [box(21.9, 43.3, 21.904, 43.301)])
    try land.hazard("N", [box(21.9, 43.301, 21.901, 43.302)], recorded: "2020-02-01")
    for (id, kind, west) in [
      ("C", ActivityKind.clearance, 21.9), ("T", .technicalSurvey, 21.902), ("S", .nonTechnicalSurvey, 21.903),
    ] {
      let index = try land.work(id, kind: kind, sigma: 0)
      land.survey.activities[index].polygons = [try box(west, 43.3, west + 0.001, 43.301)]
    }
    return land
  }

  private func why(_ land: Land, _ longitude: Double, _ latitude: Double) throws -> WhyAnswer {
    try LandRelease.why(land.survey, steps: land.steps(), at: Geographic(longitude, latitude))
  }

  @Test(
    arguments: [
      // Inside, then each outer edge and corner.
      (21.9005, 43.3005, "cleared"), (21.9, 43.3005, "cleared"), (21.9005, 43.3, "cleared"), (21.9, 43.3, "cleared"),
      (21.904, 43.3005, "cancelled"), (21.904, 43.301, "cancelled"), (21.904, 43.3, "cancelled"),
      (21.9035, 43.301, "cancelled"), (21.9025, 43.301, "reduced"), (21.9025, 43.3, "reduced"),
      (21.9015, 43.301, "remaining"), (21.9, 43.302, "remaining"), (21.9005, 43.302, "remaining"),
      (21.901, 43.3015, "remaining"),
      // Where ground meets: the less released.
      (21.901, 43.3005, "remaining"), (21.902, 43.3005, "remaining"), (21.903, 43.3005, "cancelled"),
      (21.9005, 43.301, "remaining"), (21.9, 43.301, "remaining"), (21.901, 43.301, "remaining"),
      // Two lattice steps aside of it.
      (21.90099998, 43.3005, "cleared"), (21.90300002, 43.3005, "cancelled"), (21.90299998, 43.3005, "reduced"),
      (21.90400002, 43.3005, nil), (21.9035, 43.30100002, nil), (21.89999998, 43.3005, nil),
      (21.9005, 43.29999998, nil),
    ] as [(Double, Double, String?)])
  func `a place on an edge is in the ground, and where states meet in the less released`(
    longitude: Double, latitude: Double, state: String?
  ) throws {
    let answer = try why(land(), longitude, latitude)
    #expect(answer.nominal?.layer.rawValue == state)
    #expect(answer.assured?.layer.rawValue == state)
    #expect(answer.hazards.isEmpty == (state == nil))
  }

  @Test func `a place where two hazards meet is in both`() throws {
    let answer = try why(land(), 21.9005, 43.301)
    #expect(answer.hazards.map(\.id) == ["H", "N"] && answer.nominal?.hazard.id == "N")
  }

  @Test(arguments: [180.0, -180])
  func `180 degrees west is 180 degrees east, and the less released of both sides`(longitude: Double) throws {
    for (released, west, east) in [("both", 179.999, -179.999), ("one", 179.999, 180), ("none", 179.9992, 179.9995)] {
      var land = Land(at: Geographic(180, -17))
      try land.hazard("H", [box(179.999, -17.001, 180, -17), box(-180, -17.001, -179.999, -17)])
      let index = try land.work("C", sigma: 0)
      var parts = [try box(west, -17.001, east < 0 ? 180 : east, -17)]
      if east < 0 { parts.append(try box(-180, -17.001, east, -17)) }
      land.survey.activities[index].polygons = parts
      for latitude in [-17.0005, -17, -17.001] {
        let answer = try why(land, longitude, latitude)
        #expect(answer.nominal?.layer == (released == "both" ? .cleared : .remaining), "\(released) \(latitude)")
        #expect(answer.hazards.map(\.id) == ["H"])
      }
    }
  }
}
