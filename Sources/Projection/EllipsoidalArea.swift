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
    let strips = MeridianStrips(near: reference)
    var sum = 0.0
    var low = strips.ordinate(of: previous)
    for corner in corners {
      let high = strips.ordinate(of: corner)
      sum += strips.area(from: previous, low, to: corner, high)
      (previous, low) = (corner, high)
    }
    return abs(sum)
  }
}

extension Polygon where C == LatticePoint {
  /// Square metres on the ellipsoid: the outer ring less the holes.
  public var ellipsoidalArea: Double { holes.reduce(outer.ellipsoidalArea) { $0 - $1.ellipsoidalArea } }
}

/// The areas between edges and a parallel, whose sum round a piece of ground is its area (`Ring.ellipsoidalArea`).
public struct MeridianStrips: Sendable {
  /// WGS 84 (EPSG:7030): semi-major axis in metres and first eccentricity.
  private static let a = 6_378_137.0
  private static let e2 = (2 - 1 / 298.257223563) / 298.257223563
  private static let e = e2.squareRoot()
  private static let radiansPerStep = Double.pi / 180 / LatticePoint.stepsPerDegree

  /// Metres of one step.
  private let metresEast, metresNorth: Double
  /// Square metres of a strip one step wide from the equator to q = 1, halved twice: once for q, once for the mean of
  /// an edge's two ends.
  private let halfStrip = a * a / 4 * radiansPerStep
  /// tan φ / 12R, with the ellipsoid's mean radius at the latitude.
  private let bulge: Double
  /// Snyder's q of the parallel; differences keep the digits of small pieces far from the equator.
  private let base: Double

  /// `reference` lies near the ground.
  public init(near reference: LatticePoint) {
    let latitude = reference.position.latitude
    let scale = LocalScale(latitude: latitude)
    metresEast = scale.metresPerLongitude / LatticePoint.stepsPerDegree
    metresNorth = scale.metresPerLatitude / LatticePoint.stepsPerDegree
    let phi = latitude * .pi / 180
    let radius = Self.a * (1 - Self.e2).squareRoot() / (1 - Self.e2 * sin(phi) * sin(phi))
    bulge = tan(phi) / (12 * radius)
    base = Self.q(reference)
  }

  /// Snyder's q of a point, less that of the reference.
  public func ordinate(of point: LatticePoint) -> Double { Self.q(point) - base }

  /// Square metres between an edge and the reference's parallel, positive where the edge runs west and north of it: round ground on the left the areas add up to the ground's. The ordinates are those of the ends.
  public func area(from a: LatticePoint, _ low: Double, to b: LatticePoint, _ high: Double) -> Double {
    let (west, south) = (Double(a.x - b.x), Double(a.y - b.y))
    let (dx, dy) = (west * metresEast, south * metresNorth)
    return west * (low + high) * halfStrip + dx * (dx * dx + 3 * dy * dy) * bulge
  }

  private static func q(_ point: LatticePoint) -> Double {
    let sine = sin(Double(point.y) * radiansPerStep)
    return (1 - e2) * (sine / (1 - e2 * sine * sine) + atanh(e * sine) / e)
  }
}
