import Geometry
import Survey

/// The sentences of one file, put together to fixes.
struct NMEAReader {
  var events = Events()
  private var epoch = NMEAEpoch()
  private var clock = NMEAClock()
  /// The most telling sentence that this log has: only that gives fixes.
  ///
  /// The others repeat it, some receivers with a time of their own, and say less of its quality; alone they stand only where
  /// the receiver was interrupted.
  private var best: NMEAEpoch.Source
  private var datum: String?
  private(set) var counts = RecordCounts()
  private var (undated, placeless, otherDatum, unused) = (LineTally(), LineTally(), LineTally(), LineTally())
  private var rest = NMEARest()
  private(set) var device = NMEADevice()
  /// Whether the sentence at hand has been set aside already.
  private var isSetAside = false
  private var lastPosition = Said<Geographic>()
  private var lastTime = Said<Int64>()

  /// `best` as far as the beginning of the file shows it.
  init(best: NMEAEpoch.Source) { self.best = best }

  mutating func read(_ text: Text, _ range: Range<Int>, number line: Int) {
    if isRemark(text, range) { return }
    var from = range.lowerBound
    while let sentence = NMEASentence(text, from: from, to: range.upperBound) {
      rest.take(text, from..<sentence.body.lowerBound - 1, line)
      from = sentence.end
      counts.seen += 1
      switch sentence.verdict {
      case .sound: take(sentence, text, line)
      case .wrongChecksum:
        counts.add(aside: "nmea.checksum")
        events.problem("nmea.checksum", line: line, "the checksum is wrong: the sentence is damaged and is not used")
      case .noChecksum:
        counts.add(aside: "nmea.no-checksum")
        events.problem(
          "nmea.no-checksum", line: line,
          "the sentence has no checksum, so nobody can tell whether it is damaged: it is not used; "
            + "switch checksums on in the receiver")
      }
    }
    rest.take(text, from..<range.upperBound, line)
  }

  mutating func finish() {
    flush()
    rest.report(into: &events)
    if undated.count > 0 {
      events.problem(
        "nmea.no-date", line: undated.line,
        "\(undated.count) fixes have no time, since no date was said before them; log RMC or ZDA as well")
    }
    if placeless.count > 0 {
      events.problem(
        "nmea.no-position", line: placeless.line,
        "\(placeless.count) times the receiver said that it had no position; these are not fixes")
    }
    if unused.count > 0 {
      events.problem(
        "nmea.position-unused", line: unused.line,
        "\(unused.count) times a position stands in a lesser sentence (RMC, GLL) without the one that this log otherwise "
          + "has (GGA, RMC): these are not used, since their quality is not known")
    }
    if otherDatum.count > 0 {
      events.problem(
        "nmea.datum", line: otherDatum.line,
        "\(otherDatum.count) positions are not on WGS 84 but on datum \(datum ?? ""): they are not used; "
          + "set the receiver to WGS 84")
    }
  }

  private mutating func take(_ sentence: NMEASentence, _ text: Text, _ line: Int) {
    let formatter = sentence.formatter
    if formatter == .other {
      counts.other += 1
      device.look(text, sentence.body)
      return
    }
    isSetAside = false
    defer { count(formatter) }
    let fields = sentence.fields
    switch formatter {
    case .gga: gga(fields, text, line)
    case .gns:
      let position = position(fields, text, from: 2, isFix: text.nmeaMode(fields[6]) != .invalid, line)
      begin(time(text, fields[1]), .gns, position)
      epoch.take(.gns, position, text.nmeaMode(fields[6]), line: line)
      epoch.satellites = epoch.satellites ?? text.integer(fields[7])
      epoch.hdop = epoch.hdop ?? text.decimal(fields[8])
      epoch.elevation = epoch.elevation ?? text.decimal(fields[9])
    case .rmc: rmc(fields, text, line)
    case .gll:
      let isFix = text.equals(fields[6], "A")
      let position = position(fields, text, from: 1, isFix: isFix, line)
      begin(time(text, fields[5]), .gll, position)
      epoch.take(.gll, position, quality(fields[7], text, isFix: isFix), line: line)
    case .gst:
      begin(time(text, fields[1]) ?? epoch.time, .none, nil)
      // A sigma of zero is a receiver that does not estimate it, not one that is perfect.
      if let latitude = text.decimal(fields[6]), let longitude = text.decimal(fields[7]), latitude > 0, longitude > 0 {
        epoch.sigma = max(latitude, longitude)
      }
    case .gsa:
      if epoch.hdop == nil { epoch.hdop = text.decimal(fields[16]) }
    case .zda:
      guard !fields[2].isEmpty else { return }
      guard let time = time(text, fields[1]), let day = text.integer(fields[2]), let month = text.integer(fields[3]),
        let year = text.integer(fields[4]), let date = CivilDate(year: year, month: month, day: day)
      else {
        events.problem("nmea.date", line: line, "the date of ZDA cannot be read: it is not used")
        setAside("nmea.date")
        return
      }
      begin(time, .none, nil)
      if epoch.date == nil { epoch.date = date }
    case .dtm:
      flush()
      // PZ-90.11, GLONASS's datum, is WGS 84 within centimetres.
      let isWorld = text.equals(fields[1], "W84") || text.equals(fields[1], "P90")
      datum = isWorld ? nil : text.string(fields[1])
    case .other: break
    }
  }

  /// A sentence about the position counts with its epoch, any other by itself.
  private mutating func count(_ formatter: NMEASentence.Formatter) {
    guard !isSetAside else { return }
    switch formatter {
    case .gga, .gns, .rmc, .gll: epoch.sentences += 1
    case .gst, .gsa, .zda, .dtm, .other: counts.other += 1
    }
  }

  private mutating func setAside(_ code: String) {
    counts.add(aside: code)
    isSetAside = true
  }

  private mutating func gga(_ fields: NMEAFields, _ text: Text, _ line: Int) {
    var quality = FixQuality.invalid
    if let digit = text.integer(fields[6]), digit <= 8, let known = FixQuality(rawValue: UInt8(digit)) {
      quality = known
    } else if !fields[2].isEmpty {
      events.problem(
        "nmea.quality", line: line, "the quality of the fix cannot be read: it counts as no measured position")
    }
    let position = position(fields, text, from: 2, isFix: quality != .invalid, line)
    begin(time(text, fields[1]), .gga, position)
    epoch.take(.gga, position, quality, line: line)
    epoch.satellites = text.integer(fields[7]) ?? epoch.satellites
    epoch.hdop = text.decimal(fields[8]) ?? epoch.hdop
    epoch.elevation = text.decimal(fields[9]) ?? epoch.elevation
  }

  private mutating func rmc(_ fields: NMEAFields, _ text: Text, _ line: Int) {
    let isFix = text.equals(fields[2], "A")
    let position = position(fields, text, from: 3, isFix: isFix, line)
    begin(time(text, fields[1]), .rmc, position)
    epoch.take(.rmc, position, quality(fields[12], text, isFix: isFix), line: line)
    // A receiver without a fix makes its date up.
    guard isFix else { return }
    if let date = text.nmeaDate(fields[9]) {
      epoch.date = date
    } else if !fields[9].isEmpty {
      events.problem("nmea.date", line: line, "the date of RMC cannot be read: it is not used")
    }
  }

  /// The quality that RMC and GLL give: the mode indicator came with NMEA 2.3.
  private func quality(_ mode: Range<Int>, _ text: Text, isFix: Bool) -> FixQuality {
    guard isFix else { return .invalid }
    return mode.isEmpty ? .unknown : text.nmeaMode(mode)
  }

  private mutating func position(
    _ fields: NMEAFields, _ text: Text, from first: Int, isFix: Bool, _ line: Int
  ) -> Geographic? {
    let range = fields[first].lowerBound..<fields[first + 3].upperBound
    if let position = lastPosition.value(text, range, { text.nmeaPosition(fields, from: first) }) { return position }
    // Without a fix, receivers write anything, such as 89 degrees 60 minutes.
    if isFix {
      setAside("nmea.coordinate")
      events.problem(
        "nmea.coordinate", line: line,
        "latitude \(text.string(fields[first])) \(text.string(fields[first + 1])), longitude "
          + "\(text.string(fields[first + 2])) \(text.string(fields[first + 3])) is no position: it is not used")
    }
    return nil
  }

  private mutating func time(_ text: Text, _ range: Range<Int>) -> Int64? {
    lastTime.value(text, range) { text.nmeaTime(range) }
  }

  /// Goes on with the epoch of this time, or ends it and begins another.
  private mutating func begin(_ time: Int64?, _ source: NMEAEpoch.Source, _ position: Geographic?) {
    if source.rawValue > best.rawValue { best = source }
    if epoch.includes(time), !epoch.isRepeated(source, position) { return }
    flush()
    epoch.time = time
  }

  private mutating func flush() {
    defer { epoch = NMEAEpoch() }
    let time = clock.instant(epoch)
    guard let position = epoch.position else {
      counts.add(aside: "nmea.no-position", epoch.sentences)
      if epoch.seen != 0 { placeless.add(line: epoch.line) }
      return
    }
    guard epoch.source == best else {
      counts.add(aside: "nmea.position-unused", epoch.sentences)
      return unused.add(line: epoch.line)
    }
    guard datum == nil else {
      counts.add(aside: "nmea.datum", epoch.sentences)
      return otherDatum.add(line: epoch.line)
    }
    counts.used += epoch.sentences
    if time == nil { undated.add(line: epoch.line) }
    events.add(
      Fix(
        position, time: time, quality: epoch.quality, sigma: epoch.sigma, elevation: epoch.elevation,
        hdop: epoch.hdop, satellites: epoch.satellites, line: epoch.line))
  }
}

/// A line of plain text that begins with `#`, as programs write above a log; binary data may begin with any byte.
private func isRemark(_ text: Text, _ range: Range<Int>) -> Bool {
  guard let first = range.first, text[first] == UInt8(ascii: "#") else { return false }
  for index in range where text[index] < 0x20 && text[index] != 0x09 { return false }
  return true
}
