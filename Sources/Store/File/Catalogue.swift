import GRDB
import GeoPackage

/// What a store says of itself: the version of its tables, and of each of a survey's tables how many rows it has and their
/// SHA-256.
enum Catalogue {
  /// Grows with every change of the tables.
  static let version: Int64 = 2

  static let head = ListedTable(
    "razmin_store", "The version of the tables of this store", nil,
    columns: [GeoPackageLayer.Column("version", .integer)], style: nil)
  static let list = ListedTable(
    "razmin_tables", "The tables of the survey: their rows, and the SHA-256 of these", nil,
    columns: [
      GeoPackageLayer.Column("name", .text), GeoPackageLayer.Column("rows", .integer),
      GeoPackageLayer.Column("sha256", .text),
    ], style: nil)

  struct Entry: Hashable {
    var rows: Int
    var sha256: String
  }

  /// Whether the file holds nothing at all yet; throws where it is no store, or one that cannot be read by this version.
  static func isEmpty(_ db: Database) throws -> Bool {
    let schema = try schema(db)
    guard !schema.isEmpty else { return true }
    guard try isThere(head, schema) else { throw StoreError.notAStore }
    guard let version = try Int64.fetchOne(db, sql: "SELECT version FROM razmin_store") else {
      throw StoreError.damaged("razmin_store is empty")
    }
    guard version <= Self.version else {
      throw StoreError(
        "store.newer",
        "was made by a later razmin (tables of version \(version), and this one knows \(Self.version)): "
          + "use that one")
    }
    guard version == Self.version else {
      throw StoreError(
        "store.older",
        "was made by an earlier razmin (tables of version \(version), and this one's are of version \(Self.version)): "
          + "import the survey's folder into a new file")
    }
    for table in [list] + Table.all.map(\.listed) + LogTables.all {
      guard try isThere(table, schema) else { throw StoreError.damaged("it has no table \(table.name)") }
    }
    return false
  }

  /// What each name stands for, in lower case: its kind, and how it was made.
  private static func schema(_ db: Database) throws -> [String: [[String?]]] {
    var schema: [String: [[String?]]] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT lower(name), type, sql FROM sqlite_schema") {
      let words = (0..<3).map { String.fromDatabaseValue(row[$0]) }
      schema[words[0] ?? "", default: []].append([words[1], words[2]])
    }
    return schema
  }

  /// Whether a table is there, defined as this program does it.
  private static func isThere(_ table: ListedTable, _ schema: [String: [[String?]]]) throws -> Bool {
    guard let found = schema[table.name] else { return false }
    guard found == [["table", table.definition]] else {
      throw StoreError.damaged("the table \(table.name) is not as razmin makes it")
    }
    return true
  }

  /// Throws where a change would run what somebody else wrote: a trigger on a table of ours or of the GeoPackage.
  static func checkTriggers(_ db: Database) throws {
    let ours = [head, list] + Table.all.map(\.listed) + LogTables.all
    let names = Set(ours.map(\.name) + ["layer_styles"])
    let known = Set(ours.filter { $0.geometry != nil }.flatMap { SpatialIndex(table: $0.name).triggers })
    for row in try Row.fetchAll(db, sql: "SELECT lower(tbl_name), sql FROM sqlite_schema WHERE type = 'trigger'") {
      guard let name = String.fromDatabaseValue(row[0]), let sql = String.fromDatabaseValue(row[1]),
        !names.contains(name) && !name.hasPrefix("gpkg_") || known.contains(sql)
      else { throw StoreError.damaged("another program has put a trigger into it") }
    }
  }

  static func entries(_ db: Database) throws -> [String: Entry] {
    var entries: [String: Entry] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT name, rows, sha256 FROM razmin_tables") {
      guard let name = String.fromDatabaseValue(row[0]), let rows = Int.fromDatabaseValue(row[1]),
        let sha256 = String.fromDatabaseValue(row[2])
      else { throw StoreError.damaged("razmin_tables holds a value that cannot be one of it") }
      entries[name] = Entry(rows: rows, sha256: sha256)
    }
    return entries
  }

  static func set(_ name: String, _ entry: Entry, _ db: Database) throws {
    try db.execute(sql: "DELETE FROM razmin_tables WHERE name = ?", arguments: [name])
    try db.execute(
      sql: "INSERT INTO razmin_tables VALUES (NULL, ?, ?, ?)", arguments: [name, entry.rows, entry.sha256])
  }
}
