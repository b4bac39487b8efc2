import Geometry
import Projection
import Testing

/// Areas by pyproj 3.7.2 (`Geod(ellps="WGS84").polygon_area_perimeter`), of the very corners given here; that of the
/// strip, in which Karney's sum loses some 10 mm² an edge, by Snyder's q in fifty digits.
@Suite struct EllipsoidalAreaTests {
  /// A rectangle of lattice steps: `columns` edges of `dx` and `rows` edges of `dy`.
  private func rectangle(_ x: Int, _ y: Int, _ dx: Int, _ columns: Int, _ dy: Int, _ rows: Int) throws
    -> Ring<LatticePoint>
  {
    let (east, north) = (x + columns * dx, y + rows * dy)
    return try Ring(
      (0..<columns).map { LatticePoint(x: x + $0 * dx, y: y) }
        + (0..<rows).map { LatticePoint(x: east, y: y + $0 * dy) }
        + (0..<columns).map { LatticePoint(x: east - $0 * dx, y: north) }
        + (0..<rows).map { LatticePoint(x: x, y: north - $0 * dy) })
  }

  static let rectangles: [(name: String, ring: [Int], area: Double)] = [
    ("a square metre", [2_190_330_000, 4_332_470_000, 1_230, 1, 900, 1], 0.9975482849404216),
    ("a hectare", [2_190_330_000, 4_332_470_000, 61_500, 2, 45_000, 2], 9975.410743832588),
    ("a parish", [2_190_330_000, 4_332_470_000, 61_500, 200, 45_000, 150], 74775134.43642676),
    ("a strip 1 cm wide", [2_190_330_000, 4_332_470_000, 61_500, 100, 9, 1], 49.877417905269015),
    ("over the equator", [0, -4_500_000, 90_000, 100, 90_000, 100], 99703473.86847793),
    ("in the south", [-5_912_345_678, -5_180_000_000, 100_000, 80, 80_000, 60], 29488929.891120434),
    ("near the pole", [1_000_000_000, 8_990_000_000, 4_000_000, 20, 80_000, 10], 133778.97045135498),
    ("at 180 degrees", [17_990_000_000, -1_650_000_000, 90_000, 111, 80_000, 50], 47217249.60761145),
  ]

  @Test(arguments: rectangles.indices) func `rectangles of short edges`(index: Int) throws {
    let row = Self.rectangles[index]
    let r = row.ring
    let ring = try rectangle(r[0], r[1], r[2], r[3], r[4], r[5])
    // Karney's sum itself is good to some square millimetres.
    #expect(abs(ring.ellipsoidalArea - row.area) <= 1e-7 * row.area + 1e-6, "\(row.name): \(ring.ellipsoidalArea)")
    #expect(try Ring(ring.corners.reversed()).ellipsoidalArea == ring.ellipsoidalArea || row.area > 1)
    let half = ring.corners.count / 3
    let turned = try Ring(Array(ring.corners[half...] + ring.corners[..<half]))
    #expect(abs(turned.ellipsoidalArea - ring.ellipsoidalArea) <= 1e-8 * row.area + 1e-6, "\(row.name)")
  }

  @Test func `triangles, a sliver among them`() throws {
    func triangle(_ corners: [(Int, Int)]) throws -> Double {
      try Ring(corners.map { LatticePoint(x: $0.0, y: $0.1) }).ellipsoidalArea
    }
    let plain = try triangle(
      [(2_190_330_000, 4_332_470_000), (2_190_390_000, 4_332_490_000), (2_190_360_000, 4_332_540_000)])
    #expect(abs(plain - 1622.0257932543755) <= 1e-7 * plain)
    // A kilometre long, one step wide at its end.
    let sliver = try triangle(
      [(2_190_330_000, 4_332_470_000), (2_190_400_000, 4_332_530_000), (2_190_400_001, 4_332_530_000)])
    #expect(abs(sliver - 0.027042107055422093) <= 1e-5)
  }

  @Test func `holes are taken off, whichever way they run`() throws {
    let outer = try rectangle(2_190_330_000, 4_332_470_000, 61_500, 2, 45_000, 2)
    let hole = try rectangle(2_190_340_000, 4_332_480_000, 30_000, 1, 30_000, 1)
    let area = Polygon(outer, holes: [hole]).ellipsoidalArea
    #expect(abs(area - outer.ellipsoidalArea + hole.ellipsoidalArea) < 1e-9)
    #expect(Polygon(outer, holes: [try Ring(hole.corners.reversed())]).ellipsoidalArea == area)
  }
}
