/// An instant as the World Magnetic Model counts it: 2026.5 is the middle of 2026.
public struct DecimalYear: Hashable, Sendable, Comparable {
  public let value: Double

  public init(_ value: Double) { self.value = value }

  /// The beginning of a day of the Gregorian calendar: the year, and the part of its days that has gone by.
  ///
  /// `nil` where there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month) else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day >= 1, day <= lengths[month - 1] else { return nil }
    let before = lengths.prefix(month - 1).reduce(day - 1, +)
    self.init(Double(year) + Double(before) / (isLeap ? 366 : 365))
  }

  public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}
