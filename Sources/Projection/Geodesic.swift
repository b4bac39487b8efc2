internal import CPROJ
public import Geometry

/// Why a geodesic cannot be computed, with a stable code.
public enum GeodesicError: Error, Hashable, Sendable {
  /// No place on the Earth.
  case position(Geographic)
  /// An azimuth or a distance that is no finite number.
  case notFinite

  public var code: String {
    switch self {
    case .position: "geodesic.position"
    case .notFinite: "geodesic.not-finite"
    }
  }

  /// What was found.
  public var message: String {
    switch self {
    case .position(let at): "longitude \(at.longitude), latitude \(at.latitude) is no place on the Earth"
    case .notFinite: "an azimuth or a distance is no finite number"
    }
  }
}

/// The shortest line on WGS 84 between two positions.
///
/// By C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013), in PROJ's geodesic.h: good to 15 nm. On the
/// ellipsoid: at a height of h metres the ground is longer by h / 6 371 000, 16 millionths a hundred metres.
public struct Geodesic: Hashable, Sendable {
  /// Metres.
  public let length: Double
  /// Degrees east of true north, -180 to 180, on leaving and on arriving; both go forwards.
  public let azimuth, arrivalAzimuth: Double

  public init(from start: Geographic, to end: Geographic) throws(GeodesicError) {
    try Self.check(start)
    try Self.check(end)
    var earth = Self.earth
    var (length, azimuth, arrival) = (0.0, 0.0, 0.0)
    unsafe geod_inverse(
      &earth, start.latitude, start.longitude, end.latitude, end.longitude, &length, &azimuth, &arrival)
    (self.length, self.azimuth, arrivalAzimuth) = (length, azimuth, arrival)
  }

  /// Where a geodesic ends: metres, at an azimuth in degrees east of true north.
  public static func destination(
    from start: Geographic, azimuth: Double, distance: Double
  ) throws(GeodesicError) -> Geographic {
    try check(start)
    guard azimuth.isFinite, distance.isFinite else { throw .notFinite }
    var earth = Self.earth
    var (latitude, longitude, arrival) = (0.0, 0.0, 0.0)
    unsafe geod_direct(
      &earth, start.latitude, start.longitude, azimuth, distance, &latitude, &longitude, &arrival)
    return Geographic(longitude, latitude)
  }

  static func check(_ position: Geographic) throws(GeodesicError) {
    guard position.isOnEarth else { throw .position(position) }
  }

  /// WGS 84 (EPSG:7030), with the series that Karney's algorithms need.
  static let earth: geod_geodesic = {
    var earth = geod_geodesic()
    unsafe geod_init(&earth, 6_378_137, 1 / 298.257223563)
    return earth
  }()
}
