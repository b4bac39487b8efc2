import Geometry
public import Survey

/// A CSV of ArcGIS Survey123: a point a row in the columns `x` and `y`, which are waypoints.
///
/// Its coordinates are in degrees on WGS 84 or in metres of Web Mercator, as the layer is, and the file does not say which:
/// where any number is no degree, the file is refused until its CRS is declared. Its records are rows.
public enum Survey123: LogFormat {
  public static let name = "Survey123 CSV"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    SubmissionTable(head: head).map { Columns($0.header) != nil } ?? false
  }

  struct Columns {
    let x, y: Int
    /// As the header has them.
    let names: [String]

    init?(_ header: [String]) {
      let names = header.map { $0.lowercased() }
      guard names.contains("globalid"), let x = names.firstIndex(of: "x"), let y = names.firstIndex(of: "y") else {
        return nil
      }
      (self.x, self.y, self.names) = (x, y, header)
    }

    func gnss(_ row: SheetRow) -> EsriGNSS {
      EsriGNSS(names.enumerated().map { (key: $1, value: .string(row[$0].text)) })
    }
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var table = try SubmissionTable.read(&input)
    guard let columns = Columns(table.header) else {
      throw FileUnreadable(input.path, .refused, code: "csv.columns", line: 1, "has no columns x, y and GlobalID")
    }
    var rows: [SheetRow] = []
    var counts = RecordCounts()
    // A quotation mark that is not closed swallows what comes behind it: that much is lost, and told.
    do { while let row = try table.next() { rows.append(row) } } catch {
      sink.add(Problem(error.code, line: error.line, "\(error.message); nothing behind it was read"))
      counts.seen += 1
      counts.add(aside: error.code)
    }
    if table.cutRow != nil, let problem = input.problem {
      counts.seen += 1
      counts.add(aside: problem.code)
    }
    if options.crs == nil { try checkDegrees(rows, columns, input.path) }
    counts.seen += rows.count
    for row in rows {
      do {
        sink.add(try waypoint(row, columns, options.crs, into: &sink))
        counts.used += 1
      } catch {
        sink.add(error)
        counts.add(aside: error.code)
      }
    }
    sink.add(counts)
    if let problem = input.problem { sink.add(problem) }
    return (name, nil)
  }

  /// All of them, before any is handed on.
  static func checkDegrees(_ rows: [SheetRow], _ columns: Columns, _ path: String) throws(FileUnreadable) {
    for row in rows {
      guard let x = GeoText.number(row[columns.x].text), let y = GeoText.number(row[columns.y].text),
        !Geographic(x, y).isOnEarth
      else { continue }
      var refusal = FileUnreadable(
        path, .refused, code: "crs.undeclared", line: row.line,
        "has x \(x), y \(y), which are no degrees: declare the CRS of the layer, such as EPSG:3857")
      refusal.pair = (x, y)
      throw refusal
    }
  }

  private static func waypoint(
    _ row: SheetRow, _ columns: Columns, _ crs: FileCRS?, into sink: inout some LogSink
  ) throws(Problem) -> Waypoint {
    let gnss = columns.gnss(row)
    var fix = Fix(try position(row, columns, crs), line: row.line)
    if let problem = gnss.describe(&fix) { sink.add(problem) }
    return Waypoint(fix, name: gnss.title)
  }

  static func position(_ row: SheetRow, _ columns: Columns, _ crs: FileCRS?) throws(Problem) -> Geographic {
    let texts = [row[columns.x].text, row[columns.y].text]
    guard let x = GeoText.number(texts[0]), let y = GeoText.number(texts[1]), x != 0 || y != 0 else {
      throw Problem(
        "csv.number", line: row.line,
        "x \"\(texts[0].prefix(40))\", y \"\(texts[1].prefix(40))\" are no position: the row is not used")
    }
    guard let crs else { return Geographic(x, y) }
    do { return try crs.converter.position(x, y) } catch {
      throw Problem(error.code, line: row.line, "\(error.message): the row is not used")
    }
  }
}
