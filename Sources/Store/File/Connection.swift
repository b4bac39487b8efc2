import GRDB
import GRDBSQLite
import GeoPackage
import Glibc

/// Opens a store's file.
///
/// It may be somebody else's: nothing of its schema is trusted with functions, and tables are only used whose definition is
/// ours letter by letter, so that no view, computed column or trigger of its own stands in between.
enum Connection {
  /// How long another import is waited for.
  private static let patience = 10.0
  /// SQLite's code for a journal that would have to be played back, and may not be (SQLITE_READONLY_ROLLBACK).
  private static let interrupted: Int32 = 776
  /// Our own code for one that could not be.
  static let interruption = "store.interrupted"

  static func reading(_ path: String) throws(StoreError) -> DatabaseQueue {
    do { return try open(path, readonly: true) } catch let error as DatabaseError
      where error.extendedResultCode.rawValue == interrupted
    {
      try recover(path)
    } catch { throw StoreError(error, isWriting: false) }
    do { return try open(path, readonly: true) } catch { throw StoreError(error, isWriting: false) }
  }

  /// Makes the file where it is not there.
  ///
  /// A rollback journal, and no write-ahead log: between imports the store is one file that can be copied, and a copy that
  /// leaves a log behind would lack the last import without a word. FULL: an import is on the disk before it is told done.
  static func writing(_ path: String) throws(StoreError) -> DatabaseQueue {
    do {
      let queue = try open(path, readonly: false)
      try queue.inDatabase { db in
        try db.execute(sql: "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'")
        try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
      }
      return queue
    } catch { throw StoreError(error, isWriting: true) }
  }

  private static func open(_ path: String, readonly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(patience)
    // A reader keeps one from beginning to end, and an import is one.
    configuration.allowsUnsafeTransactions = true
    let size = fileSize(path)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
      // No value that is stored in a file is longer than the file.
      guard readonly else { return }
      unsafe sqlite3_limit(db.sqliteConnection, SQLITE_LIMIT_LENGTH, Int32(clamping: max(size, 1_000_000)))
    }
    // A path that begins otherwise might be taken for a URI, or for a database in memory.
    return try DatabaseQueue(path: path.hasPrefix("/") ? path : "./\(path)", configuration: configuration)
  }

  /// An import was cut off: what it had begun is taken back, as SQLite does for whoever may write.
  private static func recover(_ path: String) throws(StoreError) {
    do { try open(path, readonly: false).close() } catch {
      throw StoreError(
        interruption,
        "an import into it was cut off, and what it had begun cannot be taken back (\(sqliteMessage(error))): make the "
          + "file and its folder writable, and keep the -journal file beside it")
    }
  }
}

private func fileSize(_ path: String) -> Int {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
}
