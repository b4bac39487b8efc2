import CGEOS
import Geometry

/// Values in, values out: the only code that touches GEOS coordinate sequences.
extension Engine {
  func line<C: Coordinate>(_ corners: [C]) throws(TopologyError) -> Handle {
    let sequence = unsafe try sequence(corners, closing: false)
    return unsafe try geometry("GEOSGeom_createLineString_r", GEOSGeom_createLineString_r(context, sequence))
  }

  func ring<C: Coordinate>(_ ring: Ring<C>) throws(TopologyError) -> Handle {
    let sequence = unsafe try sequence(ring.corners, closing: true)
    return unsafe try geometry("GEOSGeom_createLinearRing_r", GEOSGeom_createLinearRing_r(context, sequence))
  }

  func polygon<C: Coordinate>(_ polygon: Polygon<C>) throws(TopologyError) -> Handle {
    let outer = try ring(polygon.outer)
    var holes = Handles(in: self)
    for hole in polygon.holes { holes.append(try ring(hole)) }
    let count = UInt32(clamping: polygon.holes.count)
    var children = unsafe holes.release()
    return unsafe try geometry(
      "GEOSGeom_createPolygon_r", GEOSGeom_createPolygon_r(context, outer.release(), &children, count))
  }

  func multiPolygon<C: Coordinate>(_ polygons: [Polygon<C>]) throws(TopologyError) -> Handle {
    var parts = Handles(in: self)
    for part in polygons { parts.append(try polygon(part)) }
    return try collection(GEOS_MULTIPOLYGON, parts)
  }

  func multiLine<C: Coordinate>(_ lines: [[C]]) throws(TopologyError) -> Handle {
    var parts = Handles(in: self)
    for part in lines { parts.append(try line(part)) }
    return try collection(GEOS_MULTILINESTRING, parts)
  }

  private func collection(_ type: GEOSGeomTypes, _ parts: consuming Handles) throws(TopologyError) -> Handle {
    var children = unsafe parts.release()
    let count = UInt32(clamping: unsafe children.count)
    return unsafe try geometry(
      "GEOSGeom_createCollection_r", GEOSGeom_createCollection_r(context, Int32(type.rawValue), &children, count))
  }

  private func sequence<C: Coordinate>(_ corners: [C], closing: Bool) throws(TopologyError) -> OpaquePointer {
    var numbers: [Double] = []
    numbers.reserveCapacity(2 * corners.count + 2)
    for corner in corners {
      numbers.append(corner.first)
      numbers.append(corner.second)
    }
    if closing, let first = corners.first {
      numbers.append(first.first)
      numbers.append(first.second)
    }
    guard
      let sequence = unsafe GEOSCoordSeq_copyFromBuffer_r(
        context, numbers, UInt32(clamping: numbers.count / 2), 0, 0)
    else { throw failure("GEOSCoordSeq_copyFromBuffer_r") }
    return unsafe sequence
  }

  /// Every polygon in a result; points and lines, where areas merely touch, are dropped.
  func polygons<C: Coordinate>(_ result: borrowing Handle) throws(TopologyError) -> [Polygon<C>] {
    var found: [Polygon<C>] = []
    for index in 0..<(unsafe GEOSGetNumGeometries_r(context, result.pointer)) {
      guard let part = unsafe GEOSGetGeometryN_r(context, result.pointer, index) else {
        throw failure("GEOSGetGeometryN_r")
      }
      guard unsafe GEOSGeomTypeId_r(context, part) == Int32(GEOS_POLYGON.rawValue) else { continue }
      if let polygon: Polygon<C> = unsafe try value(part) { found.append(polygon) }
    }
    return found
  }

  private func value<C: Coordinate>(_ polygon: OpaquePointer) throws(TopologyError) -> Polygon<C>? {
    if unsafe GEOSisEmpty_r(context, polygon) == 1 { return nil }
    guard let outer = unsafe GEOSGetExteriorRing_r(context, polygon) else { throw failure("GEOSGetExteriorRing_r") }
    var holes: [Ring<C>] = []
    for index in 0..<(unsafe GEOSGetNumInteriorRings_r(context, polygon)) {
      guard let hole = unsafe GEOSGetInteriorRingN_r(context, polygon, index) else {
        throw failure("GEOSGetInteriorRingN_r")
      }
      holes.append(unsafe try ringValue(hole))
    }
    return Polygon(unsafe try ringValue(outer), holes: holes)
  }

  private func ringValue<C: Coordinate>(_ borrowed: OpaquePointer) throws(TopologyError) -> Ring<C> {
    var count: UInt32 = 0
    guard let sequence = unsafe GEOSGeom_getCoordSeq_r(context, borrowed),
      unsafe GEOSCoordSeq_getSize_r(context, sequence, &count) == 1
    else { throw failure("GEOSCoordSeq_getSize_r") }
    var numbers = [Double](repeating: 0, count: 2 * Int(count))
    guard unsafe GEOSCoordSeq_copyToBuffer_r(context, sequence, &numbers, 0, 0) == 1 else {
      throw failure("GEOSCoordSeq_copyToBuffer_r")
    }
    let corners = (0..<Int(count)).map { C(numbers[2 * $0], numbers[2 * $0 + 1]) }
    do { return try Ring(corners) } catch {
      throw TopologyError(call: "GEOSCoordSeq_copyToBuffer_r", reason: "\(error)")
    }
  }
}

/// Several handles, all destroyed together unless released.
@safe struct Handles: ~Copyable {
  private var pointers: [OpaquePointer?] = unsafe []
  private let context: GEOSContextHandle_t

  init(in engine: borrowing Engine) { unsafe context = engine.context }

  mutating func append(_ handle: consuming Handle) { unsafe pointers.append(handle.release()) }

  consuming func release() -> [OpaquePointer?] {
    let released = unsafe pointers
    unsafe pointers = []
    return unsafe released
  }

  deinit {
    for index in unsafe pointers.indices { unsafe GEOSGeom_destroy_r(context, pointers[index]) }
  }
}
