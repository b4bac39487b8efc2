/// Why corners do not make a ring.
public enum GeometryError: Error, Hashable {
  case ringNeedsThreeCorners(got: Int)
  case notFinite(index: Int)
}

/// A closed boundary of at least three corners. The closing corner is implied, never stored.
public struct Ring<C: Coordinate>: Hashable, Sendable {
  public let corners: [C]

  /// Takes an open or a closed list of corners.
  @inlinable public init(_ corners: [C]) throws(GeometryError) {
    var corners = corners
    if corners.count > 1, corners.first == corners.last { corners.removeLast() }
    guard corners.count >= 3 else { throw .ringNeedsThreeCorners(got: corners.count) }
    if let bad = corners.firstIndex(where: { !($0.first.isFinite && $0.second.isFinite) }) {
      throw .notFinite(index: bad)
    }
    self.corners = corners
  }

  /// Twice the signed shoelace area in the coordinates' own units, positive when counter-clockwise.
  ///
  /// Shifted to the first corner, so that large coordinates do not cost digits.
  @inlinable public var twiceSignedArea: Double {
    guard let origin = corners.first, var previous = corners.last else { return 0 }
    var sum = 0.0
    for corner in corners {
      sum += (previous.first - origin.first) * (corner.second - origin.second)
      sum -= (corner.first - origin.first) * (previous.second - origin.second)
      previous = corner
    }
    return sum
  }
}

/// One outer boundary and any number of holes.
public struct Polygon<C: Coordinate>: Hashable, Sendable {
  public var outer: Ring<C>
  public var holes: [Ring<C>]

  @inlinable public init(_ outer: Ring<C>, holes: [Ring<C>] = []) { (self.outer, self.holes) = (outer, holes) }

  @inlinable public var rings: [Ring<C>] { [outer] + holes }
  @inlinable public var box: Box<C> { Box(outer.corners) }
}

extension Polygon where C == Projected {
  /// Planar area in square metres; holes are subtracted whatever their winding.
  @inlinable public var area: Double {
    holes.reduce(abs(outer.twiceSignedArea)) { $0 - abs($1.twiceSignedArea) } / 2
  }
}
