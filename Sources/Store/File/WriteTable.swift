import FoundationEssentials
import GRDB
import GeoPackage

extension ListedTable {
  /// The same table without rows. A style that somebody gave it stays.
  func renew(_ db: Database) throws {
    try remove(db)
    try create(db)
  }

  private func remove(_ db: Database) throws {
    try db.execute(sql: "DROP TABLE IF EXISTS \(name.quotedName)")
    if geometry != nil {
      try db.execute(sql: "DROP TABLE IF EXISTS \(SpatialIndex(table: name).name.quotedName)")
    }
    try forget(db)
  }

  /// Takes it out of the lists of the file.
  func forget(_ db: Database) throws {
    for list in ["gpkg_extensions", "gpkg_geometry_columns", "gpkg_contents"] {
      try db.execute(sql: "DELETE FROM \(list) WHERE table_name = ?", arguments: [name])
    }
  }

  /// Adds a row; its number, and its box.
  @discardableResult
  func insert(_ shape: RawGeometry?, _ values: [AttributeValue], _ db: Database) throws -> (fid: Int64, box: Envelope) {
    let box = shape.map(Envelope.init) ?? Envelope()
    var all = values.map(\.databaseValue)
    if geometry != nil {
      let bytes = shape.map { blob(of: $0, srs: SystemTables.srs, envelope: box) }
      all.insert(bytes.map { Data($0).databaseValue } ?? .null, at: 0)
    }
    let marks = String(repeating: ", ?", count: all.count)
    try db.cachedStatement(sql: "INSERT INTO \(name.quotedName) VALUES (NULL\(marks))")
      .execute(arguments: StatementArguments(all))
    let fid = db.lastInsertedRowID
    if !box.isEmpty {
      try db.cachedStatement(sql: SpatialIndex(table: name).insert)
        .execute(arguments: [fid, box.minX, box.maxX, box.minY, box.maxY])
    }
    return (fid, box)
  }
}

extension Table {
  /// What the catalogue will say of it when it holds the survey.
  func entry(_ content: SurveyContent) throws -> Catalogue.Entry {
    var digest = TableDigest()
    for (index, row) in try rows(content).enumerated() {
      let bytes = row.shape.map { blob(of: $0, srs: SystemTables.srs, envelope: Envelope($0)) }
      digest.add(Int64(index + 1), bytes, row.values)
    }
    let (rows, sha256) = digest.finish()
    return Catalogue.Entry(rows: rows, sha256: sha256)
  }

  /// Holds the survey's rows from now on, and no others. `apart` gives the last column of a row by its index.
  func replace(
    with content: SurveyContent, lastChange: String, apart bytes: (Int) throws -> [UInt8], _ db: Database
  ) throws {
    try listed.renew(db)
    var box = Envelope()
    for (index, row) in try rows(content).enumerated() {
      let last = apart == nil ? [] : [AttributeValue.blob(try bytes(index))]
      box.include(try listed.insert(row.shape, row.values + last, db).box)
    }
    try listed.describe(box, lastChange: lastChange, db)
  }
}
