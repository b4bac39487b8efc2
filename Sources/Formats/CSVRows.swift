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
    /// A quote is not closed, so that nobody knows where the fields end.
    public var isBroken = false
    /// Why nothing of the line was read.
    public var problem: Problem?
    public var isBlank: Bool { problem == nil && text.allSatisfy(\.isWhitespace) }
  }

  /// Throws where the file cannot be opened; the delimiter is the one of its first line, a comma where there is none.
  public init(path: String) throws(FileUnreadable) { try self.init(ByteSource(path: path)) }

  public init(_ source: consuming ByteSource) throws(FileUnreadable) {
    var source = source
    let head = try source.head()
    delimiter = CSV.firstLines(head).first.flatMap { CSVRow.delimiter(head.span, $0) } ?? UInt8(ascii: ",")
    input = source
  }

  /// The next line, blank or not; `nil` at the end.
  public mutating func next(problem: (Problem) -> Void) throws(FileUnreadable) -> Row? {
    guard let line = try lines.next(&input) else {
      if let trouble = input.problem { problem(trouble) }
      return nil
    }
    let text = lines.bytes.span
    if line.isTooLong { return Row(fields: [], text: "", line: line.number, problem: line.problem) }
    let start = line.number == 1 && text.startsWithByteOrderMark ? min(3, line.range.upperBound) : line.range.lowerBound
    let range = start..<line.range.upperBound
    var row = CSVRow()
    row.split(text, range, at: delimiter)
    return Row(
      fields: row.fields.map { text.string($0) }, text: text.string(range), line: line.number, isBroken: row.isBroken)
  }
}
