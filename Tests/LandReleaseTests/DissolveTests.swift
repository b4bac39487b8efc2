import Geometry
import Testing
import Topology

@testable import LandRelease

@Suite struct DissolveTests {
  private func square(_ x: Int, _ y: Int, _ width: Int, _ height: Int, holes: [[LatticePoint]] = []) throws
    -> Polygon<LatticePoint>
  {
    try Polygon(Ring(corners(x, y, width, height)), holes: holes.map { try Ring($0) })
  }

  private func corners(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> [LatticePoint] {
    [
      LatticePoint(x: x, y: y), LatticePoint(x: x + width, y: y), LatticePoint(x: x + width, y: y + height),
      LatticePoint(x: x, y: y + height),
    ]
  }

  /// The same ground as GEOS's union, valid, with every corner of the boundary kept.
  private func check(_ faces: [Polygon<LatticePoint>], _ comment: Comment) throws {
    let joined = try dissolve(faces)
    let reference = try union(faces)
    #expect(try invalidity(joined) == nil, comment)
    #expect(joined.steps == reference.steps, comment)
    #expect(try difference(joined, reference).steps == 0, comment)
    #expect(try difference(reference, joined).steps == 0, comment)
    #expect(joined.count == reference.count, comment)
    let corners = Set(joined.flatMap { $0.rings.flatMap(\.corners) })
    #expect(corners.isSuperset(of: reference.flatMap { $0.rings.flatMap(\.corners) }), comment)
    #expect(corners.isSubset(of: faces.flatMap { $0.rings.flatMap(\.corners) }), comment)
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func `random cells of a grid`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let (size, share) = (Int.random(in: 2...9, using: &random), Double.random(in: 0.2...0.9, using: &random))
    var faces: [Polygon<LatticePoint>] = []
    for x in 0..<size {
      for y in 0..<size where Double.random(in: 0...1, using: &random) < share {
        faces.append(try square(x * 1_000, y * 1_000, 1_000, 1_000))
      }
    }
    guard faces.count > 1 else { return }
    try check(faces, "seed \(seed)")
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func `random faces of an arrangement`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    func place() -> LatticePoint {
      LatticePoint(x: .random(in: 0...40_000, using: &random), y: .random(in: 0...40_000, using: &random))
    }
    // Closed rings, some inside others: faces with holes, islands in holes.
    var lines = (0..<4).map { _ -> [LatticePoint] in
      let ring = [place(), place(), place(), place()]
      return ring + ring.prefix(1)
    }
    for index in 0..<6 {
      let ring = corners(5_000 * index, 4_000 * index, 3_000, 2_000)
      lines.append(ring + ring.prefix(1))
      let frame = corners(-1_000 * index, -1_000 * index, 41_000 + 2_000 * index, 41_000 + 2_000 * index)
      lines.append(frame + frame.prefix(1))
    }
    let chosen = try faces(of: lines).filter { _ in Bool.random(using: &random) }
    guard chosen.count > 1 else { return }
    try check(chosen, "seed \(seed)")
  }

  @Test func `an island in a hole leaves the hole with the shell round it`() throws {
    for island in [corners(40, 40, 20, 20), corners(31, 31, 38, 38), corners(30, 40, 20, 20)] {
      let ring = try square(0, 0, 100, 100, holes: [corners(30, 30, 40, 40)])
      let inner = try Polygon(Ring(island))
      let joined = try dissolve([ring, inner])
      #expect(joined.steps == 8_400 + inner.outer.twiceSignedArea / 2)
      #expect(joined.flatMap(\.holes).count == 1 || joined.count == 1)
      if joined.count == 2 {
        #expect(try invalidity(joined) == nil || island[0].x == 30)
        #expect(joined.filter { !$0.holes.isEmpty }.map { $0.outer.corners.count } == [4])
      }
    }
  }

  @Test func `islands in holes of islands`() throws {
    var faces: [Polygon<LatticePoint>] = []
    for level in 0..<5 {
      let (inner, hole) = (level * 20, level * 20 + 10)
      faces.append(
        try square(
          inner, inner, 200 - 2 * inner, 200 - 2 * inner, holes: [corners(hole, hole, 200 - 2 * hole, 200 - 2 * hole)]))
    }
    try check(faces, "nested")
    #expect(try dissolve(faces).count == 5)
  }

  @Test func `touching corners neither join shells nor close holes`() throws {
    let diagonal = [try square(0, 0, 10, 10), try square(10, 10, 10, 10), try square(20, 0, 10, 10)]
    try check(diagonal, "diagonal")
    #expect(try dissolve(diagonal).count == 3)
    // A ring of eight cells whose ninth, missing, touches the outside only in corners.
    var ring: [Polygon<LatticePoint>] = []
    for x in 0..<3 { for y in 0..<3 where (x, y) != (1, 1) && (x, y) != (0, 0) { ring.append(try square(x, y, 1, 1)) } }
    try check(ring, "hole touching the shell")
  }

  @Test func `corners on a straight side are kept`() throws {
    let joined = try dissolve([try square(0, 0, 10, 10), try square(10, 0, 10, 10)])
    #expect(joined.count == 1)
    #expect(Set(joined[0].outer.corners) == Set(corners(0, 0, 10, 10) + corners(10, 0, 10, 10)))
  }

  @Test func `nothing and one face stay what they are`() throws {
    #expect(try dissolve([]).isEmpty)
    let one = try square(0, 0, 10, 10, holes: [corners(2, 2, 3, 3)])
    #expect(try dissolve([one]) == [one])
  }
}
