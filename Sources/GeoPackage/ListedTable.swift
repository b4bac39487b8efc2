package import GRDB

/// A table as a GeoPackage lists it: of features, on WGS 84, with an index and a style; or of attributes alone.
package struct ListedTable {
  package var name: String
  /// For people, one sentence.
  package var description: String
  /// `nil` for attributes.
  package var geometry: LayerGeometry?
  package var columns: [GeoPackageLayer.Column]
  package var style: LayerStyle?

  package init(
    _ name: String, _ description: String, _ geometry: LayerGeometry?, columns: [GeoPackageLayer.Column],
    style: LayerStyle?
  ) {
    (self.name, self.description, self.geometry) = (name, description, geometry)
    (self.columns, self.style) = (columns, style)
  }

  init(_ layer: GeoPackageLayer) {
    self.init(layer.name, layer.description, layer.geometry, columns: layer.columns, style: layer.style)
  }

  /// As SQLite keeps it in its schema, letter by letter.
  package var definition: String {
    let shape = geometry.map { ", \(SpatialIndex.geometry) \($0.rawValue)" } ?? ""
    let list = columns.map { ", \($0.name.quotedName) \($0.type.rawValue)" }.joined()
    return
      "CREATE TABLE \(name.quotedName) (\(SpatialIndex.id) INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL\(shape)\(list))"
  }

  /// Makes the table, and the index of its geometries.
  package func create(_ db: Database) throws {
    try db.execute(sql: definition)
    if geometry != nil { try db.execute(sql: SpatialIndex(table: name).create) }
  }

  /// Enters it into the lists of the file, when its rows are in, so that the triggers of the index do not run for them. A
  /// style that it has already stays.
  package func describe(_ box: Envelope, lastChange: String, _ db: Database) throws {
    let bounds: [DatabaseValue] =
      box.isEmpty
      ? Array(repeating: .null, count: 4) : [box.minX, box.minY, box.maxX, box.maxY].map(\.databaseValue)
    let kind = geometry == nil ? "attributes" : "features"
    let contents = [name, kind, name, description, lastChange].map(\.databaseValue)
    let srs = geometry == nil ? "NULL" : "\(SystemTables.srs)"
    try db.execute(
      sql: "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, \(srs))",
      arguments: StatementArguments(contents + bounds))
    guard let geometry else { return }
    try db.execute(
      sql: "INSERT INTO gpkg_geometry_columns VALUES (?, '\(SpatialIndex.geometry)', ?, \(SystemTables.srs), 0, 0)",
      arguments: [name, geometry.rawValue])
    try db.execute(sql: SpatialIndex.register, arguments: [name])
    for trigger in SpatialIndex(table: name).triggers { try db.execute(sql: trigger) }
    let isStyled = "SELECT 1 FROM layer_styles WHERE f_table_name = ?"
    guard let style, try Int.fetchOne(db, sql: isStyled, arguments: [name]) == nil else { return }
    try db.execute(
      sql: "INSERT INTO layer_styles VALUES (NULL, '', '', ?, '\(SpatialIndex.geometry)', ?, ?, ?, 1, ?, '', NULL, ?)",
      arguments: [name, name, style.qml(geometry), style.sld(name, geometry), description, lastChange])
  }
}
