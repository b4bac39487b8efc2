import Geometry
import Survey
import Testing

@testable import LandRelease

@Suite struct ReopeningRules {
  /// A hazard cleared whole, with a fade-out of 10 m.
  private func cleared() throws -> Land {
    var land = Land()
    land.survey.fadeout = 10
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 100, 100), end: "2021-01-01")
    return land
  }

  @Test(arguments: [(0.0, 2.0), (0.5, 2), (3, 2), (0.5, 1), (1.25, 3)])
  func `a find reopens a disc round it that is never smaller than its circle`(sigma: Double, k: Double) async throws {
    var land = try cleared()
    land.survey.sigmaFactor = k
    try land.find("F", at: Projected(50, 50), found: "2022-01-01", sigma: sigma)
    let divided = try await land.divided()
    let radius = 10 + k * sigma
    #expect(divided.area(.remaining) >= Double.pi * radius * radius)
    #expect(divided.area(.remaining) <= Double.pi * (radius + 0.008) * (radius + 0.008) * (1 + 1e-5))
    #expect(divided.features(.remaining).map(\.reopenedBy) == [["F"]])
    #expect(try divided.finding("find.in-released").message.contains("F"))
    #expect(agree(try divided.activity("A").reopened, divided.area(.remaining), within: 1e-6))
    #expect(agree(try divided.activity("A").released, 10_000 - divided.area(.remaining)))
    #expect(divided.ledger.closes)
  }

  @Test func `a find without a sigma is taken for a handheld receiver's`() async throws {
    var land = try cleared()
    try land.find("F", at: Projected(50, 50), found: "2022-01-01", sigma: nil)
    #expect(agree(try await land.divided().area(.remaining), Double.pi * 16 * 16, within: 1))
  }

  @Test func `only a find dated after the release reopens it`() async throws {
    for (found, reopens) in [("2020-06-01", false), ("2021-01-01", false), ("2021-01-02", true)] {
      var land = try cleared()
      try land.find("F", at: Projected(50, 50), found: found)
      let divided = try await land.divided()
      #expect((divided.area(.remaining) > 300) == reopens, "\(found)")
      #expect(divided.codes.contains("find.in-released") == reopens, "\(found)")
    }
  }

  @Test func `work that had ended cannot have made a find, whatever the find names`() async throws {
    for (maker, found, reopens) in [
      ("A", "2021-01-01", false), ("B", "2021-01-01", false), ("A", "2021-01-02", true), ("B", "2022-01-01", true),
      (nil, "2022-01-01", true),
    ] as [(String?, String, Bool)] {
      var land = try cleared()
      try land.find("F", at: Projected(50, 50), found: found, activity: maker)
      #expect((try await land.divided().area(.remaining) > 300) == reopens, "\(maker ?? "nobody") \(found)")
    }
  }

  @Test(arguments: [("2018-12-30", true), ("2019-01-02", false), ("2021-06-01", false)])
  func `a find dated over a year before its hazard was recorded is told`(found: String, told: Bool) async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100), recorded: "2020-01-01")
    try land.find("F", at: Projected(50, 50), found: found)
    #expect(try await land.divided().codes.contains("find.date") == told)
  }

  @Test func `a later clearance closes it again, and gets the ground for its own`() async throws {
    for (end, closes) in [("2021-12-31", false), ("2022-01-01", true), ("2022-06-01", true)] {
      var land = try cleared()
      try land.find("F", at: Projected(50, 50), found: "2022-01-01")
      try land.work("B", Rect(30, 30, 40, 40), end: end)
      let divided = try await land.divided()
      #expect((divided.area(.remaining) == 0) == closes, "\(end)")
      if closes {
        #expect(agree(try divided.activity("B").released, Double.pi * 121, within: 1))
        #expect(agree(try divided.activity("B").reprocessed, 1_600 - Double.pi * 121, within: 1))
        #expect(agree(try divided.activity("A").reopened, Double.pi * 121, within: 1))
      }
    }
  }

  @Test func `reduced and cancelled ground reopens as cleared ground does`() async throws {
    for kind in [ActivityKind.technicalSurvey, .nonTechnicalSurvey] {
      var land = Land()
      land.survey.fadeout = 10
      try land.hazard("H", Rect(0, 0, 100, 100))
      try land.work("A", Rect(0, 0, 100, 100), kind: kind)
      try land.find("F", at: Projected(50, 50), found: "2022-01-01")
      #expect(agree(try await land.divided().area(.remaining), Double.pi * 121, within: 1))
    }
  }

  @Test func `without a fade-out nothing is assumed and the account stays open`() async throws {
    var land = try cleared()
    land.survey.fadeout = nil
    try land.find("F", at: Projected(50, 50), found: "2022-01-01")
    let divided = try await land.divided()
    #expect(divided.area(.remaining) == 0)
    #expect(divided.ledger.openFinds == ["F"])
    #expect(!divided.ledger.closes)
    #expect(try divided.finding("find.no-fadeout").level == .error)
  }

  @Test func `the disc reopens no ground outside the hazards`() async throws {
    var land = try cleared()
    try land.find("F", at: Projected(2, 50), found: "2022-01-01")
    let divided = try await land.divided()
    // A circle of 11 m cut by a chord 2 m from its centre: the larger segment.
    #expect(agree(divided.area(.remaining), 233.86, within: 0.5))
    #expect(agree(divided.ledger.recorded, 10_000))
  }

  @Test func `a find in what remains, or outside every hazard, reopens nothing`() async throws {
    var land = Land()
    land.survey.fadeout = 10
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 50, 100))
    try land.find("IN", at: Projected(75, 50), found: "2022-01-01")
    try land.find("OUT", at: Projected(-1, 50), found: "2022-01-01")
    let divided = try await land.divided()
    #expect(agree(divided.area(.cleared), 5_000))
    #expect(!divided.codes.contains("find.in-released"))
    #expect(try divided.finding("find.outside-hazard").message.contains("OUT"))
  }

  @Test func `a find beside a swath is not in it`() async throws {
    for (y, inside) in [(0.49, true), (0.54, true), (0.56, false)] {
      var land = Land()
      land.survey.fadeout = 2
      try land.hazard("H", Rect(-5, -5, 30, 10))
      try land.walk("A", lanes(1, length: 20, spacing: 1))
      try land.find("F", at: Projected(10, y), found: "2022-01-01")
      #expect(try await land.divided().codes.contains("find.in-released") == inside, "\(y)")
    }
  }

  @Test(
    arguments: [(50.0, 0.0), (100, 50), (50, 100), (0, 50), (0, 0), (100, 0), (100, 100), (0, 100)], [0, 0.04, 0.08])
  func `a find on any edge of released ground is in it`(at: (x: Double, y: Double), off: Double) async throws {
    let out = { (a: Double) in a == 0 ? -off : a == 100 ? off : 0 }
    let diagonal = at.x != 50 && at.y != 50
    var land = try cleared()
    try land.find("F", at: Projected(at.x + out(at.x), at.y + out(at.y)), found: "2022-01-01")
    let divided = try await land.divided()
    // Over a corner 0.04 m both ways are more than the 0.05 m of the edge.
    let isIn = off == 0 || off == 0.04 && !diagonal
    #expect(divided.codes.contains("find.in-released") == isIn)
    #expect(divided.codes.contains("find.outside-hazard") == !isIn)
    #expect((divided.area(.remaining) > 80) == isIn)
    let areas = try await fadeout(land.survey, steps: try land.steps()).areas
    #expect(areas.map(\.missedBy) == [isIn ? ["A"] : []])
  }

  @Test func `a find on a line that two works share blames both`() async throws {
    for turned in [false, true] {
      var land = Land()
      land.survey.fadeout = 10
      try land.hazard("H", Rect(0, 0, 100, 100))
      try land.work("A1", turned ? Rect(0, 0, 100, 50) : Rect(0, 0, 50, 100))
      try land.work("A2", turned ? Rect(0, 50, 100, 50) : Rect(50, 0, 50, 100))
      try land.find("F", at: Projected(50, 50), found: "2022-01-01")
      #expect(try await land.divided().finding("find.in-released").message.contains("A1, A2"))
    }
  }

  @Test(arguments: [-180.0, 180, -179.999_999, 179.999_999])
  func `180 degrees west and east are one place`(longitude: Double) async throws {
    let polygons = try [(179.999, 180.0), (-180.0, -179.999)].map { west, east in
      Polygon(
        try Ring([
          Geographic(west, -17.001), Geographic(east, -17.001), Geographic(east, -16.999), Geographic(west, -16.999),
        ]))
    }
    var land = Land(at: Geographic(180, -17))
    land.survey.fadeout = 10
    try land.hazard("H", polygons)
    let work = try land.work("A")
    land.survey.activities[work].polygons = polygons
    try land.find("F", at: Projected(0, 0), found: "2022-01-01")
    land.survey.finds[0].position = Geographic(longitude, -17)
    let divided = try await land.divided()
    #expect(agree(divided.area(.remaining), Double.pi * 121, within: 1))
    let areas = try await fadeout(land.survey, steps: try land.steps()).areas
    #expect(areas.allSatisfy { $0.missedBy == ["A"] && $0.finds == ["F"] } && !areas.isEmpty)
  }

  @Test func `ground is reopened where two finds' discs meet, for both`() async throws {
    var land = try cleared()
    try land.find("F", at: Projected(45, 50), found: "2022-01-01")
    try land.find("G", at: Projected(55, 50), found: "2022-01-01")
    let divided = try await land.divided()
    #expect(Set(divided.features(.remaining).map(\.reopenedBy)) == [["F"], ["F", "G"], ["G"]])
  }
}
