import Geometry

/// Walks the boundaries of groups of labels.
struct BoundaryWalk {
  private let graph: EdgeGraph
  /// The group left and right of each edge.
  private let left, right: [Int32]
  /// Whether a dart was walked.
  private var used: [Bool]
  /// Where in the walk a vertex stands, else -1.
  private var positions: [Int32]

  init(_ graph: EdgeGraph, groups: [Int], left: [Int32], right: [Int32]) {
    self.graph = graph
    self.left = left.map { Int32(truncatingIfNeeded: groups[Int($0)]) }
    self.right = right.map { Int32(truncatingIfNeeded: groups[Int($0)]) }
    used = Array(repeating: false, count: 2 * graph.edges.count)
    positions = Array(repeating: -1, count: graph.vertices.count)
  }

  /// The group on a dart's left, -1 where the same lies on its right.
  private func group(_ dart: Int32) -> Int32 {
    let (l, r) = (left[Int(dart >> 1)], right[Int(dart >> 1)])
    if l == r { return -1 }
    return dart & 1 == 0 ? l : r
  }

  mutating func rings(count: Int) -> [[[LatticePoint]]] {
    var rings: [[[LatticePoint]]] = Array(repeating: [], count: count)
    for first in 0..<Int32(truncatingIfNeeded: used.count) where !used[Int(first)] {
      let group = group(first)
      guard group >= 0 else { continue }
      walk(from: first, group) { rings[Int(group)].append($0) }
    }
    return rings
  }

  /// A closed walk, cut where it touches itself: a shell and the holes that touch it.
  private mutating func walk(from first: Int32, _ group: Int32, _ take: ([LatticePoint]) -> Void) {
    var open: [Int32] = []
    var dart = first
    while !used[Int(dart)] {
      used[Int(dart)] = true
      let vertex = graph.start(of: dart)
      if positions[vertex] >= 0 {
        let position = Int(positions[vertex])
        take(ring(open[position...]))
        for passed in open[position...] { positions[Int(passed)] = -1 }
        open.removeSubrange(position...)
      }
      positions[vertex] = Int32(truncatingIfNeeded: open.count)
      open.append(Int32(truncatingIfNeeded: vertex))
      dart = successor(of: dart, group)
    }
    for passed in open { positions[Int(passed)] = -1 }
    take(ring(open[...]))
  }

  private func ring(_ vertices: ArraySlice<Int32>) -> [LatticePoint] { vertices.map { graph.vertices[Int($0)] } }

  /// The dart that bounds the same wedge of ground: the first boundary met clockwise from the way back.
  private func successor(of dart: Int32, _ group: Int32) -> Int32 {
    let back = dart ^ 1
    let around = graph.darts[graph.end(of: dart)]
    guard let at = around.first(where: { graph.darts.members[$0] == back }) else { return dart }
    for offset in 1..<max(2, around.count) {
      let place = at - offset >= around.lowerBound ? at - offset : at - offset + around.count
      let next = graph.darts.members[place]
      if self.group(next) == group { return next }
    }
    return back
  }
}
