/// A rule such as `CET-1CEST,M3.5.0,M10.5.0/3`: POSIX.1-2017, section 8.3, `TZ`, with RFC 8536's hours of -167...167.
struct PosixTimeZone: Hashable, Sendable {
  /// Seconds east of UTC: the opposite sign of the text's.
  private var standard: Int
  private var summer: Summer?

  private struct Summer: Hashable {
    var offset: Int
    var start, end: YearDay
  }

  /// A day of every year and a time of that day, in seconds of the clock in use until then.
  private struct YearDay: Hashable {
    enum Day: Hashable {
      /// The week-th (5: the last) weekday (0: Sunday) of a month.
      case weekday(month: Int, week: Int, day: Int)
      /// Counted from 1, 29 February never.
      case julian(Int)
      /// Counted from 0, 29 February in leap years.
      case ordinal(Int)
    }
    var day: Day
    var seconds: Int
  }

  /// The text of a TZif footer, without its line ends.
  init(_ text: some Sequence<UInt8>) throws(TimeZoneError) {
    var reader = Reader(bytes: Array(text))
    guard let rule = Self.parse(&reader) else {
      throw .damaged("its rule \(String(decoding: reader.bytes, as: UTF8.self)) is not as POSIX says")
    }
    self = rule
  }

  private init(standard: Int, summer: Summer?) { (self.standard, self.summer) = (standard, summer) }

  /// The span that a number of seconds since 1970 is in.
  func span(at seconds: Int64) -> TimeZoneRules.Span {
    guard let summer else { return TimeZoneRules.Span(offset: standard, from: .min, until: .max) }
    let year = Self.year(of: Int(seconds / 86_400))
    var changes: [(at: Int64, order: Int, offset: Int)] = []
    for year in year - 1...year + 1 {
      changes.append((Self.instant(summer.start, year) - Int64(standard), 1, summer.offset))
      changes.append((Self.instant(summer.end, year) - Int64(summer.offset), 0, standard))
    }
    // Where summer ends as it begins (it lasts the whole year), the beginning comes second and wins.
    changes.sort { ($0.at, $0.order) < ($1.at, $1.order) }
    let next = changes.firstIndex { $0.at > seconds } ?? changes.count
    guard next > 0 else { return TimeZoneRules.Span(offset: standard, from: .min, until: seconds + 1) }
    return TimeZoneRules.Span(
      offset: changes[next - 1].offset, from: changes[next - 1].at,
      until: next < changes.count ? changes[next].at : seconds + 1)
  }

  private static func year(of day: Int) -> Int { CivilDate(daysSinceEpoch: day).year }

  private static func firstDay(_ year: Int, _ month: Int) -> Int {
    CivilDate.daysSinceEpoch(year: year, month: month, day: 1)
  }

  private static func instant(_ when: YearDay, _ year: Int) -> Int64 {
    let newYear = firstDay(year, 1)
    let day: Int
    switch when.day {
    case .ordinal(let n): day = newYear + n
    case .julian(let n):
      let isLeap = firstDay(year, 3) - newYear == 60
      day = newYear + n - 1 + (isLeap && n >= 60 ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      let first = firstDay(year, month)
      let next = month == 12 ? firstDay(year + 1, 1) : firstDay(year, month + 1)
      // 1970-01-01, day 0, was a Thursday, weekday 4.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      let candidate = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      day = candidate < next ? candidate : candidate - 7
    }
    return Int64(day) * 86_400 + Int64(when.seconds)
  }

  // MARK: - Reading

  private struct Reader {
    let bytes: [UInt8]
    var at = 0
    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: character) else { return false }
      at += 1
      return true
    }
    mutating func number(max limit: Int) -> Int? {
      var value: Int?
      while let digit = next, (48...57).contains(digit), value ?? 0 <= limit {
        value = (value ?? 0) * 10 + Int(digit) - 48
        at += 1
      }
      return value.flatMap { $0 <= limit ? $0 : nil }
    }
    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(maxHours: Int) -> Int? {
      let sign = skip("-") ? -1 : 1
      if sign == 1 { _ = skip("+") }
      guard let hours = number(max: maxHours) else { return nil }
      var seconds = hours * 3600
      if skip(":") {
        guard let minutes = number(max: 59) else { return nil }
        seconds += minutes * 60
        if skip(":") {
          guard let rest = number(max: 59) else { return nil }
          seconds += rest
        }
      }
      return sign * seconds
    }
    /// An abbreviation: three letters or more, or anything between angle brackets.
    mutating func name() -> Bool {
      if skip("<") {
        while next != nil, next != UInt8(ascii: ">") { at += 1 }
        return skip(">")
      }
      let start = at
      while let byte = next, (65...90).contains(byte) || (97...122).contains(byte) { at += 1 }
      return at - start >= 3
    }
    mutating func yearDay() -> YearDay? {
      let day: YearDay.Day
      if skip("M") {
        guard let month = number(max: 12), skip("."), let week = number(max: 5), skip("."),
          let weekday = number(max: 6), month > 0, week > 0
        else { return nil }
        day = .weekday(month: month, week: week, day: weekday)
      } else if skip("J") {
        guard let n = number(max: 365), n > 0 else { return nil }
        day = .julian(n)
      } else {
        guard let n = number(max: 365) else { return nil }
        day = .ordinal(n)
      }
      guard skip("/") else { return YearDay(day: day, seconds: 7200) }
      return time(maxHours: 167).map { YearDay(day: day, seconds: $0) }
    }
  }

  private static func parse(_ reader: inout Reader) -> PosixTimeZone? {
    guard reader.name(), let west = reader.time(maxHours: 24) else { return nil }
    if reader.next == nil { return PosixTimeZone(standard: -west, summer: nil) }
    guard reader.name() else { return nil }
    var summerOffset = 3600 - west
    if reader.next != UInt8(ascii: ",") {
      guard let given = reader.time(maxHours: 24) else { return nil }
      summerOffset = -given
    }
    guard reader.skip(","), let start = reader.yearDay(), reader.skip(","), let end = reader.yearDay(),
      reader.next == nil
    else { return nil }
    return PosixTimeZone(standard: -west, summer: Summer(offset: summerOffset, start: start, end: end))
  }
}
