import Geometry
import Projection
import Testing

@testable import LandRelease

@Suite struct LongEdgeTests {
  /// Nearly four kilometres (one frame) walked straight, in steps of 100 m: their sides join into long edges.
  @Test(arguments: [-60.0, 0, 45, 70]) func `what is straight in metres stays in its place in degrees`(
    latitude: Double
  ) throws {
    let frame = try LocalFrame.open(at: Geographic(21, latitude))
    let fixes = try frame.lattice((-19...19).map { Projected(Double($0) * 100, 0) }).map(\.position)
    let rings = try swathGround(GroundSteps(fixes, radius: 0.5)).rings.map { $0.map(\.position) }
    #expect(rings.count == 1)
    let edges = rings.flatMap { Array(zip($0, $0.dropFirst() + $0.prefix(1))) }
    let longest = edges.map { $0.distance(to: $1) }.max() ?? .infinity
    #expect(longest < 100)

    let places = try frame.project(
      edges.flatMap { a, b in
        (0..<8).map { part in
          let t = Double(part) / 8
          return Geographic(
            a.longitude + t * (b.longitude - a.longitude), a.latitude + t * (b.latitude - a.latitude))
        }
      })
    let sides = places.filter { abs($0.easting) < 1_899 }.map { abs($0.northing) }
    // The fixes lie up to 0.8 mm off the line, since they are on the lattice; the budget is two steps and 2 cm.
    #expect(sides.max() ?? .infinity < 0.5 + 0.0008 + 0.0022)
    #expect(sides.min() ?? 0 > 0.5 - 0.0008 - 0.02)
  }
}
