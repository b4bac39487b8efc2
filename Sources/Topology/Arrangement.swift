import CGEOS
public import Geometry

/// Cuts the plane along lines: every face that the lines enclose, noded on the lattice.
///
/// The lines may cross, overlap and repeat. They are noded by snap rounding (each edge moves by at most half a lattice
/// step), so the faces meet each other exactly, share their vertices, and none overlaps another. Dangling lines bound
/// nothing and are dropped.
public func faces(of lines: [[LatticePoint]]) throws(TopologyError) -> [Polygon<LatticePoint>] {
  let lines = lines.filter { $0.count >= 2 }
  guard !lines.isEmpty else { return [] }
  return try withEngine { engine throws(TopologyError) in
    let drawn = try engine.multiLine(lines)
    let noded = unsafe try engine.geometry(
      "GEOSUnaryUnionPrec_r", GEOSUnaryUnionPrec_r(engine.context, drawn.pointer, 1))
    var one: OpaquePointer? = unsafe noded.pointer
    let cut = unsafe try engine.geometry("GEOSPolygonize_r", GEOSPolygonize_r(engine.context, &one, 1))
    return try engine.polygons(cut)
  }
}
