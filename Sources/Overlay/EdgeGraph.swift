import Geometry

/// The edges of the plane cut along all rings, each once, and round each vertex in order.
struct EdgeGraph {
  struct Edge: BitwiseCopyable {
    /// Numbers of vertices, the lower one first.
    var from, to: Int32
    /// What the windings gain from its right to its left, as a number of `Steps`.
    var step: Int32

    /// Where one of its two darts leads.
    @inline(__always)
    func end(of dart: Int32) -> Int { Int(dart & 1 == 0 ? to : from) }
  }
  let vertices: [LatticePoint]
  private(set) var edges: [Edge] = []
  private(set) var steps: Steps
  /// The edges at each vertex, counter-clockwise: twice the edge's number, and one more where it ends there.
  private(set) var darts: Buckets

  init(_ noding: consuming Noding, layers: Int) {
    vertices = noding.vertices
    steps = Steps(layers: layers)
    let stretches = noding.stretches
    let byVertex = Buckets(count: vertices.count) { put in
      for (index, stretch) in stretches.enumerated() { put(Int(stretch.from), Int32(truncatingIfNeeded: index)) }
    }
    edges.reserveCapacity(stretches.count)
    var bundle: [Noding.Stretch] = []
    for vertex in vertices.indices {
      bundle.removeAll(keepingCapacity: true)
      for member in byVertex[vertex] { bundle.append(stretches[Int(byVertex.members[member])]) }
      if bundle.count > 1 { bundle.sort { ($0.to, $0.layer) < ($1.to, $1.layer) } }
      var index = 0
      while index < bundle.count {
        let first = index
        while index < bundle.count, bundle[index].to == bundle[first].to { index += 1 }
        if let step = steps.number(of: bundle[first..<index]) {
          edges.append(Edge(from: Int32(truncatingIfNeeded: vertex), to: bundle[first].to, step: step))
        }
      }
    }
    let found = edges
    darts = Buckets(count: vertices.count) { put in
      for (index, edge) in found.enumerated() {
        put(Int(edge.from), Int32(truncatingIfNeeded: 2 * index))
        put(Int(edge.to), Int32(truncatingIfNeeded: 2 * index + 1))
      }
    }
    let places = vertices
    for vertex in places.indices where darts[vertex].count > 2 {
      darts.sort(vertex) { a, b in
        let end = { (dart: Int32) in found[Int(dart >> 1)].end(of: dart) }
        return comesFirst(places[end(a)], places[end(b)], around: places[vertex])
      }
    }
  }

  /// Where a dart leads.
  @inline(__always)
  func end(of dart: Int32) -> Int { edges[Int(dart >> 1)].end(of: dart) }
}

extension EdgeGraph {
  /// The edge at a vertex that comes last before west.
  func lastDart(at vertex: Int) -> Int32? {
    darts.members[darts[vertex]].max {
      comesFirst(vertices[end(of: $0)], vertices[end(of: $1)], around: vertices[vertex])
    }
  }
}

/// Counter-clockwise, beginning at west, which itself comes last: exact.
private func comesFirst(_ p: LatticePoint, _ q: LatticePoint, around vertex: LatticePoint) -> Bool {
  let (px, py, qx, qy) = (p.x - vertex.x, p.y - vertex.y, q.x - vertex.x, q.y - vertex.y)
  let (isLower, other) = (py < 0, qy < 0)
  if isLower != other { return isLower }
  let cross = px &* qy &- py &* qx
  if cross != 0 { return cross > 0 }
  // On one line, and not below: only east and west can be meant, and east comes first.
  return px > qx
}
