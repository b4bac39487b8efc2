import Geometry
import Projection
import Survey
import Testing
import Topology

@testable import LandRelease

@Suite struct RemnantsRules {
  private func land(percent: Double? = 90) throws -> Land {
    var land = Land(grid: "EPSG:6316")
    land.survey.fadeout = 30
    land.survey.boxes = BoxGrid(box: 20, searchedPercent: percent)
    try land.hazard("H", Rect(0, 0, 200, 200))
    try land.find("F", at: Projected(100, 100), found: "2021-06-01", activity: "A")
    return land
  }

  private func surveyed(_ land: Land, asOf: String? = nil) throws -> RemnantsSurvey {
    try remnantsSurvey(land.survey, steps: land.store(), asOf: asOf.map(day))
  }

  private func ids(_ survey: RemnantsSurvey, _ isMeant: (RemnantsSurvey.RequiredBox) -> Bool = { _ in true }) -> Set<
    String
  > {
    Set(survey.footprints.flatMap(\.boxes).filter(isMeant).map(\.measure.id))
  }

  @Test func `required boxes hold the circle of fade-out and k sigma`() throws {
    let land = try land()
    let found = try surveyed(land)
    let boxes = try #require(found.footprints.first).boxes
    let disc = try groundRound(land.survey.finds, 30, land.survey).flatMap(\.polygons)
    #expect(try difference(disc, boxes.flatMap(\.measure.polygons)).steps <= disc.perimeter)
    // 31 m with k sigma: no box farther than that.
    #expect(boxes.allSatisfy { $0.distance <= 31.01 } && boxes.count { $0.hasEvidence } == 1)
    #expect((9...25).contains(boxes.count))
    #expect(!found.isEdgeReached && boxes.compactMap(\.order).sorted() == Array(1...boxes.count))
    let nearest = boxes.sorted { ($0.order ?? 0) < ($1.order ?? 0) }.map(\.distance)
    #expect(nearest == nearest.sorted() && nearest.first == 0)
  }

  @Test func `the edge is reached where every required box is searched, and the CHA holds the fade-out`() throws {
    var land = try land()
    try land.work("A", Rect(0, 0, 200, 200), end: "2021-07-01", sigma: 0.5)
    let found = try surveyed(land)
    let footprint = try #require(found.footprints.first)
    #expect(found.isEdgeReached && footprint.isEdgeReached && footprint.boxes.allSatisfy(\.isSearched))
    #expect(
      footprint.evidence.map(\.id) == ["F"] && footprint.boxes.allSatisfy { $0.measure.activities.map(\.id) == ["A"] })
    #expect(footprint.area > .pi * 31 * 31 && footprint.area < 61 * 61 && footprint.outside == 0)
    #expect(try !surveyed(land, asOf: "2021-06-30").isEdgeReached)
    #expect(try surveyed(land, asOf: "2021-05-31").footprints.isEmpty)
    // Without a sigma nothing is sure.
    land.survey.activities[0].sigma = nil
    #expect(try !surveyed(land).isEdgeReached)
  }

  @Test func `a search that missed evidence does not count round it`() throws {
    var land = try land()
    try land.work("MISSED", Rect(0, 0, 200, 200), end: "2020-06-01", sigma: 0.5)
    #expect(try surveyed(land).footprints[0].boxes.allSatisfy { !$0.isSearched && $0.measure.assuredPercent == 0 })
    try land.work("A", Rect(0, 0, 200, 200), end: "2021-07-01", sigma: 0.5)
    #expect(try surveyed(land).isEdgeReached)
  }

  @Test func `evidence is submunitions, and what nobody says is another thing`() throws {
    for (category, counts) in [
      (nil, true), ("submunition", true), ("Submunitions", true), ("mine", false), ("uxo", true),
      ("sub-munition", true), ("Sub munition", true), ("unknown", true), ("5", true), ("bomblet", true),
      ("Anti-personnel mines", false), ("Rockets", false), ("cluster munition container", false),
    ] as [(String?, Bool)] {
      var land = try land()
      land.survey.finds[0].category = category
      let found = try surveyed(land)
      #expect(found.footprints.isEmpty != counts && found.others.isEmpty == counts, "\(category ?? "none")")
    }
  }

  @Test func `what is not given is not assumed`() throws {
    var land = try land(percent: nil)
    #expect(throws: NoRemnantsFigure.percent) { try surveyed(land) }
    land.survey.boxes = nil
    #expect(throws: GridRefused.self) { try surveyed(land) }
    land.survey.fadeout = nil
    #expect(throws: NoRemnantsFigure.distance(evidence: 1)) { try surveyed(land) }
    land.survey.finds = []
    #expect(try surveyed(land).footprints.isEmpty)
  }

  @Test func `a fade-out or a box past all measure is refused, not computed`() throws {
    for (fadeout, box) in [(1e9, 50), (1e300, 50), (1000, 0.5)] {
      var land = try land()
      (land.survey.fadeout, land.survey.boxes) = (fadeout, BoxGrid(box: box, searchedPercent: 90))
      #expect(throws: GridRefused.self, "\(fadeout)") { try surveyed(land) }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `more finds never shrink what is required, more search never grows what is next`(seed: UInt64) throws {
    var land = try RandomLand(seed: seed, finds: 4, activities: 2...6).land
    land.survey.grid = "EPSG:6316"
    land.survey.boxes = BoxGrid(box: 5, searchedPercent: 60)
    var fewerFinds = land
    fewerFinds.survey.finds.removeLast()
    #expect(ids(try surveyed(fewerFinds)).isSubset(of: ids(try surveyed(land))))
    var fewer = land
    let last = fewer.survey.activities.count - 1
    fewer.survey.activities.removeLast()
    fewer.walks.removeAll { $0.activity == last }
    let (without, with) = (try surveyed(fewer), try surveyed(land))
    #expect(ids(without) == ids(with))
    #expect(ids(with) { !$0.isSearched }.isSubset(of: ids(without) { !$0.isSearched }))
  }

  @Test func `footprints apart are apart, and what lies outside every hazard is stated`() throws {
    var land = try land()
    try land.find("G", at: Projected(199, -300), found: "2021-06-02")
    let found = try surveyed(land)
    #expect(found.footprints.count == 2)
    let lone = try #require(found.footprints.first { $0.evidence.map(\.id) == ["G"] })
    #expect(agree(lone.outside, lone.area, within: 1e-6) && lone.strikes.isEmpty)
    try land.find("H", at: Projected(150, -100), found: "2021-06-02")
    try land.find("I", at: Projected(180, -200), found: "2021-06-02")
    #expect(try surveyed(land).footprints.flatMap(\.evidence).map(\.id).sorted() == ["F", "G", "H", "I"])
  }
}

@Suite struct StrikeRules {
  private func land(heading: Double? = 30, sigma: Double? = 5) throws -> Land {
    var land = Land(grid: "EPSG:6316")
    try land.hazard("H", Rect(-300, -300, 600, 600))
    land.survey.weapons = ["W": Weapon(name: "W", length: 200, width: 60, source: "test")]
    var strike = Strike(id: "U", position: land.place, recorded: try day("2020-01-01"), place: Place("strikes"))
    (strike.heading, strike.weapon, strike.sigma) = (heading, "W", sigma)
    land.survey.strikes = [strike]
    return land
  }

  @Test(arguments: [0.0, 30, 90, 200, 359])
  func `a footprint holds the ellipse and k sigma round it, and little more`(heading: Double) throws {
    let land = try land(heading: heading)
    let footprint = try #require(strikeFootprints(land.survey).first)
    #expect(!footprint.isCircle && footprint.outside == 0)
    let index = RingIndex(RingSet(footprint.polygons))
    let (c, s) = cosineAndSine(heading * .pi / 180)
    for step in 0..<720 {
      let (ct, st) = cosineAndSine(Double(step) * .pi / 360)
      // A point of the ellipse, and 10 m along its normal (a⁻¹ cos, b⁻¹ sin).
      let length = ((ct / 100) * (ct / 100) + (st / 30) * (st / 30)).squareRoot()
      for (away, inside) in [(0.0, true), (9.999, true), (10.25, false)] {
        let forward = 100 * ct + away * ct / 100 / length
        let right = 30 * st + away * st / 30 / length
        let place = LatticePoint(
          nearest: land.position(Projected(forward * s + right * c, forward * c - right * s)))
        #expect(index.contains(place.first + 0.25, place.second + 0.5) == inside, "\(heading) \(step) \(away)")
      }
    }
  }

  @Test func `without a heading it is a circle, without a size it is nothing`() throws {
    var land = try land(heading: nil, sigma: nil)
    let circle = try #require(strikeFootprints(land.survey).first)
    // Without a sigma it is taken for a handheld receiver's, 3 m, of which k are put round it.
    let whole = Double.pi * 106 * 106
    #expect(circle.isCircle && circle.area >= whole && circle.area < whole * 1.001)
    land.survey.strikes[0].weapon = "X"
    #expect(try strikeFootprints(land.survey).isEmpty)
  }

  @Test func `a strike releases nothing, and one outside every hazard is a finding`() async throws {
    var land = try land()
    let with = try await land.divided()
    #expect(!with.codes.contains("strike.outside-hazard"))
    let strikes = land.survey.strikes
    land.survey.strikes = []
    #expect(try await land.divided().ledger.nominal == with.ledger.nominal)
    land.survey.strikes = strikes
    land.survey.strikes[0].position = land.position(Projected(290, 0))
    let finding = try await land.divided().finding("strike.outside-hazard")
    #expect(finding.level == .info && finding.message.contains("strike U"))
    #expect(try await !land.divided(asOf: "2019-12-31").codes.contains("strike.outside-hazard"))
  }

  @Test func `the lineage of a proposed area names strikes whose footprint holds evidence`() throws {
    var land = try land()
    (land.survey.fadeout, land.survey.boxes) = (10, BoxGrid(box: 20, searchedPercent: 90))
    try land.find("IN", at: Projected(0, 0), found: "2021-01-01")
    try land.find("OUT", at: Projected(-200, 100), found: "2021-01-01")
    let footprints = try remnantsSurvey(land.survey, steps: StepStore()).footprints
    #expect(footprints.first { $0.evidence.map(\.id) == ["IN"] }?.strikes.map(\.id) == ["U"])
    #expect(footprints.first { $0.evidence.map(\.id) == ["OUT"] }?.strikes.map(\.id) == [])
  }
}
