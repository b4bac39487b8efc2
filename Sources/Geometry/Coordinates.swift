/// A pair of numbers whose *meaning* is part of its type.
///
/// Degrees, metres and lattice steps never share a type, so a planar area of degrees does not compile.
public protocol Coordinate: Hashable, Sendable, BitwiseCopyable {
  /// Longitude, easting or lattice column.
  var first: Double { get }
  /// Latitude, northing or lattice row.
  var second: Double { get }
  init(_ first: Double, _ second: Double)
}

/// A position on WGS 84, in degrees: longitude first, as in RFC 7946.
public struct Geographic: Coordinate {
  public let longitude, latitude: Double

  @inlinable public init(_ longitude: Double, _ latitude: Double) {
    (self.longitude, self.latitude) = (longitude, latitude)
  }
  @inlinable public var first: Double { longitude }
  @inlinable public var second: Double { latitude }

  /// Whether both numbers are finite and inside -180...180 and -90...90 degrees.
  @inlinable public var isOnEarth: Bool { abs(longitude) <= 180 && abs(latitude) <= 90 }
}

/// A position on a flat grid or in a local frame, in metres.
public struct Projected: Coordinate {
  public let easting, northing: Double

  @inlinable public init(_ easting: Double, _ northing: Double) {
    (self.easting, self.northing) = (easting, northing)
  }
  @inlinable public var first: Double { easting }
  @inlinable public var second: Double { northing }
}
