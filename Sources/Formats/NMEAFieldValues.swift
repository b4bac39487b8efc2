import Geometry
import Survey

/// The notations of NMEA 0183.
extension Span<UInt8> {
  /// `hhmmss` or `hhmmss.sss`, in milliseconds of the day.
  func nmeaTime(_ range: Range<Int>) -> Int64? {
    let start = range.lowerBound
    guard range.count >= 6, let hour = twoDigits(at: start), hour < 24, let minute = twoDigits(at: start + 2),
      minute < 60,
      let seconds = secondsOfMinute(start + 4..<range.upperBound)
    else { return nil }
    return Int64(hour) * 3_600_000 + Int64(minute) * 60_000 + Int64(seconds)
  }

  /// `ddmmyy`, with years 80...99 before 2000: GPS began in 1980.
  func nmeaDate(_ range: Range<Int>) -> CivilDate? {
    let start = range.lowerBound
    guard range.count == 6, let day = twoDigits(at: start), let month = twoDigits(at: start + 2),
      let year = twoDigits(at: start + 4)
    else { return nil }
    return CivilDate(year: year < 80 ? 2000 + year : 1900 + year, month: month, day: day)
  }

  /// Latitude `ddmm.mmm`, `N` or `S`, longitude `dddmm.mmm`, `E` or `W`: four fields.
  func nmeaPosition(_ fields: NMEAFields, from first: Int) -> Geographic? {
    guard let latitude = nmeaAngle(fields[first], fields[first + 1], positive: "N", negative: "S", limit: 90),
      let longitude = nmeaAngle(fields[first + 2], fields[first + 3], positive: "E", negative: "W", limit: 180)
    else { return nil }
    return Geographic(longitude, latitude)
  }

  private func nmeaAngle(
    _ number: Range<Int>, _ letter: Range<Int>, positive: Unicode.Scalar, negative: Unicode.Scalar, limit: Double
  ) -> Double? {
    // The two digits before the point are minutes, what is before them degrees.
    var point = number.lowerBound
    while point < number.upperBound, self[point] != UInt8(ascii: ".") { point += 1 }
    let split = point - 2
    guard split > number.lowerBound, split - number.lowerBound <= 3, letter.count == 1,
      let degrees = integer(number.lowerBound..<split), self[split] != UInt8(ascii: "-"),
      self[split] != UInt8(ascii: "+"), let minutes = decimal(split..<number.upperBound), minutes < 60
    else { return nil }
    let angle = Double(degrees) + minutes / 60
    guard angle <= limit else { return nil }
    switch self[letter.lowerBound] {
    case UInt8(ascii: positive): return angle
    case UInt8(ascii: negative): return -angle
    default: return nil
    }
  }

  /// The mode indicator of RMC, GLL and GNS.
  func nmeaMode(_ range: Range<Int>) -> FixQuality {
    // GNS has a letter for each constellation. The worst of those that are used counts.
    var worst: FixQuality?
    for index in range {
      let quality: FixQuality
      switch self[index] {
      case UInt8(ascii: "N"): continue
      case UInt8(ascii: "A"): quality = .autonomous
      case UInt8(ascii: "D"): quality = .differential
      case UInt8(ascii: "P"): quality = .pps
      case UInt8(ascii: "R"): quality = .rtkFixed
      case UInt8(ascii: "F"): quality = .rtkFloat
      case UInt8(ascii: "E"): quality = .estimated
      case UInt8(ascii: "M"): quality = .manual
      case UInt8(ascii: "S"): quality = .simulated
      default: quality = .invalid
      }
      if quality.rank < worst?.rank ?? .max { worst = quality }
    }
    return worst ?? .invalid
  }
}
