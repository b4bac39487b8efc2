import Survey

/// A row of a table.
struct DBFRow {
  var isDeleted: Bool
  var properties: [String: JSONValue]
  var problems: [Problem] = []
}

/// The rows of a `.dbf`, one after the other.
struct DBFReader: ~Copyable {
  /// How many rows were there, those marked as deleted among them.
  private(set) var rows = 0
  private var cursor: ByteCursor
  private let header: DBFHeader
  private let names: [String]
  private var encoding: DBFEncoding
  private var isAtEnd = false

  /// The table that belongs to a `.shp`; `nil`, and told, where there is none that can be read.
  static func open(beside input: borrowing ByteSource, tell: (GeoPiece) -> Void) throws(FileUnreadable) -> DBFReader? {
    guard let source = try input.siblings.open("dbf") else {
      tell(
        .problem(
          Problem(
            "shp.no-table", line: 0, "there is no .dbf with it: its shapes have no properties; fetch that file too")))
      return nil
    }
    var cursor = ByteCursor(source)
    let head = Array(try cursor.peek(1 << 16))
    guard let header = DBFHeader(head) else {
      tell(
        .problem(
          Problem(
            "dbf.damaged", line: 0, "its .dbf is no table: its shapes have no properties; fetch the file again")))
      return nil
    }
    var page: String?
    if var source = try input.siblings.open("cpg") { page = String(decoding: try source.head(64), as: UTF8.self) }
    let encoding = DBFEncoding(page: page, language: header.language)
    try cursor.skip(header.length)
    return DBFReader(cursor, header, encoding, tell)
  }

  private init(
    _ cursor: consuming ByteCursor, _ header: DBFHeader, _ encoding: DBFEncoding, _ tell: (GeoPiece) -> Void
  ) {
    self.cursor = cursor
    self.header = header
    var encoding = encoding
    var names: [String] = []
    for column in header.columns {
      let name = encoding.text(column.name[...], sample: column.name)
      var unique = name
      var number = 2
      while names.contains(unique) { (unique, number) = ("\(name)_\(number)", number + 1) }
      if unique != name {
        tell(
          .problem(
            Problem(
              "dbf.column", line: 0, "two columns of its .dbf are called \(name): the second is read as \(unique)")))
      }
      names.append(unique)
    }
    if header.isShort {
      tell(
        .problem(
          Problem(
            "dbf.damaged", line: 0,
            "the columns of its .dbf are wider than its rows: those that do not fit are left out")))
    }
    self.names = names
    self.encoding = encoding
  }

  /// What is to be said of the table, once it has been read.
  var remarks: [Problem] {
    var remarks: [Problem] = []
    if let finding = encoding.finding { remarks.append(Problem("dbf.encoding", line: 0, "its .dbf \(finding)")) }
    if rows < header.rows {
      remarks.append(
        Problem(
          "dbf.damaged", line: 0, "its .dbf promises \(header.rows) rows and has \(rows): fetch the file again"))
    }
    return remarks
  }

  /// The next row; `nil` at the end.
  mutating func next() throws(FileUnreadable) -> DBFRow? {
    guard !isAtEnd, rows < header.rows else { return nil }
    let row = try cursor.take(header.rowLength)
    // A file may end in 0x1a before it has as many rows as it promises.
    guard row.count == header.rowLength, row[0] != 0x1a else {
      isAtEnd = true
      return nil
    }
    rows += 1
    var found = DBFRow(isDeleted: row[0] == UInt8(ascii: "*"), properties: [:])
    for (column, name) in zip(header.columns, names) {
      let bytes = row[column.range]
      if column.kind == UInt8(ascii: "C") {
        let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0 }
        let end = bytes.lastIndex { !blank($0) }.map { $0 + 1 } ?? bytes.startIndex
        let text = encoding.text(bytes[..<end], sample: row)
        found.properties[name] = text.isEmpty ? .null : .string(text)
      } else {
        do throws(Problem) { found.properties[name] = try JSONValue(dbf: Array(bytes), kind: column.kind) } catch {
          // Kept as it stands, so that whoever needs a number sees that there is none: absent would mean something else.
          let raw = String(decoding: bytes.prefix(24).filter { $0 >= 0x20 && $0 < 0x7f }, as: UTF8.self)
          found.properties[name] = .string("not understood: \(raw)")
          found.problems.append(Problem(error.code, line: 0, "its \(name.prefix(20)) \(error.message)"))
        }
      }
    }
    return found
  }
}
