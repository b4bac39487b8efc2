import CGEOS
public import Geometry

/// The ground that belongs to any of the areas.
///
/// With `grid` 0 in floating point; otherwise noded by snap rounding on multiples of `grid`, in the coordinates' units.
public func union<C: Coordinate>(_ areas: [Polygon<C>], grid: Double = 0) throws(TopologyError) -> [Polygon<C>] {
  guard !areas.isEmpty else { return [] }
  return try withEngine { engine throws(TopologyError) in
    let parts = try engine.multiPolygon(areas)
    return try engine.polygons(
      unsafe grid > 0
        ? engine.geometry("GEOSUnaryUnionPrec_r", GEOSUnaryUnionPrec_r(engine.context, parts.pointer, grid))
        : engine.geometry("GEOSUnaryUnion_r", GEOSUnaryUnion_r(engine.context, parts.pointer)))
  }
}

/// The ground of `areas` that belongs to none of `others`; both must be valid. `grid` as of `union`.
public func difference<C: Coordinate>(
  _ areas: [Polygon<C>], _ others: [Polygon<C>], grid: Double = 0
) throws(TopologyError) -> [Polygon<C>] {
  try withEngine { engine throws(TopologyError) in
    let a = try engine.multiPolygon(areas)
    let b = try engine.multiPolygon(others)
    return try engine.polygons(
      unsafe engine.geometry(
        "GEOSDifferencePrec_r", GEOSDifferencePrec_r(engine.context, a.pointer, b.pointer, grid)))
  }
}

/// The ground that belongs to both; both must be valid. `grid` as of `union`.
public func intersection<C: Coordinate>(
  _ areas: [Polygon<C>], _ others: [Polygon<C>], grid: Double = 0
) throws(TopologyError) -> [Polygon<C>] {
  try withEngine { engine throws(TopologyError) in
    let a = try engine.multiPolygon(areas)
    let b = try engine.multiPolygon(others)
    return try engine.polygons(
      unsafe engine.geometry(
        "GEOSIntersectionPrec_r", GEOSIntersectionPrec_r(engine.context, a.pointer, b.pointer, grid)))
  }
}
