import Survey

extension Span<UInt8> {
  /// An instant by ISO 8601: a date, `T` or a blank, a time of day, and an offset from UTC (`Z`, `+01`, `+01:00`,
  /// `+0100`); what has no offset is taken as UTC, as GPX says. Fractions of a second are rounded to milliseconds.
  func isoTime(_ range: Range<Int>) -> Timestamp? {
    guard range.count >= 16, let date = isoDate(range.lowerBound..<range.lowerBound + 10) else { return nil }
    let separator = self[range.lowerBound + 10] | 0x20
    guard separator == UInt8(ascii: "t") || separator == 0x20 else { return nil }
    var zone = range.lowerBound + 11
    while zone < range.upperBound, !isZone(self[zone]) { zone += 1 }
    guard let time = timeOfDay(range.lowerBound + 11..<zone),
      let offset = isoOffset(zone..<range.upperBound)
    else { return nil }
    return Timestamp(date, millisecondsOfDay: time - offset)
  }

  /// `YYYY-MM-DD`.
  func isoDate(_ range: Range<Int>) -> CivilDate? {
    let start = range.lowerBound
    guard range.count == 10, self[start + 4] == UInt8(ascii: "-"), self[start + 7] == UInt8(ascii: "-"),
      let century = twoDigits(at: start), let year = twoDigits(at: start + 2), let month = twoDigits(at: start + 5),
      let day = twoDigits(at: start + 8)
    else { return nil }
    return CivilDate(year: century * 100 + year, month: month, day: day)
  }

  /// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.sss` (or a comma), in milliseconds; a leap second counts into the next minute.
  func timeOfDay(_ range: Range<Int>) -> Int64? {
    let start = range.lowerBound
    guard range.count >= 5, self[start + 2] == UInt8(ascii: ":"), let hour = twoDigits(at: start), hour <= 24,
      let minute = twoDigits(at: start + 3), minute < 60
    else { return nil }
    var milliseconds = 0
    if range.count > 5 {
      guard range.count >= 8, self[start + 5] == UInt8(ascii: ":"),
        let seconds = secondsOfMinute(start + 6..<range.upperBound)
      else { return nil }
      milliseconds = seconds
    }
    let time = Int64(hour) * 3_600_000 + Int64(minute) * 60_000 + Int64(milliseconds)
    return hour == 24 && time > 86_400_000 ? nil : time
  }

  /// `ss` or `ss.sss`, in milliseconds.
  func secondsOfMinute(_ range: Range<Int>) -> Int? {
    let start = range.lowerBound
    guard range.count >= 2, let seconds = twoDigits(at: start), seconds <= 60 else { return nil }
    guard range.count > 2 else { return seconds * 1000 }
    guard range.count > 3, self[start + 2] == UInt8(ascii: ".") || self[start + 2] == UInt8(ascii: ",") else {
      return nil
    }
    var (fraction, weight) = (0, 1000)  // in tenths of a millisecond
    for index in start + 3..<range.upperBound {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      fraction += Int(digit) * weight
      weight /= 10
    }
    return seconds * 1000 + (fraction + 5) / 10
  }

  /// Milliseconds east of UTC.
  private func isoOffset(_ range: Range<Int>) -> Int64? {
    guard let first = range.first else { return 0 }
    if self[first] | 0x20 == UInt8(ascii: "z") { return range.count == 1 ? 0 : nil }
    guard range.count >= 3, let hours = integer(first + 1..<first + 3), hours < 24 else { return nil }
    var minutes = 0
    if range.count > 3 {
      let start = self[first + 3] == UInt8(ascii: ":") ? first + 4 : first + 3
      guard range.upperBound - start == 2, let value = integer(start..<start + 2), value < 60 else { return nil }
      minutes = value
    }
    let offset = Int64(hours) * 3_600_000 + Int64(minutes) * 60_000
    return self[first] == UInt8(ascii: "-") ? -offset : offset
  }
}

private func isZone(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte | 0x20 == UInt8(ascii: "z")
}
