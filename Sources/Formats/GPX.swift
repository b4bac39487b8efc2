public import Survey

/// GPX 1.0 and 1.1, with or without namespaces: tracks, routes and waypoints, with what this module knows of their points.
///
/// What it does not know, such as extensions, is passed over. The file is used up to the first XML error.
public enum GPX: LogFormat {
  public static let name = "GPX"

  public static func recognizes(_ head: [UInt8]) -> Bool { XMLRoot(head)?.name == "gpx" }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var parser = GPXParser()
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
    sink.add(state.events.corrected(state.counts))
    if let problem = input.problem { sink.add(problem) }
    return (state.version.map { "GPX \($0)" } ?? "GPX", state.creator)
  }
}
