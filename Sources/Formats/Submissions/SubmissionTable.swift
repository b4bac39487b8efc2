import Survey

/// The rows of a CSV of filled-in forms: a field may have line breaks in it, and the file is at most 64 MiB.
struct SubmissionTable {
  let header: [String]
  private var rows: DelimitedText
  /// The line of a last row that is not handed out, since the file was cut in it.
  var cutRow: Int? { rows.cutRow }

  /// Throws `sheet.encoding` or `sheet.quote` where it is no table.
  init(_ bytes: [UInt8], isCut: Bool = false, path: String) throws(FileUnreadable) {
    let text = try SheetText(bytes, as: nil, path: path).bytes
    let (named, start) = separatorLine(text)
    let end = text[start...].firstIndex { $0 == 0x0a || $0 == 0x0d } ?? text.endIndex
    rows = DelimitedText(
      text, delimiter: named ?? CSVRow.delimiter(text.span, start..<end) ?? UInt8(ascii: ","), position: start,
      line: named == nil ? 1 : 2, isCut: isCut, path: path)
    header = try rows.next()?.cells.map(\.text) ?? []
  }

  /// The start of a file, of which the last row may be cut.
  init?(head: [UInt8]) {
    let isUTF16 = head.starts(with: [0xff, 0xfe]) || head.starts(with: [0xfe, 0xff])
    guard !head.isEmpty, isUTF16 || !head.contains(0), !"{[<$!".utf8.contains(head[0]) else { return nil }
    var end = head.count < 65_536 ? head.count : head.lastIndex(of: 0x0a) ?? head.count
    if isUTF16 { end -= end % 2 }
    try? self.init(Array(head[..<end]), path: "")
    if header.count < 2 { return nil }
  }

  /// The whole of a file.
  static func read(_ input: inout ByteSource) throws(FileUnreadable) -> SubmissionTable {
    var bytes: [UInt8] = []
    while let block = try input.next() {
      bytes += block
      guard bytes.count <= SheetLimits.bytes else { throw SheetLimits.exceeded(input.path, "64 MiB") }
    }
    let isCut = input.problem?.code.hasPrefix("gzip.") ?? false
    return try SubmissionTable(bytes, isCut: isCut, path: input.path)
  }

  mutating func next() throws(FileUnreadable) -> SheetRow? {
    while let row = try rows.next() { if row.cells.contains(where: { !$0.isEmpty }) { return row } }
    return nil
  }
}
