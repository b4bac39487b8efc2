internal import GRDB

/// The tables of features that a file lists; throws where it lists none, or is no GeoPackage.
func featureTables(_ db: Database) throws -> [FeatureTable] {
  let kinds = try kinds(db)
  for name in ["gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"] where kinds[name] != "table" {
    // A GeoPackage of pictures alone has no geometry columns.
    if name == "gpkg_geometry_columns", kinds[name] == nil, kinds["gpkg_contents"] == "table" { continue }
    throw GeoPackageError("gpkg.not-geopackage", whatItIs(kinds))
  }
  let systems = try systems(db)
  let geometries = kinds["gpkg_geometry_columns"] == nil ? [:] : try geometries(db)
  var tables: [FeatureTable] = []
  let listed = try Row.fetchAll(db, sql: "SELECT table_name, data_type FROM gpkg_contents")
  for row in listed where text(row, 1)?.lowercased() == "features" {
    guard let name = text(row, 0), let (column, srs) = geometries[name.lowercased()] else { continue }
    tables.append(
      try table(db, name, column, kind: kinds[name.lowercased()], systems[srs] ?? .undeclared))
  }
  guard !tables.isEmpty else {
    throw GeoPackageError("gpkg.no-features", "is a GeoPackage without a table of features")
  }
  return tables
}

private func text(_ row: Row, _ index: Int) -> String? { String.fromDatabaseValue(row[index]) }

/// What each name is, in lower case: `table`, or something that is computed. SQLite's own list would run virtual tables to
/// count their columns; these, and views, have no page where they begin.
private func kinds(_ db: Database) throws -> [String: String] {
  var kinds: [String: String] = [:]
  let sql =
    "SELECT name, rootpage > 0 AND sql NOT LIKE 'CREATE VIRTUAL%' FROM sqlite_schema WHERE type IN ('table', 'view')"
  for row in try Row.fetchAll(db, sql: sql) {
    if let name = text(row, 0) {
      kinds[name.lowercased()] = Int64.fromDatabaseValue(row[1]) == 1 ? "table" : "computed"
    }
  }
  return kinds
}

private func whatItIs(_ kinds: [String: String]) -> String {
  if kinds["geometry_columns"] != nil, kinds["spatial_ref_sys"] != nil {
    return "is a SpatiaLite database and no GeoPackage: convert it with ogr2ogr NEW.gpkg OLD.sqlite"
  }
  return "is an SQLite database without the tables of a GeoPackage"
}

/// The CRS of each id.
private func systems(_ db: Database) throws -> [Int64: TableCRS] {
  let columns = try names(db, "gpkg_spatial_ref_sys")
  let newer = columns.contains("definition_12_063") ? "definition_12_063" : "NULL"
  let sql = "SELECT srs_id, organization, organization_coordsys_id, definition, \(newer) FROM gpkg_spatial_ref_sys"
  var systems: [Int64: TableCRS] = [:]
  for row in try Row.fetchAll(db, sql: sql) {
    // -1 and 0 are fixed: unknown, planar or in degrees.
    guard let id = Int64.fromDatabaseValue(row[0]), id != -1, id != 0 else { continue }
    let organization = text(row, 1)?.uppercased() ?? "NONE"
    if ["EPSG", "ESRI", "OGC", "IGNF"].contains(organization), let code = Int64.fromDatabaseValue(row[2]), code > 0 {
      systems[id] = .code("\(organization):\(code)")
    } else if let wkt = [text(row, 4), text(row, 3)].compactMap({ $0 }).first(where: isDefinition) {
      systems[id] = .text(wkt)
    }
  }
  return systems
}

/// Whether well-known text defines a CRS of the Earth: an engineering or local one says only that nobody knows.
private func isDefinition(_ wkt: String) -> Bool {
  let text = wkt.uppercased().drop { $0.isWhitespace }
  return text.contains("[") && !["LOCAL_CS[", "ENGCRS[", "ENGINEERINGCRS["].contains { text.hasPrefix($0) }
}

/// The geometry column and the id of the CRS of each table, its name in lower case.
private func geometries(_ db: Database) throws -> [String: (column: String, srs: Int64)] {
  var found: [String: (String, Int64)] = [:]
  for row in try Row.fetchAll(db, sql: "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns") {
    guard let table = text(row, 0), let column = text(row, 1) else { continue }
    found[table.lowercased()] = (column, Int64.fromDatabaseValue(row[2]) ?? 0)
  }
  return found
}

private func names(_ db: Database, _ table: String) throws -> [String] {
  try Row.fetchAll(db, sql: "PRAGMA table_info(\(table.quotedName))").compactMap { text($0, 1)?.lowercased() }
}

private func table(
  _ db: Database, _ name: String, _ geometry: String, kind: String?, _ crs: TableCRS
) throws -> FeatureTable {
  guard let kind else {
    throw GeoPackageError("gpkg.damaged", "lists a table \"\(name.prefix(100))\" that is not in it: export it again")
  }
  guard kind == "table" else {
    return FeatureTable(
      name: name, crs: crs, columns: [], geometryColumn: geometry, isBoolean: [], idColumn: nil, isComputed: true)
  }
  var (columns, booleans): ([String], [Bool]) = ([], [])
  var keys: [(name: String, type: String)] = []
  var column: String?
  // Columns that are computed do not stand in table_info.
  for row in try Row.fetchAll(db, sql: "PRAGMA table_info(\(name.quotedName))") {
    guard let own = text(row, 1) else { continue }
    let type = text(row, 2)?.uppercased() ?? ""
    if Int64.fromDatabaseValue(row[5]) ?? 0 > 0 { keys.append((own, type)) }
    if own.lowercased() == geometry.lowercased() {
      column = own
    } else {
      columns.append(own)
      booleans.append(type == "BOOLEAN")
    }
  }
  guard let column else {
    throw GeoPackageError(
      "gpkg.damaged", "has no column \"\(geometry.prefix(100))\" in its table \"\(name.prefix(100))\": export it again")
  }
  let id = keys.count == 1 && keys.first?.type == "INTEGER" ? keys.first?.name : nil
  return FeatureTable(
    name: name, crs: crs, columns: columns, geometryColumn: column, isBoolean: booleans, idColumn: id, isComputed: false
  )
}
