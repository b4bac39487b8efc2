import GRDB
import GRDBSQLite
import GeoPackage

/// The rows of a query, column by column as SQLite holds them.
///
/// GRDB makes a value of every column, which takes longer than all else that is done with a row. What is lent of a row is
/// there until the next.
@safe struct Rows: ~Copyable {
  private let connection: OpaquePointer
  private let statement: OpaquePointer

  private init(_ connection: OpaquePointer, _ statement: OpaquePointer) {
    unsafe self.connection = connection
    unsafe self.statement = statement
  }

  static func open(_ sql: String, _ db: Database) throws -> Rows {
    guard let connection = unsafe db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else { throw unsafe failure(code, connection) }
    return unsafe Rows(connection, statement)
  }

  deinit { unsafe sqlite3_finalize(statement) }

  private static func failure(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
    let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }

  /// Goes on to the next row; `false` behind the last.
  func next() throws -> Bool {
    switch unsafe sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw unsafe Self.failure(code, connection)
    }
  }

  /// Begins anew, with this number in the place of the query's only question mark.
  func begin(with number: Int64) throws {
    unsafe sqlite3_reset(statement)
    let code = unsafe sqlite3_bind_int64(statement, 1, number)
    guard code == SQLITE_OK else { throw unsafe Self.failure(code, connection) }
  }

  /// SQLite's code for what stands in a column, such as `SQLITE_TEXT`.
  func kind(_ column: Int) -> Int32 { unsafe sqlite3_column_type(statement, Int32(column)) }
  func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(statement, Int32(column)) }
  func real(_ column: Int) -> Double { unsafe sqlite3_column_double(statement, Int32(column)) }

  /// Lends the bytes of a text, in UTF-8 whatever the file is in, or of a blob.
  func withBytes<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    kind(column) == SQLITE_TEXT ? unsafe withText(column, body) : unsafe withBlob(column, body)
  }

  func withText<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe lend(UnsafeRawPointer(sqlite3_column_text(statement, Int32(column))), column, body)
  }

  func withBlob<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe lend(sqlite3_column_blob(statement, Int32(column)), column, body)
  }

  private func lend<Result>(
    _ start: UnsafeRawPointer?, _ column: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let count = unsafe sqlite3_column_bytes(statement, Int32(column))
    return unsafe body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(count)))
  }

  func text(_ column: Int) -> String { unsafe withBytes(column) { unsafe String(decoding: $0, as: UTF8.self) } }

  /// As it comes out of a column of a type.
  func value(_ column: Int, _ type: ColumnType) -> AttributeValue {
    switch kind(column) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: type.isText ? .text(text(column)) : .blob(unsafe withBytes(column) { unsafe Array($0) })
    default: .null
    }
  }
}

extension ColumnType {
  /// A text with a zero byte is kept as bytes.
  var isText: Bool { [.text, .date, .dateTime].contains(self) }
}
