import CPROJ
public import Geometry
import Synchronization

/// A coordinate reference system as PROJ's copy of the EPSG registry describes it.
///
///     let zone7 = try ReferenceSystem("EPSG:6316")
///     zone7.name           // "MGI 1901 / Balkans zone 7"
///
/// Coordinates in it are always given and taken east (or longitude) first, whatever the definition says; `isNorthFirst`
/// tells that the definition says otherwise, which is where sheets and other programs get it wrong.
public struct ReferenceSystem: Hashable, Sendable {
  /// What it was made from: a code, or WKT.
  public let definition: String
  /// Such as `EPSG:6316`; `nil` for a CRS of the user's own.
  public let code: String?
  public let name: String
  /// Degrees, not metres.
  public let isGeographic: Bool
  /// The geographic CRS at its base, such as `EPSG:3906`: CRSs with the same one differ by a map projection only.
  public let base: String?
  public let baseName: String
  public let isNorthFirst: Bool
  /// Metres in the unit of its axes; 1 for most grids, and without a meaning where they are degrees.
  public let metresPerUnit: Double
  /// Deprecated by its authority, and what stands in its place.
  public let isDeprecated: Bool
  public let successors: [Successor]
  /// Where it is meant to be used, in degrees; the west may be larger than the east, across the antimeridian.
  public let areaOfUse: Box<Geographic>?
  public let areaName: String

  public struct Successor: Hashable, Sendable {
    public let code, name: String
    public let isNorthFirst: Bool
  }

  /// WGS 84, longitude first: what everything is carried to.
  public static let wgs84 = "EPSG:4326"

  /// Takes `EPSG:6316`, its URN or URL, WKT, or a CRS's full name in the registry.
  ///
  /// Throws `crs.unknown` for what PROJ does not know, `crs.database` where it knows nothing, `crs.proj-string` for PROJ.4 strings (those of the Balkans carry the
  /// shift of one operation, 9 m off the best), `crs.kind` for what is neither geographic nor projected.
  public init(_ text: String) throws(ProjectionError) {
    if let known = known.withLock({ $0[text] }) {
      self = known
      return
    }
    let engine = try Engine.open()
    let shown = String(text.prefix(64))
    guard let crs = try Self.find(text, shown, engine) else {
      guard unsafe proj_context_get_database_path(engine.context) != nil else {
        throw ProjectionError(
          "crs.database", operation: shown,
          reason: "PROJ does not find its database proj.db; if PROJ_DATA is set, /usr/share/proj must be in it too")
      }
      throw ProjectionError(
        "crs.unknown", operation: shown, reason: "there is no such CRS; name it by its code, such as EPSG:6316")
    }
    let described = try ReferenceSystem(describing: crs, definition: text, shown, engine)
    known.withLock { known in
      if known.count >= 64 { known.removeAll() }
      known[text] = described
    }
    self = described
  }

  private init(
    describing crs: borrowing Handle, definition: String, _ shown: String, _ engine: borrowing Engine
  ) throws(ProjectionError) {
    let context = unsafe engine.context
    let kind = unsafe proj_get_type(crs.pointer)
    switch kind {
    case PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_GEOGRAPHIC_3D_CRS, PJ_TYPE_PROJECTED_CRS: break
    case PJ_TYPE_BOUND_CRS:
      throw ProjectionError(
        "crs.kind", operation: shown,
        reason: "carries a datum shift of its own, of unknown accuracy: name the CRS by its code")
    default:
      throw ProjectionError("crs.kind", operation: shown, reason: "is neither a geographic nor a projected CRS")
    }
    isGeographic = kind != PJ_TYPE_PROJECTED_CRS
    self.definition = definition
    code = unsafe identity(of: crs.pointer)
    name = unsafe text(proj_get_name(crs.pointer))
    guard let geodetic = unsafe Handle.of(proj_crs_get_geodetic_crs(context, crs.pointer)) else {
      throw engine.failure(shown)
    }
    (base, baseName) = unsafe (identity(of: geodetic.pointer), text(proj_get_name(geodetic.pointer)))
    guard let isNorthFirst = unsafe Projection.isNorthFirst(crs.pointer, context) else {
      throw ProjectionError(
        "crs.kind", operation: shown, reason: "has axes that do not point east and north; Razmin does not use it")
    }
    self.isNorthFirst = isNorthFirst
    metresPerUnit = isGeographic ? 1 : unsafe axisUnit(crs.pointer, context)
    isDeprecated = unsafe proj_is_deprecated(crs.pointer) != 0
    successors = isDeprecated ? unsafe Self.successors(of: crs.pointer, context) : []
    (areaOfUse, areaName) = unsafe area(of: crs.pointer, context)
  }

  private static func find(
    _ text: String, _ shown: String, _ engine: borrowing Engine
  ) throws(ProjectionError) -> Handle? {
    guard !text.isEmpty, text.utf8.count <= 64 << 10, !text.utf8.contains(0) else { return nil }
    if text.contains("+") && (text.contains("proj=") || text.contains("init=")) {
      throw ProjectionError(
        "crs.proj-string", operation: shown,
        reason:
          "PROJ strings are not taken: they hide which datum operation is meant; name the CRS by its code, or WKT2")
    }
    if text.contains(":") || text.contains("[") {
      // A code of another authority's operation or ellipsoid is no CRS: the type is looked at later.
      return unsafe Handle.of(proj_create(engine.context, text))
    }
    // By name: exactly, and only where one CRS that is still in force has it.
    let kinds = [PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_PROJECTED_CRS]
    let found = unsafe kinds.withUnsafeBufferPointer { kinds in
      unsafe proj_create_from_name(engine.context, nil, text, kinds.baseAddress, kinds.count, 0, 0, nil)
    }
    guard let list = unsafe found else { return nil }
    defer { unsafe proj_list_destroy(list) }
    let wanted = text.lowercased()
    let matches = (0..<(unsafe proj_list_get_count(list))).filter { index in
      guard let item = unsafe Handle.of(proj_list_get(engine.context, list, index)) else { return false }
      return unsafe Projection.text(proj_get_name(item.pointer)).lowercased() == wanted
    }
    guard matches.count < 2 else {
      throw ProjectionError(
        "crs.unknown", operation: shown, reason: "several CRSs have this name; name it by its code, such as EPSG:6316")
    }
    guard let index = matches.first else { return nil }
    return unsafe Handle.of(proj_list_get(engine.context, list, index))
  }

  private static func successors(of crs: OpaquePointer, _ context: OpaquePointer) -> [Successor] {
    guard let list = unsafe proj_get_non_deprecated(context, crs) else { return [] }
    defer { unsafe proj_list_destroy(list) }
    return (0..<(unsafe proj_list_get_count(list))).compactMap { index in
      guard let item = unsafe Handle.of(proj_list_get(context, list, index)),
        let code = unsafe identity(of: item.pointer)
      else { return nil }
      let isNorthFirst = unsafe Projection.isNorthFirst(item.pointer, context) ?? false
      return unsafe Successor(
        code: code, name: Projection.text(proj_get_name(item.pointer)), isNorthFirst: isNorthFirst)
    }
  }
}

/// What was described before: PROJ opens its database for each, which takes a millisecond.
private let known = Mutex<[String: ReferenceSystem]>([:])

/// `nil` where the first two axes are not east and north in either order.
private func isNorthFirst(_ crs: OpaquePointer, _ context: OpaquePointer) -> Bool? {
  guard let system = unsafe Handle.of(proj_crs_get_coordinate_system(context, crs)) else { return nil }
  var directions: [String] = []
  for axis in Int32(0)..<2 {
    var direction: UnsafePointer<CChar>?
    let found = unsafe proj_cs_get_axis_info(
      context, system.pointer, axis, nil, nil, &direction, nil, nil, nil, nil)
    guard found != 0 else { return nil }
    directions.append(unsafe text(direction))
  }
  switch directions {
  case ["east", "north"]: return false
  case ["north", "east"]: return true
  default: return nil
  }
}

/// Metres in the unit of the first axis.
private func axisUnit(_ crs: OpaquePointer, _ context: OpaquePointer) -> Double {
  guard let system = unsafe Handle.of(proj_crs_get_coordinate_system(context, crs)) else { return 1 }
  var factor = 1.0
  let found = unsafe proj_cs_get_axis_info(context, system.pointer, 0, nil, nil, nil, &factor, nil, nil, nil)
  return found != 0 && factor > 0 ? factor : 1
}

/// Where an object is meant to be used.
func area(of object: OpaquePointer, _ context: OpaquePointer) -> (Box<Geographic>?, String) {
  var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
  var name: UnsafePointer<CChar>?
  let found = unsafe proj_get_area_of_use(context, object, &west, &south, &east, &north, &name)
  // -1000 is PROJ's "unknown".
  guard found != 0, west > -999 else { return (nil, "") }
  var box = Box<Geographic>()
  (box.minX, box.minY, box.maxX, box.maxY) = (west, south, east, north)
  return unsafe (box, text(name))
}
