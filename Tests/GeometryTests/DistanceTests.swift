import Geometry
import Testing

/// Geodesic distances by PROJ 9.1.1, `geod +ellps=WGS84 -I`.
@Test(arguments: [
  (21.9033, 43.3247, 21.9040, 43.3250, 65.836956722),
  (21.9033, 43.3247, 21.909, 43.332, 933.531788606),
  (179.9999, 0, -179.9999, 0.0003, 39.950988772),
  (10, -70, 10.02, -70.004, 884.483144684),
  (10, 85, 10.05, 85.005, 740.612448801),
  (0, 0, 0.009, 0, 1001.875417139),
])
func `nearby distances agree with the geodesic`(lon1: Double, lat1: Double, lon2: Double, lat2: Double, truth: Double) {
  let (a, b) = (Geographic(lon1, lat1), Geographic(lon2, lat2))
  #expect(abs(a.distance(to: b) / truth - 1) < 1e-6)
  #expect(a.distance(to: b) == b.distance(to: a))
}

@Test func `a position is at no distance from itself`() {
  #expect(Geographic(21, 43).distance(to: Geographic(21, 43)) == 0)
  #expect(Geographic(180, 43).distance(to: Geographic(-180, 43)) == 0)
}
