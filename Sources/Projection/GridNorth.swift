#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif
public import Geometry

/// The convergence of a grid at a place: degrees from true north to the direction in which the grid's northing grows,
/// east positive. `nil` where the grid has no northing there.
///
/// `project` carries a WGS 84 position to the grid, datum shift and all; it is asked for four places some eleven metres
/// off, and the direction along which the easting stands still follows from the differences. Good to 1e-6 degree where
/// the grid is, as every survey grid, smooth at that scale.
public func gridConvergence<Failure: Error>(
  at position: Geographic, project: (Geographic) throws(Failure) -> Projected
) throws(Failure) -> Double? {
  let step = 1e-4
  // One-sided at the ends of the numbers, where a step would leave the Earth.
  let (west, east) = (max(-180, position.longitude - step), min(180, position.longitude + step))
  let (south, north) = (max(-90, position.latitude - step), min(90, position.latitude + step))
  let byLongitude = difference(
    try project(Geographic(west, position.latitude)), try project(Geographic(east, position.latitude)), east - west)
  let byLatitude = difference(
    try project(Geographic(position.longitude, south)), try project(Geographic(position.longitude, north)),
    north - south)
  let scale = LocalScale(latitude: position.latitude)
  // Per metre on the ground.
  let (e1, n1) = (byLongitude.easting / scale.metresPerLongitude, byLongitude.northing / scale.metresPerLongitude)
  let (e2, n2) = (byLatitude.easting / scale.metresPerLatitude, byLatitude.northing / scale.metresPerLatitude)
  // Along (-e2, e1) the easting does not change; the northing does by the determinant, which decides which way is up.
  let determinant = e1 * n2 - e2 * n1
  guard determinant.isFinite, determinant != 0 else { return nil }
  return determinant > 0 ? atan2(-e2, e1) * (180 / .pi) : atan2(e2, -e1) * (180 / .pi)
}

private func difference(_ from: Projected, _ to: Projected, _ span: Double) -> Projected {
  Projected((to.easting - from.easting) / span, (to.northing - from.northing) / span)
}
