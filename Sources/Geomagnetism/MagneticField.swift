// For the arc tangent, which the standard library does not have.
#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The Earth's main magnetic field at a place and an instant, as a release of the World Magnetic Model has it.
public struct MagneticField: Hashable, Sendable {
  /// The release, such as `WMM2025`.
  public let model: String
  /// nT.
  public let vector: FieldVector
  /// nT a year.
  public let change: FieldVector
  let error: DeclinationError?

  /// Degrees from true north to magnetic north, east positive.
  public var declination: Double { atan2(vector.east, vector.north) * (180 / .pi) }
  /// Degrees below the horizon.
  public var inclination: Double { atan2(vector.down, vector.horizontal) * (180 / .pi) }

  /// nT a year.
  public var horizontalChange: Double {
    (vector.north * change.north + vector.east * change.east) / vector.horizontal
  }
  /// nT a year.
  public var totalChange: Double {
    (vector.north * change.north + vector.east * change.east + vector.down * change.down) / vector.total
  }
  /// Degrees a year.
  public var declinationChange: Double {
    let h = vector.horizontal
    return (vector.north * change.east - vector.east * change.north) / (h * h) * (180 / .pi)
  }
  /// Degrees a year.
  public var inclinationChange: Double {
    let f = vector.total
    return (vector.horizontal * change.down - vector.down * horizontalChange) / (f * f) * (180 / .pi)
  }

  /// How far the declination may be off, in degrees, one standard deviation; `nil` for releases that state no formula.
  public var declinationUncertainty: Double? { error?.degrees(horizontal: vector.horizontal) }

  /// What a compass is worth here.
  public var compass: CompassZone {
    vector.horizontal < 2000 ? .blackout : vector.horizontal < 6000 ? .caution : .sound
  }
}

/// The zones that the WMM's reports draw round the magnetic poles (NOAA 2020, section 1.8).
public enum CompassZone: String, Hashable, Sendable {
  case sound
  /// Under 6000 nT horizontally: a compass may be badly off.
  case caution
  /// Under 2000 nT: a compass must not be used.
  case blackout
}
