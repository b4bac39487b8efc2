public import Survey

/// The rows of a delimited text, one at a time: for tables whose columns the user names. Fields keep their quotes'
/// contents, and lose the blanks around them.
public struct CSVRows: ~Copyable {
  public let delimiter: UInt8
  private var input: ByteSource
  private var lines = LineSource()
  /// A line that `nextPair` has left to `next`.
  private var waiting: LineSource.Line?
  private var pairLine: LineSource.Line?

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
    guard let line = try nextLine() else {
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

  private mutating func nextLine() throws(FileUnreadable) -> LineSource.Line? {
    if let line = waiting.take() { return line }
    return try lines.next(&input)
  }

  /// The numbers in two columns of the next line, from 0, where it is a plain row; `nil`, and the line is left to `next`,
  /// where it has quotes, letters beyond ASCII, or anything else in these columns.
  ///
  /// The same numbers as in the fields of `next`, in a twentieth of the time. `write` writes the line.
  public mutating func nextPair(_ first: Int, _ second: Int) throws(FileUnreadable) -> (first: Double, second: Double)?
  {
    guard waiting == nil, let line = try lines.next(&input) else { return nil }
    let found = line.isTooLong || line.number == 1 ? nil : pair(line.range, first, second)
    if found == nil { waiting = line } else { pairLine = line }
    return found
  }

  private func pair(_ range: Range<Int>, _ first: Int, _ second: Int) -> (first: Double, second: Double)? {
    let text = lines.bytes.span
    var (column, index) = (0, range.lowerBound)
    var (x, y): (Double?, Double?)
    while index <= range.upperBound {
      let start = index
      let isWanted = column == first || column == second
      var number: Double?
      // Mostly nothing but the number stands in its column.
      if isWanted, let found = text.decimalPrefix(start..<range.upperBound),
        found.end == range.upperBound || text[found.end] == delimiter
      {
        (number, index) = (found.value, found.end)
      } else {
        while index < range.upperBound, text[index] != delimiter {
          if text[index] == UInt8(ascii: "\"") || text[index] >= 0x80 { return nil }
          index += 1
        }
        if isWanted { number = text.decimal(text.trimmed(start..<index)) }
      }
      if column == first { x = number }
      if column == second { y = number }
      (column, index) = (column + 1, index + 1)
    }
    guard let x, let y else { return nil }
    return (x, y)
  }

  /// Leaves the line of the last pair to `next`.
  public mutating func leavePair() { waiting = pairLine }

  /// Writes the line of the last pair with two columns more; `false`, and nothing is written, where there is none, or these
  /// numbers are not to be written with so many decimals.
  public func write(
    pairAnd first: Double, _ second: Double, decimals: Int, to writer: inout RowWriter
  ) -> Bool {
    guard let range = pairLine?.range else { return false }
    return writer.append(lines.bytes.span.extracting(range), first, second, decimals: decimals, delimiter: delimiter)
  }
}
