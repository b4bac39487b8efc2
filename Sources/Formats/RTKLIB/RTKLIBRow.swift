import Geometry
import Survey

/// The fields of one solution.
enum RTKLIBRow {
  /// No solution has half as many; a line of a megabyte is not cut to its end.
  private static let most = 64

  /// Parted by blanks, commas, semicolons and tabs, whichever the program was set to.
  static func fields(_ text: Text, _ line: Range<Int>) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var start: Int?
    for index in line {
      switch text[index] {
      case 0x20, 0x09, UInt8(ascii: ","), UInt8(ascii: ";"):
        if let from = start { fields.append(from..<index) }
        start = nil
        if fields.count == most { return fields }
      default: if start == nil { start = index }
      }
    }
    if let from = start { fields.append(from..<line.upperBound) }
    return fields
  }

  /// A date or a GPS week and a time in the first two fields; `nil` for anything else.
  static func time(_ text: Text, _ first: Range<Int>, _ second: Range<Int>) -> Timestamp? {
    if first.count > 4 {
      guard let date = text.sheetDate(first), let time = text.timeOfDay(second) else { return nil }
      return Timestamp(date, millisecondsOfDay: time)
    }
    // A week has 604 800 s; week 0 began on 1980-01-06.
    guard let week = text.integer(first), let seconds = text.decimal(second), (0...604_800).contains(seconds) else {
      return nil
    }
    return Timestamp(milliseconds: 315_964_800_000 + Int64(week) * 604_800_000 + Int64((seconds * 1000).rounded()))
  }

  /// Degrees, minutes and seconds in three fields. The sign stands at the degrees, also of `-0`.
  static func angle(_ text: Text, _ fields: ArraySlice<Range<Int>>) -> Double? {
    guard let first = fields.first, fields.count == 3, let degrees = text.decimal(first),
      let minutes = text.decimal(fields[fields.startIndex + 1]), (0..<60).contains(minutes),
      // RTKLIB rounds 59.999999 to 60.00000 seconds.
      let seconds = text.decimal(fields[fields.startIndex + 2]), (0...60).contains(seconds)
    else { return nil }
    let size = abs(degrees) + minutes / 60 + seconds / 3600
    return text[first.lowerBound] == UInt8(ascii: "-") ? -size : size
  }

  /// The digits of RTKLIB's `Q`, which are not NMEA's; `nil` for one that is not known.
  ///
  /// Precise point positioning has no word of its own here. While it converges it is no better than a differential
  /// solution, so that it is ranked as one; its sigma stands in the file.
  static func quality(_ digit: Int) -> FixQuality? {
    switch digit {
    case 0: .invalid
    case 1: .rtkFixed
    case 2: .rtkFloat
    case 3, 4, 6: .differential
    case 5: .autonomous
    // Dead reckoning.
    case 7: .estimated
    default: nil
    }
  }

  /// Whether a line looks like a solution, parted by blanks, in a file without a header.
  static func looksHeaderless(_ text: Text, _ line: Range<Int>) -> Bool {
    for index in line where text[index] == UInt8(ascii: ",") || text[index] == UInt8(ascii: ";") { return false }
    let fields = fields(text, line)
    guard fields.count >= 10, time(text, fields[0], fields[1]) != nil else { return false }
    return fields[2...].allSatisfy { text.decimal($0) != nil }
  }
}
