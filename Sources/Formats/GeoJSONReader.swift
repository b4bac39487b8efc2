import Geometry
public import Survey

/// GeoJSON (RFC 7946) in files of any size.
public enum GeoJSON: Sendable {
  /// Hands on every feature of a file, in order: of a FeatureCollection, a Feature, a bare geometry, or a sequence of
  /// these, one after the other (RFC 8142). One feature is in memory at a time.
  ///
  /// What cannot be used becomes a problem with its line, and the others are used. A feature is handed on where its
  /// geometry is sound; problems with anything else in it are told besides. Where the JSON itself breaks off, the
  /// features before are used.
  ///
  /// Throws `geojson.crs` where the old `crs` member names anything but the CRS declared, or else WGS 84, longitude first.
  /// It may stand behind the features: whoever catches an error drops the features that were handed on before.
  public static func readFeatures(
    _ input: inout ByteSource, in crs: FileCRS? = nil, feature: (GeoFeature) -> Void, problem: (Problem) -> Void
  ) throws(FileUnreadable) {
    try read(&input, in: crs) { piece in
      switch piece {
      case .feature(let found): feature(found)
      case .problem(let found): problem(found)
      }
    }
  }

  /// Returns how many features there were, and of these what was set aside.
  @discardableResult
  static func read(
    _ input: inout ByteSource, in crs: FileCRS? = nil, found: (GeoPiece) -> Void
  ) throws(FileUnreadable) -> RecordCounts {
    if let decoder = TextDecoder.utf16(try input.head()) { input.decode(decoder) }
    var reader = GeoJSONReader(input, in: crs)
    var failure: FileUnreadable?
    do { try reader.read(found) } catch {
      switch error {
      case .unreadable(let error): failure = error
      case .syntax(let problem): found(.problem(problem))
      }
    }
    let counts = reader.counts
    input = reader.close()
    if let failure { throw failure }
    return counts
  }
}

/// The walk through a file: texts, in them objects, in these members in any order.
struct GeoJSONReader: ~Copyable {
  private var json: JSONReader
  /// Features, and of these what is set aside here.
  private(set) var counts = RecordCounts()
  private let declared: FileCRS?

  init(_ input: consuming ByteSource, in declared: FileCRS?) {
    json = JSONReader(input)
    self.declared = declared
  }

  consuming func close() -> ByteSource { json.close() }

  mutating func read(_ found: (GeoPiece) -> Void) throws(JSONFailure) {
    var texts = 0
    var (begin, end) = (0, 0)
    while true {
      do {
        begin = 0
        let token = try json.next()
        if token == .end { break }
        begin = json.line
        try text(token, found)
        end = json.line
        texts += 1
      } catch {
        guard case .syntax(let problem) = error else { throw error }
        // Where each line is a text of its own, the next line can be read all the same. One that lacks its end is
        // noticed in the line behind it, which is lost with it.
        let isLineOfMany = texts > 0 && json.line > end && (begin == 0 || json.line <= begin + 1)
        let lost =
          !isLineOfMany
          ? "; nothing behind it was read"
          : begin == json.line - 1 ? "; lines \(begin) and \(json.line) were not read" : ""
        found(.problem(Problem(problem.code, line: problem.line, problem.message + lost)))
        texts += 1
        guard isLineOfMany, try json.skipLine() else { break }
        end = json.line
      }
    }
    if texts == 0 { found(.problem(Problem("geojson.syntax", line: 0, "the file is empty"))) }
    if let problem = json.sourceProblem { found(.problem(problem)) }
  }

  private mutating func text(_ token: JSONToken, _ found: (GeoPiece) -> Void) throws(JSONFailure) {
    guard token == .beginObject else {
      try json.skip(token)
      counts.seen += 1
      counts.add(aside: "geojson.type")
      return found(.problem(Problem("geojson.type", line: json.line, "no GeoJSON: an object should be here")))
    }
    let root = try object(.root, found)
    if let crs = root.crs, !crs.isNamed(declared) {
      throw .unreadable(
        FileUnreadable(json.path, .refused, code: "geojson.crs", line: crs.line, crs.refusal(declared)))
    }
    if root.type == "FeatureCollection" {
      for remark in root.remarks { found(.problem(remark)) }
      if let fault = root.fault { found(.problem(fault)) }
      if !root.hasFeatures, root.fault == nil {
        found(.problem(Problem("geojson.type", line: root.line, "a FeatureCollection without features")))
      }
      return
    }
    if root.hasFeatures {
      found(
        .problem(
          Problem(
            "geojson.type", line: root.line,
            "an object with features should have the type \"FeatureCollection\": its features were used")))
      // Whatever else it is besides is handed on too.
      guard root.type == "Feature" || root.coordinates != nil || root.geometries != nil else { return }
    }
    if root.type == "Feature" {
      emit(root, found)
    } else {
      var feature = GeoJSONObject(line: root.line)
      feature.type = "Feature"
      feature.take(geometry: root, in: declared)
      emit(feature, found)
    }
  }

  private mutating func emit(_ object: GeoJSONObject, _ found: (GeoPiece) -> Void) {
    counts.seen += 1
    let place = object.id.map { "feature \(counts.seen) (id \($0.prefix(60)))" } ?? "feature \(counts.seen)"
    func tell(_ problem: Problem) {
      found(.problem(Problem(problem.code, line: problem.line, "\(place): \(problem.message)")))
    }
    for remark in object.remarks { tell(remark) }
    if object.type != "Feature" {
      counts.add(aside: "geojson.type")
      tell(Problem("geojson.type", line: object.line, "its type is not \"Feature\""))
    } else if let fault = object.fault {
      counts.add(aside: fault.code)
      tell(fault)
    } else {
      var feature = GeoFeature(
        id: object.id, geometry: object.geometry, properties: object.properties, line: object.line)
      feature.ordinal = counts.seen
      found(.feature(feature))
    }
  }

  private enum Level: Equatable {
    case root, feature
    /// How many collections it lies in.
    case geometry(Int)
  }
  private static let maxCollections = 16

  /// Reads the members of an object, its brace taken; the features of a root go straight out.
  private mutating func object(_ level: Level, _ found: (GeoPiece) -> Void) throws(JSONFailure) -> GeoJSONObject {
    var object = GeoJSONObject(line: json.line)
    json.sawBadText = false
    while try json.next() == .name {
      let name = json.takeText()
      if !object.isFirst(name) {
        object.remark("geojson.duplicate-member", json.line, "\"\(name)\" stands twice: the last was taken")
      }
      let token = try json.next()
      switch (name, level) {
      case ("type", _):
        object.type = token == .string ? json.takeText() : nil
        try json.skip(token)
      case ("crs", _):
        object.crs = OldCRS(try JSONValue(&json, token), line: json.line)
      case ("features", .root): try list(token, in: &object, found)
      case ("id", .root), ("id", .feature): try id(token, in: &object)
      case ("properties", .root), ("properties", .feature): try properties(token, in: &object)
      case ("geometry", .root), ("geometry", .feature):
        if token == .beginObject {
          object.take(geometry: try self.object(.geometry(0), found), in: declared)
        } else if token == .null {
          object.geometry = nil
        } else {
          try json.skip(token)
          object.fail("geojson.geometry", json.line, "its geometry is neither an object nor null")
        }
      case ("coordinates", .root), ("coordinates", .geometry): try coordinates(token, in: &object)
      case ("geometries", .root): try geometries(token, in: &object, depth: 0, found)
      case ("geometries", .geometry(let depth)): try geometries(token, in: &object, depth: depth, found)
      default: try json.skip(token)
      }
    }
    if json.sawBadText {
      object.remark("geojson.encoding", object.line, "text that is not UTF-8 was read with replacement characters")
      json.sawBadText = false
    }
    return object
  }

  private mutating func list(
    _ token: JSONToken, in object: inout GeoJSONObject, _ found: (GeoPiece) -> Void
  ) throws(JSONFailure) {
    guard token == .beginArray else {
      try json.skip(token)
      return object.fail("geojson.type", json.line, "\"features\" is not an array")
    }
    object.hasFeatures = true
    while true {
      let element = try json.next()
      if element == .endArray { return }
      if element == .beginObject {
        emit(try self.object(.feature, found), found)
      } else {
        counts.seen += 1
        counts.add(aside: "geojson.type")
        try json.skip(element)
        found(.problem(Problem("geojson.type", line: json.line, "feature \(counts.seen): it is not an object")))
      }
    }
  }

  private mutating func id(_ token: JSONToken, in object: inout GeoJSONObject) throws(JSONFailure) {
    switch token {
    case .string: object.id = json.takeText()
    case .number: object.id = json.integer.map(String.init) ?? json.number.description
    case .null: object.id = nil
    default:
      try json.skip(token)
      object.remark("geojson.id", json.line, "an id is text or a number: it was left out")
    }
  }

  private mutating func properties(_ token: JSONToken, in object: inout GeoJSONObject) throws(JSONFailure) {
    object.properties = [:]
    guard token == .beginObject else {
      try json.skip(token)
      if token != .null {
        object.remark("geojson.properties", json.line, "its properties are neither an object nor null: left out")
      }
      return
    }
    var budget = JSONValue.maxSize
    while try json.next() == .name {
      let name = json.takeText()
      let token = try json.next()
      let value = try JSONValue(&json, token, budget: &budget)
      budget -= 64 + name.utf8.count
      if budget < 0 {
        object.fail("geojson.too-large", json.line, "its properties take more than 64 MiB")
      } else if object.properties.updateValue(value, forKey: name) != nil {
        object.remark(
          "geojson.duplicate-member", json.line, "the property \"\(name.prefix(60))\" stands twice: the last was taken")
      }
    }
  }

  private mutating func coordinates(_ token: JSONToken, in object: inout GeoJSONObject) throws(JSONFailure) {
    guard token == .beginArray else {
      try json.skip(token)
      return object.fail("geojson.geometry", json.line, "its coordinates are not an array")
    }
    var coordinates = GeoJSONCoordinates(converter: declared?.converter)
    try coordinates.read(&json)
    object.coordinates = coordinates
  }

  private mutating func geometries(
    _ token: JSONToken, in object: inout GeoJSONObject, depth: Int, _ found: (GeoPiece) -> Void
  ) throws(JSONFailure) {
    guard token == .beginArray, depth < Self.maxCollections else {
      try json.skip(token)
      let what = depth < Self.maxCollections ? "\"geometries\" is not an array" : "collections are nested too deeply"
      return object.fail("geojson.geometry", json.line, what)
    }
    object.geometries = []
    while true {
      let element = try json.next()
      if element == .endArray { return }
      if element == .beginObject {
        object.add(member: try self.object(.geometry(depth + 1), found), in: declared)
      } else {
        try json.skip(element)
        object.fail("geojson.geometry", json.line, "a member of \"geometries\" is not an object")
      }
    }
  }
}
