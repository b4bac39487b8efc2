import Geometry
import Testing

@testable import LandRelease

private func square(_ x: Int, _ y: Int, _ size: Int, isHole: Bool) -> [LatticePoint] {
  let corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)].map { LatticePoint(x: $0, y: $1) }
  return isHole ? corners.reversed() : corners
}

/// Squares within squares: ground in holes in ground, and what belongs to what.
private struct Nest {
  var rings: [[LatticePoint]] = []
  /// For each shell's lowest corner, those of its holes.
  var homes: [LatticePoint: Set<LatticePoint>] = [:]

  mutating func grow(in shell: LatticePoint?, _ x: Int, _ y: Int, _ size: Int, _ random: inout SplitMix) {
    let corner = LatticePoint(x: x, y: y)
    rings.append(square(x, y, size, isHole: shell != nil))
    if let shell { homes[shell]?.insert(corner) } else { homes[corner] = [] }
    guard size > 8 else { return }
    // In some quarters of it another one.
    let half = size / 2
    for (dx, dy) in [(0, 0), (half, 0), (0, half), (half, half)] where Bool.random(using: &random) {
      let margin = Int.random(in: 1...(half / 3), using: &random)
      grow(in: shell == nil ? corner : nil, x + dx + margin, y + dy + margin, half - 2 * margin, &random)
    }
  }
}

@Test(arguments: 0..<40 as Range<UInt64>)
func `each hole is in the smallest shell that holds it`(seed: UInt64) throws {
  var random = SplitMix(state: seed)
  var nest = Nest()
  for place in 0..<5 { nest.grow(in: nil, place * 5000, Int.random(in: -3000...3000, using: &random), 4000, &random) }
  let polygons = try assembled(nest.rings.shuffled(using: &random))
  var found: [LatticePoint: Set<LatticePoint>] = [:]
  for polygon in polygons {
    let lowest = try polygon.rings.map { try #require($0.corners.min()) }
    found[try #require(lowest.first)] = Set(lowest.dropFirst())
  }
  #expect(found == nest.homes && nest.rings.count > 20)
}

@Test func `a hole without a shell is our own mistake, and told`() {
  #expect(throws: LandReleaseError.self) {
    try assembled([square(0, 0, 10, isHole: false), square(20, 0, 10, isHole: true)])
  }
}
