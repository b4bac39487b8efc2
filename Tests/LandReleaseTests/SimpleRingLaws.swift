import Geometry
import Testing
import Topology

@testable import LandRelease

/// What needs no engine is what the engine calls valid.
@Suite struct SimpleRingLaws {
  @Test(arguments: [2, 3, 5, 12, 300], 0..<8) func `a small ring is simple where GEOS says that it is valid`(
    size: Int, share: Int
  ) throws {
    var random = SplitMix(state: UInt64(size * 100 + share))
    var (valid, refused) = (0, 0)
    for _ in 0..<2_000 {
      let count = Int.random(in: 3...(3 + share), using: &random)
      var corners: [LatticePoint] = []
      while corners.count < count {
        let place = LatticePoint(
          x: .random(in: 0...size, using: &random) - 7, y: .random(in: 0...size, using: &random) + 4_300_000_000)
        if corners.last != place, corners.count + 1 < count || corners.first != place { corners.append(place) }
      }
      guard let ring = try? Ring(corners), ring.corners == corners else { continue }
      let isValid = try invalidity([Polygon(ring)]) == nil
      #expect(isSurelySimple(ring) == isValid, "\(corners)")
      #expect(isSurelySimple(try Ring(corners.reversed())) == isValid, "\(corners)")
      if isValid { valid += 1 } else { refused += 1 }
    }
    // Triangles of random corners far apart are never flat.
    #expect(valid > 0 && (refused > 0 || share == 0))
  }

  @Test func `a repeated corner, a ring of a whole country and one of many corners are left to the engine`() throws {
    func ring(_ places: [(Int, Int)]) throws -> Ring<LatticePoint> {
      try Ring(places.map { LatticePoint(x: $0.0, y: $0.1) })
    }
    #expect(isSurelySimple(try ring([(0, 0), (9, 0), (9, 9), (0, 9)])))
    #expect(!isSurelySimple(try ring([(0, 0), (9, 0), (9, 0), (9, 9), (0, 9)])))
    #expect(!isSurelySimple(try ring([(0, 0), (9_000_000_000, 0), (9_000_000_000, 9), (0, 9)])))
    #expect(isSurelySimple(try ring((0..<99).map { ($0, 0) } + [(50, 9)])))
    #expect(!isSurelySimple(try ring((0..<100).map { ($0, 0) } + [(50, 9)])))
  }
}
