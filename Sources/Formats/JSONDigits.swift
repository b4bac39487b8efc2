/// Decimal digits of whole numbers, written straight into a buffer.
enum Digits {
  /// Bytes that `put` may need: a sign, 20 digits and a decimal point.
  static let longest = 22

  /// 10 to the power of 0...9.
  static func power(_ exponent: Int) -> Int {
    var power = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  /// Writes `value / 10^decimals` (`decimals` 0...9) exactly; `trim` leaves out zeros at the end of the decimals.
  static func put(_ value: Int, decimals: Int, trim: Bool, into span: inout MutableSpan<UInt8>, at: inout Int) {
    if value < 0 {
      span[at] = 0x2D
      at += 1
    }
    let (whole, rest) =
      decimals == 8
      // A constant divisor is a multiplication.
      ? value.magnitude.quotientAndRemainder(dividingBy: 100_000_000)
      : value.magnitude.quotientAndRemainder(dividingBy: UInt(power(decimals)))
    var width = 1
    var limit: UInt = 10
    while width < 20, whole >= limit {
      width += 1
      let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
      limit = overflow ? .max : next
    }
    digits(whole, width: width, into: &span, at: &at)
    var fraction = rest
    var places = decimals
    if trim {
      if fraction == 0 { return }
      while fraction % 10 == 0 { (fraction, places) = (fraction / 10, places - 1) }
    }
    guard places > 0 else { return }
    span[at] = 0x2E
    at += 1
    digits(fraction, width: places, into: &span, at: &at)
  }

  private static func digits(_ value: UInt, width: Int, into span: inout MutableSpan<UInt8>, at: inout Int) {
    var value = value
    var index = at + width
    while index > at {
      index -= 1
      let (quotient, digit) = value.quotientAndRemainder(dividingBy: 10)
      span[index] = 0x30 + UInt8(truncatingIfNeeded: digit)
      value = quotient
    }
    at += width
  }
}
