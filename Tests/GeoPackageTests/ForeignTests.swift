import GRDB
import Testing

@testable import GeoPackage

/// Files of other programs, and of those who mean harm.
@Suite struct ForeignTests {
  static let view = "DROP TABLE finds; CREATE VIEW finds AS "

  @Test func nothingOfTheFileIsRun() throws {
    let endless =
      "WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid, zeroblob(1000000) geom FROM n"
    for sql in [endless, "SELECT fid, geom FROM \"cleared \"\"ground\"\"\""] {
      let folder = try Folder()
      _ = try sample("a.gpkg", in: folder)
      let found = try Found(try change("a.gpkg", in: folder, Self.view + sql))
      #expect(found.codes == [[], ["gpkg.view"]])
      #expect(found.counts.map(\.seen) == [3, 0])
    }
    // A virtual table, whose module would be asked even for its columns.
    let virtual = try Folder()
    _ = try sample("a.gpkg", in: virtual)
    let made = "DROP TABLE finds; CREATE VIRTUAL TABLE finds USING rtree(fid, a, b)"
    let found = try Found(try change("a.gpkg", in: virtual, made))
    #expect(found.codes == [[], ["gpkg.view"]])
    #expect(found.tables[1].columns.isEmpty)
    let folder = try Folder()
    _ = try sample("a.gpkg", in: folder)
    let list = "ALTER TABLE gpkg_contents RENAME TO c; CREATE VIEW gpkg_contents AS SELECT * FROM c"
    let bytes = try change("a.gpkg", in: folder, list)
    #expect(throws: GeoPackageError.self) { try Found(bytes) }
  }

  @Test func columnsThatAreComputedAreNotRead() throws {
    let folder = try Folder()
    _ = try sample("a.gpkg", in: folder)
    let found = try Found(
      try change(
        "a.gpkg", in: folder, "ALTER TABLE finds ADD COLUMN big GENERATED ALWAYS AS (zeroblob(900000)) VIRTUAL"))
    #expect(found.tables[1].columns == ["fid", "name"])
    #expect(found.tables[1].computedColumns == ["big"])
    #expect(found.counts[1].used == 3)
  }

  @Test func everyWayToNameACRS() throws {
    let wkt = "PROJCS[\"a grid\"]"
    let newer = "PROJCRS[\"a grid\"]"
    let table: [(String, TableCRS)] = [
      ("('a', 7, 'EPSG', 6316, '\(wkt)', '', 'undefined')", .code("EPSG:6316")),
      ("('a', 7, 'esri', 102100, '\(wkt)', '', 'undefined')", .code("ESRI:102100")),
      ("('a', 7, 'NONE', 7, '\(wkt)', '', '\(newer)')", .text(newer)),
      ("('a', 7, 'custom', 7, '\(wkt)', '', 'undefined')", .text(wkt)),
      ("('a', 7, 'NONE', 7, 'undefined', '', 'undefined')", .undeclared),
      ("('a', 7, 'NONE', 7, ' LOCAL_CS[\"Undefined SRS\"]', '', NULL)", .undeclared),
      ("('a', 8, 'EPSG', 6316, '\(wkt)', '', '')", .undeclared),
    ]
    for (row, wanted) in table {
      let folder = try Folder()
      _ = try sample("a.gpkg", in: folder)
      let sql =
        "PRAGMA foreign_keys = OFF; ALTER TABLE gpkg_spatial_ref_sys ADD COLUMN definition_12_063 TEXT; "
        + "INSERT INTO gpkg_spatial_ref_sys VALUES \(row); "
        + "UPDATE gpkg_geometry_columns SET srs_id = 7 WHERE table_name = 'finds'; "
        + "UPDATE gpkg_contents SET srs_id = 7 WHERE table_name = 'finds'"
      #expect(try Found(try change("a.gpkg", in: folder, sql)).tables[1].crs == wanted)
    }
    for srs in [-1, 0] {
      let folder = try Folder()
      _ = try sample("a.gpkg", in: folder)
      let sql = "UPDATE gpkg_geometry_columns SET srs_id = \(srs); UPDATE gpkg_contents SET srs_id = \(srs)"
      #expect(try Found(try change("a.gpkg", in: folder, sql)).tables[1].crs == .undeclared)
    }
  }

  @Test func rowsThatCannotBeUsedAreToldOneByOne() throws {
    let folder = try Folder()
    _ = try sample("a.gpkg", in: folder)
    let curve = Bytes.blob(Bytes.wkb(8, [0])).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let found = try Found(
      try change(
        "a.gpkg", in: folder,
        "DROP TRIGGER rtree_finds_geom_insert; INSERT INTO finds VALUES (10, x'00', 'a'), (11, 'POINT(1 2)', 'b'), (12, x'\(curve)', 'c'), (13, NULL, 'd')"
      ))
    #expect(found.codes[1] == ["gpkg.geometry", "gpkg.geometry", "gpkg.geometry-type"])
    #expect(found.counts[1].seen == 7)
    #expect(found.counts[1].used == 4)
    #expect(found.counts[1].aside == ["gpkg.geometry": 2, "gpkg.geometry-type": 1])
    #expect(found.rows[1].last?.id == 13)
  }

  /// Whatever is in a file's log is not in its bytes, which are read all the same; who has the path refuses it.
  @Test func aFileInTheStateOfAWriteAheadLogIsRead() throws {
    let folder = try Folder()
    _ = try sample("a.gpkg", in: folder)
    let bytes = try change("a.gpkg", in: folder, "PRAGMA journal_mode = WAL; CREATE TABLE note(a)")
    #expect(bytes[18] == 2)
    #expect(try Found(bytes).counts.map(\.used) == [3, 3])
  }

  /// The rows before the damage are used, and there is a code for the rest.
  @Test func damageIsToldAndEndsNothing() throws {
    let folder = try Folder()
    let whole = try sample("a.gpkg", in: folder, rows: 400)
    let all = try Found(whole)
    #expect(all.counts.map(\.seen) == [400, 400])
    var (random, partly) = (Seeded(state: 11), 0)
    for _ in 0..<150 {
      var bytes = whole
      let start = Int.random(in: 4096..<bytes.count, using: &random)
      for index in start..<min(bytes.count, start + Int.random(in: 1...600, using: &random)) {
        bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
      guard let found = try? Found(bytes) else { continue }
      for (index, counts) in found.counts.enumerated() {
        #expect(counts.seen == counts.used + counts.aside.values.reduce(0, +))
        if found.codes[index].contains("gpkg.damaged"), counts.seen > 0 { partly += 1 }
      }
    }
    #expect(partly > 5)
    for count in stride(from: 0, to: whole.count, by: 3001) {
      if let found = try? Found(Array(whole[..<count])) { #expect(found != all) }
    }
  }
}
