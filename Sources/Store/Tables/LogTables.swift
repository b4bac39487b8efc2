import GeoPackage

/// The tables of logs: raw, as they were read, whatever a survey makes of them. An import only ever adds to them.
enum LogTables {
  private typealias Column = GeoPackageLayer.Column

  /// A row for each log that was read, by its bytes.
  static let logs = ListedTable(
    "logs", "Every log that was read, once", nil,
    columns: [
      Column("sha256", .text), Column("path", .text), Column("format", .text), Column("creator", .text),
      Column("crs", .text), Column("bytes", .integer), Column("fixes", .integer), Column("waypoints", .integer),
      Column("problems", .integer), Column("first_time", .dateTime), Column("last_time", .dateTime),
    ], style: nil)

  /// Fixes in chunks, in the order of the log.
  static let fixes = ListedTable(
    "fixes", "Every fix of every log, packed; docs/store.md says how", nil,
    columns: [
      Column("log", .integer), Column("chunk", .integer), Column("count", .integer), Column("sha256", .text),
      Column("packed", .blob),
    ], style: nil)

  /// For the eye.
  static let tracks = ListedTable(
    "tracks", "Where the bearer of each log went, as it was read", .multiLine,
    columns: [
      Column("log", .integer), Column("path", .text), Column("number", .integer), Column("kind", .text),
      Column("name", .text), Column("fixes", .integer),
    ], style: LayerStyle(.all(.init(fill: "#1D3557", opacity: 1, stroke: "#1D3557"))))

  static let waypoints = ListedTable(
    "waypoints", "Named places of the logs", .point,
    columns: [
      Column("log", .integer), Column("path", .text), Column("name", .text), Column("symbol", .text),
      Column("comment", .text), Column("time", .dateTime), Column("quality", .text), Column("sigma_m", .real),
      Column("ele_m", .real), Column("line", .integer),
    ], style: LayerStyle(.all(.init(fill: "#FFFFFF", opacity: 1, stroke: "#1D3557"))))

  static let all = [logs, fixes, tracks, waypoints]
}
