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
    try areas(of: [polygons]).first ?? 0
  }

  /// The same of several that lie by each other, such as the parts of a hazard.
  public func areas(of areas: [[Polygon<LatticePoint>]]) throws(ProjectionError) -> [Double] {
    let kept = idle.withLock { $0.popLast() }
    let projector =
      if let kept { kept } else { GridProjector(try Transformer.open(choice), isSmooth: choice.grids.isEmpty) }
    defer { idle.withLock { $0.append(projector) } }
    return try projector.areas(of: areas)
  }
}

/// PROJ's objects may go from thread to thread, as long as one uses them at a time: whoever took this one out.
private final class GridProjector: @unchecked Sendable {
  private let transformer: Transformer
  /// Between the posts of a grid of shifts are kinks, that no polynomial follows.
  private let isSmooth: Bool

  init(_ transformer: consuming Transformer, isSmooth: Bool) {
    self.transformer = transformer
    self.isSmooth = isSmooth
  }

  func areas(of areas: [[Polygon<LatticePoint>]]) throws(ProjectionError) -> [Double] {
    // A polynomial for all of them where they have few corners together, else one for each that has many.
    let isSmall = corners(of: areas.joined()) < LocalPolynomial.Degree.five.fewest
    let shared = isSmall ? polynomial(.three, over: areas.joined()) : nil
    return try areas.map { polygons throws(ProjectionError) in
      try area(of: polygons, by: shared ?? polynomial(.five, over: polygons))
    }
  }

  private func corners(of polygons: some Sequence<Polygon<LatticePoint>>) -> Int {
    polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.corners.count } }
  }

  private func area(
    of polygons: [Polygon<LatticePoint>], by fitted: LocalPolynomial?
  ) throws(ProjectionError) -> Double {
    var sum = 0.0
    for polygon in polygons {
      for (index, ring) in polygon.rings.enumerated() {
        let area = abs(try project(ring, by: fitted).twiceSignedArea) / 2
        sum += index == 0 ? area : -area
      }
    }
    return sum
  }

  /// PROJ's own results as a polynomial, right to 1 µm; `nil` for too few corners or too much ground, or where it is not as good
  /// as that.
  private func polynomial(
    _ degree: LocalPolynomial.Degree, over polygons: some Sequence<Polygon<LatticePoint>>
  ) -> LocalPolynomial? {
    guard isSmooth, corners(of: polygons) >= degree.fewest else { return nil }
    var box = Box<LatticePoint>()
    for polygon in polygons { box.include(polygon.box) }
    let southWest = LatticePoint(box.minX, box.minY).position
    let size = max(box.width, box.height) / LatticePoint.stepsPerDegree
    // A kilometre, about.
    guard degree == .five || size <= 0.01 else { return nil }
    return LocalPolynomial(
      west: southWest.longitude, south: southWest.latitude, size: size, degree: degree, tolerance: 1e-6
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
