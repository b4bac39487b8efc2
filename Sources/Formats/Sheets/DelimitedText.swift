import Survey

/// The rows of a text whose fields are separated by one character: RFC 4180, with any delimiter and line end.
struct DelimitedText {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let path: String
  private var position: Int
  private var line: Int
  private let isCut: Bool
  /// The line of a last row that was held back: where a text is cut, nobody knows what its last number was.
  private(set) var cutRow: Int?

  /// `position` and `line` are where the first row begins; of a text that `isCut` a last row without a line end is none.
  init(_ bytes: [UInt8], delimiter: UInt8, position: Int = 0, line: Int = 1, isCut: Bool = false, path: String) {
    (self.bytes, self.delimiter, self.isCut, self.path) = (bytes, delimiter, isCut, path)
    (self.position, self.line) = (position, line)
  }

  /// The next row, `nil` after the last; throws `sheet.quote` for a quotation mark that is not closed, or closed before
  /// the field ends: what follows it could not be told from the rows it swallows.
  mutating func next() throws(FileUnreadable) -> SheetRow? {
    guard position < bytes.count else { return nil }
    var row = SheetRow(line: line, cells: [])
    while true {
      row.cells.append(.text(try field()))
      guard row.cells.count <= SheetLimits.columns else {
        throw SheetLimits.exceeded(path, line: row.line, "\(SheetLimits.columns) columns")
      }
      guard position < bytes.count else { return last(row) }
      let end = bytes[position]
      position += 1
      if end == delimiter {
        // A delimiter at the very end has an empty field behind it.
        if position == bytes.count {
          row.cells.append(.text(""))
          return last(row)
        }
        continue
      }
      if end == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
      line += 1
      return row
    }
  }

  /// A row that ends with the text.
  private mutating func last(_ row: SheetRow) -> SheetRow? {
    guard isCut else { return row }
    cutRow = row.line
    return nil
  }

  /// Up to the delimiter or the line end, which it leaves.
  private mutating func field() throws(FileUnreadable) -> String {
    let start = position
    while position < bytes.count, bytes[position] == 0x20 { position += 1 }
    // Only at the beginning: `43°19'28.9"N` is a latitude.
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quoted() }
    while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quoted() throws(FileUnreadable) -> String {
    let first = line
    var text: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte != UInt8(ascii: "\"") {
        if byte == 0x0a || (byte == 0x0d && !(position < bytes.count && bytes[position] == 0x0a)) { line += 1 }
        text.append(byte)
      } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        text.append(byte)
        position += 1
      } else {
        while position < bytes.count, bytes[position] == 0x20 { position += 1 }
        guard position == bytes.count || isEnd(bytes[position]) else {
          throw refused(first, "something follows a quotation mark that closes: double the marks inside a field")
        }
        return String(decoding: text, as: UTF8.self)
      }
    }
    throw refused(first, "a quotation mark is not closed, and what follows cannot be told from it: close it")
  }

  private func isEnd(_ byte: UInt8) -> Bool { byte == delimiter || byte == 0x0a || byte == 0x0d }

  private func refused(_ line: Int, _ message: String) -> FileUnreadable {
    FileUnreadable(path, .refused, code: "sheet.quote", line: line, message)
  }
}
