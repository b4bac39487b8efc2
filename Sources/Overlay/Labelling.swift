import Geometry

/// Numbers of the windings on both sides of each edge.
struct Labelling {
  private(set) var left, right: [Int32]
  private(set) var table: WindingTable
  private static let unknown: Int32 = -1

  /// From the outside in: each connected piece begins at its westmost vertex, whose west is told by the nearest edge there, of
  /// a piece that began farther west; from vertex to vertex the windings change as the edges between say.
  init(_ graph: EdgeGraph, in cells: Cells) throws(OverlayError) {
    left = Array(repeating: Self.unknown, count: graph.edges.count)
    right = left
    table = WindingTable(graph.steps)
    let pieces = westmostVertices(graph)
    // For a few pieces all edges are looked at sooner than they are sorted into cells.
    let near =
      pieces.count <= 8
      ? nil
      : Buckets(count: cells.count) { put in
        for (index, edge) in graph.edges.enumerated() {
          cells.forEachCell(along: graph.segment(edge)) { put($0, Int32(truncatingIfNeeded: index)) }
        }
      }
    for vertex in pieces {
      let place = graph.vertices[vertex]
      var seed: Int32 = 0
      if let edge = near.map({ graph.edge(westOf: place, $0, cells) }) ?? graph.edge(westOf: place) {
        let (a, b) = (graph.vertices[Int(graph.edges[edge].from)], graph.vertices[Int(graph.edges[edge].to)])
        seed = a.y < b.y ? right[edge] : left[edge]
        guard seed != Self.unknown else { throw OverlayError(place: place.position) }
      }
      try spread(seed, from: vertex, graph)
    }
  }

  /// `seed` is what winds round the ground just west of the vertex.
  private mutating func spread(_ seed: Int32, from vertex: Int, _ graph: EdgeGraph) throws(OverlayError) {
    // Vertices to go round, with one dart of each and what lies left of it.
    var open: [(dart: Int32, left: Int32)] = []
    guard let first = graph.lastDart(at: vertex) else { return }
    open.append((first, seed))
    while let (dart, label) = open.popLast() {
      let vertex = graph.start(of: dart)
      let around = graph.darts[vertex]
      guard let at = around.first(where: { graph.darts.members[$0] == dart }) else { continue }
      var current = label
      // The dart itself comes last, and must close the round.
      for offset in 1...around.count {
        let place = at + offset < around.upperBound ? at + offset : at + offset - around.count
        let next = graph.darts.members[place]
        let edge = Int(next >> 1)
        let isForward = next & 1 == 0
        let beyond = table.beyond(graph.edges[edge].step, isForward ? 1 : -1, from: current)
        if left[edge] == Self.unknown {
          (left[edge], right[edge]) = isForward ? (beyond, current) : (current, beyond)
          // Seen from its other end, what was right is left.
          open.append((next ^ 1, current))
        } else if (isForward ? left[edge] : right[edge]) != beyond {
          throw OverlayError(place: graph.vertices[vertex].position)
        }
        current = beyond
      }
    }
  }
}

/// The westmost vertex of each connected piece (the southern one of several), from west to east.
private func westmostVertices(_ graph: EdgeGraph) -> [Int] {
  var parents = Array(Int32(0)..<Int32(truncatingIfNeeded: graph.vertices.count))
  func root(_ vertex: Int32) -> Int32 {
    var vertex = vertex
    while parents[Int(vertex)] != vertex {
      parents[Int(vertex)] = parents[Int(parents[Int(vertex)])]
      vertex = parents[Int(vertex)]
    }
    return vertex
  }
  for edge in graph.edges {
    let (a, b) = (root(edge.from), root(edge.to))
    // The westmost vertex is the root.
    if graph.vertices[Int(a)] < graph.vertices[Int(b)] { parents[Int(b)] = a } else { parents[Int(a)] = b }
  }
  return graph.vertices.indices.filter { parents[$0] == Int32($0) && !graph.darts[$0].isEmpty }
    .sorted { graph.vertices[$0] < graph.vertices[$1] }
}

extension EdgeGraph {
  @inline(__always)
  func start(of dart: Int32) -> Int { end(of: dart ^ 1) }

  func segment(_ edge: Edge) -> Segment {
    let (a, b) = (vertices[Int(edge.from)], vertices[Int(edge.to)])
    return Segment(ax: a.x, ay: a.y, bx: b.x, by: b.y, layer: 0)
  }

  /// The nearest edge that a ray due west crosses, a hair north of the place.
  fileprivate func edge(westOf place: LatticePoint, _ near: Buckets, _ cells: Cells) -> Int? {
    var nearest = Nearest(place)
    let row = cells.row(place.y)
    for column in stride(from: cells.column(place.x), through: 0, by: -1) {
      for member in near[cells.cell(column: column, row: row)] {
        let index = Int(near.members[member])
        nearest.take(segment(edges[index]), index)
      }
      if nearest.x >= Double(cells.west(ofColumn: column) - place.x) { break }
    }
    return nearest.edge
  }

  /// The same among all edges.
  fileprivate func edge(westOf place: LatticePoint) -> Int? {
    var nearest = Nearest(place)
    for (index, edge) in edges.enumerated() { nearest.take(segment(edge), index) }
    return nearest.edge
  }
}

/// Of edges that were taken, the nearest west of a place.
private struct Nearest {
  private let place: LatticePoint
  private(set) var edge: Int?
  /// Where it passes, in steps from the place.
  private(set) var x = -Double.infinity
  private var lean = -Double.infinity

  init(_ place: LatticePoint) { self.place = place }

  mutating func take(_ s: Segment, _ index: Int) {
    guard (s.ay <= place.y) != (s.by <= place.y) else { return }
    // Relative to the place, so that no digit is lost; edges that cross the ray in one point part north of it.
    let lean = Double(s.bx - s.ax) / Double(s.by - s.ay)
    let x = Double(s.ax - place.x) + Double(place.y - s.ay) * lean
    if x < 0, (self.x, self.lean) < (x, lean) { (edge, self.x, self.lean) = (index, x, lean) }
  }
}
