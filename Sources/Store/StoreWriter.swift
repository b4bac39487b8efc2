import GRDB
import GeoPackage
import Survey

/// An import at work in a store: all of it is in the file when it has ended, or nothing.
///
///     try StoreWriter.change("nis-apron.gpkg") { store in
///       try store.replace(content, lastChange: "2026-05-06T00:00:00.000Z") { try points(ofRun: $0) }
///     }
public final class StoreWriter {
  let db: Database
  private var isChanged = false
  /// Of logs that are being added: whether their tables are open to it, the boxes round these, and the last time in them.
  var logsAreOpen = false
  var grown: [String: Envelope] = [:]
  var lastLogChange = StoreWriter.dawn

  /// Before anything was changed.
  private static let dawn = "1970-01-01T00:00:00.000Z"

  private init(_ db: Database) { self.db = db }

  /// Runs an import in one transaction, in a file that is made where it is not there. Another one that is at work in it is
  /// waited for, ten seconds at most. A file in which nothing was changed is not touched.
  public static func change<Result>(_ path: String, _ work: (StoreWriter) throws -> Result) throws -> Result {
    let queue = try Connection.writing(path)
    do {
      return try queue.inDatabase { db in
        try db.execute(sql: "BEGIN IMMEDIATE")
        do {
          let writer = StoreWriter(db)
          if try Catalogue.isEmpty(db) { try writer.begin() } else { try Catalogue.checkTriggers(db) }
          let result = try work(writer)
          try writer.closeLogs()
          try db.execute(sql: writer.isChanged ? "COMMIT" : "ROLLBACK")
          return result
        } catch {
          // Some failures have ended it already.
          if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
          throw error
        }
      }
    } catch let error as DatabaseError { throw StoreError(error, isWriting: true) }
  }

  /// Holds this survey from now on; which of the tables were changed by that. `points` gives the numbers of a run by its index:
  /// longitude, latitude, sigma and line of each point; `told` the history, from what it was, which it may only add to.
  public func replace(
    _ content: SurveyContent, lastChange: String, told: ([StoredEvent]) -> [StoredEvent],
    points: (Int) throws -> [Double]
  ) throws -> [String] {
    let old = try Store.content(db)
    var new = content
    new.events = told(old?.events ?? [])
    if let old, old.survey.id != new.survey.id {
      throw StoreError(
        "store.other-survey",
        "holds the survey \(old.survey.id), and this is \(new.survey.id): a store is of one survey; "
          + "name another file")
    }
    guard new.events.starts(with: old?.events ?? []) else {
      throw StoreError(
        "store.history", "would forget what was told before: please report this with the survey that shows it",
        kind: .ownFault)
    }
    let entries = try Catalogue.entries(db)
    var changed: [String] = []
    for table in Table.all {
      let entry = try table.entry(new)
      guard entry != entries[table.name] else { continue }
      try table.replace(with: new, lastChange: lastChange, apart: { packed(try points($0)) }, db)
      try Catalogue.set(table.name, entry, db)
      changed.append(table.name)
    }
    guard !changed.isEmpty else { return [] }
    isChanged = true
    // What would not come out again as it went in must not be taken for stored.
    guard (try? Store.content(db)) == new else {
      throw StoreError(
        "store.mismatch",
        "would not give back what was to be put into it, so nothing was: please report this with the "
          + "survey that shows it", kind: .ownFault)
    }
    return changed
  }

  func touch() { isChanged = true }

  /// Makes the tables, all of them empty.
  private func begin() throws {
    try db.execute(sql: SystemTables.header + SystemTables.create + SystemTables.systems)
    try db.execute(sql: SystemTables.metadataExtension)
    for table in [Catalogue.head, Catalogue.list] + Table.all.map(\.listed) + LogTables.all {
      try table.create(db)
      try table.describe(Envelope(), lastChange: Self.dawn, db)
    }
    try db.execute(
      sql:
        "INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', ?, ?, NULL, NULL, NULL, NULL, "
        + "NULL)", arguments: ["The colours of the layers, for QGIS", Self.dawn])
    try db.execute(sql: "INSERT INTO razmin_store VALUES (NULL, ?)", arguments: [Catalogue.version])
    let (rows, sha256) = TableDigest().finish()
    for table in Table.all { try Catalogue.set(table.name, Catalogue.Entry(rows: rows, sha256: sha256), db) }
  }
}
