// For sine and cosine, which the standard library does not have.
#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif
internal import Geometry

/// Sums spherical harmonics of degree 12 at one place on or above WGS 84.
///
/// The formulas are those of the WMM's technical report (A. Chulliat et al., The US/UK World Magnetic Model for
/// 2020-2025, NOAA 2020, equations 4 and 7 to 18), but for one change: functions of order 1 and more are carried
/// divided by the cosine of the latitude. It cancels in the east component and in the derivative by latitude, so that
/// the poles need no case of their own.
struct Harmonics {
  /// The reference radius of every WMM, in metres.
  private static let radius = 6_371_200.0
  /// WGS 84 (EPSG:7030): semi-major axis in metres and squared first eccentricity.
  private static let a = 6_378_137.0
  private static let e2 = (2 - 1 / 298.257223563) / 298.257223563

  /// Sine and cosine of the geocentric latitude, and of the angle from it up to the geodetic one.
  private let sine, cosine, sineTilt, cosineTilt: Double
  /// Reference radius by geocentric radius.
  private let ratio: Double
  /// Cosine and sine of m times the longitude.
  private let waves: [(cosine: Double, sine: Double)]
  /// Associated Legendre functions of the sine of the latitude; from order 1 on divided by its cosine.
  private let legendre: [Double]

  /// `height` in metres above the ellipsoid.
  init(_ position: Geographic, height: Double) {
    let (phi, lambda) = (position.latitude * (Double.pi / 180), position.longitude * (Double.pi / 180))
    let (sinPhi, cosPhi) = (sin(phi), max(0, cos(phi)))
    let normal = Self.a / (1 - Self.e2 * sinPhi * sinPhi).squareRoot()
    let (p, z) = ((normal + height) * cosPhi, (normal * (1 - Self.e2) + height) * sinPhi)
    let r = (p * p + z * z).squareRoot()
    (sine, cosine, ratio) = (z / r, p / r, Self.radius / r)
    (sineTilt, cosineTilt) = (sine * cosPhi - cosine * sinPhi, cosine * cosPhi + sine * sinPhi)
    waves = (0...Epoch.degree).map { (cos(Double($0) * lambda), sin(Double($0) * lambda)) }
    legendre = Self.legendre(sine: sine, cosine: cosine)
  }

  /// North, east and down in the geodetic frame, in the unit of the coefficients.
  func vector(_ terms: [GaussPair]) -> FieldVector {
    var (north, east, down) = (0.0, 0.0, 0.0)
    var power = ratio * ratio
    var term = 0
    for n in 1...Epoch.degree {
      power *= ratio
      let row = Self.row(n), above = Self.row(n + 1)
      for m in 0...n {
        let (wave, pair) = (waves[m], terms[term])
        term += 1
        let along = pair.g * wave.cosine + pair.h * wave.sine
        let across = Double(m) * (pair.g * wave.sine - pair.h * wave.cosine)
        if m == 0 {
          north -= power * along * Self.zonalSlope[n] * cosine * legendre[row + 1]
          down -= power * along * Double(n + 1) * legendre[row]
        } else {
          let slope = Double(n + 1) * sine * legendre[row + m] - Self.roots[above + m] * legendre[above + m]
          north -= power * along * slope
          east += power * across * legendre[row + m]
          down -= power * along * Double(n + 1) * cosine * legendre[row + m]
        }
      }
    }
    return FieldVector(
      north: north * cosineTilt - down * sineTilt, east: east, down: north * sineTilt + down * cosineTilt)
  }

  /// Where the orders of a degree begin in a triangle stored row by row.
  private static func row(_ n: Int) -> Int { n * (n + 1) / 2 }

  /// (n² - m²)^½ for every degree that the recursion meets, one more than the model's.
  private static let roots: [Double] = (0...Epoch.degree + 1).flatMap { (n: Int) -> [Double] in
    (0...n).map { m in Double(n * n - m * m).squareRoot() }
  }

  /// (n (n + 1) / 2)^½: the derivative of a zonal function is that times the function of order 1.
  private static let zonalSlope: [Double] = (0...Epoch.degree).map { Double($0 * ($0 + 1) / 2).squareRoot() }

  private static func legendre(sine: Double, cosine: Double) -> [Double] {
    var p = [Double](repeating: 0, count: row(Epoch.degree + 2))
    (p[0], p[1], p[2]) = (1, sine, 1)
    for n in 2...Epoch.degree + 1 {
      let (here, last, before) = (row(n), row(n - 1), row(n - 2))
      for m in 0..<n {
        let older = m <= n - 2 ? roots[last + m] * p[before + m] : 0
        p[here + m] = (Double(2 * n - 1) * sine * p[last + m] - older) / roots[here + m]
      }
      p[here + n] = cosine * p[last + n - 1] * (Double(2 * n - 1) / Double(2 * n)).squareRoot()
    }
    return p
  }
}

/// A magnetic vector, or its yearly change, in nT.
public struct FieldVector: Hashable, Sendable {
  public let north, east, down: Double

  /// The horizontal part and the whole, in nT.
  public var horizontal: Double { (north * north + east * east).squareRoot() }
  public var total: Double { (north * north + east * east + down * down).squareRoot() }
}
