/// The CRS of a table, as the file says it.
public enum TableCRS: Hashable, Sendable {
  /// `EPSG:6316`.
  case code(String)
  /// Well-known text; the newer of the two that a file may give.
  case text(String)
  /// The file says that it is unknown, or points to an entry that is not there.
  case undeclared
}

/// A table of features.
public struct FeatureTable: Hashable, Sendable {
  public let name: String
  public let crs: TableCRS
  /// The names of the columns other than the geometry, in their order.
  public let columns: [String]
  /// The columns whose values are computed from others: they are not read.
  public let computedColumns: [String]
  /// The file's own id of its CRS; 0 and -1 say nothing.
  let srs: Int64
  let geometryColumn: String
  /// Of each of `columns`.
  let isBoolean: [Bool]
  /// The column that is SQLite's rowid; `nil` where none is.
  let idColumn: String?
  /// A view or a virtual table: code of the file would run to read it.
  public let isComputed: Bool
}

/// A row of a table of features.
public struct FeatureRow: Hashable, Sendable {
  /// Its id in the table, from 1 where programs count.
  public let id: Int64
  /// `nil` where there is none, or an empty one.
  public let geometry: RawGeometry?
  /// Of the table's `columns`.
  public let values: [AttributeValue]
}

/// Why a row, or the rest of a table, is not used.
public struct RowProblem: Hashable, Sendable {
  public let code: String
  /// The row's id; 0 where it is about the table.
  public let id: Int64
  public let message: String
}

/// What became of the rows of a table.
public struct RowCounts: Hashable, Sendable {
  public var seen = 0
  public var used = 0
  public var aside: [String: Int] = [:]
}
