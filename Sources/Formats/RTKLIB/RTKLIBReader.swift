import Geometry
import Survey

/// The lines of one `.pos` file.
struct RTKLIBReader {
  var events = Events()
  var counts = RecordCounts()
  private(set) var program: String?
  private var header: RTKLIBHeader?
  private var isNewSegment = true
  private var hasTrack = false
  private var (unfixed, beyond, unknownTime) = (LineTally(), LineTally(), LineTally())

  /// Returns why nothing of the file can be used, where that is so.
  mutating func read(_ text: Text, _ range: Range<Int>, number line: Int) -> Problem? {
    let start =
      line == 1 && text.startsWithByteOrderMark ? min(range.lowerBound + 3, range.upperBound) : range.lowerBound
    let range = text.trimmed(start..<range.upperBound)
    guard let first = range.first else { return nil }
    if text[first] == UInt8(ascii: "%") { return remark(text, range, line) }
    guard let header else {
      return Problem(
        "rtklib.header", line: line,
        "has solutions without the header that says what their numbers and times are: switch the header on "
          + "(out-outhead=on) and export again")
    }
    counts.seen += 1
    row(text, range, header, line)
    return nil
  }

  private mutating func remark(_ text: Text, _ range: Range<Int>, _ line: Int) -> Problem? {
    if let columns = RTKLIBHeader(columns: text, range) {
      if columns.layout == .baseline {
        return Problem(
          "rtklib.baseline", line: line,
          "has baselines east, north and up from the base, no positions: export it again as lat/lon/height (out-solformat=llh)"
        )
      }
      (header, isNewSegment) = (columns, true)
      return nil
    }
    if let datum = RTKLIBHeader.datum(text, range), datum != "WGS84" {
      return Problem(
        "rtklib.datum", line: line,
        "has positions on the datum \(datum.prefix(40)), not on WGS 84: export it again with out-datum or out-solformat on WGS84"
      )
    }
    let words = text.string(range.lowerBound..<range.lowerBound + min(range.count, 200))
    if program == nil, words.hasPrefix("% program"), let colon = words.firstIndex(of: ":") {
      program = words[words.index(after: colon)...].split(separator: " ").joined(separator: " ")
    }
    return nil
  }

  private mutating func row(_ text: Text, _ range: Range<Int>, _ header: RTKLIBHeader, _ line: Int) {
    let fields = RTKLIBRow.fields(text, range)
    // Behind the time: latitude, longitude, height, or X, Y, Z; then Q.
    let place = 2..<(header.layout == .sexagesimal ? 9 : 5)
    guard fields.count > place.upperBound else {
      return setAside(
        "rtklib.fields", line, "the solution has \(fields.count) fields, Q would be in field \(place.upperBound + 1)")
    }
    guard let (position, height) = position(text, fields[place], header.layout) else {
      let shown = text.start(fields[place.lowerBound].lowerBound..<fields[place.upperBound - 1].upperBound)
      return setAside("rtklib.coordinate", line, "\"\(shown)\" is no position")
    }
    var fix = Fix(position, elevation: height, line: line)
    let written = fields[place.upperBound]
    let known = text.integer(written).flatMap { RTKLIBRow.quality($0) }
    if known == .invalid {
      counts.add(aside: "rtklib.no-position")
      return unfixed.add(line: line)
    }
    if known == nil {
      events.problem(
        "rtklib.quality", line: line,
        "Q \"\(text.start(written))\" is not known: the solution counts as no measured position")
    }
    fix.quality = known ?? .invalid
    let rest = fields[(place.upperBound + 1)...]
    fix.satellites = rest.first.flatMap { text.integer($0) }
    fix.sigma = sigma(text, rest.dropFirst(), position, header.layout)
    fix.time = time(text, fields[0], fields[1], header.time, line)
    begin()
    counts.used += 1
    events.add(fix)
  }

  private func position(
    _ text: Text, _ fields: ArraySlice<Range<Int>>, _ layout: RTKLIBHeader.Layout
  ) -> (position: Geographic, height: Double?)? {
    let values = fields.map { text.decimal($0) }
    switch layout {
    case .degrees:
      guard let latitude = values[0], let longitude = values[1] else { return nil }
      let position = Geographic(longitude, latitude)
      return position.isOnEarth ? (position, values[2]) : nil
    case .sexagesimal:
      guard let latitude = RTKLIBRow.angle(text, fields.prefix(3)),
        let longitude = RTKLIBRow.angle(text, fields.dropFirst(3).prefix(3))
      else { return nil }
      let position = Geographic(longitude, latitude)
      return position.isOnEarth ? (position, values[6]) : nil
    case .geocentric:
      guard let x = values[0], let y = values[1], let z = values[2] else { return nil }
      return Geocentric(x: x, y: y, z: z).geodetic.map { ($0.position, $0.height) }
    case .baseline: return nil
    }
  }

  /// From the standard deviations behind `ns`; `nil` where there are none, or where they are zero, as of a program that
  /// did not compute them.
  private func sigma(
    _ text: Text, _ fields: ArraySlice<Range<Int>>, _ position: Geographic, _ layout: RTKLIBHeader.Layout
  ) -> Double? {
    let values = fields.prefix(6).compactMap { text.decimal($0) }
    guard values.count >= 3, values[0] >= 0, values[1] >= 0, values[2] >= 0 else { return nil }
    var sigma = max(values[0], values[1])
    if layout == .geocentric {
      // Without the covariances no axis can be worse than all three together.
      sigma =
        values.count == 6
        ? Geocentric.sigma(
          at: position, x: values[0], y: values[1], z: values[2], xy: values[3], yz: values[4], zx: values[5])
        : (values[0] * values[0] + values[1] * values[1] + values[2] * values[2]).squareRoot()
    }
    return sigma > 0 && sigma.isFinite ? sigma : nil
  }

  private mutating func time(
    _ text: Text, _ first: Range<Int>, _ second: Range<Int>, _ system: RTKLIBHeader.TimeSystem, _ line: Int
  ) -> Timestamp? {
    guard let said = RTKLIBRow.time(text, first, second) else {
      events.problem(
        "rtklib.time", line: line,
        "\"\(text.start(first)) \(text.start(second))\" is no time: the solution is kept without it")
      return nil
    }
    switch system {
    case .gpst:
      let instant = LeapSeconds.utc(gps: said)
      if !LeapSeconds.isKnown(at: instant) { beyond.add(line: line) }
      return instant
    case .utc: return said
    // Nine hours ahead of UTC.
    case .jst: return Timestamp(milliseconds: said.milliseconds - 32_400_000)
    case .other:
      unknownTime.add(line: line)
      return nil
    }
  }

  private mutating func begin() {
    if !hasTrack { events.add(.track(TrackHeader())) }
    if isNewSegment { events.add(.segment) }
    (hasTrack, isNewSegment) = (true, false)
  }

  mutating func tooLong(_ problem: Problem) {
    counts.seen += 1
    counts.add(aside: problem.code)
    events.add(.problem(problem))
  }

  private mutating func setAside(_ code: String, _ line: Int, _ what: String) {
    counts.add(aside: code)
    events.problem(code, line: line, "\(what): the solution is not used")
  }

  mutating func finish() {
    if unfixed.count > 0 {
      events.problem(
        "rtklib.no-position", line: unfixed.line,
        "\(unfixed.count) solutions have Q 0, no position; these are not fixes")
    }
    if unknownTime.count > 0, case .other(let name)? = header?.time {
      events.problem(
        "rtklib.time-system", line: unknownTime.line,
        "\(unknownTime.count) times are in \"\(name)\", which is not GPST, UTC or JST: the solutions are kept without a time"
      )
    }
    if beyond.count > 0 {
      events.problem(
        "rtklib.leap-seconds", line: beyond.line,
        "\(beyond.count) times lie after \(LeapSeconds.knownUntil), up to which leap seconds are known here: 18 s are taken off "
          + "GPST; if a leap second has been added since, they are one second late; update razmin")
    }
  }
}
