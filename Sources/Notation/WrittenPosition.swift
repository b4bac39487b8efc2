public import Geometry

/// A position as written, not yet converted to anything else.
public enum WrittenPosition: Hashable, Sendable {
  /// Degrees of which letters or words said which is latitude; the coarser precision of the two.
  case geographic(Geographic, AnglePrecision)
  /// Two bare angles in degrees, in the order written: nothing said which is latitude, nor on which datum.
  case degreePair(Double, Double, AnglePrecision)
  /// Two bare numbers too large for degrees: metres of a grid that nothing named, in the order written. See
  /// ``readings(of:_:)``.
  case gridPair(Double, Double)
  case utm(UTM)
  case ups(UPS)
  case mgrs(MGRSReference)
}

/// Which of the two angles.
public enum Axis: Hashable, Sendable {
  case latitude, longitude

  /// The largest angle, in degrees.
  var limit: Double { self == .latitude ? 90 : 180 }
}

/// One angle as written.
public struct WrittenAngle: Hashable, Sendable {
  /// North and east are positive.
  public let degrees: Double
  /// What letters or words said it is.
  public let axis: Axis?
  public let precision: AnglePrecision
}
