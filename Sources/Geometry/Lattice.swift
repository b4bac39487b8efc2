/// A point of the output lattice: whole steps of 1e-8 degree of longitude and latitude (WGS 84).
///
/// One step is 1.11 mm of latitude. Everything that is emitted lies on this lattice, and the arrangement of hazards
/// and claims is noded on it, so nothing is rounded afterwards (`docs/decisions/`).
public struct LatticePoint: Coordinate, Comparable {
  /// Steps east of the Greenwich meridian and north of the equator.
  public let x, y: Int

  @inlinable public init(x: Int, y: Int) { (self.x, self.y) = (x, y) }

  /// From numbers that hold whole steps, as they come back from a library that computes in doubles.
  @inlinable public init(_ first: Double, _ second: Double) {
    self.init(x: Int(first.rounded()), y: Int(second.rounded()))
  }

  /// The lattice point nearest to a position, which must be finite and on the Earth (or one turn beside it).
  @inlinable public init(nearest position: Geographic) {
    self.init(position.longitude * Self.stepsPerDegree, position.latitude * Self.stepsPerDegree)
  }

  @inlinable public var first: Double { Double(x) }
  @inlinable public var second: Double { Double(y) }
  @inlinable public var position: Geographic {
    Geographic(Double(x) / Self.stepsPerDegree, Double(y) / Self.stepsPerDegree)
  }

  @inlinable public static func < (a: Self, b: Self) -> Bool { (a.x, a.y) < (b.x, b.y) }

  public static let stepsPerDegree = 1e8
}
