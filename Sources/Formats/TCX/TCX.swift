public import Survey

/// Garmin's Training Center XML (TrainingCenterDatabase v1 and v2): activities are tracks, and each Track of a lap a
/// segment; a course is a route, since nobody has walked it; its points are waypoints.
///
/// Its records are Trackpoints and CoursePoints.
public enum TCX: LogFormat {
  public static let name = "TCX"

  public static func recognizes(_ head: [UInt8]) -> Bool { XMLRoot(head)?.name == "TrainingCenterDatabase" }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    let reader = TCXReader(path: input.path)
    var stream = XMLStream(reader)
    while stream.stop == nil {
      let block = try input.next()
      stream.parse(block ?? [], isLast: block == nil)
      reader.events.drain(into: &sink)
      if block == nil { break }
    }
    switch stream.stop {
    case nil: break
    case .refused:
      if let refusal = reader.refusal { sink.add(Problem(refusal.code, line: refusal.line, refusal.message)) }
    case .doctype:
      throw FileUnreadable(
        input.path, .refused, code: "tcx.doctype", line: stream.line,
        "declares a document type, as no TCX does: it is not read")
    case .encoding:
      sink.add(Problem("tcx.xml", line: stream.line, "the encoding is not known here: save the file as UTF-8"))
    case .damaged(let reason):
      sink.add(
        Problem(
          "tcx.xml", line: stream.line,
          "the XML is damaged (\(reason)): what came before is used; export the log again"))
    }
    sink.add(reader.events.corrected(reader.counts(brokenOff: Self.code(stream.stop))))
    for problem in reader.rest { sink.add(problem) }
    if let problem = input.problem { sink.add(problem) }
    return (name, reader.creator)
  }

  /// Under which the point is set aside in which the file breaks off.
  private static func code(_ stop: XMLStream.Stop?) -> String {
    if case .refused = stop { "tcx.depth" } else { "tcx.xml" }
  }
}
