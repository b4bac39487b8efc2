import Geometry
public import Survey

/// A log as GeoJSON: what other programs convert tracks to, and what `razmin import` writes.
///
/// Lines are segments; consecutive ones with the same `track` property are one track. Their times are taken from
/// `coordTimes`, or `coordinateProperties.times`, one for each position. A point with `track` and `segment` is a fix
/// of `razmin import --points`; every other point is a waypoint, also of ArcGIS, with what its fields say of its
/// measurement. Heights are not taken over. Everything else, such as a polygon, is no log and becomes a problem.
///
/// Its records are features: all of one is used, or nothing.
public enum GeoJSONLog: LogFormat {
  public static let name = "GeoJSON"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard head[start...].first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
    let text = String(decoding: head.prefix(65_536), as: UTF8.self)
    return ["\"type\"", "\"features\"", "\"geometry\"", "\"coordinates\""].contains { text.contains($0) }
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var state = FeatureLog(.geojson)
    let seen = try GeoJSON.read(&input, in: options.crs) { piece in
      switch piece {
      case .feature(let feature): state.read(feature)
      case .problem(let problem): state.events.add(.problem(problem))
      }
      if state.events.isFull { state.events.drain(into: &sink) }
    }
    state.events.drain(into: &sink)
    sink.add(seen + state.counts)
    return (state.isEsri ? "Survey123 GeoJSON" : name, nil)
  }
}
