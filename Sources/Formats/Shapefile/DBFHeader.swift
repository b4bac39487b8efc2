import Survey

/// The head of a dBASE table, by "dBASE File Structure" (dbase.com/Knowledgebase/INT/db7_file_fmt.htm, and the older levels
/// 3 to 5 that GIS write): lengths, the number of rows, and a column for every 32 bytes.
struct DBFHeader {
  struct Column {
    var name: [UInt8]
    /// A letter: C, N, F, D, L, I and others.
    var kind: UInt8
    var range: Range<Int>
  }
  let rows: Int
  /// Bytes before the first row.
  let length: Int
  /// Bytes of a row, with the one that says whether it is deleted.
  let rowLength: Int
  /// The language driver, which stands for an encoding; 0 where none is said.
  let language: UInt8
  private(set) var columns: [Column] = []
  /// Whether the columns need more bytes than a row has.
  private(set) var isShort = false

  /// `nil` for what cannot be one. `head` should hold the whole of it: at most 65 535 bytes.
  init?(_ head: [UInt8]) {
    let bytes = head.span
    guard bytes.count >= 32 else { return nil }
    (rows, length, rowLength, language) = (bytes.int32(4), bytes.int16(8), bytes.int16(10), bytes[29])
    guard rows >= 0, length >= 33, rowLength >= 1, (1...12).contains(bytes[2]), (1...31).contains(bytes[3]) else {
      return nil
    }
    var (at, offset) = (32, 1)
    while at + 32 <= min(length, bytes.count), bytes[at] != 0x0d {
      let size = Int(bytes[at + 16])
      let column = Column(
        name: Array(head[at..<(at + 11)].prefix { $0 != 0 }), kind: bytes[at + 11], range: offset..<(offset + size))
      offset += size
      at += 32
      if offset <= rowLength { columns.append(column) } else { isShort = true }
    }
  }

  /// Whether the first bytes are so surely a table that its ending does not matter: the versions that GIS write, blanks where
  /// they have blanks, and the mark behind the columns.
  static func isTelling(_ head: [UInt8]) -> Bool {
    guard let header = DBFHeader(head), [0x03, 0x30, 0x83, 0x8b].contains(head[0]), header.length <= head.count else {
      return false
    }
    return !header.columns.isEmpty && head[header.length - 1] <= 0x0d
  }
}
