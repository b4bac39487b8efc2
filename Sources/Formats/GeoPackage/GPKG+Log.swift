import GeoPackage
import Geometry
public import Survey

extension GPKG {
  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    let path = input.path
    var bytes = try bytes(&input)
    if let problem = input.problem { sink.add(problem) }
    var limit = ProblemLimit()
    func tell(_ problem: Problem) { if limit.allows(problem) { sink.add(problem) } }
    var counts = RecordCounts()
    do throws(GeoPackageError) {
      try GeoPackageFile.reading(&bytes) { (package) throws(GeoPackageError) in
        for table in package.tables {
          do throws(Problem) {
            let crs = try self.crs(of: table, options.crs)
            let rows = readTable(table, of: package, in: crs) { feature throws(Problem) in
              try add(feature, to: &sink)
            } problem: {
              tell($0)
            }
            counts.add(rows)
          } catch {
            // Its rows are counted all the same: they were there, and are not used.
            let rows = package.readRows(of: table) { _ in } problem: { _ in }
            counts.seen += rows.seen
            counts.add(aside: error.code, rows.seen)
            tell(error)
          }
        }
      }
    } catch { throw FileUnreadable(path, error) }
    sink.add(counts)
    for rest in limit.rest { sink.add(rest) }
    return (name, nil)
  }

  /// What a table is in: WGS 84 where it says so, or what the user declared for a table that says the same or nothing.
  private static func crs(of table: FeatureTable, _ declared: FileCRS?) throws(Problem) -> FileCRS {
    let name = "the table \"\(table.name.prefix(100))\""
    switch table.crs {
    case .code(let code):
      if let declared, declared.isNamed(code) { return declared }
      if code == "EPSG:4326" || code == "OGC:CRS84", declared == nil { return .wgs84 }
      throw Problem("gpkg.crs", line: 0, declared.map {
        "\(name) is in \(code), and was declared to be in \($0.name): find out which is right"
      } ?? "\(name) is in \(code): give --crs \(code), and nothing of it is lost")
    case .text, .undeclared:
      if let declared { return declared }
      throw Problem(
        "crs.undeclared", line: 0,
        "\(name) names no CRS by a code, and nothing is read as WGS 84 that does not say so: declare it with --crs")
    }
  }

  /// Throws where it is no part of a log.
  private static func add(_ feature: GeoFeature, to sink: inout some LogSink) throws(Problem) {
    switch feature.geometry {
    case .point(let position): sink.add(waypoint(position, feature))
    case .multiPoint(let positions): for position in positions { sink.add(waypoint(position, feature)) }
    case .line(let line): add([line], feature, to: &sink)
    case .multiLine(let lines): add(lines, feature, to: &sink)
    case .polygon, .multiPolygon, .collection, nil:
      throw Problem(
        "gpkg.not-a-log", line: feature.line,
        "row \(feature.line): a log consists of lines and points: give areas in survey.toml as files, not as logs")
    }
  }

  private static func add(_ lines: [[Geographic]], _ feature: GeoFeature, to sink: inout some LogSink) {
    sink.begin(
      track: TrackHeader(
        name: feature.properties["name"]?.text, kind: feature.properties["kind"] == "route" ? .route : .track))
    for line in lines {
      sink.beginSegment()
      for position in line { sink.add(Fix(position, line: feature.line)) }
    }
  }

  private static func waypoint(_ position: Geographic, _ feature: GeoFeature) -> Waypoint {
    var fix = Fix(position, line: feature.line)
    fix.time = feature.properties["time"]?.text.flatMap { text in
      let bytes = Array(text.utf8)
      return bytes.span.isoTime(0..<bytes.count)
    }
    return Waypoint(
      fix, name: feature.properties["name"]?.text,
      symbol: (feature.properties["sym"] ?? feature.properties["symbol"])?.text,
      comment: (feature.properties["cmt"] ?? feature.properties["desc"] ?? feature.properties["comment"])?.text)
  }
}
