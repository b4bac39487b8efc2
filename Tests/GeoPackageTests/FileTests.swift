import Foundation
import GRDB
import Testing

@testable import GeoPackage

/// A folder of a test, gone with it.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/razmin-gpkg-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)"))) }
}

/// What was read of every table of a file.
struct Found: Equatable {
  var tables: [FeatureTable] = []
  var rows: [[FeatureRow]] = []
  var codes: [[String]] = []
  var counts: [RowCounts] = []

  init(_ bytes: [UInt8]) throws(GeoPackageError) {
    var bytes = bytes
    self = try GeoPackageFile.reading(&bytes) { (file) throws(GeoPackageError) in
      var found = Found()
      found.tables = file.tables
      for table in file.tables {
        var (rows, codes): ([FeatureRow], [String]) = ([], [])
        found.counts.append(
          file.readRows(of: table) {
            rows.append($0)
          } problem: {
            codes.append($0.code)
          })
        found.rows.append(rows)
        found.codes.append(codes)
      }
      return found
    }
  }

  private init() {}
}

/// Two layers, a few rows of every type of value.
func sample(_ name: String, in folder: Folder, rows: Int = 3) throws -> [UInt8] {
  let style = LayerStyle(.all(LayerStyle.Colours(fill: "#90EE90", opacity: 0.5, stroke: "#2E8B2E")))
  let areas = GeoPackageLayer(
    "cleared \"ground\"", .multiPolygon, "Areas & more",
    columns: [
      .init("id", .text), .init("area", .real), .init("count", .integer), .init("is done", .boolean),
      .init("day", .date), .init("time", .dateTime),
    ], style: style)
  let points = GeoPackageLayer("finds", .point, "Points", columns: [.init("name", .text)])
  var writer = try GeoPackageWriter.open("\(folder.path)/\(name)", layers: [areas, points])
  for row in 0..<rows {
    let x = 21 + Double(row) / 1000
    let ring = [RawPosition(x, 43), RawPosition(x + 0.001, 43), RawPosition(x, 43.001), RawPosition(x, 43)]
    try writer.add(
      row == 1 ? nil : .multiPolygon([[ring]]),
      [
        .text("Niš \(row)\u{0}"), .real(0.1 + Double(row)), .integer(Int64.max), .boolean(row == 0),
        .text("2026-05-03"),
        row == 2 ? .null : .text("2026-05-03T07:12:00.000Z"),
      ], to: 0)
    try writer.add(.point(RawPosition(x, 43)), [.text("'; DROP TABLE finds; --")], to: 1)
  }
  try writer.finish(metadata: "{\"razmin\":1}", lastChange: "2026-05-05T00:00:00.000Z")
  return try folder.bytes(name)
}

/// Changes a file as another program could.
func change(_ name: String, in folder: Folder, _ sql: String) throws -> [UInt8] {
  let queue = try DatabaseQueue(path: "\(folder.path)/\(name)")
  try queue.inDatabase { db in try db.execute(sql: sql) }
  try queue.close()
  return try folder.bytes(name)
}

@Suite struct FileTests {
  @Test func whatIsWrittenIsReadBack() throws {
    let folder = try Folder()
    let found = try Found(try sample("a.gpkg", in: folder))
    #expect(found.tables.map(\.name) == ["cleared \"ground\"", "finds"])
    #expect(found.tables.map(\.crs) == [.code("EPSG:4326"), .code("EPSG:4326")])
    #expect(found.tables[0].columns == ["fid", "id", "area", "count", "is done", "day", "time"])
    #expect(found.counts.map(\.used) == [3, 3])
    #expect(found.codes == [[], []])
    #expect(found.rows[0][1].geometry == nil)
    #expect(
      found.rows[0][2].values == [
        .integer(3), .text("Niš 2\u{FFFD}"), .real(2.1), .integer(.max), .boolean(false), .text("2026-05-03"), .null,
      ])
    #expect(found.rows[1][2].geometry == .point(RawPosition(21.002, 43)))
  }

  @Test func theSameRowsGiveTheSameBytes() throws {
    let folder = try Folder()
    let first = try sample("a.gpkg", in: folder, rows: 3000)
    #expect(first.count > 300_000)
    #expect(try sample("b.gpkg", in: folder, rows: 3000) == first)
    #expect(Array(first[68..<72]) == Array("GPKG".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.gpkg", "b.gpkg"])
  }

  @Test func theIndexFindsWhatIsThere() throws {
    let folder = try Folder()
    _ = try sample("a.gpkg", in: folder)
    let queue = try DatabaseQueue(path: "\(folder.path)/a.gpkg")
    try queue.inDatabase { db in
      #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
      #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
      let ids = try Int.fetchAll(db, sql: #"SELECT id FROM "rtree_cleared ""ground""_geom" WHERE minx > 21.0005"#)
      #expect(ids == [3])
      let style = try Row.fetchOne(db, sql: "SELECT f_table_name, useAsDefault, styleQML, styleSLD FROM layer_styles")
      #expect(style?["f_table_name"] == "cleared \"ground\"")
      #expect((style?["styleQML"] as String?)?.contains("144,238,144,128") == true)
      #expect((style?["styleSLD"] as String?)?.contains("#90EE90") == true)
      #expect(try String.fetchOne(db, sql: "SELECT metadata FROM gpkg_metadata") == "{\"razmin\":1}")
    }
  }

  @Test func aFullOrMissingFolderIsTold() {
    #expect(throws: GeoPackageNotWritten.self) { _ = try GeoPackageWriter.open("/nowhere/a.gpkg", layers: []).layers }
  }

  @Test func whatIsNoGeoPackageIsRefused() throws {
    let folder = try Folder()
    let spatialite = try change(
      "s.sqlite", in: folder, "CREATE TABLE geometry_columns(a); CREATE TABLE spatial_ref_sys(a)")
    let plain = try change("p.sqlite", in: folder, "CREATE TABLE points(a)")
    _ = try sample("a.gpkg", in: folder)
    let bare = try change(
      "a.gpkg", in: folder, "UPDATE gpkg_contents SET data_type = 'attributes'; DELETE FROM gpkg_geometry_columns")
    let table: [([UInt8], String, String)] = [
      ([], "gpkg.not-geopackage", "no SQLite"), (spatialite, "gpkg.not-geopackage", "SpatiaLite"),
      (plain, "gpkg.not-geopackage", "without the tables"), (bare, "gpkg.no-features", "without a table of features"),
      (Array("SQLite format 3\0".utf8) + Array(repeating: 7, count: 4000), "gpkg.damaged", "damaged"),
    ]
    for (bytes, code, words) in table {
      do {
        _ = try Found(bytes)
        Issue.record("\(code) was not told")
      } catch {
        #expect(error.code == code)
        #expect(error.message.contains(words), "\(error.message)")
      }
    }
  }
}
