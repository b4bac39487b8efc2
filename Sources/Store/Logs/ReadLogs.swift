import Digests
import GRDB
import Survey

/// A log in a store.
public struct StoredLog: Hashable, Sendable {
  public var number: Int64
  public var sha256: String
  /// As it was named when it came.
  public var path: String
  public var fixes: Int
}

extension StoreReader {
  /// Every log, in the order in which they came.
  public func logs() throws(StoreError) -> [StoredLog] {
    try reading { db in
      try Row.fetchAll(db, sql: "SELECT fid, sha256, path, fixes FROM logs ORDER BY fid").map { row in
        guard let number = Int64.fromDatabaseValue(row[0]), let sha256 = String.fromDatabaseValue(row[1]),
          let path = String.fromDatabaseValue(row[2]), let fixes = Int.fromDatabaseValue(row[3])
        else { throw StoreError.damaged("a row of logs cannot be read") }
        return StoredLog(number: number, sha256: sha256, path: path, fixes: fixes)
      }
    }
  }

  /// Every fix of a log as it was read, a few thousand at a time.
  public func eachFix(of log: StoredLog, _ body: ([StoredFix]) throws -> Void) throws(StoreError) {
    let number = log.number
    try reading { db in
      var found = 0
      let cursor = try Row.fetchCursor(
        db, sql: "SELECT packed, sha256 FROM fixes WHERE log = ? ORDER BY chunk", arguments: [number])
      while let row = try cursor.next() {
        guard let bytes = row.bytes(0), sha256(bytes) == String.fromDatabaseValue(row[1]),
          let fixes = PackedFixes.fixes(in: bytes)
        else { throw StoreError.damaged("the fixes of \(log.path) are not those that were read") }
        found += fixes.count
        try body(fixes)
      }
      guard found == log.fixes else {
        throw StoreError.damaged("of \(log.fixes) fixes of \(log.path) there are \(found)")
      }
    }
  }
}
