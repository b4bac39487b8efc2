import Geometry
import Testing

@testable import LandRelease

@Suite struct RingIndexTests {
  private func winding(_ rings: [[LatticePoint]], _ x: Double, _ y: Double) -> (winding: Int, crossings: Int) {
    var (winding, crossings) = (0, 0)
    for ring in rings {
      for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) where (a.second > y) != (b.second > y) {
        let at = a.first + (y - a.second) / (b.second - a.second) * (b.first - a.first)
        guard at > x else { continue }
        winding += b.second > a.second ? 1 : -1
        crossings += 1
      }
    }
    return (winding, crossings)
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func `the strips answer as every edge would`(seed: UInt64) {
    var random = SplitMix(state: seed)
    // Flat and tall rings as well, so that strips hold everything or next to nothing.
    let (width, height) = ([3, 1_000, 1_000_000][Int(seed % 3)], [1_000_000, 1_000, 3][Int(seed / 3 % 3)])
    let rings = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      (0..<Int.random(in: 3...40, using: &random)).map { _ in
        LatticePoint(x: .random(in: 0...width, using: &random), y: .random(in: -height...height, using: &random))
      }
    }
    let (wound, even) = (RingIndex(RingSet(rings, .winding)), RingIndex(RingSet(rings, .evenOdd)))
    for _ in 0..<300 {
      let x = Double.random(in: -1...Double(width + 1), using: &random)
      let y = Double(Int.random(in: -height - 1...height + 1, using: &random)) + 0.5
      let truth = winding(rings, x, y)
      #expect(wound.contains(x, y) == (truth.winding >= 1))
      #expect(even.contains(x, y) == (truth.crossings % 2 == 1))
    }
  }

  @Test func `nothing is inside of nothing`() {
    let none = RingIndex(RingSet([[LatticePoint]](), .winding))
    #expect(!none.contains(0, 0.5))
    let line = RingIndex(RingSet([[LatticePoint(x: 0, y: 0), LatticePoint(x: 5, y: 0)]], .winding))
    #expect(!line.contains(2, 0.5))
    let flat = RingIndex(RingSet([[0, 5, 9].map { LatticePoint(x: $0, y: 7) }], .winding))
    #expect(!flat.contains(2, 6.5))
  }

  @Test func `ground past 180 degrees is the same ground one turn back`() {
    let half = 18_000_000_000
    let ring = [(half - 10, 0), (half + 10, 0), (half + 10, 10), (half - 10, 10)].map { LatticePoint(x: $0.0, y: $0.1) }
    for set in [RingSet([ring], .winding), RingSet([ring.map { LatticePoint(x: $0.x - 2 * half, y: $0.y) }], .winding)]
    {
      let index = RingIndex(set)
      #expect(index.contains(Double(half - 5), 5.5))
      #expect(index.contains(Double(-half + 5), 5.5))
      #expect(!index.contains(Double(-half + 15), 5.5))
      #expect(!index.contains(0, 5.5))
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func `the interior point lies inside, off every row`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let ring = try Ring(
      (0..<3).map { _ in
        LatticePoint(x: .random(in: 0...50, using: &random), y: .random(in: 0...50, using: &random))
      })
    guard abs(ring.twiceSignedArea) > 0 else { return }
    let (x, y) = try #require(interiorPoint(of: Polygon(ring)))
    #expect(y - y.rounded(.down) == 0.5)
    #expect(winding([ring.corners], x, y).crossings % 2 == 1)
  }
}
