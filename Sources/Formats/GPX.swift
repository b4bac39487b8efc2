public import Survey

/// GPX 1.0 and 1.1, with or without namespaces: tracks, routes and waypoints, with what this module knows of their points.
///
/// What it does not know, such as extensions, is passed over. The file is used up to the first XML error.
public enum GPX: LogFormat {
  public static let name = "GPX"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    // UTF-16 has a zero in every second byte of an ASCII text.
    let bytes = head.filter { $0 != 0 }
    let text = bytes.span
    var index = 0
    while index + 4 < text.count {
      if text[index] != UInt8(ascii: "<") {
        index += 1
      } else if text.equals(index..<index + 4, "<!--") {
        index += 4
        while index + 3 < text.count, !text.equals(index..<index + 3, "-->") { index += 1 }
      } else if text[index + 1] == UInt8(ascii: "?") || text[index + 1] == UInt8(ascii: "!") {
        index += 1
      } else {
        return isRoot(text, index + 1)
      }
    }
    return false
  }

  /// `gpx` or `prefix:gpx`, and the end of a name after it.
  private static func isRoot(_ text: Text, _ start: Int) -> Bool {
    var (from, end) = (start, start)
    while end < text.count, text[end] > 0x20, text[end] != UInt8(ascii: ">"), text[end] != UInt8(ascii: "/") {
      if text[end] == UInt8(ascii: ":") { from = end + 1 }
      end += 1
    }
    return text.equals(from..<end, "gpx")
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    let parser = GPXParser()
    while parser.isRunning {
      let block = try input.next()
      parser.parse(block ?? [], isLast: block == nil)
      if let refusal = parser.state.refusal, refusal.code != GPXState.tooDeep {
        throw FileUnreadable(input.path, .refused, code: refusal.code, line: refusal.line, refusal.message)
      }
      parser.drain(into: &sink)
      if block == nil { break }
    }
    let state = parser.state
    sink.add(state.counts)
    if let problem = input.problem { sink.add(problem) }
    return (state.version.map { "GPX \($0)" } ?? "GPX", state.creator)
  }
}
