import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct MissedFindRules {
  private func missed(_ land: Land, asOf: String? = nil) async throws -> [MissedFind] {
    let store = try StepStore()
    for (sequence, walk) in land.walks.enumerated() {
      try store.append(walk.points, activity: walk.activity, log: 0, sequence: sequence)
    }
    var options = PartitionOptions()
    options.asOf = try asOf.map(day)
    return try await partition(land.survey, steps: store, options: options) { _ in }.missed
  }

  /// Two hazards, and one clearance over both; another beside it.
  private func land(fadeout: Double? = 10) throws -> Land {
    var land = Land()
    land.survey.fadeout = fadeout
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.hazard("I", Rect(200, 0, 50, 100))
    try land.work("A", Rect(0, 0, 100, 100), Rect(200, 0, 50, 100), end: "2021-01-01", team: "team 1")
    try land.work("B", Rect(0, 0, 10, 10), end: "2021-06-01")
    try land.find("F", at: Projected(50, 50), found: "2022-01-01", sigma: 0.5)
    return land
  }

  @Test func `a find in released ground names what missed it, and what else that releases`() async throws {
    let found = try await missed(land())
    let find = try #require(found.first)
    #expect(found.count == 1 && find.find.id == "F" && find.status == .reopened)
    #expect(find.works.map(\.activity.id) == ["A"] && find.works[0].activity.team == "team 1")
    #expect(agree(find.works[0].distance, 50, within: 0.01))
    let released = try #require(find.released["A"])
    #expect(released.keys.sorted() == ["H", "I"])
    #expect(agree(released["H"] ?? 0, 10_000 - Double.pi * 11 * 11, within: 1))
    #expect(agree(released["I"] ?? 0, 5_000, within: 0.1))
  }

  @Test func `a later clearance of all round it ends the reopening, of a part does not`() async throws {
    for (width, status) in [(40.0, MissedFind.Status.releasedSince), (15, .reopened)] {
      var land = try land()
      try land.work("C", Rect(30, 30, width, 40), end: "2022-02-01")
      #expect(try await missed(land).map(\.status) == [status])
      #expect(try await missed(land, asOf: "2022-01-31").map(\.status) == [.reopened])
      #expect(try await missed(land, asOf: "2021-12-31").isEmpty)
    }
  }

  @Test func `without a fade-out it is open, whatever was cleared`() async throws {
    var land = try land(fadeout: nil)
    try land.work("C", Rect(30, 30, 40, 40), end: "2022-02-01")
    let find = try #require(try await missed(land).first)
    #expect(find.status == .noFadeout && find.works.map(\.activity.id) == ["A"])
  }

  @Test func `a walked claim is traced to its nearest fix`() async throws {
    var land = Land()
    land.survey.fadeout = 1
    try land.hazard("H", Rect(-5, -5, 30, 30))
    try land.walk("A", lanes(3, length: 20, spacing: 1), sigmas: [0.1], end: "2021-03-04")
    try land.find("F", at: Projected(7.1, 0.2), found: "2022-01-01", sigma: 0.1)
    let work = try #require(try await missed(land).first?.works.first)
    #expect(work.fix?.line == 14 && work.fix?.sigma == 0.1)
    #expect(agree(work.distance, 0.2, within: 1e-3))
  }

  @Test func `a find of the work itself, and one before it, missed nothing`() async throws {
    var land = try land()
    land.survey.finds = []
    try land.find("OWN", at: Projected(50, 50), found: "2021-01-01", activity: "A")
    try land.find("EARLY", at: Projected(50, 60), found: "2020-06-01")
    try land.find("OUT", at: Projected(150, 50), found: "2022-01-01")
    #expect(try await missed(land).isEmpty)
  }
}

@Suite struct SpotTaskRules {
  private func task(_ id: String, at place: Geographic, sigma: Double? = nil) throws -> SpotTask {
    var task = SpotTask(
      id: id, position: place, recorded: try day("2021-01-01"), status: .recorded, place: Place("tasks"))
    task.sigma = sigma
    return task
  }

  /// A handheld receiver's 3 m where nobody says.
  @Test(arguments: [(0.5, 2.0, 1.0), (2, 2, 4), (nil, 2, 6), (2, 3, 6)] as [(Double?, Double, Double)])
  func `a task is as near as its sigma lets it be`(sigma: Double?, k: Double, doubt: Double) throws {
    let land = Land()
    var ground = RemainingGround()
    ground.add(try task("T", at: land.position(Projected(0, 0)), sigma: sigma), sigmaFactor: k)
    let near = { (x: Double, reach: Double) in ground.nearness(of: [land.position(Projected(x, 0))], reach: reach) }
    #expect(agree(near(50, 10).distance, 50 - doubt, within: 0.02))
    #expect(near(50, 50 - doubt - 0.1).sources.isEmpty)
    #expect(near(50, 50 - doubt).sources == [.spotTask("T")])
    #expect(near(doubt / 2, 0).distance == 0 && near(doubt / 2, 0).sources == [.spotTask("T")])
    let road = [Projected(-50, doubt / 2), Projected(50, doubt / 2)].map(land.position)
    let stretch = try #require(ground.nearness(of: road, reach: 0).stretches.first)
    #expect(agree(stretch.to - stretch.from, doubt * 3.0.squareRoot(), within: 0.1))
  }

  @Test func `why names open tasks near a place, and none that is closed or not recorded yet`() throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    land.survey.spotTasks = [
      try task("NEAR", at: land.position(Projected(20, 0)), sigma: 0.5),
      try task("PERHAPS", at: land.position(Projected(28, 0))), try task("FAR", at: land.position(Projected(33, 0))),
      try task("CLOSED", at: land.position(Projected(1, 0))),
    ]
    (land.survey.spotTasks[3].status, land.survey.spotTasks[3].closed) = (.completed, try day("2022-01-01"))
    let ids = { (asOf: String?) in
      try why(land.survey, steps: try StepStore(), at: land.position(Projected(0, 0)), asOf: try asOf.map(day))
        .spotTasks.map(\.task.id)
    }
    #expect(try ids(nil) == ["NEAR", "PERHAPS"])
    #expect(try ids("2021-12-31") == ["CLOSED", "NEAR", "PERHAPS"])
    #expect(try ids("2020-12-31").isEmpty)
  }
}
