import Geometry
import Projection
import Testing

@testable import LandRelease

@Suite struct LongEdgeTests {
  /// Four kilometres walked straight, in steps of 100 m: their sides join into long edges.
  @Test(arguments: [-60.0, 0, 45, 70]) func `what is straight in metres stays in its place in degrees`(
    latitude: Double
  ) throws {
    let frame = try LocalFrame.open(at: Geographic(21, latitude))
    let fixes = try frame.lattice((-20...20).map { Projected(Double($0) * 100, 0) }).map(\.position)
    let steps = zip(fixes, fixes.dropFirst()).map { GroundStep(from: $0, to: $1, radius: 0.5) }
    let ground = try swathGround(steps)
    #expect(!ground.rings.isEmpty)
    for ring in ground.rings {
      for (a, b) in zip(ring.map(\.position), (ring.dropFirst() + ring.prefix(1)).map(\.position)) {
        #expect(a.distance(to: b) < 100)
        let along = try frame.project(
          (0..<8).map { part in
            let t = Double(part) / 8
            return Geographic(
              a.longitude + t * (b.longitude - a.longitude), a.latitude + t * (b.latitude - a.latitude))
          })
        for place in along where abs(place.easting) < 1_999 {
          // The fixes lie up to 0.8 mm off the line, since they are on the lattice; the budget is two steps.
          #expect(abs(place.northing) < 0.5 + 0.0008 + 0.0022, "\(place) is outside the swath")
          #expect(abs(place.northing) > 0.5 - 0.0008 - 0.02, "\(place) is too deep inside it")
        }
      }
    }
  }
}
