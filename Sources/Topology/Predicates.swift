import CGEOS
public import Geometry

/// Why an area is not valid in the sense of OGC simple features, or `nil` where it is.
public func invalidity<C: Coordinate>(_ areas: [Polygon<C>]) throws(TopologyError) -> String? {
  try withEngine { engine throws(TopologyError) in
    let area = try areas.count == 1 ? engine.polygon(areas[0]) : engine.multiPolygon(areas)
    guard unsafe try !engine.verdict("GEOSisValid_r", GEOSisValid_r(engine.context, area.pointer)) else { return nil }
    guard let reason = unsafe GEOSisValidReason_r(engine.context, area.pointer) else {
      throw engine.failure("GEOSisValidReason_r")
    }
    defer { unsafe GEOSFree_r(engine.context, reason) }
    return unsafe String(cString: reason)
  }
}

/// Whether two areas come within a distance of each other, in the coordinates' units; 0 asks whether they touch.
public func areas<C: Coordinate>(
  _ a: [Polygon<C>], within distance: Double, of b: [Polygon<C>]
) throws(TopologyError) -> Bool {
  try withEngine { engine throws(TopologyError) in
    let left = try engine.multiPolygon(a)
    let right = try engine.multiPolygon(b)
    return unsafe try engine.verdict(
      "GEOSDistanceWithin_r", GEOSDistanceWithin_r(engine.context, left.pointer, right.pointer, distance))
  }
}
