import Glibc
public import Geometry

extension Ring where C == LatticePoint {
  /// Area in square metres on the WGS 84 ellipsoid, its edges geodesics, whatever the winding.
  ///
  /// For rings whose edges are no longer than about 100 m, as all on the lattice are; there it agrees with Karney's
  /// geodesic polygon (PROJ's geodesic.h) to 1e-9 of the area and a few square millimetres, at a twentieth of its cost.
  ///
  /// The area between an edge and the equator is found in the cylindrical equal-area plane, whose ordinate is Snyder's
  /// q (USGS PP 1395, 3-12). A straight line there is not quite a geodesic: with east and north components dx and dy
  /// the geodesic lies tan φ · dx (dx² + 3 dy²) / 12R square metres farther north, which follows from the second
  /// derivatives of both curves and is added.
  public var ellipsoidalArea: Double {
    guard let reference = corners.first, var previous = corners.last else { return 0 }
    let scale = MeridianStrip(latitude: reference.position.latitude)
    // Relative to one corner's q, so that a small ring far from the equator keeps its digits.
    let base = scale.q(reference)
    var (sum, correction) = (0.0, 0.0)
    var low = scale.q(previous) - base
    for corner in corners {
      let high = scale.q(corner) - base
      let (east, north) = (Double(corner.x - previous.x), Double(corner.y - previous.y))
      sum += east * (low + high)
      let (dx, dy) = (east * scale.metresEast, north * scale.metresNorth)
      correction += dx * (dx * dx + 3 * dy * dy)
      (previous, low) = (corner, high)
    }
    return abs(sum * scale.halfStrip + correction * scale.bulge)
  }
}

extension Polygon where C == LatticePoint {
  /// Square metres on the ellipsoid: the outer ring less the holes.
  public var ellipsoidalArea: Double { holes.reduce(outer.ellipsoidalArea) { $0 - $1.ellipsoidalArea } }
}

/// What turns lattice steps round one latitude into metres and square metres.
private struct MeridianStrip {
  /// WGS 84 (EPSG:7030): semi-major axis in metres and first eccentricity.
  private static let a = 6_378_137.0
  private static let e2 = (2 - 1 / 298.257223563) / 298.257223563
  private static let e = e2.squareRoot()
  private static let radiansPerStep = Double.pi / 180 / LatticePoint.stepsPerDegree

  /// Metres of one step.
  let metresEast, metresNorth: Double
  /// Square metres of a strip one step wide from the equator to q = 1, halved twice: once for q, once for the mean of
  /// an edge's two ends.
  let halfStrip = a * a / 4 * radiansPerStep
  /// tan φ / 12R, with the ellipsoid's mean radius at the latitude.
  let bulge: Double

  init(latitude: Double) {
    let scale = LocalScale(latitude: latitude)
    metresEast = scale.metresPerLongitude / LatticePoint.stepsPerDegree
    metresNorth = scale.metresPerLatitude / LatticePoint.stepsPerDegree
    let phi = latitude * .pi / 180
    let radius = Self.a * (1 - Self.e2).squareRoot() / (1 - Self.e2 * sin(phi) * sin(phi))
    bulge = tan(phi) / (12 * radius)
  }

  /// Snyder's q at a point's latitude.
  func q(_ point: LatticePoint) -> Double {
    let sine = sin(Double(point.y) * Self.radiansPerStep)
    let (e, e2) = (Self.e, Self.e2)
    return (1 - e2) * (sine / (1 - e2 * sine * sine) + atanh(e * sine) / e)
  }
}
