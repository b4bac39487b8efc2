import Geometry
import Projection
import Testing

@Suite struct LocalFrameTests {
  /// 5 km from a place at an azimuth, by pyproj 3.7.2 (`Geod(ellps="WGS84").fwd`).
  static let places: [(from: Geographic, to: Geographic)] = [
    (Geographic(21.9033, 43.3247), Geographic(21.9033, 43.36970470143146)),
    (Geographic(21.9033, 43.3247), Geographic(21.940420450820238, 43.36063636004834)),
    (Geographic(21.9033, 43.3247), Geographic(21.964944451413764, 43.32468338850747)),
    (Geographic(21.9033, 43.3247), Geographic(21.882230964059985, 43.28240714884928)),
    (Geographic(179.999, -16.5), Geographic(-179.9728209008211, -16.463914208853886)),
    (Geographic(179.999, -16.5), Geographic(-179.9541678032204, -16.499994755577006)),
    (Geographic(10, 78), Geographic(10.129976222542709, 78.03573672898354)),
    (Geographic(10, 78), Geographic(10.215338966886588, 77.99991768009589)),
    (Geographic(0, 0), Geographic(-0.015362098908811668, -0.042491465611653914)),
    (Geographic(0, 0), Geographic(0.04491576420597607, 0)),
  ]

  @Test(arguments: places.indices) func `a metre is a metre to a millionth, 5 km out`(index: Int) throws {
    let (from, to) = Self.places[index]
    let frame = try LocalFrame.open(at: from)
    let flat = try frame.project([from, to])
    #expect(abs(flat[0].easting) < 1e-6 && abs(flat[0].northing) < 1e-6)
    let (dx, dy) = (flat[1].easting - flat[0].easting, flat[1].northing - flat[0].northing)
    #expect(abs((dx * dx + dy * dy).squareRoot() / 5_000 - 1) < 1e-6)
  }

  @Test(arguments: places.indices) func `there and back ends on the same lattice point`(index: Int) throws {
    let (from, to) = Self.places[index]
    let frame = try LocalFrame.open(at: from)
    let back = try frame.lattice(try frame.project([from, to]))
    #expect(back[0] == LatticePoint(nearest: from))
    // Counted on from the centre: past 180 degrees it is not wrapped.
    #expect(abs(back[1].first - from.longitude * 1e8) < 30_000_000)
    #expect((back[1].first - to.longitude * 1e8).remainder(dividingBy: 360e8).magnitude <= 1)
    #expect(abs(back[1].second - to.latitude * 1e8) <= 1)
  }

  @Test func `east is right and north is up`() throws {
    let frame = try LocalFrame.open(at: Geographic(21.9033, 43.3247))
    let flat = try frame.project([Geographic(21.91, 43.3247), Geographic(21.9033, 43.33)])
    #expect(flat[0].easting > 500 && abs(flat[0].northing) < 1)
    #expect(flat[1].northing > 500 && abs(flat[1].easting) < 1e-3)
  }

  @Test func `a place that is no number is refused, not passed on`() throws {
    let frame = try LocalFrame.open(at: Geographic(21.9033, 43.3247))
    #expect(throws: ProjectionError.self) { _ = try frame.project([Geographic(.nan, 43)]) }
    #expect(throws: ProjectionError.self) { _ = try frame.lattice([Projected(.infinity, 0)]) }
  }
}
