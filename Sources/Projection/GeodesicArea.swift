internal import CPROJ
public import Geometry

/// A polygon on WGS 84 whose sides are geodesics, however long.
public struct GeodesicArea: Hashable, Sendable {
  /// Square metres, positive where the corners run counter-clockwise.
  public let signedArea: Double
  /// Metres round it, the closing side included.
  public let perimeter: Double

  public var area: Double { abs(signedArea) }

  /// Of corners in order, the first repeated at the end or not. Fewer than three have no area.
  ///
  /// Of the two parts into which a polygon cuts the Earth the smaller one is meant. By Karney's method in PROJ's
  /// geodesic.h; for the short sides of the output lattice `Ring.ellipsoidalArea` gives the same at a twentieth of
  /// the cost.
  public init(of corners: [Geographic]) throws(GeodesicError) {
    for corner in corners { try Geodesic.check(corner) }
    var earth = Geodesic.earth
    var polygon = geod_polygon()
    unsafe geod_polygon_init(&polygon, 0)
    for corner in corners {
      unsafe geod_polygon_addpoint(&earth, &polygon, corner.latitude, corner.longitude)
    }
    var (area, perimeter) = (0.0, 0.0)
    unsafe _ = geod_polygon_compute(&earth, &polygon, 0, 1, &area, &perimeter)
    (signedArea, self.perimeter) = (area, perimeter)
  }
}

/// Square metres of a polygon with geodesic sides, whatever its winding.
public func geodesicArea(of corners: [Geographic]) throws(GeodesicError) -> Double {
  try GeodesicArea(of: corners).area
}
