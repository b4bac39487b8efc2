#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The covariance of a point's place in metres east and north, legs taken as independent of each other.
struct Spread {
  private var east, north, cross: Double

  init(sigma: Double) { (east, north, cross) = (sigma * sigma, sigma * sigma, 0) }

  /// A leg errs along itself by its distance and across by its bearing.
  mutating func add(_ distance: Double, _ azimuth: Double, _ precision: LegPrecision) {
    let along =
      precision.distance * precision.distance
      + precision.distanceRatio * precision.distanceRatio * distance * distance
    let turn = distance * precision.bearing * (.pi / 180)
    let across = turn * turn
    let (s, c) = (sin(azimuth * (.pi / 180)), cos(azimuth * (.pi / 180)))
    east += along * s * s + across * c * c
    north += along * c * c + across * s * s
    cross += (along - across) * s * c
  }

  /// The root of the larger eigenvalue.
  var longerAxis: Double {
    let half = (east - north) / 2
    return ((east + north) / 2 + (half * half + cross * cross).squareRoot()).squareRoot()
  }
}
