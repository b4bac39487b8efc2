import Geometry
import Projection
import Survey
import Testing

@testable import LandRelease

@Suite struct NearnessRules {
  /// A hazard of 100 m by 100 m of which the western half was cleared.
  private func ground() async throws -> (Land, RemainingGround) {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(-10, -10, 60, 120))
    var ground = RemainingGround()
    for feature in try await land.divided().features { ground.add(feature) }
    return (land, ground)
  }

  @Test func `a road is near where it is, by metres along it`() async throws {
    let (land, ground) = try await ground()
    // From the west through the cleared half, 10 m into what remains and back, then away along the north.
    let road = [(-100.0, 50.0), (60, 50), (60, 60), (-100, 60), (-100, 130), (200, 130)]
      .map { land.position(Projected($0.0, $0.1)) }
    let nearness = ground.nearness(of: road, reach: 20)
    #expect(nearness.distance == 0 && nearness.sources == [.hazard("H")])
    #expect(nearness.stretches.count == 1)
    // It comes within 20 m of the line at 50 m east 130 m along, and leaves it 30 m + 10 m + 30 m later.
    #expect(agree(nearness.stretches[0].from, 130, within: 0.05))
    #expect(agree(nearness.stretches[0].to, 200, within: 0.05))
    let north = Array(road.suffix(2))
    #expect(agree(ground.nearness(of: north, reach: 20).distance, 30, within: 0.01))
    #expect(ground.nearness(of: north, reach: 20).stretches.isEmpty)
    #expect(ground.nearness(of: north, reach: 29.99).stretches.isEmpty)
    #expect(!ground.nearness(of: north, reach: 30).stretches.isEmpty)
  }

  @Test func `a house is asked by its place, a site by its edge and what it holds`() async throws {
    let (land, ground) = try await ground()
    for (x, y, away) in [(45.0, 50.0, 5.0), (75, 50, 0), (110, 50, 10), (103, 104, 5), (20, 50, 30)] {
      let near = ground.nearness(of: [land.position(Projected(x, y))], reach: 6)
      #expect(agree(near.distance, away, within: 0.01), "\(x) \(y)")
      #expect(near.stretches.isEmpty == (away > 6), "\(x) \(y)")
    }
    let around = try land.polygon(Rect(-200, -200, 500, 500).corners)
    let inside = try land.polygon(Rect(60, 20, 10, 10).corners)
    let beside = try land.polygon(Rect(10, 20, 10, 10).corners)
    #expect(try ground.sources(inside: around) == [.hazard("H")])
    #expect(try ground.sources(inside: beside).isEmpty)
    #expect(ground.nearness(of: inside.outer.corners, reach: 1).distance == 0)
  }

  /// A handheld receiver's 3 m where nobody says.
  @Test(arguments: [(0.5, 2.0, 1.0), (50, 2, 100), (nil, 2, 6), (2, 3, 6), (2, 0, 0)] as [(Double?, Double, Double)])
  func `a find is near as ground is, from k sigma round it`(sigma: Double?, k: Double, doubt: Double) throws {
    var land = Land()
    try land.find("F", at: Projected(0, 0), found: "2021-01-01", sigma: sigma)
    var ground = RemainingGround()
    for find in land.survey.finds { ground.add(find, sigmaFactor: k) }
    let road = [Projected(-200, doubt + 3), Projected(200, doubt + 3)].map(land.position)
    let nearness = ground.nearness(of: road, reach: 5)
    #expect(agree(nearness.distance, 3, within: 0.01) && nearness.sources == [.find("F")])
    let half = (5 + doubt) * (5 + doubt) - (3 + doubt) * (3 + doubt)
    #expect(nearness.stretches.count == 1 && agree(nearness.stretches[0].from, 200 - half.squareRoot(), within: 0.05))
    #expect(ground.nearness(of: road, reach: 2.9).sources.isEmpty)
    #expect(try ground.sources(inside: land.polygon(Rect(-1, -1, 2, 2).corners)) == [.find("F")])
  }

  @Test func `where nothing remains nothing is near`() {
    let nearness = RemainingGround().nearness(of: [Land.nis], reach: 1e6)
    #expect(nearness.distance == .infinity && nearness.stretches.isEmpty)
  }

  @Test func `a line across the antimeridian is near what lies beyond it`() async throws {
    var land = Land(at: Geographic(180, 10))
    try land.hazard("H", Rect(5, 0, 10, 10))
    var ground = RemainingGround()
    for feature in try await land.divided().features { ground.add(feature) }
    let west = ground.nearness(of: [land.position(Projected(-5, 5))], reach: 11)
    #expect(agree(west.distance, 10, within: 0.01))
  }

  @Test func `a road and a site across the antimeridian meet what lies there`() async throws {
    var land = Land(at: Geographic(180, 10))
    try land.hazard("H", Rect(-50, -50, 45, 100))
    var ground = RemainingGround()
    for feature in try await land.divided().features { ground.add(feature) }
    let road = [Projected(-200, 0), Projected(200, 0)].map(land.position)
    let nearness = ground.nearness(of: road, reach: 10)
    #expect(nearness.distance == 0 && nearness.stretches.count == 1)
    #expect(agree((nearness.stretches.first?.to ?? 0) - (nearness.stretches.first?.from ?? 0), 65, within: 0.1))
    let site = try land.polygon(Rect(-300, -300, 600, 600).corners)
    #expect(try ground.sources(inside: site) == [.hazard("H")])
  }

  /// By geodesics between corners and places, which know nothing of planes.
  @Test(arguments: [0.0, 43, -43, 60, 75])
  func `distances never err towards far`(latitude: Double) async throws {
    var land = Land(at: Geographic(20, latitude))
    try land.hazard("H", Rect(0, 0, 10, 10))
    var ground = RemainingGround()
    for feature in try await land.divided().features { ground.add(feature) }
    let corner = land.position(Projected(0, 0))
    for reach in [100.0, 1_000, 5_000, 20_000, 50_000] {
      for bearing in [200.0, 225, 250, 270] {
        let far = try Geodesic.destination(from: corner, azimuth: bearing, distance: reach * 0.999_999)
        let near = ground.nearness(of: [far], reach: reach)
        #expect(near.distance <= reach && !near.stretches.isEmpty, "\(reach) \(bearing): \(near.distance)")
        #expect(reach > 1_000 || near.distance > reach * 0.999 - 1, "\(reach) \(bearing): \(near.distance)")
      }
    }
  }

  /// Every place of a line, asked one by one by distances to edges alone, against the stretches.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func `stretches are where the line comes near, and nowhere else`(seed: UInt64) async throws {
    let random = try RandomLand(seed: seed, activities: 1...3)
    var ground = RemainingGround()
    var left: [Polygon<LatticePoint>] = []
    for feature in try await random.land.divided().features {
      ground.add(feature)
      if feature.layer == .remaining { left += feature.polygons }
    }
    var numbers = SplitMix(state: seed &+ 77)
    let corners = (0..<4).map { _ in
      Projected(.random(in: -40...60, using: &numbers), .random(in: -40...60, using: &numbers))
    }
    let reach = Double.random(in: 0.5...15, using: &numbers)
    let nearness = ground.nearness(of: corners.map(random.land.position), reach: reach)
    let plane = Plane(at: random.land.place)
    let index = RingIndex(RingSet(left))
    var travelled = 0.0
    for (a, b) in zip(corners, corners.dropFirst()) {
      let length = plane.distance(a, b)
      for step in stride(from: 0.0, to: length, by: 0.73) {
        let part = step / length
        let place = Projected(
          a.easting + part * (b.easting - a.easting), a.northing + part * (b.northing - a.northing))
        let lattice = LatticePoint(nearest: random.land.position(place))
        var away = index.contains(lattice.first + 0.25, lattice.second + 0.5) ? 0 : Double.infinity
        for ring in left.flatMap(\.rings) {
          let places = ring.corners.map { plane.place($0.position) }
          for (p, q) in zip(places, places.dropFirst() + places.prefix(1)) {
            away = min(away, distance(place, p, q))
          }
        }
        guard abs(away - reach) > 0.02 else { continue }
        let at = travelled + step
        let isNear = nearness.stretches.contains { $0.from - 0.02 <= at && at <= $0.to + 0.02 }
        #expect(isNear == (away < reach), "\(at): \(away), \(reach)")
        #expect(nearness.distance <= away + 0.01)
      }
      travelled += length
    }
  }
}
