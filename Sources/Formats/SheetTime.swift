public import Survey

extension CivilDate {
  /// `YYYY-MM-DD`, `YYYY/MM/DD` or `d.m.yyyy`, as sheets have it; `nil` for `03/04/2026`, of which nobody can tell the day
  /// from the month.
  public init?(sheet text: String) {
    let bytes = Array(text.utf8)
    guard let date = bytes.span.sheetDate(0..<bytes.count) else { return nil }
    self = date
  }

  /// The same, or the day of a date and time as forms export them: ISO 8601, whose day is the one written unless it has an
  /// offset from UTC, and then the one that `day` makes of it; or `6/13/2024 8:00:00 AM`, where the order of day and month
  /// makes no difference or only one can be meant.
  public init?(form text: String, day: (Timestamp) -> CivilDate?) {
    let (bytes, plain) = (Array(text.utf8), CivilDate(sheet: text))
    let date = plain ?? bytes.span.formDate(day)
    guard let date else { return nil }
    self = date
  }
}

/// Dates and times as sheets have them.
extension Span<UInt8> {
  /// ISO 8601; `dd.mm.yyyy` with a time of day; or seconds (ten digits, perhaps a fraction) or milliseconds (thirteen)
  /// since 1970. `03/04/2026` is refused: nobody can tell the day from the month.
  func sheetTime(_ range: Range<Int>) -> Timestamp? {
    if let instant = isoTime(range) { return instant }
    guard let separator = range.first(where: { self[$0] == 0x20 || self[$0] == UInt8(ascii: "T") }) else {
      return epochTime(range)
    }
    guard let date = sheetDate(trimmed(range.lowerBound..<separator)),
      let time = timeOfDay(trimmed(separator + 1..<range.upperBound))
    else { return nil }
    return Timestamp(date, millisecondsOfDay: time)
  }

  /// `YYYY-MM-DD`, `YYYY/MM/DD` or `d.m.yyyy`, with or without a dot at the end.
  func sheetDate(_ range: Range<Int>) -> CivilDate? {
    if let date = isoDate(range) { return date }
    var parts: [Int] = []
    var start = range.lowerBound
    var separator: UInt8?
    for index in range where self[index] == UInt8(ascii: ".") || self[index] == UInt8(ascii: "/") {
      guard separator == nil || separator == self[index], let part = integer(start..<index) else { return nil }
      separator = self[index]
      parts.append(part)
      start = index + 1
    }
    if start < range.upperBound {
      guard let part = integer(start..<range.upperBound) else { return nil }
      parts.append(part)
    }
    guard parts.count == 3 else { return nil }
    if separator == UInt8(ascii: "/") {
      return parts[0] > 31 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil
    }
    return parts[2] > 31 ? CivilDate(year: parts[2], month: parts[1], day: parts[0]) : nil
  }

  fileprivate func formDate(_ day: (Timestamp) -> CivilDate?) -> CivilDate? {
    if let instant = isoTime(0..<count), let written = isoDate(0..<10) {
      let hasOffset = (11..<count).contains { "Zz+-".utf8.contains(self[$0]) }
      return hasOffset ? day(instant) : written
    }
    let end = (0..<count).first { self[$0] == 0x20 } ?? count
    let slashes = (0..<end).filter { self[$0] == UInt8(ascii: "/") }
    guard slashes.count == 2, (end..<count).allSatisfy({ " :.0123456789AMPamp".utf8.contains(self[$0]) }),
      let first = integer(0..<slashes[0]), let second = integer(slashes[0] + 1..<slashes[1]),
      let year = integer(slashes[1] + 1..<end), year > 31
    else { return nil }
    // Two months or days that could be either are somebody's to tell.
    guard first == second || max(first, second) > 12 else { return nil }
    return CivilDate(year: year, month: min(first, second), day: max(first, second))
  }

  private func epochTime(_ range: Range<Int>) -> Timestamp? {
    let whole = range.prefix { self[$0] != UInt8(ascii: ".") }
    guard whole.count == 10 || (whole.count == 13 && range.count == 13),
      range.allSatisfy({ (0x30...0x39).contains(self[$0]) || self[$0] == UInt8(ascii: ".") }),
      let value = decimal(range)
    else { return nil }
    return Timestamp(milliseconds: Int64((whole.count == 10 ? value * 1000 : value).rounded()))
  }
}
