internal import GRDB

/// An entry of the file's list of CRSs.
struct SpatialSystem {
  var crs: TableCRS
  /// The well-known texts, which must not contradict the code.
  var definitions: [String]

  /// The CRS of each id, of those that are known.
  static func all(_ db: Database) throws -> [Int64: SpatialSystem] {
    let columns = try Row.fetchAll(db, sql: "PRAGMA table_info(gpkg_spatial_ref_sys)").compactMap { text($0, 1) }
    let newer = columns.contains { $0.lowercased() == "definition_12_063" } ? "definition_12_063" : "NULL"
    let sql = "SELECT srs_id, organization, organization_coordsys_id, definition, \(newer) FROM gpkg_spatial_ref_sys"
    var systems: [Int64: SpatialSystem] = [:]
    for row in try Row.fetchAll(db, sql: sql) {
      // -1 and 0 are fixed: unknown, planar or in degrees.
      guard let id = Int64.fromDatabaseValue(row[0]), id != -1, id != 0 else { continue }
      let organization = text(row, 1)?.uppercased() ?? "NONE"
      let definitions = [text(row, 4), text(row, 3)].compactMap { $0 }.filter(isDefinition)
      if ["EPSG", "ESRI", "OGC", "IGNF"].contains(organization), let code = Int64.fromDatabaseValue(row[2]), code > 0 {
        systems[id] = SpatialSystem(crs: .code("\(organization):\(code)"), definitions: definitions)
      } else if let wkt = definitions.first {
        systems[id] = SpatialSystem(crs: .text(wkt), definitions: definitions)
      }
    }
    return systems
  }

  /// Throws where the code of a table's CRS is not the one that its own definition ends in.
  func check(_ table: String) throws(GeoPackageError) {
    guard case .code(let code) = crs, let organization = code.split(separator: ":").first else { return }
    for definition in definitions {
      guard let own = authority(ofWKT: definition), own.hasPrefix("\(organization):"), own != code else { continue }
      throw GeoPackageError(
        "gpkg.crs",
        "names \(code) for its table \"\(table.prefix(100))\", and defines it as \(own.prefix(40)): find out which "
          + "is right, and save the table anew in it")
    }
  }
}

/// Whether well-known text defines a CRS of the Earth: an engineering or local one says only that nobody knows.
private func isDefinition(_ wkt: String) -> Bool {
  let text = wkt.uppercased().drop { $0.isWhitespace }
  return text.contains("[") && !["LOCAL_CS[", "ENGCRS[", "ENGINEERINGCRS["].contains { text.hasPrefix($0) }
}
