public import Survey

/// The rows of a delimited text, one at a time: for tables whose columns the user names. Fields keep their quotes'
/// contents, and lose the blanks around them.
public struct CSVRows: ~Copyable {
  public let delimiter: UInt8
  private var input: ByteSource
  private var lines = LineSource()

  public struct Row: Sendable {
    public var fields: [String]
    /// The line as it stands, without its end.
    public var text: String
    public var line: Int
  }

  /// Throws where the file cannot be opened; the delimiter is the one of its first line, a comma where there is none.
  public init(path: String) throws(FileUnreadable) { try self.init(ByteSource(path: path)) }

  public init(_ source: consuming ByteSource) throws(FileUnreadable) {
    var source = source
    let head = try source.head()
    delimiter = CSV.firstLines(head).first.flatMap { CSVRow.delimiter(head.span, $0) } ?? UInt8(ascii: ",")
    input = source
  }

  /// The next row that says something; `nil` at the end. A line that is too long is a problem and no row.
  public mutating func next(problem: (Problem) -> Void) throws(FileUnreadable) -> Row? {
    while let line = try lines.next(&input) {
      let text = lines.bytes.span
      if line.isTooLong {
        problem(line.problem)
        continue
      }
      let start =
        line.number == 1 && text.startsWithByteOrderMark ? min(3, line.range.upperBound) : line.range.lowerBound
      let range = start..<line.range.upperBound
      if text.trimmed(range).isEmpty { continue }
      var row = CSVRow()
      row.split(text, range, at: delimiter)
      return Row(fields: row.fields.map { text.string($0) }, text: text.string(range), line: line.number)
    }
    if let trouble = input.problem { problem(trouble) }
    return nil
  }
}
