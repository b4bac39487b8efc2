import Geometry
import Survey

/// The messages of a FIT file, as fixes and waypoints. Numbers of messages and fields are those of the public profile.
struct FITReader {
  var events = Events()
  var counts = RecordCounts()
  private(set) var creator: String?
  private var header = TrackHeader()
  private var (isNewTrack, isNewSegment) = (true, true)
  private var laps = 0
  private var (placeless, undated) = (LineTally(), LineTally())

  /// Another file begins, perhaps behind one that was read.
  mutating func beginFile() { (header, isNewTrack, isNewSegment) = (TrackHeader(), true, true) }

  mutating func take(_ message: FITMessage) {
    counts.seen += 1
    switch message.global {
    case 0: identify(message)
    case 19: lap(message)
    case 20: record(message)
    case 21: event(message)
    case 31:
      header.name = message.text(5) ?? header.name
      counts.other += 1
    // A course point, and a location that the user stored; the latter's numbers are gpsbabel's (garmin_fit.cc).
    case 32: waypoint(message, latitude: 2, longitude: 3, name: 6, time: message.unsigned(1, bytes: 4))
    case 29: waypoint(message, latitude: 1, longitude: 2, name: 0, time: message.time.map { Int($0) })
    default: counts.other += 1
    }
  }

  mutating func finish() {
    if placeless.count > 0 {
      events.problem(
        "fit.no-position", line: placeless.line,
        "records without a position: \(placeless.count); these are not fixes")
    }
    if undated.count > 0 {
      events.problem(
        "fit.no-date", line: undated.line,
        "\(undated.count) times count from when the device was switched on: they are not used; set its clock")
    }
  }

  private mutating func identify(_ message: FITMessage) {
    counts.other += 1
    // A course or a segment is planned ground, also where another file follows.
    if let type = message.unsigned(0, bytes: 1), [6, 34].contains(type) { header.kind = .route }
    guard creator == nil else { return }
    let maker = message.unsigned(1, bytes: 2)
    let product = message.text(8) ?? message.unsigned(2, bytes: 2).map { "product \($0)" }
    let words = [maker.map { Self.makers[$0] ?? "manufacturer \($0)" }, product].compactMap { $0 }
    creator = words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// Of the profile's list of manufacturers, those whose devices are seen in the field.
  private static let makers = [1: "Garmin", 23: "Suunto", 32: "Wahoo", 70: "Sigma", 123: "Polar", 294: "COROS"]

  private mutating func record(_ message: FITMessage) {
    guard let position = position(message, latitude: 0, longitude: 1, code: "fit.no-position") else { return }
    var fix = Fix(position, time: time(message.time.map { Int($0) }, message), line: message.index)
    // Field 78 is 2 with more bits; both count fifths of a metre from 500 m below zero.
    fix.elevation = (message.unsigned(78, bytes: 4) ?? message.unsigned(2, bytes: 2)).map { Double($0) / 5 - 500 }
    if let accuracy = message.unsigned(31, bytes: 1).map(Double.init), accuracy > FixQuality.unknown.assumedSigma {
      fix.sigma = accuracy
    }
    if isNewTrack { events.add(.track(header)) }
    if isNewTrack || isNewSegment { events.add(.segment) }
    (isNewTrack, isNewSegment) = (false, false)
    counts.used += 1
    events.add(fix)
  }

  /// A lap's end: whoever wears a watch presses its button to mark a place.
  private mutating func lap(_ message: FITMessage) {
    laps += 1
    guard message.signed(5) != nil, message.signed(6) != nil else {
      counts.other += 1
      return
    }
    waypoint(
      message, latitude: 5, longitude: 6, name: nil, time: message.time.map { Int($0) }, otherwise: "lap \(laps)")
  }

  /// The timer's stop: what comes then is another piece of the recording.
  private mutating func event(_ message: FITMessage) {
    counts.other += 1
    // 0 is the timer; 1, 4, 8 and 9 are the ways to stop it.
    if message.unsigned(0, bytes: 1) == 0, let type = message.unsigned(1, bytes: 1), [1, 4, 8, 9].contains(type) {
      isNewSegment = true
    }
  }

  private mutating func waypoint(
    _ message: FITMessage, latitude: UInt8, longitude: UInt8, name: UInt8?, time: Int?, otherwise: String? = nil
  ) {
    guard let position = position(message, latitude: latitude, longitude: longitude, code: "fit.no-position") else {
      return
    }
    let fix = Fix(position, time: self.time(time, message), line: message.index)
    counts.used += 1
    events.add(.waypoint(Waypoint(fix, name: name.flatMap { message.text($0) } ?? otherwise)))
  }

  private mutating func position(
    _ message: FITMessage, latitude: UInt8, longitude: UInt8, code: String
  ) -> Geographic? {
    guard let y = message.signed(latitude), let x = message.signed(longitude) else {
      counts.add(aside: code)
      placeless.add(line: message.index)
      return nil
    }
    // Semicircles: 2^31 of them are 180 degrees.
    let position = Geographic(Double(x) * (180 / 2_147_483_648), Double(y) * (180 / 2_147_483_648))
    guard position.isOnEarth else {
      counts.add(aside: "fit.coordinate")
      events.problem(
        "fit.coordinate", line: message.index,
        "latitude \(position.latitude), longitude \(position.longitude) is not on earth: the point is not used")
      return nil
    }
    return position
  }

  private mutating func time(_ seconds: Int?, _ message: FITMessage) -> Timestamp? {
    guard let seconds else { return nil }
    // Below 2^28 it is the time since the device was switched on (the profile's `date_time`).
    guard seconds >= 0x1000_0000 else {
      undated.add(line: message.index)
      return nil
    }
    return Timestamp(milliseconds: (Int64(seconds) + 631_065_600) * 1000)
  }
}
