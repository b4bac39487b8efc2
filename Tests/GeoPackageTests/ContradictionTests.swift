import GRDB
import Testing

@testable import GeoPackage

/// Files whose own tables do not agree: whichever is right, reading on would lose ground or move it.
@Suite struct ContradictionTests {
  static let ed50 = #"PROJCS["ED50 / UTM zone 34N",GEOGCS["ED50",AUTHORITY["EPSG","4230"]],AUTHORITY["EPSG","23034"]]"#
  static let grid = #"PROJCS["a grid",GEOGCS["MGI 1901",AUTHORITY["EPSG","3906"]]]"#

  static func moved(_ code: String, _ definition: String) -> String {
    "INSERT INTO gpkg_spatial_ref_sys VALUES ('a', 7, \(code), '\(definition)', ''); "
      + "UPDATE gpkg_geometry_columns SET srs_id = 7; UPDATE gpkg_contents SET srs_id = 7"
  }

  @Test func tablesThatContradictEachOther() throws {
    let table: [(sql: String, code: String?, words: String)] = [
      ("DELETE FROM gpkg_geometry_columns WHERE table_name = 'finds'", "gpkg.damaged", "no geometry column"),
      ("DROP TABLE gpkg_geometry_columns", "gpkg.damaged", "no geometry column"),
      ("DELETE FROM gpkg_contents WHERE table_name = 'finds'", "gpkg.damaged", "\"finds\", and does not list it"),
      ("UPDATE gpkg_contents SET data_type = 'attributes' WHERE table_name = 'finds'", "gpkg.damaged", "\"finds\""),
      // What is left of a table that was dropped.
      ("DELETE FROM gpkg_contents WHERE table_name = 'finds'; DROP TABLE finds", nil, ""),
      ("UPDATE gpkg_contents SET srs_id = -1 WHERE table_name = 'finds'", "gpkg.damaged", "of id -1"),
      ("UPDATE gpkg_geometry_columns SET srs_id = 0 WHERE table_name = 'finds'", "gpkg.damaged", "of id 4326"),
      ("UPDATE gpkg_contents SET srs_id = NULL", nil, ""),
      (Self.moved("'EPSG', 32634", Self.ed50), "gpkg.crs", "names EPSG:32634"),
      (Self.moved("'epsg', 32634", Self.ed50), "gpkg.crs", "defines it as EPSG:23034"),
      (Self.moved("'EPSG', 23034", Self.ed50), nil, ""),
      (Self.moved("'EPSG', 32634", Self.grid), nil, ""),
      (Self.moved("'NONE', 7", Self.ed50), nil, ""),
    ]
    for (sql, code, words) in table {
      let folder = try Folder()
      _ = try sample("a.gpkg", in: folder)
      let bytes = try change("a.gpkg", in: folder, "PRAGMA foreign_keys = OFF; \(sql)")
      if let code {
        let error = #expect(throws: GeoPackageError.self, "\(sql)") { try Found(bytes) }
        #expect(error?.code == code, "\(sql)")
        #expect(error?.message.contains(words) == true, "\(error?.message ?? sql)")
      } else {
        #expect(throws: Never.self, "\(sql)") { try Found(bytes) }
      }
    }
  }

  @Test func rowsInAnotherCRSThanTheirTableAreSetAside() throws {
    let folder = try Folder()
    _ = try sample("a.gpkg", in: folder)
    let found = try Found(
      try change("a.gpkg", in: folder, Self.moved("'EPSG', 23034", Self.ed50)))
    #expect(found.codes == [["gpkg.crs", "gpkg.crs"], ["gpkg.crs", "gpkg.crs", "gpkg.crs"]])
    #expect(found.counts.map(\.seen) == [3, 3])
    #expect(found.counts.map(\.aside) == [["gpkg.crs": 2], ["gpkg.crs": 3]])
  }

  @Test func theCodeOfADefinition() {
    let table: [(String, String?)] = [
      (Self.ed50, "EPSG:23034"), (Self.grid, nil), ("", nil), ("]])", nil), ("EPSG:4326", nil),
      (#"GEOGCS["a, ID[""x"",1]",AUTHORITY["EPSG","4230"]]"#, "EPSG:4230"),
      (#"PROJCRS["a",BASEGEOGCRS["b",ID["EPSG",4230]],ID["EPSG",23034],REMARK["ID[1]"]]"#, "EPSG:23034"),
      (#"PROJCRS["a", BASEGEOGCRS["b"], ID [ "EPSG" , 23034 , 9.8, URI["x,1"] ] ]"#, "EPSG:23034"),
      (#"PROJCS("a",authority("esri",102100))"#, "ESRI:102100"),
      (#"BOUNDCRS[SOURCECRS[PROJCRS["a",ID["EPSG",6316]]],TARGETCRS[GEOGCRS["b",ID["EPSG",4326]]]]"#, nil),
      (#"GEOGCS["a",AUTHORITY["EPSG"]]"#, nil), (#"GEOGCS["a",AUTHORITY["EPSG","x"]]"#, nil),
      (#"GEOGCS["a",AUTHORITY["EPSG","42"#, nil),
    ]
    for (wkt, wanted) in table { #expect(authority(ofWKT: wkt) == wanted, "\(wkt)") }
  }
}
