import Survey

/// A table whose first row names its columns: CSV with any separator and encoding, or XLSX (`docs/sheets.md`).
///
///     let table = try NamedTable.read(ByteSource(path: "ordnance.csv"))
///     for row in table.rows { print(row["name"] ?? "") }
public struct NamedTable: Sendable {
  /// One row below the header.
  public struct Row: Hashable, Sendable {
    /// The line of a text, the row of a worksheet; from 1.
    public let line: Int
    /// How many fields the row has, empty ones included.
    public let fields: Int
    fileprivate let cells: [String: String]

    /// What stands in a column, by its name in lower case; `nil` where it is empty or there is no such column.
    public subscript(column: String) -> String? { cells[column] }
  }

  /// As the header has them, without blanks at the ends.
  public let columns: [String]
  public let bytes: Int
  /// Of the file as it lies on disk, in lower-case hexadecimal.
  public let sha256: String
  let container: SheetReading.Container
  let body: ArraySlice<SheetRow>

  /// Throws where it is no table, where two columns have one name, or where a row has more fields than the header.
  public static func read(_ input: consuming ByteSource) throws(FileUnreadable) -> NamedTable {
    let path = input.path
    let content = try PointSheetReader.all(of: &input)
    let (bytes, sha256) = try input.finish()
    let grid = try PointSheetReader.grid(content, options: SheetOptions(), path: path)
    guard let header = grid.rows.first else {
      throw FileUnreadable(path, .refused, code: "sheet.empty", "has no rows: export the sheet again")
    }
    let columns = header.cells.map(\.text)
    let named = columns.filter { !$0.isEmpty }.map { $0.lowercased() }
    guard Set(named).count == named.count else {
      throw FileUnreadable(
        path, .refused, code: "sheet.columns", line: header.line, "has two columns of one name: rename one of them")
    }
    let body = grid.rows.dropFirst()
    if let long = body.first(where: { $0.cells.dropFirst(columns.count).contains { !$0.isEmpty } }) {
      throw FileUnreadable(
        path, .refused, code: "sheet.fields", line: long.line,
        "has more fields in this row than in its header: put quotation marks round a field that holds the separator")
    }
    return NamedTable(columns: columns, bytes: bytes, sha256: sha256, container: grid.container, body: body)
  }

  public var rows: [Row] {
    let names = columns.map { $0.lowercased() }
    return body.map { row in
      let cells = names.enumerated().compactMap { index, name in
        name.isEmpty || row[index].isEmpty ? nil : (name, row[index].text)
      }
      return Row(line: row.line, fields: row.cells.count, cells: Dictionary(cells) { first, _ in first })
    }
  }
}
