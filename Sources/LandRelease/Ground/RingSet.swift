import Geometry

/// Ground bounded by rings on the lattice, and the rule that says what is inside.
struct RingSet: Sendable {
  enum Rule: Sendable {
    /// Rings with the ground on the left; inside where they wind round a place at least once.
    case winding
    /// Inside where a ray from a place crosses the rings an odd number of times.
    case evenOdd
  }

  let rings: [[LatticePoint]]
  let rule: Rule
  let box: Box<LatticePoint>

  init(_ rings: [[LatticePoint]], _ rule: Rule) {
    var rings = rings.filter { $0.count >= 3 }
    // Ground counted on past 180 degrees is the same ground one turn back. Both copies stand in the set; what lies
    // beyond the antimeridian is cut off in the arrangement.
    let reach = Box(rings.joined())
    if reach.maxX > Self.antimeridian { rings += rings.map { $0.map { LatticePoint(x: $0.x - Self.turn, y: $0.y) } } }
    if reach.minX < -Self.antimeridian { rings += rings.map { $0.map { LatticePoint(x: $0.x + Self.turn, y: $0.y) } } }
    (self.rings, self.rule) = (rings, rule)
    box = Box(rings.joined())
  }

  static let antimeridian = 180e8
  private static let turn = 36_000_000_000

  /// The union of valid polygons, which may overlap each other.
  init(_ polygons: [Polygon<LatticePoint>]) {
    self.init(
      polygons.flatMap { polygon in
        [turned(polygon.outer, left: true)] + polygon.holes.map { turned($0, left: false) }
      }, .winding)
  }

  /// The closed rings as lines, for an arrangement; with a box, only the edges that reach into it.
  func lines(reaching limit: Box<LatticePoint>? = nil) -> [[LatticePoint]] {
    guard let limit else { return rings.map { $0 + $0.prefix(1) } }
    guard limit.intersects(box) else { return [] }
    return rings.flatMap { ring in pieces(of: ring, reaching: limit) }
  }
}

extension RingSet {
  /// The same inside a box; beyond it, what is left of the rings runs along its border.
  ///
  /// Corners of edges that stay clear of the box are moved to the nearest place on a box slightly larger. Such an edge lies
  /// beyond one side of the box with both its ends, and stays there while they move: no ring is dragged across the box,
  /// so how often one winds round a place inside does not change.
  func rings(around limit: Box<LatticePoint>?) -> [[LatticePoint]] {
    guard let limit else { return rings }
    guard limit.intersects(box) else { return [] }
    let border = limit.grown(by: 2)
    return rings.map { ring in
      var kept = [Bool](repeating: false, count: ring.count)
      for index in ring.indices {
        let next = index + 1 < ring.count ? index + 1 : 0
        if limit.intersects(Box([ring[index], ring[next]])) { (kept[index], kept[next]) = (true, true) }
      }
      return ring.indices.map { index in
        let corner = ring[index]
        return kept[index]
          ? corner
          : LatticePoint(
            min(max(corner.first, border.minX), border.maxX), min(max(corner.second, border.minY), border.maxY))
      }
    }
  }
}

/// A ring's corners with the inside on its left, or on its right.
func turned(_ ring: Ring<LatticePoint>, left: Bool) -> [LatticePoint] {
  (ring.twiceSignedArea > 0) == left ? ring.corners : ring.corners.reversed()
}

/// The chains of a ring's edges whose boxes meet a limit.
private func pieces(of ring: [LatticePoint], reaching limit: Box<LatticePoint>) -> [[LatticePoint]] {
  var (chains, chain): ([[LatticePoint]], [LatticePoint]) = ([], [])
  for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
    if limit.intersects(Box([a, b])) {
      if chain.isEmpty { chain.append(a) }
      chain.append(b)
    } else if !chain.isEmpty {
      chains.append(chain)
      chain = []
    }
  }
  if !chain.isEmpty { chains.append(chain) }
  return chains
}

/// Answers whether places lie inside a ring set, in a time that hardly depends on its size.
///
/// The edges are sorted into horizontal strips; a place asks only its own strip, with a ray to the east. Places must
/// not share their row with any corner: interior points of faces lie half-way between two rows of the lattice.
struct RingIndex {
  private let set: RingSet
  private let low, strip: Double
  private var starts: [Int32] = []
  private var edges: [Edge] = []

  private struct Edge: BitwiseCopyable { var ax, ay, bx, by: Double }

  init(_ set: RingSet) {
    self.set = set
    let all = set.rings.reduce(0) { $0 + $1.count }
    let strips = max(1, all / 4)
    low = set.box.isEmpty ? 0 : set.box.minY
    strip = max(1, set.box.height / Double(strips))
    var counts = [Int32](repeating: 0, count: strips + 2)
    forEachEdge(strips) { _, strip in counts[strip + 1] += 1 }
    for index in 1..<counts.count { counts[index] += counts[index - 1] }
    starts = counts
    edges = [Edge](repeating: Edge(ax: 0, ay: 0, bx: 0, by: 0), count: Int(counts[counts.count - 1]))
    forEachEdge(strips) { edge, strip in
      edges[Int(counts[strip])] = edge
      counts[strip] += 1
    }
  }

  private func forEachEdge(_ strips: Int, _ body: (Edge, Int) -> Void) {
    for ring in set.rings {
      guard var a = ring.last else { continue }
      for b in ring {
        let edge = Edge(ax: a.first, ay: a.second, bx: b.first, by: b.second)
        a = b
        if edge.ay == edge.by { continue }
        let first = Int((min(edge.ay, edge.by) - low) / strip)
        let last = Int((max(edge.ay, edge.by) - low) / strip)
        for index in first...max(first, last) { body(edge, min(index, strips)) }
      }
    }
  }

  func contains(_ x: Double, _ y: Double) -> Bool {
    let box = set.box
    guard x >= box.minX, x <= box.maxX, y >= box.minY, y <= box.maxY else { return false }
    let index = min(Int((y - low) / strip), starts.count - 2)
    var (winding, crossings) = (0, 0)
    for edge in edges[Int(starts[index])..<Int(starts[index + 1])] {
      let up = edge.ay <= y && edge.by > y
      guard up || (edge.ay > y && edge.by <= y) else { continue }
      let left = (edge.bx - edge.ax) * (y - edge.ay) - (x - edge.ax) * (edge.by - edge.ay)
      if up ? left > 0 : left < 0 {
        winding += up ? 1 : -1
        crossings += 1
      }
    }
    return set.rule == .winding ? winding >= 1 : crossings % 2 == 1
  }
}
