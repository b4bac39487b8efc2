import GeoPackage
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
    var log = FeatureLog(.gpkg)
    do throws(GeoPackageError) {
      try GeoPackageFile.reading(&bytes) { (package) throws(GeoPackageError) in
        for table in package.tables {
          do throws(Problem) {
            let crs = try self.crs(of: table, options.crs)
            let rows = readTable(table, of: package, in: crs) { feature throws(Problem) in
              try add(feature, &log, to: &sink)
            } problem: {
              tell($0)
            }
            counts.add(rows)
          } catch {
            // Its rows are counted all the same: they were there, and are not used.
            let rows = package.readRows(of: table) { _ in
            } problem: { _ in
            }
            counts.seen += rows.seen
            counts.add(aside: error.code, rows.seen)
            tell(error)
          }
        }
      }
    } catch { throw FileUnreadable(path, error) }
    log.events.drain(into: &sink)
    sink.add(counts)
    for rest in limit.rest { sink.add(rest) }
    return (name, nil)
  }

  /// What a table is in: what whoever loads the file has found for all of it, or WGS 84 where the table says so.
  private static func crs(of table: FeatureTable, _ found: FileCRS?) throws(Problem) -> FileCRS {
    if let found { return found }
    let name = "the table \"\(table.name.prefix(100))\""
    guard case .code(let code) = table.crs else {
      throw Problem(
        "crs.undeclared", line: 0,
        "\(name) names no CRS by a code, and nothing is read as WGS 84 that does not say so: declare it with --crs")
    }
    guard code == "EPSG:4326" else {
      throw Problem("gpkg.crs", line: 0, "\(name) is in \(code), and nothing carries it over: declare it with --crs")
    }
    return .wgs84
  }

  /// Throws where it is no part of a log.
  private static func add(
    _ feature: GeoFeature, _ log: inout FeatureLog, to sink: inout some LogSink
  ) throws(Problem) {
    switch feature.geometry {
    case .polygon, .multiPolygon, .collection, nil:
      throw Problem(
        "gpkg.not-a-log", line: feature.line,
        "row \(feature.line): a log consists of lines and points: give areas in survey.toml as files, not as logs")
    case .point, .multiPoint, .line, .multiLine:
      log.read(feature)
      if log.events.isFull { log.events.drain(into: &sink) }
    }
  }
}
