import Geometry
public import Survey

/// NMEA 0183 as receivers write it, of any talker, also with binary messages in between.
///
/// Positions come from GGA, or, in a log that has none, from GNS, RMC or GLL; sigma from GST; dates from RMC and ZDA; HDOP
/// also from GSA. A sentence without a checksum, or with a wrong one, claims nothing and is listed. Binary messages of any
/// maker (UBX, SkyTraq, RTCM) are set aside and their bytes counted.
public enum NMEA: LogFormat {
  public static let name = "NMEA 0183"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    let text = head.span
    var from = 0
    while let sentence = NMEASentence(text, from: from, to: text.count) {
      if sentence.verdict == .sound { return true }
      // Without a checksum only the address speaks for it: the talkers of receivers are G-something.
      if sentence.verdict == .noChecksum, sentence.body.count > 6, text[sentence.body.lowerBound] == UInt8(ascii: "G"),
        text[sentence.body.lowerBound + 5] == UInt8(ascii: ",")
      {
        return true
      }
      from = sentence.end
    }
    return false
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var lines = LineSource(cutsAt: UInt8(ascii: "$"))
    var reader = NMEAReader(best: bestSource(try input.head()))
    sink.begin(track: TrackHeader())
    sink.beginSegment()
    while let line = try lines.next(&input) {
      reader.read(lines.bytes.span, line.range, number: line.number)
      if reader.events.isFull { reader.events.drain(into: &sink) }
    }
    reader.finish()
    reader.events.drain(into: &sink)
    sink.add(reader.events.corrected(reader.counts))
    if let problem = input.problem { sink.add(problem) }
    return (name, reader.device.maker)
  }

  private static func bestSource(_ head: [UInt8]) -> NMEAEpoch.Source {
    let text = head.span
    var (from, best) = (0, NMEAEpoch.Source.none)
    while let sentence = NMEASentence(text, from: from, to: text.count) {
      from = sentence.end
      let source: NMEAEpoch.Source =
        switch sentence.formatter {
        case .gga: .gga
        case .gns: .gns
        case .rmc: .rmc
        case .gll: .gll
        case .gst, .gsa, .zda, .dtm, .other: .none
        }
      if sentence.verdict == .sound, source.rawValue > best.rawValue { best = source }
    }
    return best
  }
}
