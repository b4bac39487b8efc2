public import Survey

/// Solutions of RTKLIB and its relatives (`.pos`), as the manual of RTKLIB 2.4.2 describes them in appendix B.1.
///
///     %  GPST                  latitude(deg) longitude(deg)  height(m)   Q  ns   sdn(m)   sde(m) ...
///     2026/05/03 07:12:00.000   43.334904557   21.873239803   196.3380   1  21   0.0080   0.0061 ...
///
/// Latitude and longitude in degrees or in degrees, minutes and seconds, or geocentric X, Y, Z; times as a date or as
/// GPS week and seconds, in GPST, UTC or JST; fields parted by blanks, commas, semicolons or tabs. Sigma is the larger
/// one of `sdn` and `sde`. Age and ratio are not kept. A file that lacks the header line with the columns is refused,
/// since nothing else says what its numbers and its times are.
public enum RTKLIB: LogFormat {
  public static let name = "RTKLIB"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    guard !head.contains(0) else { return false }
    let text = head.span
    var isHeaderless = false
    var start = text.startsWithByteOrderMark ? 3 : 0
    for index in start...max(start, text.count) {
      guard index >= text.count || text[index] == 0x0a || text[index] == 0x0d else { continue }
      let line = text.trimmed(start..<min(index, text.count))
      start = index + 1
      guard let first = line.first else { continue }
      guard text[first] == UInt8(ascii: "%") else {
        isHeaderless = RTKLIBRow.looksHeaderless(text, line)
        break
      }
      if RTKLIBHeader(columns: text, line) != nil { return true }
    }
    return isHeaderless
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var lines = LineSource()
    var reader = RTKLIBReader()
    while let line = try lines.next(&input) {
      if line.isTooLong { reader.tooLong(line.problem) }
      if let refusal = reader.read(lines.bytes.span, line.range, number: line.number) {
        throw FileUnreadable(input.path, .refused, code: refusal.code, line: refusal.line, refusal.message)
      }
      if reader.events.isFull { reader.events.drain(into: &sink) }
    }
    reader.finish()
    reader.events.drain(into: &sink)
    sink.add(reader.events.corrected(reader.counts))
    if let problem = input.problem { sink.add(problem) }
    return (name, reader.program)
  }
}
