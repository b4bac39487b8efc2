import CGEOS
public import Geometry

/// The ground within a distance of areas, or with a negative distance what is farther than that from all that is not theirs.
///
/// In the coordinates' units. Arcs are drawn with 16 chords a quadrant, inscribed: what is grown is smaller than the truth
/// by up to 0.12 % of the distance, what is shrunk is larger by as much.
public func grown<C: Coordinate>(_ areas: [Polygon<C>], by distance: Double) throws(TopologyError) -> [Polygon<C>] {
  guard !areas.isEmpty else { return [] }
  return try withEngine { engine throws(TopologyError) in
    let area = try areas.count == 1 ? engine.polygon(areas[0]) : engine.multiPolygon(areas)
    return try engine.polygons(
      unsafe engine.geometry("GEOSBuffer_r", GEOSBuffer_r(engine.context, area.pointer, distance, 16)))
  }
}

/// The centre of the largest circle inside an area, and its radius to within `tolerance`, never more than it is.
///
/// By GEOS's search over cells (M. Bos, the pole of inaccessibility).
public func largestCircle<C: Coordinate>(
  in area: Polygon<C>, tolerance: Double
) throws(TopologyError) -> (center: C, radius: Double) {
  try withEngine { engine throws(TopologyError) in
    let area = try engine.polygon(area)
    let line = unsafe try engine.geometry(
      "GEOSMaximumInscribedCircle_r", GEOSMaximumInscribedCircle_r(engine.context, area.pointer, tolerance))
    var (x, y, length) = (0.0, 0.0, 0.0)
    // The line leads from the centre to the nearest place of the boundary.
    guard let sequence = unsafe GEOSGeom_getCoordSeq_r(engine.context, line.pointer),
      unsafe GEOSCoordSeq_getXY_r(engine.context, sequence, 0, &x, &y) == 1
    else { throw engine.failure("GEOSCoordSeq_getXY_r") }
    guard unsafe GEOSLength_r(engine.context, line.pointer, &length) == 1 else { throw engine.failure("GEOSLength_r") }
    return (C(x, y), length)
  }
}
