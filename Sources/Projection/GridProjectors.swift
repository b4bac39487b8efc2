public import Geometry
import Synchronization

/// Planar areas in a grid by one chosen operation, for tasks that run at once.
///
/// Making a transformer takes PROJ longer than a small hazard takes altogether, so those that are idle are kept.
public final class GridProjectors: Sendable {
  public let choice: CoordinateOperation
  private let idle = Mutex<[GridProjector]>([])

  public init(_ choice: CoordinateOperation) { self.choice = choice }

  /// Planar square metres of an area in the grid, its corners carried over one by one.
  public func area(of polygons: [Polygon<LatticePoint>]) throws(ProjectionError) -> Double {
    let kept = idle.withLock { $0.popLast() }
    let projector = if let kept { kept } else { GridProjector(transformer: try Transformer.open(choice)) }
    defer { idle.withLock { $0.append(projector) } }
    return try projector.area(of: polygons)
  }
}

/// PROJ's objects may go from thread to thread, as long as one uses them at a time: whoever took this one out.
private final class GridProjector: @unchecked Sendable {
  private let transformer: Transformer

  init(transformer: consuming Transformer) { self.transformer = transformer }

  func area(of polygons: [Polygon<LatticePoint>]) throws(ProjectionError) -> Double {
    var sum = 0.0
    for polygon in polygons {
      for (index, ring) in polygon.rings.enumerated() {
        let area = abs(try project(ring).twiceSignedArea) / 2
        sum += index == 0 ? area : -area
      }
    }
    return sum
  }

  private func project(_ ring: Ring<LatticePoint>) throws(ProjectionError) -> Ring<Projected> {
    var x = ring.corners.map(\.position.longitude)
    var y = ring.corners.map(\.position.latitude)
    try transformer.transform(&x, &y)
    do { return try Ring(zip(x, y).map { Projected($0, $1) }) } catch {
      throw ProjectionError(operation: "survey grid", reason: "a ring collapses in it")
    }
  }
}
