import Geometry
import Glibc

/// Geocentric X, Y and Z on WGS 84, in metres.
struct Geocentric {
  var x, y, z: Double

  private static let a = 6_378_137.0
  private static let f = 1 / 298.257223563

  /// Longitude and latitude in degrees and the height above the ellipsoid in metres; `nil` for the middle of the Earth
  /// and for what is no number.
  ///
  /// B. R. Bowring, "Transformation from spatial to geographical coordinates", Survey Review 23 (1976): one step in the
  /// reduced latitude is exact to 1e-11 degree up to 10 km of height; it is taken three times, which serves any height.
  var geodetic: (position: Geographic, height: Double)? {
    let (a, f) = (Self.a, Self.f)
    let p = (x * x + y * y).squareRoot()
    // A solution is on or above the ground: deep in the Earth the formula has no single answer.
    guard p.isFinite, z.isFinite, (p * p + z * z).squareRoot() > 6_000_000, p < 1e9, abs(z) < 1e9 else { return nil }
    let b = a * (1 - f)
    let e2 = f * (2 - f)
    let ep2 = e2 / (1 - e2)
    var reduced = atan2(a * z, b * p)
    var latitude = 0.0
    for _ in 0..<3 {
      let (s, c) = (sin(reduced), cos(reduced))
      latitude = atan2(z + ep2 * b * s * s * s, p - e2 * a * c * c * c)
      reduced = atan2((1 - f) * sin(latitude), cos(latitude))
    }
    let (s, c) = (sin(latitude), cos(latitude))
    // Of the two usual formulas for the height this one holds at the poles as well.
    let height = p * c + z * s - a * (1 - e2 * s * s).squareRoot()
    return (Geographic(atan2(y, x) * 180 / .pi, latitude * 180 / .pi), height)
  }

  /// The larger of the sigmas north and east, in metres, from those of X, Y and Z and the signed roots of their
  /// covariances, as RTKLIB prints them: C' = R C Rᵀ with the rows of R pointing east and north.
  static func sigma(
    at position: Geographic, x: Double, y: Double, z: Double, xy: Double, yz: Double, zx: Double
  ) -> Double {
    func covariance(_ root: Double) -> Double { root < 0 ? -root * root : root * root }
    let (cxy, cyz, czx) = (covariance(xy), covariance(yz), covariance(zx))
    func variance(_ u: (Double, Double, Double)) -> Double {
      let squares = u.0 * u.0 * x * x + u.1 * u.1 * y * y + u.2 * u.2 * z * z
      return squares + 2 * (u.0 * u.1 * cxy + u.1 * u.2 * cyz + u.2 * u.0 * czx)
    }
    let (latitude, longitude) = (position.latitude * .pi / 180, position.longitude * .pi / 180)
    let east = variance((-sin(longitude), cos(longitude), 0))
    let north = variance((-sin(latitude) * cos(longitude), -sin(latitude) * sin(longitude), cos(latitude)))
    // Rounding of the printed figures can make a small variance negative.
    return max(east, north, 0).squareRoot()
  }
}
