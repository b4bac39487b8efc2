public import Geometry

/// The overlay contradicts itself at a place, which is a mistake of ours: nothing is told rather than something wrong.
public struct OverlayError: Error, Hashable, Sendable {
  public let place: Geographic
}

/// Layers of closed rings laid over each other: the plane cut along all of them, and how often each winds round each piece.
///
/// The edges are noded by snap rounding on the lattice (no edge moves by more than half a step), each stands once, and
/// what lies left and right of it is known by counting, never by testing a place inside: so a piece has the right label
/// however thin it is. `docs/overlay.md` has the derivation.
public struct Overlay: Sendable {
  /// How often the rings of a layer wind round a place, counter-clockwise; never 0.
  public struct Winding: Hashable, Sendable {
    public let layer, count: Int

    public init(layer: Int, count: Int) { (self.layer, self.count) = (layer, count) }
  }

  /// For each label, what winds round ground of that label. Label 0 is that of ground that nothing winds round.
  public let labels: [[Winding]]
  private let graph: EdgeGraph
  private let left, right: [Int32]

  /// Each layer's rings are closed by themselves, edges no longer than about 100 m.
  public init(_ layers: [[[LatticePoint]]]) throws(OverlayError) {
    let segments = segments(of: layers)
    let cells = Cells(segments)
    graph = EdgeGraph(Noding(segments, in: cells), layers: layers.count)
    let labelling = try Labelling(graph, in: cells)
    (left, right) = (labelling.left, labelling.right)
    labels = labelling.table.windings.map { windings in
      windings.layers.map { Winding(layer: Int($0.layer), count: Int($0.count)) }
    }
  }

  /// Where edges begin and end.
  public var vertices: [LatticePoint] { graph.vertices }

  /// Calls `body` with each edge, as numbers of its vertices, and the labels on both of its sides.
  public func forEachEdge(_ body: (_ from: Int, _ to: Int, _ left: Int, _ right: Int) -> Void) {
    for (index, edge) in graph.edges.enumerated() {
      body(Int(edge.from), Int(edge.to), Int(left[index]), Int(right[index]))
    }
  }

  /// The boundaries of groups of labels as rings with the ground on the left, none touching itself.
  ///
  /// - Parameter groups: For each label the number of its group from 0, or -1 for ground that is not wanted.
  /// - Returns: For each group its rings: counter-clockwise round ground, clockwise round holes.
  public func rings(of groups: [Int], count: Int) -> [[[LatticePoint]]] {
    var walk = BoundaryWalk(graph, groups: groups, left: left, right: right)
    return walk.rings(count: count)
  }
}
