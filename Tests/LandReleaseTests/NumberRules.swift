import Geometry
import Projection
import Survey
import Testing
import Topology

@testable import LandRelease

@Suite struct NumberRules {
  private func longestEdge(_ polygons: [Polygon<LatticePoint>]) -> Double {
    var longest = 0.0
    for ring in polygons.flatMap(\.rings) {
      for (a, b) in zip(ring.corners, ring.corners.dropFirst() + ring.corners.prefix(1)) {
        longest = max(longest, a.position.distance(to: b.position))
      }
    }
    return longest
  }

  @Test(arguments: [0.0, 43.3247, -60, 78])
  func `edges over 100 m get corners in between`(latitude: Double) async throws {
    var land = Land(at: Geographic(21.9033, latitude))
    try land.hazard("H", Rect(-500, -450, 1_000, 900))
    try land.work("A", Rect(-600, -100, 700, 150))
    try land.walk("B", [lane(from: Projected(-420, 200), to: Projected(400, 310))])
    let divided = try await land.divided()
    #expect(longestEdge(divided.features.flatMap(\.polygons)) <= 100.001)
    #expect(agree(divided.features.reduce(0) { $0 + $1.area }, 900_000, within: 900_000 * 2e-6 + 5))
  }

  @Test func `corners put into an edge lie on it, and short edges get none`() {
    let ring = [LatticePoint(x: 0, y: 0), LatticePoint(x: 250_000, y: 0), LatticePoint(x: 250_000, y: 30_000)]
    let dense = withShortEdges(ring)
    #expect(dense.filter { $0.y == 0 }.map(\.x) == [0, 83_333, 166_667, 250_000])
    // A triangle whose legs are 89 m and whose third side is 126 m.
    let triangle = [LatticePoint(x: 0, y: 0), LatticePoint(x: 80_000, y: 0), LatticePoint(x: 0, y: 80_000)]
    #expect(withShortEdges(triangle).count == 4)
  }

  /// Where two features meet, both have the same corners: no corner of one lies within an edge of another.
  @Test func `neighbours share their corners`() async throws {
    var land = Land()
    try land.hazard("H1", Rect(0, 0, 60, 60))
    try land.hazard("H2", Rect(40, 20, 60, 60), class: .confirmed)
    try land.walk("A", lanes(12, length: 70, spacing: 0.9, x: 10, y: 30))
    let divided = try await land.divided()
    let rings = divided.features.flatMap { $0.polygons.flatMap(\.rings) }
    let corners = Set(rings.flatMap(\.corners))
    for ring in rings {
      for (a, b) in zip(ring.corners, ring.corners.dropFirst() + ring.corners.prefix(1)) {
        let box = Box([a, b])
        for corner in corners where corner != a && corner != b && box.contains(corner) {
          let cross = (b.x - a.x) * (corner.y - a.y) - (b.y - a.y) * (corner.x - a.x)
          #expect(cross != 0, "\(corner) lies on the edge from \(a) to \(b)")
        }
      }
    }
  }

  @Test func `the identity holds between sums that know nothing of each other`() async throws {
    var land = Land()
    try land.hazard("H1", Rect(0, 0, 100, 100))
    try land.hazard("H2", Rect(70, 30, 100, 100), class: .confirmed, recorded: "2020-05-05")
    try land.walk("A", lanes(30, length: 150, spacing: 0.9, x: 5, y: 35))
    let ledger = try await land.divided().ledger
    #expect(agree(ledger.recorded, 20_000 - 30 * 70))
    #expect(abs(ledger.discrepancy) <= 1e-5 * ledger.recorded)
    #expect(ledger.closes)
    var open = ledger
    open.nominal.remaining += 1
    #expect(!open.closes)
    open = ledger
    open.recorded *= 1.0001
    #expect(!open.closes)
    open = ledger
    open.assured.cleared += 0.1
    #expect(!open.closes)
  }

  @Test func `planar areas stand beside, by an operation with a name`() async throws {
    var land = Land()
    land.survey.grid = "EPSG:6316"
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 50, 100))
    let divided = try await land.divided()
    let grid = try #require(divided.ledger.grid)
    #expect(divided.result.grid?.target.code == "EPSG:6316")
    #expect(agree(grid.total, divided.features.reduce(0) { $0 + ($1.gridArea ?? 0) }, within: 1e-6))
    // The zone's scale is 0.9999 on its meridian and grows with the distance from it: 73.7 km east here.
    let scale = 0.9999 * (1 + 73_700.0 * 73_700 / (2 * 6_370_000 * 6_370_000))
    #expect(abs(grid.total / divided.ledger.recorded / (scale * scale) - 1) < 2e-5)
    #expect(try await Land().divided().ledger.grid == nil)
  }

  @Test(arguments: [-16.5, 0, 65]) func `hazards on both sides of 180 degrees, and lanes across it`(
    latitude: Double
  ) async throws {
    var land = Land(at: Geographic(180, latitude))
    let west = [Projected(-60, -20), Projected(0, -20), Projected(0, 20), Projected(-60, 20)]
    try land.hazard("W", [try land.polygon(west)])
    // On its own side the seam is written as -180.
    let scale = LocalScale(latitude: latitude)
    let (x, y) = (60 / scale.metresPerLongitude, 20 / scale.metresPerLatitude)
    let east = try Ring([(-180, -y), (x - 180, -y), (x - 180, y), (-180, y)].map { Geographic($0, latitude + $1) })
    try land.hazard("E", [Polygon(east)])
    try land.walk("A", lanes(5, length: 40, spacing: 1, x: -20, y: 0))
    let divided = try await land.divided()
    for id in ["W", "E"] {
      #expect(agree(try divided.hazard(id).gross, 2_400), "\(id)")
      #expect(agree(try divided.hazard(id).nominal.cleared, 100 + 2 + 0.393, within: 2), "\(id)")
    }
    #expect(agree(try divided.activity("A").outside, 0, within: 0.1))
    #expect(agree(try divided.activity("A").released, 200 + 4.785, within: 3))
    for corner in divided.features.flatMap({ $0.polygons.flatMap(\.outer.corners) }) {
      #expect(abs(corner.x) <= 18_000_000_000)
    }
    #expect(divided.ledger.closes)
  }

  @Test func `reported areas are compared, and never used`() async throws {
    for (reported, isFinding) in [(10_000.0, false), (10_090, false), (10_110, true), (9_000, true)] {
      var land = Land()
      try land.hazard("H", Rect(0, 0, 100, 100))
      try land.work("A", Rect(0, 0, 100, 100))
      land.survey.hazards[0].reportedArea = reported
      let hazard = try await land.divided()
      #expect(hazard.codes.contains("area.reported-differs") == isFinding, "\(reported)")
      #expect(agree(hazard.ledger.recorded, 10_000))
      land.survey.hazards[0].reportedArea = nil
      land.survey.activities[0].reportedArea = reported
      #expect(try await land.divided().codes.contains("area.reported-differs") == isFinding, "\(reported)")
    }
  }

  @Test func `a hazard smaller than a small room is a finding`() async throws {
    for (side, isTiny) in [(3.0, true), (3.3, false)] {
      var land = Land()
      try land.hazard("H", Rect(0, 0, side, side))
      #expect(try await land.divided().codes.contains("hazard.tiny") == isTiny, "\(side)")
    }
  }

  @Test func `progress counts every group to the end`() async throws {
    var land = Land()
    for index in 0..<4 { try land.hazard("H\(index)", Rect(Double(index) * 50, 0, 20, 20)) }
    var seen: [Int] = []
    _ = try await partition(land.survey, steps: try StepStore(), progress: { seen += [$0, $1] }, emit: { _ in })
    #expect(seen == [1, 4, 2, 4, 3, 4, 4, 4])
  }
}
