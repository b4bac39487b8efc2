import Geometry
import Survey

/// Turns features into parts of a log, one after the other: knows which track and segment are open.
struct FeatureLog {
  /// What a format calls its problems.
  struct Codes {
    var notALog, time, quality, sigma: String

    static let geojson = Codes(
      notALog: "geojson.not-a-log", time: "geojson.time", quality: "geojson.quality", sigma: "geojson.sigma")
    static let gpkg = Codes(notALog: "gpkg.not-a-log", time: "gpkg.time", quality: "gpkg.quality", sigma: "gpkg.sigma")
  }

  private let codes: Codes
  var events = Events()
  /// Of the features that the reader handed on.
  private(set) var counts = RecordCounts()
  /// Whether any point came from a layer of ArcGIS.
  private(set) var isEsri = false
  private var isOpen = false
  private var track: JSONValue?
  private var segment: JSONValue?
  private var found = 0

  init(_ codes: Codes) { self.codes = codes }

  mutating func read(_ feature: GeoFeature) {
    let nowhere = events.atNullIsland
    found = 0
    if let geometry = feature.geometry { read(geometry, feature, isPart: false) } else { tellNotALog(feature) }
    if found > events.atNullIsland - nowhere {
      counts.used += 1
    } else if found > 0 {
      counts.add(aside: "coordinate.null-island")
    } else {
      counts.other += 1
    }
  }

  /// A part of a collection has no times of its own.
  private mutating func read(_ geometry: GeoGeometry, _ feature: GeoFeature, isPart: Bool) {
    let properties = feature.properties
    switch geometry {
    case .point(let position) where properties["track"] != nil && properties["segment"] != nil:
      begin(properties, isLine: false)
      let fix = fix(position, feature, time: properties["time"])
      events.add(fix)
      found += 1
    case .point(let position): add(waypoint: position, feature)
    case .multiPoint(let positions): for position in positions { add(waypoint: position, feature) }
    case .line(let line): read([line], times: isPart ? nil : times(properties).map { [$0] }, feature)
    case .multiLine(let lines):
      var lists: [JSONValue]?
      if !isPart, case .array(let elements) = times(properties) { lists = elements }
      read(lines, times: lists, feature)
    case .collection(let parts): for part in parts { read(part, feature, isPart: true) }
    case .polygon, .multiPolygon: tellNotALog(feature)
    }
  }

  private mutating func tellNotALog(_ feature: GeoFeature) {
    events.problem(
      codes.notALog, line: feature.line,
      "a log consists of lines and points: give areas in survey.toml as files, not as logs")
  }

  private mutating func add(waypoint position: Geographic, _ feature: GeoFeature) {
    let properties = feature.properties
    var fix = fix(position, feature, time: properties["time"])
    var name = properties["name"]?.text ?? feature.id
    if let gnss = EsriGNSS(properties: properties) {
      isEsri = true
      if let problem = gnss.describe(&fix) { events.add(.problem(problem)) }
      name = gnss.title ?? name
    }
    events.add(
      .waypoint(
        Waypoint(
          fix, name: name, symbol: (properties["sym"] ?? properties["symbol"])?.text,
          comment: (properties["cmt"] ?? properties["desc"] ?? properties["comment"])?.text)))
    found += 1
  }

  private mutating func read(_ lines: [[Geographic]], times: [JSONValue]?, _ feature: GeoFeature) {
    for (index, line) in lines.enumerated() {
      begin(feature.properties, isLine: index == 0, isNext: index > 0)
      var stamps: [JSONValue] = []
      if let times, index < times.count, case .array(let list) = times[index] { stamps = list }
      if times != nil, stamps.count != line.count {
        events.problem(
          codes.time, line: feature.line,
          "\(stamps.count) times for a line of \(line.count) positions: its times were left out")
        stamps = []
      }
      for (index, position) in line.enumerated() {
        let time = index < stamps.count ? stamps[index] : nil
        let fix = fix(position, feature, time: time)
        events.add(fix)
        found += 1
      }
    }
  }

  private func times(_ properties: [String: JSONValue]) -> JSONValue? {
    if let times = properties["coordTimes"] { return times }
    if case .object(let lists) = properties["coordinateProperties"] { return lists["times"] }
    return nil
  }

  /// Begins what differs from what is open: a line always begins a segment, a point only where it says another.
  private mutating func begin(_ properties: [String: JSONValue], isLine: Bool, isNext: Bool = false) {
    let (track, segment) = (properties["track"], properties["segment"])
    let isSameTrack = isOpen && (isNext || track != nil && track == self.track)
    if !isSameTrack {
      let name = track?.text ?? properties["name"]?.text
      events.add(.track(TrackHeader(name: name, kind: properties["kind"] == "route" ? .route : .track)))
    }
    if !isSameTrack || isLine || isNext || segment != self.segment { events.add(.segment) }
    (isOpen, self.track, self.segment) = (true, track, segment)
  }

  private mutating func fix(_ position: Geographic, _ feature: GeoFeature, time: JSONValue?) -> Fix {
    var fix = Fix(position, line: feature.line)
    if let time, time != .null {
      fix.time = time.text.flatMap { text in
        let bytes = Array(text.utf8)
        return bytes.span.isoTime(0..<bytes.count)
      }
      if fix.time == nil {
        events.problem(codes.time, line: feature.line, "a time that is not written by ISO 8601 was left out")
      }
    }
    if let quality = feature.properties["quality"], quality != .null {
      if let known = quality.text.flatMap(FixQuality.init(name:)) {
        fix.quality = known
      } else {
        events.problem(codes.quality, line: feature.line, "a quality that is not known: taken as unknown")
      }
    }
    if let sigma = feature.properties["sigma_m"], sigma != .null {
      if let metres = sigma.double, metres > 0 {
        fix.sigma = metres
      } else {
        events.problem(codes.sigma, line: feature.line, "a sigma_m that is no number of metres was left out")
      }
    }
    return fix
  }
}
