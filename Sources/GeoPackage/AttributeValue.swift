/// A value of a column, as SQLite stores it and its column's type says (OGC 12-128r17, table 1).
public enum AttributeValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case real(Double)
  /// Of dates and times too, written by ISO 8601.
  case text(String)
  case blob([UInt8])
}

/// The type of a column.
public enum ColumnType: String, Hashable, Sendable {
  case text = "TEXT"
  case integer = "INTEGER"
  case real = "REAL"
  case boolean = "BOOLEAN"
  case blob = "BLOB"
  /// `2026-05-03`.
  case date = "DATE"
  /// `2026-05-03T07:12:00.000Z`: UTC, with exactly three decimals.
  case dateTime = "DATETIME"
}
