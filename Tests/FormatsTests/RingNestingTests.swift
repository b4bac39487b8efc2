import Formats
import Geometry
import Survey
import Testing

/// What is ground and what is a hole, for rings that run as the description says and otherwise.
@Suite struct RingNestingTests {
  /// Clockwise, as outer rings run.
  private static func square(_ x: Double, _ y: Double, _ size: Double) -> [ShapefileBuilder.Pair] {
    [(x, y), (x, y + size), (x + size, y + size), (x + size, y), (x, y)]
  }
  private static func hole(_ x: Double, _ y: Double, _ size: Double) -> [ShapefileBuilder.Pair] {
    square(x, y, size).reversed()
  }

  private struct Case: Sendable {
    var name: String
    var rings: [[ShapefileBuilder.Pair]]
    /// For each polygon: how many holes.
    var polygons: [Int]
    var codes: [String] = []
    var isDoubtful = false
    /// In the unit of the squares.
    var area: Double
  }

  private static let cases = [
    Case(name: "one", rings: [square(1, 1, 9)], polygons: [0], area: 81),
    Case(name: "one, the other way", rings: [hole(1, 1, 9)], polygons: [0], area: 81),
    Case(name: "a hole", rings: [square(1, 1, 9), hole(2, 2, 1)], polygons: [1], area: 80),
    Case(name: "the hole first", rings: [hole(2, 2, 1), square(1, 1, 9)], polygons: [1], area: 80),
    Case(name: "all turned round", rings: [hole(1, 1, 9), square(2, 2, 1)], polygons: [1], area: 80),
    Case(
      name: "an island in a hole", rings: [square(1, 1, 9), hole(2, 2, 5), square(3, 3, 1)], polygons: [1, 0], area: 57),
    Case(
      name: "a hole in an island", rings: [square(1, 1, 9), hole(2, 2, 7), square(3, 3, 5), hole(4, 4, 1)],
      polygons: [1, 1], area: 81 - 49 + 25 - 1),
    Case(
      name: "two and a hole", rings: [square(1, 1, 3), square(11, 1, 3), hole(12, 2, 1)], polygons: [0, 1], area: 17),
    Case(
      name: "nested, the same way", rings: [square(1, 1, 9), square(2, 2, 1)], polygons: [0, 0],
      codes: ["shp.ring-nesting"],
      isDoubtful: true, area: 82),
    Case(
      name: "nested, both turned round", rings: [hole(1, 1, 9), hole(2, 2, 1)], polygons: [0, 0],
      codes: ["shp.ring-nesting"], isDoubtful: true, area: 82),
    Case(
      name: "a hole outside", rings: [square(1, 1, 9), hole(20, 20, 1)], polygons: [0, 0], codes: ["shp.ring-order"],
      area: 82),
    Case(
      name: "a hole that crosses", rings: [square(1, 1, 9), hole(9, 9, 3)], polygons: [0, 0], codes: ["shp.ring-order"],
      isDoubtful: true, area: 90),
    Case(
      name: "a hole that is the whole", rings: [square(1, 1, 9), hole(1, 1, 9)], polygons: [0, 0],
      codes: ["shp.ring-order"],
      isDoubtful: true, area: 162),
    Case(name: "a hole that touches a side", rings: [square(1, 1, 9), hole(1, 2, 1)], polygons: [1], area: 80),
    Case(
      name: "a hole by its corners on the sides",
      rings: [square(1, 1, 8), [(5, 1), (9, 5), (5, 9), (1, 5), (5, 1)]], polygons: [1], area: 32),
    Case(
      name: "a ring of nothing", rings: [square(1, 1, 9), [(2, 2), (3, 3), (2, 2)]], polygons: [0],
      codes: ["shp.ring-empty"], area: 81),
    Case(
      name: "an open ring", rings: [Array(square(1, 1, 9).dropLast())], polygons: [0], codes: ["shp.ring-open"],
      area: 81),
  ]

  @Test(arguments: cases.map(\.name))
  func groundAndHoles(name: String) throws {
    let given = try #require(Self.cases.first { $0.name == name })
    for kind in [5, 15, 25] {
      var shapes = ShapefileBuilder()
      shapes.parts(kind, given.rings)
      let found = try ShapeFolder(["a.shp": shapes.shp]).read()
      let feature = try #require(found.features.first)
      let polygons = feature.geometry?.polygons ?? []
      #expect(polygons.map(\.holes.count) == given.polygons)
      #expect(found.codes == given.codes)
      #expect(feature.hasDoubtfulHoles == given.isDoubtful)
      let area = polygons.reduce(0.0) { sum, polygon in
        polygon.holes.reduce(sum + abs(polygon.outer.twiceSignedArea) / 2) { $0 - abs($1.twiceSignedArea) / 2 }
      }
      #expect(abs(area - given.area) < 1e-9)
    }
  }

  /// Ground is never less than the even-odd rule gives, whatever the rings: tried at points all over. Where two holes cross,
  /// the polygon is invalid, and is repaired behind the reader as any other is.
  @Test func groundIsNeverLessThanEvenOdd() throws {
    var random = Seeded(state: 77)
    for _ in 0..<150 {
      let rings = (0..<Int.random(in: 2...5, using: &random)).map { _ in
        let ring = Self.square(
          Double(Int.random(in: 1...8, using: &random)), Double(Int.random(in: 1...8, using: &random)),
          Double(Int.random(in: 1...8, using: &random)))
        return Bool.random(using: &random) ? ring : ring.reversed()
      }
      var shapes = ShapefileBuilder()
      shapes.parts(5, rings)
      let polygons = try ShapeFolder(["a.shp": shapes.shp]).read().features.first?.geometry?.polygons ?? []
      for x in 1..<17 {
        for y in 1..<17 {
          let point = (Double(x) + 0.5, Double(y) + 0.5)
          let inRings = rings.filter { Self.contains($0, point) }.count
          let isGround = polygons.contains { polygon in
            Self.contains(polygon.outer, point) && !polygon.holes.contains { Self.contains($0, point) }
          }
          let isInTwoHoles = polygons.contains { polygon in
            polygon.holes.filter { Self.contains($0, point) }.count > 1
          }
          if !inRings.isMultiple(of: 2), !isInTwoHoles { #expect(isGround, "\(rings) at \(point)") }
          if inRings == 0 { #expect(!isGround) }
        }
      }
    }
  }

  private static func contains(_ ring: Ring<Geographic>, _ point: ShapefileBuilder.Pair) -> Bool {
    contains(ring.corners.map { ($0.longitude, $0.latitude) }, point)
  }
  /// Of an upright square.
  private static func contains(_ square: [ShapefileBuilder.Pair], _ point: ShapefileBuilder.Pair) -> Bool {
    let (x, y) = (square.map(\.0), square.map(\.1))
    return (x.min() ?? 0)...(x.max() ?? 0) ~= point.0 && (y.min() ?? 0)...(y.max() ?? 0) ~= point.1
  }
}
