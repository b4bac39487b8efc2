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
  private var isOpen = false
  private var track: JSONValue?
  private var segment: JSONValue?

  init(_ codes: Codes) { self.codes = codes }

  mutating func read(_ feature: GeoFeature, into sink: inout some LogSink) {
    let properties = feature.properties
    switch feature.geometry {
    case .point(let position) where properties["track"] != nil && properties["segment"] != nil:
      begin(properties, isLine: false, into: &sink)
      sink.add(fix(position, feature, time: properties["time"], into: &sink))
    case .point(let position):
      sink.add(
        Waypoint(
          fix(position, feature, time: properties["time"], into: &sink), name: properties["name"]?.text ?? feature.id,
          symbol: (properties["sym"] ?? properties["symbol"])?.text,
          comment: (properties["cmt"] ?? properties["desc"] ?? properties["comment"])?.text))
    case .line(let line): read([line], times: times(properties).map { [$0] }, feature, into: &sink)
    case .multiLine(let lines):
      var lists: [JSONValue]?
      if case .array(let elements) = times(properties) { lists = elements }
      read(lines, times: lists, feature, into: &sink)
    case .polygon, .multiPolygon, .multiPoint, .collection, nil:
      sink.add(
        Problem(
          codes.notALog, line: feature.line,
          "a log consists of lines and points: give areas in survey.toml as files, not as logs"))
    }
  }

  private mutating func read(
    _ lines: [[Geographic]], times: [JSONValue]?, _ feature: GeoFeature, into sink: inout some LogSink
  ) {
    for (index, line) in lines.enumerated() {
      begin(feature.properties, isLine: index == 0, isNext: index > 0, into: &sink)
      var stamps: [JSONValue] = []
      if let times, index < times.count, case .array(let list) = times[index] { stamps = list }
      if times != nil, stamps.count != line.count {
        sink.add(
          Problem(
            codes.time, line: feature.line,
            "\(stamps.count) times for a line of \(line.count) positions: its times were left out"))
        stamps = []
      }
      for (index, position) in line.enumerated() {
        sink.add(fix(position, feature, time: index < stamps.count ? stamps[index] : nil, into: &sink))
      }
    }
  }

  private func times(_ properties: [String: JSONValue]) -> JSONValue? {
    if let times = properties["coordTimes"] { return times }
    if case .object(let lists) = properties["coordinateProperties"] { return lists["times"] }
    return nil
  }

  /// Begins what differs from what is open: a line always begins a segment, a point only where it says another.
  private mutating func begin(
    _ properties: [String: JSONValue], isLine: Bool, isNext: Bool = false, into sink: inout some LogSink
  ) {
    let (track, segment) = (properties["track"], properties["segment"])
    let isSameTrack = isOpen && (isNext || track != nil && track == self.track)
    if !isSameTrack {
      let name = track?.text ?? properties["name"]?.text
      sink.begin(track: TrackHeader(name: name, kind: properties["kind"] == "route" ? .route : .track))
    }
    if !isSameTrack || isLine || isNext || segment != self.segment { sink.beginSegment() }
    (isOpen, self.track, self.segment) = (true, track, segment)
  }

  private func fix(
    _ position: Geographic, _ feature: GeoFeature, time: JSONValue?, into sink: inout some LogSink
  ) -> Fix {
    var fix = Fix(position, line: feature.line)
    if let time, time != .null {
      fix.time = time.text.flatMap { text in
        let bytes = Array(text.utf8)
        return bytes.span.isoTime(0..<bytes.count)
      }
      if fix.time == nil {
        sink.add(Problem(codes.time, line: feature.line, "a time that is not written by ISO 8601 was left out"))
      }
    }
    if let quality = feature.properties["quality"], quality != .null {
      if let known = quality.text.flatMap(FixQuality.init(name:)) {
        fix.quality = known
      } else {
        sink.add(Problem(codes.quality, line: feature.line, "a quality that is not known: taken as unknown"))
      }
    }
    if let sigma = feature.properties["sigma_m"], sigma != .null {
      if let metres = sigma.double, metres > 0 {
        fix.sigma = metres
      } else {
        sink.add(Problem(codes.sigma, line: feature.line, "a sigma_m that is no number of metres was left out"))
      }
    }
    return fix
  }
}
