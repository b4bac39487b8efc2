import Survey

/// What is known of a GeoJSON object while its members, in whatever order, are being read.
struct GeoJSONObject {
  let line: Int
  var type: String?
  var id: String?
  var properties: [String: JSONValue] = [:]
  var geometry: GeoGeometry?
  var coordinates: GeoJSONCoordinates?
  var geometries: [GeoGeometry]?
  var hasFeatures = false
  var crs: OldCRS?
  /// Why it cannot be used; the first reason counts.
  private(set) var fault: Problem?
  /// What was mended or left out.
  private(set) var remarks: [Problem] = []
  private var seen: UInt8 = 0

  init(line: Int) { self.line = line }

  mutating func fail(_ code: String, _ line: Int, _ message: String) {
    if fault == nil { fault = Problem(code, line: line, message) }
  }

  /// The first few are enough to find the place; a hostile file would repeat them without end.
  mutating func remark(_ code: String, _ line: Int, _ message: String) { remark(Problem(code, line: line, message)) }
  private mutating func remark(_ problem: Problem) {
    if remarks.count < 10 { remarks.append(problem) }
  }

  /// Notes that a member of this name has come; false for one that RFC 7946 knows and that was there before.
  mutating func isFirst(_ name: String) -> Bool {
    let bit: UInt8 =
      switch name {
      case "type": 1
      case "id": 2
      case "properties": 4
      case "geometry": 8
      case "coordinates": 16
      case "geometries": 32
      case "features": 64
      case "crs": 128
      default: 0
      }
    defer { seen |= bit }
    return seen & bit == 0
  }

  /// Takes over what a geometry object turned out to be.
  mutating func take(geometry object: GeoJSONObject, in declared: FileCRS?) {
    geometry = built(object, declared)
  }

  /// Takes a member of a GeometryCollection; one without coordinates adds nothing.
  mutating func add(member object: GeoJSONObject, in declared: FileCRS?) {
    if let member = built(object, declared) { geometries?.append(member) }
  }

  private mutating func built(_ object: GeoJSONObject, _ declared: FileCRS?) -> GeoGeometry? {
    for remark in object.remarks { self.remark(remark) }
    if let problem = object.fault {
      fail(problem.code, problem.line, problem.message)
      return nil
    }
    if let crs = object.crs, !crs.isNamed(declared) {
      fail("geojson.crs", crs.line, crs.refusal(declared))
      return nil
    }
    guard let type = object.type else {
      fail("geojson.type", object.line, "an object without a type")
      return nil
    }
    if type == "GeometryCollection" {
      if let members = object.geometries { return .collection(members) }
      fail("geojson.geometry", object.line, "a GeometryCollection without geometries")
      return nil
    }
    guard let coordinates = object.coordinates else {
      let isGeometry = GeoJSONCoordinates.depths[type] != nil
      fail(
        isGeometry ? "geojson.geometry" : "geojson.type", object.line,
        isGeometry
          ? "a \(type) without coordinates" : "\"\(type.prefix(40))\" is no type of RFC 7946 that can stand here")
      return nil
    }
    do {
      return try coordinates.geometry(type, line: object.line) { remark($0) }
    } catch {
      fail(error.code, error.line, error.message)
      return nil
    }
  }
}

/// The `crs` member of GeoJSON 2008, which RFC 7946 took away and programs still write.
struct OldCRS {
  /// As the file has it.
  let name: String
  let line: Int

  init(_ value: JSONValue, line: Int) {
    self.line = line
    name =
      if case .object(let crs) = value, crs["type"]?.text == "name", case .object(let properties)? = crs["properties"],
        let name = properties["name"]?.text
      { String(name.prefix(100)) } else { "an unnamed coordinate system" }
  }

  /// Whether it is what was declared for the file, or WGS 84 where nothing was.
  func isNamed(_ declared: FileCRS?) -> Bool { declared?.isNamed(name) ?? isWGS84 }

  func refusal(_ declared: FileCRS?) -> String {
    declared.map {
      "the file says that it is in \(name), and was declared to be in \($0.name): find out which is right"
    }
      ?? "the file says that it is in \(name), and nothing else is read as WGS 84: declare it with `crs`"
  }

  /// Whether it is WGS 84 as RFC 7946 means it. EPSG:4326 is taken so too: programs that write it in GeoJSON mean
  /// longitude first all the same.
  var isWGS84: Bool {
    let words = name.lowercased().split { $0 == ":" || $0 == "/" }
    guard let code = words.last else { return false }
    return code == "crs84" && (words.count == 1 || words.contains("ogc")) || code == "4326" && words.contains("epsg")
  }
}
