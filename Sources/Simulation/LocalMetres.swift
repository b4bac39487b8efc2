import Geometry
import Glibc

/// Metres east and north of a centre, near Nis unless said otherwise.
///
/// A plane scaled by the radii of curvature of WGS 84 at the centre's latitude. Over the few hundred metres of a hazard it
/// is true to a few millimetres, which is enough for ground that is made up.
struct LocalMetres {
  static let nis = LocalMetres(center: Geographic(21.9, 43.32))

  let center: Geographic
  private let eastPerDegree: Double
  private let northPerDegree: Double

  init(center: Geographic) {
    self.center = center
    let (a, e2) = (6_378_137.0, 0.006_694_379_990_141_316)
    let latitude = center.latitude * .pi / 180
    let w2 = 1 - e2 * sin(latitude) * sin(latitude)
    eastPerDegree = a / w2.squareRoot() * cos(latitude) * .pi / 180
    northPerDegree = a * (1 - e2) / (w2 * w2.squareRoot()) * .pi / 180
  }

  func position(_ p: Projected) -> Geographic {
    Geographic(center.longitude + p.easting / eastPerDegree, center.latitude + p.northing / northPerDegree)
  }

  func lattice(_ p: Projected) -> LatticePoint { LatticePoint(nearest: position(p)) }

  func lattice(_ polygon: Polygon<Projected>) -> Polygon<LatticePoint>? {
    guard let outer = try? Ring(polygon.outer.corners.map(lattice)) else { return nil }
    return Polygon(outer, holes: polygon.holes.compactMap { try? Ring($0.corners.map(lattice)) })
  }
}
