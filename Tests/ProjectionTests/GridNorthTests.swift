import Geometry
import Projection
import Testing

@Suite struct GridNorthTests {
  /// Transverse Mercator about 21 E at the place's own latitude, by pyproj 3.7.2 (`get_factors`).
  static let places: [(longitude: Double, latitude: Double, degrees: Double)] = [
    (21.9033, 43.3247, 0.619810529828684),
    (19.2, 45.9, -1.2928353252414952),
    (18.0, -35.5, 1.7431788061718658),
    (21.0, 44.0, -0.0),
    (24.5, 70.0, 3.2894036195182816),
  ]

  @Test(arguments: places.indices) func `agrees with PROJ's own factors`(index: Int) throws {
    let (longitude, latitude, degrees) = Self.places[index]
    let frame = try LocalFrame.open(at: Geographic(21, latitude))
    let found = try gridConvergence(at: Geographic(longitude, latitude)) { try frame.project([$0])[0] }
    #expect(abs(try #require(found) - degrees) < 1e-6, "\(String(describing: found))")
  }

  @Test func `a grid turned by a quarter, and one with its northing downwards`() {
    let here = Geographic(21.9033, 43.3247)
    let scale = LocalScale(latitude: here.latitude)
    func convergence(_ matrix: (Double, Double, Double, Double)) -> Double? {
      gridConvergence(at: here) { place in
        let (x, y) = (place.longitude * scale.metresPerLongitude, place.latitude * scale.metresPerLatitude)
        return Projected(matrix.0 * x + matrix.1 * y, matrix.2 * x + matrix.3 * y)
      }
    }
    #expect(abs(convergence((1, 0, 0, 1)) ?? 9) < 1e-9)
    // The northing grows to the east, the easting to the south.
    #expect(abs((convergence((0, -1, 1, 0)) ?? 0) - 90) < 1e-9)
    #expect(abs(abs(convergence((-1, 0, 0, -1)) ?? 0) - 180) < 1e-9)
    #expect(convergence((1, 0, 2, 0)) == nil && convergence((0, 0, 0, 0)) == nil)
    #expect(convergence((.nan, 0, 0, 1)) == nil)
  }
}
