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
    let fitted = polynomial(over: polygons)
    var sum = 0.0
    for polygon in polygons {
      for (index, ring) in polygon.rings.enumerated() {
        let area = abs(try project(ring, by: fitted).twiceSignedArea) / 2
        sum += index == 0 ? area : -area
      }
    }
    return sum
  }

  /// PROJ's own results as a polynomial, right to 1 µm; `nil` for few corners, or where it is not as good as that.
  private func polynomial(over polygons: [Polygon<LatticePoint>]) -> LocalPolynomial? {
    // It is fitted to 36 places and checked at 64.
    let corners = polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.corners.count } }
    guard corners >= 400 else { return nil }
    var box = Box<LatticePoint>()
    for polygon in polygons { box.include(polygon.box) }
    let (southWest, size) = (LatticePoint(box.minX, box.minY).position, max(box.width, box.height))
    return LocalPolynomial(
      west: southWest.longitude, south: southWest.latitude, size: size / LatticePoint.stepsPerDegree, tolerance: 1e-6
    ) { transformer.transform($0, $1) }
  }

  private func project(
    _ ring: Ring<LatticePoint>, by fitted: LocalPolynomial?
  ) throws(ProjectionError) -> Ring<Projected> {
    let places: [Projected]
    if let fitted {
      places = ring.corners.map { corner in
        let place = fitted(corner.position.longitude, corner.position.latitude)
        return Projected(place.x, place.y)
      }
    } else {
      var x = ring.corners.map(\.position.longitude)
      var y = ring.corners.map(\.position.latitude)
      try transformer.transform(&x, &y)
      places = zip(x, y).map { Projected($0, $1) }
    }
    do { return try Ring(places) } catch {
      throw ProjectionError(operation: "survey grid", reason: "a ring collapses in it")
    }
  }
}
