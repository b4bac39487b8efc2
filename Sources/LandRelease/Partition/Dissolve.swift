import Geometry

/// Joins faces of one arrangement into as few polygons as possible, without moving or dropping a vertex.
///
/// An edge between two of the faces runs once in each direction and cancels; what is left is the boundary, walked with
/// the ground on the left. Exact, in whole numbers. GEOS has this as `GEOSCoverageUnion`, but 3.11.1 refuses some valid
/// coverages ("cannot process overlapping inputs"), and its general union costs several times as much.
func dissolve(_ faces: [Polygon<LatticePoint>]) throws(LandReleaseError) -> [Polygon<LatticePoint>] {
  guard faces.count > 1 else { return faces }
  var rings: [[LatticePoint]] = []
  for loop in loops(of: boundary(of: faces)) { rings += splitAtTouches(loop) }
  return try assembled(rings)
}

private struct Edge {
  var from, to: LatticePoint
}

/// The directed edges that no other face shares, sorted by where they begin.
private func boundary(of faces: [Polygon<LatticePoint>]) -> [Edge] {
  var edges: [Edge] = []
  for face in faces {
    for (index, ring) in face.rings.enumerated() {
      let corners = turned(ring, left: index == 0)
      guard var from = corners.last else { continue }
      for to in corners {
        edges.append(Edge(from: from, to: to))
        from = to
      }
    }
  }
  // Sorted by its lesser end first, an edge and its reverse stand side by side.
  edges.sort { a, b in
    let (x, y) = (min(a.from, a.to), min(b.from, b.to))
    return x == y ? max(a.from, a.to) < max(b.from, b.to) : x < y
  }
  var kept: [Edge] = []
  var index = 0
  while index < edges.count {
    let edge = edges[index]
    if index + 1 < edges.count, edges[index + 1].from == edge.to, edges[index + 1].to == edge.from {
      index += 2
    } else {
      kept.append(edge)
      index += 1
    }
  }
  kept.sort { $0.from == $1.from ? $0.to < $1.to : $0.from < $1.from }
  return kept
}

/// Closed walks along the edges. Where several go on from a vertex, the walk keeps to the same wedge of ground.
private func loops(of edges: [Edge]) -> [[LatticePoint]] {
  var used = Array(repeating: false, count: edges.count)
  var loops: [[LatticePoint]] = []
  for start in edges.indices where !used[start] {
    var (loop, at): ([LatticePoint], Int) = ([], start)
    while !used[at] {
      used[at] = true
      loop.append(edges[at].from)
      guard let next = successor(of: edges[at], edges) else { break }
      at = next
    }
    loops.append(loop)
  }
  return loops
}

/// The first edge that begins at a vertex.
private func firstEdge(from vertex: LatticePoint, _ edges: [Edge]) -> Int? {
  var (low, high) = (0, edges.count)
  while low < high {
    let middle = (low + high) / 2
    if edges[middle].from < vertex { low = middle + 1 } else { high = middle }
  }
  return low < edges.count && edges[low].from == vertex ? low : nil
}

/// The edge that bounds the same wedge of ground: the first one clockwise from the way back.
private func successor(of edge: Edge, _ edges: [Edge]) -> Int? {
  guard let first = firstEdge(from: edge.to, edges) else { return nil }
  var best = first
  var index = first + 1
  while index < edges.count, edges[index].from == edge.to {
    if comesFirst(edges[index].to, before: edges[best].to, around: edge.to, from: edge.from) { best = index }
    index += 1
  }
  return best
}

/// Whether, turning clockwise round `v` from the direction of `back`, one meets `a` before `b`.
private func comesFirst(
  _ a: LatticePoint, before b: LatticePoint, around v: LatticePoint, from back: LatticePoint
) -> Bool {
  let (firstHalf, otherHalf) = (cross(v, back, a) < 0, cross(v, back, b) < 0)
  return firstHalf == otherHalf ? cross(v, a, b) < 0 : firstHalf
}

/// Twice the signed area of the triangle, positive where b lies counter-clockwise from a round v.
func cross(_ v: LatticePoint, _ a: LatticePoint, _ b: LatticePoint) -> Int {
  // No edge is longer than 100 m, so differences stay under 2^31 and products under 2^62.
  (a.x - v.x) &* (b.y - v.y) &- (a.y - v.y) &* (b.x - v.x)
}

/// A loop that touches itself, cut at the vertices where it does: a shell and the holes that touch it.
private func splitAtTouches(_ loop: [LatticePoint]) -> [[LatticePoint]] {
  let sorted = loop.sorted()
  guard zip(sorted, sorted.dropFirst()).contains(where: ==) else { return [loop] }
  var (rings, open): ([[LatticePoint]], [LatticePoint]) = ([], [])
  var positions: [LatticePoint: Int] = [:]
  for vertex in loop {
    if let position = positions[vertex] {
      rings.append(Array(open[position...]))
      for passed in open[position...] { positions[passed] = nil }
      open.removeSubrange(position...)
    }
    positions[vertex] = open.count
    open.append(vertex)
  }
  return rings + [open]
}
