public import Survey

/// FIT, the files of Garmin's and others' watches and handhelds, by Garmin's FIT protocol
/// (https://developer.garmin.com/fit/protocol/) and the messages of its public profile.
///
/// `record` messages are fixes, course points, locations and the ends of laps are waypoints; the records of a course are
/// a route, since nobody has walked them. A stop of the timer ends a segment. A file is used up to its first damage.
///
/// FIT says nothing of the kind of a fix: its quality is unknown. `gps_accuracy` is a figure in metres whose confidence
/// no document states. So it never makes a fix better than one that says nothing, only worse: it is taken as sigma
/// where it is larger than what would be assumed.
public enum FIT: LogFormat {
  public static let name = "FIT"

  /// `.FIT` behind the first eight bytes of a header.
  public static func recognizes(_ head: [UInt8]) -> Bool { FITHeader(head) != nil }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var bytes = FITBytes()
    var reader = FITReader()
    var part = 0
    while try bytes.reach(FITHeader.shortest, &input), let header = FITHeader(bytes.peek(FITHeader.shortest)) {
      part += 1
      var decoder = FITDecoder(header, part: part)
      bytes.beginSum()
      _ = try bytes.take(header.length, &input)
      reader.beginFile()
      while let message = try decoder.next(&bytes, &input, &reader.events) {
        reader.take(message)
        if reader.events.isFull { reader.events.drain(into: &sink) }
      }
      guard decoder.isWhole else { break }
    }
    let rest = try bytes.skipAll(&input)
    if rest > 0 {
      reader.events.problem(
        "fit.trailing", line: 0, "\(rest) bytes behind the last message that can be read are not used")
    }
    reader.finish()
    reader.events.drain(into: &sink)
    sink.add(reader.events.corrected(reader.counts))
    if let problem = input.problem { sink.add(problem) }
    return (name, reader.creator)
  }
}
