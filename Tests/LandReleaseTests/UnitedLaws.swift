import Geometry
import Testing
import Topology

@testable import LandRelease

/// Unions by our own overlay against GEOS's, which nodes on the same lattice.
@Suite struct UnitedLaws {
  /// The same ground but for half a step along the edges, valid, and no ground twice.
  private func check(_ polygons: [Polygon<LatticePoint>], _ comment: Comment) throws {
    let ours = try united(polygons)
    let theirs = try union(polygons, grid: 1)
    #expect(try invalidity(ours) == nil, comment)
    let edges = polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + length($1.corners) } }
    for (a, b) in [(ours, theirs), (theirs, ours)] {
      #expect(try difference(a, b).steps <= edges, comment)
    }
    #expect(abs(ours.steps - theirs.steps) <= edges, comment)
  }

  private func length(_ ring: [LatticePoint]) -> Double {
    zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { sum, edge in
      let (dx, dy) = (edge.1.first - edge.0.first, edge.1.second - edge.0.second)
      return sum + (dx * dx + dy * dy).squareRoot()
    }
  }

  /// Rings that see their middle; on a coarse lattice corners and edges fall on each other.
  private func star(_ random: inout SplitMix, size: Int, coarse: Int) throws -> Polygon<LatticePoint>? {
    let count = Int.random(in: 3...12, using: &random)
    let (x, y) = (Int.random(in: 0...size, using: &random), Int.random(in: 0...size, using: &random))
    let corners = (0..<count).map { index in
      let (c, s) = cosineAndSine((Double(index) + .random(in: 0...0.9, using: &random)) / Double(count) * 2 * .pi)
      let radius = Double.random(in: 0.1...1, using: &random) * Double(size)
      return LatticePoint(
        x: (x + Int(radius * c)) / coarse * coarse, y: (y + Int(radius * s)) / coarse * coarse)
    }
    guard let ring = try? Ring(corners), try invalidity([Polygon(ring)]) == nil else { return nil }
    return Polygon(ring)
  }

  @Test(arguments: [10, 1_000, 100_000], [1, 7]) func `random polygons over each other`(size: Int, coarse: Int) throws {
    var random = SplitMix(state: UInt64(size * coarse))
    var compared = 0
    for number in 0..<300 {
      let count = Int.random(in: 2...9, using: &random)
      let polygons = try (0..<count).compactMap { _ in try star(&random, size: size, coarse: coarse) }
      guard polygons.count > 1 else { continue }
      try check(polygons, "size \(size), coarse \(coarse), number \(number)")
      compared += 1
    }
    #expect(compared > 100)
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func `squares of whole numbers, to the step`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let polygons = try (0..<Int.random(in: 2...20, using: &random)).map { _ in
      let (x, y) = (Int.random(in: 0...8, using: &random), Int.random(in: 0...8, using: &random))
      let (w, h) = (Int.random(in: 1...5, using: &random), Int.random(in: 1...5, using: &random))
      let places = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)].map { LatticePoint(x: $0.0, y: $0.1) }
      return Polygon(try Ring(Bool.random(using: &random) ? places : places.reversed()))
    }
    let ours = try united(polygons)
    let theirs = try union(polygons, grid: 1)
    #expect(ours.steps == theirs.steps && ours.count == theirs.count)
    #expect(try difference(ours, theirs).isEmpty && difference(theirs, ours).isEmpty)
    #expect(try invalidity(ours) == nil)
  }

  @Test func `holes are kept, and filled by what lies over them`() throws {
    func square(_ x: Int, _ size: Int, holes: [[LatticePoint]] = []) throws -> Polygon<LatticePoint> {
      try Polygon(Ring(corners(x, size)), holes: holes.map { try Ring($0) })
    }
    func corners(_ x: Int, _ size: Int) -> [LatticePoint] {
      [(x, x), (x + size, x), (x + size, x + size), (x, x + size)].map { LatticePoint(x: $0.0, y: $0.1) }
    }
    let ring = try square(0, 100, holes: [corners(30, 40)])
    #expect(try united([ring, ring]).steps == 8_400)
    #expect(try united([ring, square(30, 40)]).steps == 10_000)
    #expect(try united([ring, square(40, 10)]).steps == 8_500)
    #expect(try united([ring, square(50, 100)]).steps == 10_000 + 7_500 - 1_600 + 400)
    #expect(try united([]).isEmpty)
  }
}
