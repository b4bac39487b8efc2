public import Geometry

/// UTM and UPS on WGS 84, zone by zone, as MGRS references and UTM positions without a CRS of their own need them. One
/// thread.
///
/// PROJ's extended transverse Mercator (K. Poder and K. Engsager) and polar stereographic projection.
public struct UniversalGrid: ~Copyable {
  private let transformer: Transformer

  /// A zone of 1...60, or 0 for the polar grid.
  public static func open(zone: Int, isNorthern: Bool) throws(ProjectionError) -> UniversalGrid {
    let south = isNorthern ? "" : " +south"
    let projection = zone == 0 ? "+proj=ups\(south) +ellps=WGS84" : "+proj=utm +zone=\(zone)\(south) +ellps=WGS84"
    return UniversalGrid(
      transformer: try Transformer.open(
        pipelines: ["+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step " + projection],
        name: projection))
  }

  private init(transformer: consuming Transformer) { self.transformer = transformer }

  /// `nil` for what lies outside of the projection.
  public func position(_ place: Projected) -> Geographic? {
    transformer.transform(place.easting, place.northing, backwards: true).map { Geographic($0.x, $0.y) }
  }

  public func place(_ position: Geographic) -> Projected? {
    transformer.transform(position.longitude, position.latitude).map { Projected($0.x, $0.y) }
  }
}
