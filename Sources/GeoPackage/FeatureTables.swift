internal import GRDB

/// The tables of features that a file lists; throws where it lists none, or is no GeoPackage.
func featureTables(_ db: Database) throws -> [FeatureTable] {
  let kinds = try kinds(db)
  for name in ["gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"] where kinds[name] != "table" {
    // A GeoPackage of pictures alone has no geometry columns.
    if name == "gpkg_geometry_columns", kinds[name] == nil, kinds["gpkg_contents"] == "table" { continue }
    throw GeoPackageError("gpkg.not-geopackage", whatItIs(kinds))
  }
  let systems = try SpatialSystem.all(db)
  let geometries = kinds["gpkg_geometry_columns"] == nil ? [:] : try geometries(db)
  var tables: [FeatureTable] = []
  for entry in try contents(db) {
    guard let geometry = geometries[entry.name.lowercased()] else {
      throw contradiction("lists a table \"\(entry.name.prefix(100))\" of features, and no geometry column of it")
    }
    if let srs = entry.srs, srs != geometry.srs {
      throw contradiction(
        "says in gpkg_contents that its table \"\(entry.name.prefix(100))\" is in the CRS of id \(srs), and in "
          + "gpkg_geometry_columns in that of id \(geometry.srs)")
    }
    let system = systems[geometry.srs]
    try system?.check(entry.name)
    tables.append(
      try table(
        db, entry.name, geometry.column, kind: kinds[entry.name.lowercased()],
        (geometry.srs, system?.crs ?? .undeclared)))
  }
  // Whoever reads only what is listed would lose such a table without a word.
  let names = Set(tables.map { $0.name.lowercased() })
  if let lost = geometries.keys.filter({ kinds[$0] != nil && !names.contains($0) }).min() {
    throw contradiction(
      "has a geometry column in its table \"\(lost.prefix(100))\", and does not list it among its tables of features")
  }
  guard !tables.isEmpty else {
    throw GeoPackageError("gpkg.no-features", "is a GeoPackage without a table of features")
  }
  return tables
}

/// The tables that are listed as features, in their order, with the id of the CRS where one is given.
private func contents(_ db: Database) throws -> [(name: String, srs: Int64?)] {
  let rows = try Row.fetchAll(db, sql: "SELECT table_name, data_type, srs_id FROM gpkg_contents")
  return try rows.filter { text($0, 1)?.lowercased() == "features" }.map { row in
    guard let name = text(row, 0) else { throw contradiction("lists a table of features without a name") }
    return (name, Int64.fromDatabaseValue(row[2]))
  }
}

private func contradiction(_ message: String) -> GeoPackageError {
  GeoPackageError(
    "gpkg.damaged", "\(message): save its layers into a new file with the program that made it")
}

func text(_ row: Row, _ index: Int) -> String? { String.fromDatabaseValue(row[index]) }

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

/// The geometry column and the id of the CRS of each table, its name in lower case.
private func geometries(_ db: Database) throws -> [String: (column: String, srs: Int64)] {
  var found: [String: (String, Int64)] = [:]
  for row in try Row.fetchAll(db, sql: "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns") {
    guard let table = text(row, 0), let column = text(row, 1) else { continue }
    found[table.lowercased()] = (column, Int64.fromDatabaseValue(row[2]) ?? 0)
  }
  return found
}

private func table(
  _ db: Database, _ name: String, _ geometry: String, kind: String?, _ system: (srs: Int64, crs: TableCRS)
) throws -> FeatureTable {
  guard let kind else {
    throw GeoPackageError("gpkg.damaged", "lists a table \"\(name.prefix(100))\" that is not in it: export it again")
  }
  guard kind == "table" else {
    return FeatureTable(
      name: name, crs: system.crs, columns: [], computedColumns: [], srs: system.srs, geometryColumn: geometry,
      isBoolean: [], idColumn: nil, isComputed: true)
  }
  var (columns, booleans): ([String], [Bool]) = ([], [])
  var keys: [(name: String, type: String)] = []
  var computed: [String] = []
  var column: String?
  for row in try Row.fetchAll(db, sql: "PRAGMA table_xinfo(\(name.quotedName))") {
    guard let own = text(row, 1) else { continue }
    // 2 and 3 are columns that are computed from others.
    guard Int64.fromDatabaseValue(row[6]) == 0 else {
      computed.append(own)
      continue
    }
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
    name: name, crs: system.crs, columns: columns, computedColumns: computed, srs: system.srs, geometryColumn: column,
    isBoolean: booleans, idColumn: id, isComputed: false)
}
