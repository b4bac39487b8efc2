import Geometry
import Survey

/// One feature of Esri's JSON, before it is known which CRS its numbers are in.
struct EsriFeature {
  let line: Int
  let gnss: EsriGNSS
  let paths: [[(x: Double, y: Double)]]
  let isLine: Bool

  var positions: [(first: Double, second: Double)] { paths.lazy.joined().map { (first: $0.x, second: $0.y) } }

  /// Hands it on whole, or sets it aside whole.
  func add(to events: inout Events, in crs: FileCRS?, counting counts: inout RecordCounts) {
    var placed: [[Geographic]] = []
    do {
      for path in paths {
        var line: [Geographic] = []
        for pair in path { line.append(try place(pair, crs)) }
        placed.append(line)
      }
    } catch {
      counts.add(aside: error.code)
      return events.add(.problem(error))
    }
    counts.used += 1
    guard isLine else {
      for position in placed.joined() {
        var fix = Fix(position, line: line)
        if let problem = gnss.describe(&fix) { events.add(.problem(problem)) }
        events.add(.waypoint(Waypoint(fix, name: gnss.title)))
      }
      return
    }
    events.add(.track(TrackHeader(name: gnss.title)))
    for path in placed {
      events.add(.segment)
      for position in path { events.add(Fix(position, line: line)) }
    }
  }

  private func place(_ pair: (x: Double, y: Double), _ crs: FileCRS?) throws(Problem) -> Geographic {
    var position = Geographic(pair.x, pair.y)
    if let crs {
      do { position = try crs.converter.position(pair.x, pair.y) } catch {
        throw Problem(error.code, line: line, "\(error.message): the feature is not used")
      }
    }
    guard GeoText.isPlace(position) else {
      throw Problem("esri.geometry", line: line, "x \(pair.x), y \(pair.y) is no position: the feature is not used")
    }
    return position
  }
}

/// The walk through a feature set, its members in any order; at most 64 MiB of features are kept.
struct EsriJSONReader: ~Copyable {
  var json: JSONReader
  private(set) var features: [EsriFeature] = []
  private(set) var problems: [Problem] = []
  private(set) var counts = RecordCounts()
  /// The newest number that the file gives for its CRS.
  private(set) var reference: Int?
  private var budget = JSONValue.maxSize
  private var isInFeature = false

  init(json: consuming JSONReader) { self.json = json }

  consuming func close() -> ByteSource { json.close() }

  mutating func read() throws(JSONFailure) {
    guard try json.next() == .beginObject else { return }
    while try json.next() == .name {
      let name = json.takeText()
      let token = try json.next()
      switch (name, token) {
      case ("features", .beginArray): try list()
      case ("spatialReference", .beginObject): reference = Self.code(try JSONValue(&json, token))
      default: try json.skip(token)
      }
    }
  }

  /// The JSON ends or is damaged; the feature at hand is lost.
  mutating func breakOff(_ problem: Problem) {
    if isInFeature {
      counts.seen += 1
      counts.add(aside: "esri.json")
    }
    problems.append(Problem("esri.json", line: problem.line, "\(problem.message); nothing behind it was read"))
  }

  private static func code(_ value: JSONValue) -> Int? {
    guard case .object(let members) = value else { return nil }
    for name in ["latestWkid", "wkid"] { if case .int(let code)? = members[name] { return code } }
    return nil
  }

  private mutating func list() throws(JSONFailure) {
    while true {
      let token = try json.next()
      if token == .endArray { return }
      let line = json.line
      isInFeature = true
      let value = try JSONValue(&json, token, budget: &budget)
      isInFeature = false
      counts.seen += 1
      if budget < 0 {
        setAside("esri.too-large", line, "features of more than 64 MiB: this one is not used")
        budget = 0
      } else {
        take(value, line)
      }
    }
  }

  private mutating func take(_ value: JSONValue, _ line: Int) {
    guard case .object(let feature) = value else {
      return setAside("esri.geometry", line, "a feature that is no object: it is not used")
    }
    if case .object(let geometry)? = feature["geometry"], let own = geometry["spatialReference"], reference == nil {
      reference = Self.code(own)
    }
    guard let (paths, isLine) = Self.paths(feature["geometry"]) else {
      return setAside(
        "esri.geometry", line, "its geometry is no point and no line with numbers: the feature is not used")
    }
    var attributes: [(key: String, value: JSONValue)] = []
    if case .object(let object)? = feature["attributes"] { attributes = object.members.map { ($0.name, $0.value) } }
    features.append(EsriFeature(line: line, gnss: EsriGNSS(attributes), paths: paths, isLine: isLine))
  }

  private mutating func setAside(_ code: String, _ line: Int, _ message: String) {
    counts.add(aside: code)
    if counts.aside[code, default: 0] <= ProblemLimit.most { problems.append(Problem(code, line: line, message)) }
  }

  /// `nil` where there is no point and no line, or any number of it is none.
  private static func paths(_ geometry: JSONValue?) -> (paths: [[(x: Double, y: Double)]], isLine: Bool)? {
    guard case .object(let geometry)? = geometry else { return nil }
    if let x = geometry["x"]?.double, let y = geometry["y"]?.double { return ([[(x, y)]], false) }
    guard case .array(let paths)? = geometry["paths"], !paths.isEmpty else { return nil }
    var lines: [[(x: Double, y: Double)]] = []
    for case .array(let path) in paths {
      let pairs = path.compactMap { value -> (x: Double, y: Double)? in
        guard case .array(let numbers) = value, numbers.count >= 2, let x = numbers[0].double,
          let y = numbers[1].double
        else { return nil }
        return (x, y)
      }
      guard pairs.count == path.count, !pairs.isEmpty else { return nil }
      lines.append(pairs)
    }
    return lines.count == paths.count ? (lines, true) : nil
  }
}
