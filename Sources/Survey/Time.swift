/// An instant in UTC, in milliseconds since 1970-01-01T00:00:00Z (leap seconds not counted, as in POSIX).
public struct Timestamp: Hashable, Sendable, Comparable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Midnight UTC of a date plus a time of day.
  public init(_ date: CivilDate, millisecondsOfDay: Int64 = 0) {
    milliseconds = Int64(date.daysSinceEpoch) * 86_400_000 + millisecondsOfDay
  }

  public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  /// Seconds from `earlier` to this instant.
  @inlinable public func seconds(since earlier: Timestamp) -> Double {
    Double(milliseconds) / 1000 - Double(earlier.milliseconds) / 1000
  }

  /// The calendar date at an offset from UTC, in seconds east.
  public func date(offset: Int = 0) -> CivilDate {
    CivilDate(daysSinceEpoch: Int((Double(milliseconds) / 1000 + Double(offset)) / 86_400.0, rounding: .down))
  }
}

extension Timestamp: CustomStringConvertible {
  /// ISO 8601 in UTC; the milliseconds are written only where they are not zero.
  public var description: String { text(Self.longestText) { put(into: &$0, at: &$1) } }

  /// Bytes that `put` may need: a year of ten digits with its sign.
  public static let longestText = 32

  /// Writes `description` from `at` on, and moves that behind it.
  public func put(into span: inout MutableSpan<UInt8>, at: inout Int) {
    let day = date()
    let rest = milliseconds - Int64(day.daysSinceEpoch) * 86_400_000
    day.put(into: &span, at: &at)
    Survey.put(UInt8(ascii: "T"), Int(rest / 3_600_000), width: 2, into: &span, at: &at)
    Survey.put(UInt8(ascii: ":"), Int(rest / 60_000 % 60), width: 2, into: &span, at: &at)
    Survey.put(UInt8(ascii: ":"), Int(rest / 1000 % 60), width: 2, into: &span, at: &at)
    if rest % 1000 != 0 { Survey.put(UInt8(ascii: "."), Int(rest % 1000), width: 3, into: &span, at: &at) }
    Survey.put(UInt8(ascii: "Z"), into: &span, at: &at)
  }
}

/// A date of the proleptic Gregorian calendar.
public struct CivilDate: Hashable, Sendable, Comparable {
  public let year, month, day: Int

  /// `nil` where there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    // From March on, and again from August on, months of 31 and of 30 days take turns.
    let days = month == 2 ? isLeap ? 29 : 28 : 30 + (month + month / 8) % 2
    guard day <= days else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// `YYYY-MM-DD`.
  public init?(_ text: some StringProtocol) {
    var (numbers, index) = ([0, 0, 0], 0)
    var count = 0
    for byte in text.utf8 {
      if count == 4 || count == 7 {
        guard byte == 0x2D else { return nil }
        index += 1
      } else {
        guard (0x30...0x39).contains(byte), count < 10 else { return nil }
        numbers[index] = numbers[index] * 10 + Int(byte - 0x30)
      }
      count += 1
    }
    guard count == 10 else { return nil }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) { (self.year, self.month, self.day) = (year, month, day) }

  /// Days since 1970-01-01, by H. Hinnant's `days_from_civil` (https://howardhinnant.github.io/date_algorithms.html).
  public var daysSinceEpoch: Int { Self.daysSinceEpoch(year: year, month: month, day: day) }

  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The inverse, by the same author's `civil_from_days`.
  public init(daysSinceEpoch: Int) {
    let z = daysSinceEpoch + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
    self.init(
      unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  public static func < (a: Self, b: Self) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }
}

extension CivilDate: CustomStringConvertible {
  public var description: String { text(Timestamp.longestText) { put(into: &$0, at: &$1) } }

  fileprivate func put(into span: inout MutableSpan<UInt8>, at: inout Int) {
    // Years beyond four digits occur in no log, and are written whole all the same.
    if (0...9999).contains(year) {
      Survey.put(nil, year, width: 4, into: &span, at: &at)
    } else {
      for byte in "\(year)".utf8 { Survey.put(byte, into: &span, at: &at) }
    }
    Survey.put(UInt8(ascii: "-"), month, width: 2, into: &span, at: &at)
    Survey.put(UInt8(ascii: "-"), day, width: 2, into: &span, at: &at)
  }
}

/// What `put` writes of at most so many bytes.
private func text(_ longest: Int, _ put: (inout MutableSpan<UInt8>, inout Int) -> Void) -> String {
  var (bytes, end) = ([UInt8](repeating: 0, count: longest), 0)
  var span = bytes.mutableSpan
  put(&span, &end)
  return String(decoding: bytes[..<end], as: UTF8.self)
}

private func put(_ byte: UInt8, into span: inout MutableSpan<UInt8>, at: inout Int) {
  span[at] = byte
  at += 1
}

/// A mark, and a whole number that is not negative in so many digits.
private func put(
  _ mark: UInt8?, _ number: Int, width: Int, into span: inout MutableSpan<UInt8>, at: inout Int
) {
  if let mark { put(mark, into: &span, at: &at) }
  var rest = number
  for place in stride(from: at + width - 1, through: at, by: -1) {
    span[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
    rest /= 10
  }
  at += width
}

extension Int {
  fileprivate init(_ value: Double, rounding rule: FloatingPointRoundingRule) { self = Int(value.rounded(rule)) }
}
