import Geometry
public import Survey

/// A feature set in Esri's own JSON (`f=json`), as ArcGIS gives points and lines of a layer: attributes and geometry.
///
/// Points are waypoints with what `EsriGNSS` says of them; the paths of lines are tracks without times. The coordinates
/// are taken where the file says WGS 84 (wkid 4326), or where their CRS is declared and the file says no other. Its
/// records are features.
public enum EsriJSON: LogFormat {
  public static let name = "Esri JSON"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard head[start...].first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
    let text = String(decoding: head, as: UTF8.self)
    if text.contains("\"FeatureCollection\"") { return false }
    return text.contains("\"esriGeometry") || text.contains("\"attributes\"") && text.contains("\"features\"")
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    let path = input.path
    var reader = EsriJSONReader(json: JSONReader(consume input))
    var failure: FileUnreadable?
    do { try reader.read() } catch {
      switch error {
      case .unreadable(let error): failure = error
      case .syntax(let problem): reader.breakOff(problem)
      }
    }
    let (features, problems, reference, counted) = (reader.features, reader.problems, reader.reference, reader.counts)
    input = reader.close()
    if let failure { throw failure }
    try check(reference, features, options.crs, path)
    var (events, counts) = (Events(), counted)
    for problem in problems { events.add(.problem(problem)) }
    for feature in features {
      feature.add(to: &events, in: options.crs, counting: &counts)
      if events.isFull { events.drain(into: &sink) }
    }
    events.drain(into: &sink)
    sink.add(counts)
    if let problem = input.problem { sink.add(problem) }
    return (name, nil)
  }

  /// Before anything is handed on: numbers of an unknown CRS are not positions.
  private static func check(
    _ reference: Int?, _ features: [EsriFeature], _ declared: FileCRS?, _ path: String
  ) throws(FileUnreadable) {
    // Esri's number for Web Mercator, and EPSG's.
    let code = reference == 102_100 || reference == 102_113 ? 3857 : reference
    if let declared {
      guard let code, !declared.isNamed("EPSG:\(code)"), declared.name.lowercased().hasPrefix("epsg:") else { return }
      throw FileUnreadable(
        path, .refused, code: "geojson.crs",
        "the file says that it is in EPSG:\(code), and was declared to be in \(declared.name): find out which is right")
    }
    guard code != 4326, let pair = features.lazy.compactMap({ $0.positions.first }).first else { return }
    var refusal = FileUnreadable(
      path, .refused, code: "crs.undeclared", line: features.first?.line ?? 0,
      code.map { "says that it is in EPSG:\($0), not in degrees on WGS 84: declare it with --crs EPSG:\($0)" }
        ?? "does not say which CRS it is in: declare it, such as --crs EPSG:4326")
    refusal.pair = pair
    throw refusal
  }
}
