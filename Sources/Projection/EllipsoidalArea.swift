import CPROJ
public import Geometry

extension Ring where C == LatticePoint {
  /// Area in square metres on the WGS 84 ellipsoid, its edges geodesics, whatever the winding.
  ///
  /// By PROJ's geodesic.h (C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 2013).
  public var ellipsoidalArea: Double {
    var earth = geod_geodesic()
    var sum = geod_polygon()
    var area = 0.0
    unsafe geod_init(&earth, 6_378_137, 1 / 298.257223563)
    unsafe geod_polygon_init(&sum, 0)
    for corner in corners {
      unsafe geod_polygon_addpoint(&earth, &sum, corner.position.latitude, corner.position.longitude)
    }
    unsafe _ = geod_polygon_compute(&earth, &sum, 0, 1, &area, nil)
    return abs(area)
  }
}

extension Polygon where C == LatticePoint {
  /// Square metres on the ellipsoid: the outer ring less the holes.
  public var ellipsoidalArea: Double { holes.reduce(outer.ellipsoidalArea) { $0 - $1.ellipsoidalArea } }
}
