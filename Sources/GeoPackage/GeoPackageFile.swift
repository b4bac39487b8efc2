internal import GRDB
internal import GRDBSQLite

/// A GeoPackage (OGC 12-128r17, any version) that lies in memory, to be read.
///
/// It is somebody else's file. Nothing of it is run: no view, no trigger, no virtual table. Nothing is written, and no file
/// appears beside it. What it makes SQLite do is bounded by its own size.
public struct GeoPackageFile: ~Copyable {
  /// The tables of features, in the order of the file's contents.
  public let tables: [FeatureTable]
  let queue: DatabaseQueue
  /// Bytes of the file.
  let size: Int

  /// Whether bytes are the beginning of an SQLite database, as a GeoPackage is.
  public static func recognizes(_ head: [UInt8]) -> Bool { head.starts(with: Array("SQLite format 3\0".utf8)) }

  /// The SQLite file format's header, from 18: 2 where the last writer kept a write-ahead log.
  private static let versions = 18...19

  /// Lends the file to `body`, and is done with it afterwards. The bytes are the file's, to its end; what another program
  /// still holds in a write-ahead log is not among them, and whoever has the path looks for it.
  public static func reading<R>(
    _ bytes: inout [UInt8], _ body: (borrowing GeoPackageFile) throws(GeoPackageError) -> R
  ) throws(GeoPackageError) -> R {
    guard bytes.count >= 512, recognizes(bytes) else {
      throw GeoPackageError("gpkg.not-geopackage", "is no SQLite database, and so no GeoPackage")
    }
    // SQLite cannot open a log's database in memory unless it is told that there is no log (sqlite3_deserialize).
    for index in versions { bytes[index] = 1 }
    return try unsafe bytes.withUnsafeMutableBufferPointer { (buffer) throws(GeoPackageError) in
      var steps = Steps(left: 100_000_000 + 20 * buffer.count)
      return try unsafe withUnsafeMutablePointer(to: &steps) { (steps) throws(GeoPackageError) in
        let queue = try unsafe open(buffer, steps)
        defer { try? queue.close() }
        let tables: [FeatureTable]
        do { tables = try queue.inDatabase(featureTables) } catch { throw GeoPackageError(reading: error) }
        return try body(GeoPackageFile(tables: tables, queue: queue, size: buffer.count))
      }
    }
  }

  /// How many of SQLite's own steps, in units of 10 000, may still be taken: a healthy table takes a few dozen a row.
  private struct Steps { var left: Int }

  private static func open(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, _ steps: UnsafeMutablePointer<Steps>
  ) throws(GeoPackageError) -> DatabaseQueue {
    do {
      let queue = try DatabaseQueue()
      try queue.inDatabase { db in
        try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        let connection = unsafe db.sqliteConnection
        let count = sqlite3_int64(buffer.count)
        let code = unsafe sqlite3_deserialize(
          connection, "main", buffer.baseAddress, count, count, UInt32(SQLITE_DESERIALIZE_READONLY))
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        // No value that is stored in a file is longer than the file.
        unsafe sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(clamping: max(buffer.count, 1_000_000)))
        unsafe sqlite3_progress_handler(connection, 10_000, spend, steps)
        db.clearSchemaCache()
      }
      return queue
    } catch { throw GeoPackageError(reading: error) }
  }

  private static let spend: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
    guard let steps = unsafe context?.assumingMemoryBound(to: Steps.self) else { return 1 }
    unsafe steps.pointee.left -= 10_000
    return unsafe steps.pointee.left < 0 ? 1 : 0
  }
}
