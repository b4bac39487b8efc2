public import Survey

/// Fixes in a sheet: a line each, separated by comma, semicolon or tab, with a header that names the columns.
///
/// Times without an offset are UTC; numbers of ten or thirteen digits are seconds or milliseconds since 1970. A change of
/// `track` (`lane`, `name`) begins a track, one of `segment` a segment. `CSVColumns` lists the names that are known.
public enum CSV: LogFormat {
  public static let name = "CSV"

  /// A text whose first line holds two or more columns, of which one may be a coordinate, or whose second has as many.
  public static func recognizes(_ head: [UInt8]) -> Bool {
    guard let first = firstLines(head).first else { return false }
    let text = head.span
    // JSON, XML and NMEA have commas too.
    guard let delimiter = CSVRow.delimiter(text, first), !"{[<$!".utf8.contains(text[first.lowerBound]) else {
      return false
    }
    let names = header(text, first, delimiter)
    let columns = CSVColumns(header: names)
    if columns.hasPosition || columns.hasGrid { return true }
    let counts = firstLines(head).map { header(text, $0, delimiter).count }
    return counts.count >= 2 && counts.allSatisfy { $0 == names.count }
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    input.decode(.eightBit(EightBitDecoder(declaration: nil), code: "csv.encoding", xml: nil))
    let head = try input.head()
    guard let first = firstLines(head).first else {
      throw FileUnreadable(
        input.path, .refused, code: "csv.text",
        "is no text in UTF-8 or an 8-bit encoding: save the sheet as CSV in UTF-8")
    }
    let delimiter = CSVRow.delimiter(head.span, first) ?? UInt8(ascii: ",")
    var reader = CSVReader(delimiter: delimiter)
    let rows = firstLines(head).map { header(head.span, $0, delimiter) }
    try reader.begin(header: rows[0], second: rows.dropFirst().first ?? [], options: options, path: input.path)

    var lines = LineSource()
    while let line = try lines.next(&input) {
      if line.isTooLong { reader.tooLong(line.problem) }
      reader.read(lines.bytes.span, line.range, number: line.number)
      if reader.events.isFull { reader.events.drain(into: &sink) }
    }
    reader.events.drain(into: &sink)
    sink.add(reader.events.corrected(reader.counts))
    if let problem = input.problem { sink.add(problem) }
    return (name, nil)
  }

  /// Where the first lines lie that say something, at most five; none where the bytes are no text.
  static func firstLines(_ head: [UInt8]) -> [Range<Int>] {
    guard !head.contains(0) else { return [] }
    let text = head.span
    var lines: [Range<Int>] = []
    var start = text.startsWithByteOrderMark ? 3 : 0
    for index in start...max(start, text.count) where lines.count < 5 {
      guard index >= text.count || text[index] == 0x0a || text[index] == 0x0d else { continue }
      let line = text.trimmed(start..<min(index, text.count))
      if !line.isEmpty, !CSVReader.isRemark(text, line) { lines.append(start..<min(index, text.count)) }
      start = index + 1
    }
    return lines
  }

  private static func header(_ text: Text, _ line: Range<Int>, _ delimiter: UInt8) -> [String] {
    var row = CSVRow()
    row.split(text, line, at: delimiter)
    return row.fields.map { text.string($0) }
  }
}

extension Span<UInt8> {
  var startsWithByteOrderMark: Bool { count >= 3 && self[0] == 0xef && self[1] == 0xbb && self[2] == 0xbf }
}
