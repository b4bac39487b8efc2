/// Decimal digits of whole numbers, written straight into a buffer.
enum Digits {
  /// Bytes that `put` may need: a sign, 20 digits, a decimal point, and eight more, since eight are written at once.
  static let longest = 30

  /// 10 to the power of 0...9.
  static func power(_ exponent: Int) -> Int {
    var power = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  /// Writes `value / 10^decimals` (`decimals` 0...9) exactly; `trim` leaves out zeros at the end of the decimals.
  static func put(_ value: Int, decimals: Int, trim: Bool, into span: inout MutableSpan<UInt8>, at: inout Int) {
    if value < 0 { span.put(0x2D, at: &at) }
    let (whole, rest) = parts(value.magnitude, decimals)
    if whole < 100_000_000 {
      let digits = eight(UInt64(whole))
      // Zeros in front are in the lowest places; one digit stays.
      let zeros = min((digits ^ eightZeros).trailingZeroBitCount / 8, 7)
      span.put(word: digits >> UInt64(8 * zeros), at: at)
      at += 8 - zeros
    } else {
      var (width, bound) = (9, 1_000_000_000 as UInt)
      while whole >= bound {
        width += 1
        if width == 20 { break }
        bound *= 10
      }
      digits(whole, width: width, into: &span, at: &at)
    }
    if decimals == 0 || trim && rest == 0 { return }
    span.put(0x2E, at: &at)
    if decimals <= 8 {
      let digits = eight(UInt64(rest) * UInt64(power(8 - decimals)))
      span.put(word: digits, at: at)
      // Zeros at the end are in the highest places.
      at += trim ? 8 - (digits ^ eightZeros).leadingZeroBitCount / 8 : decimals
      return
    }
    digits(rest, width: decimals, into: &span, at: &at)
    if trim {
      while span[at - 1] == 0x30 { at -= 1 }
    }
  }

  private static let eightZeros: UInt64 = 0x3030_3030_3030_3030

  private static func parts(_ value: UInt, _ decimals: Int) -> (quotient: UInt, remainder: UInt) {
    // A constant divisor is a multiplication.
    switch decimals {
    case 0: (value, 0)
    case 3: value.quotientAndRemainder(dividingBy: 1000)
    case 8: value.quotientAndRemainder(dividingBy: 100_000_000)
    default: value.quotientAndRemainder(dividingBy: UInt(power(decimals)))
    }
  }

  /// The eight digits of a number below 10^8, the first in the lowest place: halves, then pairs, then digits, side by side in
  /// one word. 5243 / 2^19 and 103 / 2^10 are exact for a hundredth and a tenth of what stands there.
  private static func eight(_ number: UInt64) -> UInt64 {
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours &* 5243) >> 19 & 0x0000_007f_0000_007f
    let pairs = hundreds | (fours &- hundreds &* 100) << 16
    let tens = (pairs &* 103) >> 10 & 0x000f_000f_000f_000f
    return (tens | (pairs &- tens &* 10) << 8) | eightZeros
  }

  private static func digits(_ value: UInt, width: Int, into span: inout MutableSpan<UInt8>, at: inout Int) {
    var value = value
    var index = at + width
    // Two digits a division.
    while index - at >= 2 {
      let pair = value % 100
      value /= 100
      index -= 2
      let tens = UInt8(truncatingIfNeeded: pair / 10)
      span[index] = 0x30 &+ tens
      span[index + 1] = 0x30 &+ (UInt8(truncatingIfNeeded: pair) &- tens &* 10)
    }
    if index > at { span[at] = 0x30 &+ UInt8(truncatingIfNeeded: value % 10) }
    at += width
  }
}
