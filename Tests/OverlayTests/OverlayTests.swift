import Geometry
import Overlay
import Testing
import Topology

/// Random closed rings on a small lattice, so that corners meet edges, edges overlap and pixels hold several corners.
private func randomLayers(_ random: inout some RandomNumberGenerator, size: Int, rings: Int = 6) -> [[[LatticePoint]]] {
  (0..<Int.random(in: 1...4, using: &random)).map { _ in
    (0..<Int.random(in: 1...rings, using: &random)).map { _ in
      (0..<Int.random(in: 3...12, using: &random)).map { _ in
        LatticePoint(x: Int.random(in: 0...size, using: &random), y: Int.random(in: 0...size, using: &random))
      }
    }
  }
}

private func edges(of overlay: Overlay) -> [(a: LatticePoint, b: LatticePoint, left: Int, right: Int)] {
  var found: [(LatticePoint, LatticePoint, Int, Int)] = []
  overlay.forEachEdge { found.append((overlay.vertices[$0], overlay.vertices[$1], $2, $3)) }
  return found
}

private func turn(_ a: LatticePoint, _ b: LatticePoint, _ c: LatticePoint) -> Int {
  (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Twice the signed area of each label, by its edges.
private func twiceAreas(of overlay: Overlay) -> [Int] {
  var areas = [Int](repeating: 0, count: overlay.labels.count)
  for edge in edges(of: overlay) {
    // Modulo 2^64, which is exact in the end.
    let strip = edge.a.x &* edge.b.y &- edge.b.x &* edge.a.y
    areas[edge.left] &+= strip
    areas[edge.right] &-= strip
  }
  return areas
}

private func twiceArea(_ ring: [LatticePoint]) -> Int {
  zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
}

/// How often rings wind round a place between the rows of the lattice.
private func winding(of rings: [[LatticePoint]], round x: Double, _ y: Double) -> Int {
  var count = 0
  for ring in rings {
    for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) where (a.second <= y) != (b.second <= y) {
      let at = a.first + (y - a.second) / (b.second - a.second) * (b.first - a.first)
      if at < x { count += a.y < b.y ? -1 : 1 }
    }
  }
  return count
}

@Suite struct OverlayTests {
  @Test(arguments: 0..<200) func edgesMeetInVerticesOnly(seed: UInt64) throws {
    var random = Xorshift(seed: seed)
    let overlay = try Overlay(randomLayers(&random, size: [4, 12, 40, 1000][Int(seed % 4)], rings: 2))
    let found = edges(of: overlay)
    let ends = Set(found.flatMap { [$0.a, $0.b] })
    for (index, e) in found.enumerated() {
      for f in found[(index + 1)...] {
        let (c, d) = (turn(e.a, e.b, f.a), turn(e.a, e.b, f.b))
        let (a, b) = (turn(f.a, f.b, e.a), turn(f.a, f.b, e.b))
        if c.signum() * d.signum() < 0 && a.signum() * b.signum() < 0 { Issue.record("edges cross") }
      }
      for vertex in ends where turn(e.a, e.b, vertex) == 0 && vertex != e.a && vertex != e.b {
        let along = (vertex.x - e.a.x) * (e.b.x - e.a.x) + (vertex.y - e.a.y) * (e.b.y - e.a.y)
        let whole = (e.b.x - e.a.x) * (e.b.x - e.a.x) + (e.b.y - e.a.y) * (e.b.y - e.a.y)
        if along > 0 && along < whole { Issue.record("a vertex lies on an edge") }
      }
    }
  }

  /// Labels are windings: a place well inside a face of GEOS's arrangement has the windings of the rings themselves.
  @Test(arguments: 0..<100) func labelsAreTheWindingsOfTheRings(seed: UInt64) throws {
    var random = Xorshift(seed: seed)
    let layers = randomLayers(&random, size: 100_000)
    let overlay = try Overlay(layers)
    let kinds = overlay.labels.indices.map { $0 }
    let rings = overlay.rings(of: kinds, count: kinds.count)
    for _ in 0..<200 {
      let x = Double.random(in: -10...100_010, using: &random)
      let y = Double(Int.random(in: -10...100_010, using: &random)) + 0.5
      // Snapping moves edges by half a step; farther away the windings are the same.
      let isNear =
        layers.joined().joined().isEmpty
        || layers.joined().contains { ring in
          zip(ring, ring.dropFirst() + ring.prefix(1)).contains { near($0, $1, x, y) }
        }
      if isNear { continue }
      let truth = layers.enumerated().map { ($0, winding(of: $1, round: x, y)) }.filter { $0.1 != 0 }
      let held = kinds.filter { winding(of: rings[$0], round: x, y) != 0 && $0 != 0 }
      if truth.isEmpty {
        #expect(held.isEmpty)
      } else {
        let label = try #require(held.first)
        #expect(held.count == 1)
        #expect(overlay.labels[label].map(\.layer) == truth.map(\.0))
        #expect(overlay.labels[label].map(\.count) == truth.map(\.1))
      }
    }
  }

  private func near(_ a: LatticePoint, _ b: LatticePoint, _ x: Double, _ y: Double) -> Bool {
    let (dx, dy) = (b.first - a.first, b.second - a.second)
    let squared = dx * dx + dy * dy
    let t = squared > 0 ? min(max(((x - a.first) * dx + (y - a.second) * dy) / squared, 0), 1) : 0
    let (ex, ey) = (x - a.first - t * dx, y - a.second - t * dy)
    return ex * ex + ey * ey < 4
  }

  /// Two ways to one number: the edges of a label, and the rings walked round it.
  @Test(arguments: 0..<200) func ringsEncloseWhatTheEdgesMeasure(seed: UInt64) throws {
    var random = Xorshift(seed: seed)
    let overlay = try Overlay(randomLayers(&random, size: [5, 30, 3000][Int(seed % 3)]))
    let areas = twiceAreas(of: overlay)
    let rings = overlay.rings(of: Array(overlay.labels.indices), count: overlay.labels.count)
    for label in overlay.labels.indices {
      #expect(rings[label].reduce(0) { $0 + twiceArea($1) } == areas[label])
      for ring in rings[label] { #expect(Set(ring).count == ring.count, "a ring touches itself") }
      if label > 0 { #expect(areas[label] > 0) }
    }
    #expect(areas.reduce(0, +) == 0)
  }

  /// GEOS cuts the same lines: the faces that something winds round have the same area in all, but for the snapping.
  @Test(arguments: 0..<100) func agreesWithGEOS(seed: UInt64) throws {
    var random = Xorshift(seed: seed)
    let layers = randomLayers(&random, size: 1_000_000)
    let overlay = try Overlay(layers)
    let areas = twiceAreas(of: overlay)
    var geos = 0.0
    for face in try faces(of: layers.joined().map { $0 + $0.prefix(1) }) {
      let shrunk = try grown([face], by: -3)
      guard let corner = shrunk.first?.outer.corners.first else { continue }
      if layers.contains(where: { winding(of: $0, round: corner.first, corner.second + 0.25) != 0 }) {
        geos += abs(face.outer.twiceSignedArea) - face.holes.reduce(0) { $0 + abs($1.twiceSignedArea) }
      }
    }
    let ours = Double(areas.dropFirst().reduce(0, +))
    // Thin faces that the shrinking loses, and half a step along every edge.
    #expect(abs(ours - geos) < 2e-4 * 1e12, "\(ours) and \(geos)")
  }

  @Test func nestedPiecesKnowWhatHoldsThem() throws {
    func square(_ low: Int, _ high: Int) -> [LatticePoint] {
      [(low, low), (high, low), (high, high), (low, high)].map { LatticePoint(x: $0.0, y: $0.1) }
    }
    let overlay = try Overlay([[square(0, 100), square(10, 20)], [square(30, 40)], [square(33, 36).reversed()]])
    let areas = twiceAreas(of: overlay)
    let byWindings = Dictionary(uniqueKeysWithValues: zip(overlay.labels, areas.map { $0 / 2 }))
    typealias W = Overlay.Winding
    #expect(byWindings[[W(layer: 0, count: 1)]] == 10_000 - 200)
    #expect(byWindings[[W(layer: 0, count: 2)]] == 100)
    #expect(byWindings[[W(layer: 0, count: 1), W(layer: 1, count: 1)]] == 91)
    #expect(byWindings[[W(layer: 0, count: 1), W(layer: 1, count: 1), W(layer: 2, count: -1)]] == 9)
  }

  @Test func nothingAndWhatCancelsOut() throws {
    #expect(try Overlay([]).labels == [[]])
    let ring = [(0, 0), (9, 0), (9, 9)].map { LatticePoint(x: $0.0, y: $0.1) }
    let overlay = try Overlay([[ring, ring.reversed()], [[ring[0], ring[1]], [ring[0]], []]])
    #expect(edges(of: overlay).isEmpty)
    #expect(overlay.rings(of: [0], count: 1) == [[]])
  }

  /// Far apart on the Earth: the grid does not grow with the distance.
  @Test func piecesFarApart() throws {
    func square(_ x: Int, _ y: Int) -> [LatticePoint] {
      [(0, 0), (1000, 0), (1000, 1000), (0, 1000)].map { LatticePoint(x: x + $0.0, y: y + $0.1) }
    }
    let far = 17_900_000_000
    let overlay = try Overlay([[square(-far, 0), square(far, 8_000_000_000), square(0, -8_000_000_000)]])
    #expect(twiceAreas(of: overlay) == [-6_000_000, 6_000_000])
  }
}

private struct Xorshift: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
