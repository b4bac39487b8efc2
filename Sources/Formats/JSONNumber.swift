/// A number as JSON writes it, read without a detour through text.
enum JSONNumber {
  /// `value` is not finite where the number is out of a double's range; `integer` only where it has no fraction, no
  /// exponent and fits. `end` is the index behind it; `nil` where no number begins at `start`.
  static func parse(_ bytes: [UInt8], from start: Int) -> (value: Double, integer: Int?, end: Int)? {
    let span = bytes.span
    let count = span.count
    var at = start
    let negative = at < count && span[at] == 0x2D
    if negative { at += 1 }
    let whole = at
    var value: UInt64 = 0
    while at < count {
      let digit = span[at] &- 0x30
      if digit > 9 { break }
      value = value &* 10 &+ UInt64(digit)
      at += 1
    }
    var digits = at - whole
    guard digits > 0, digits == 1 || span[whole] != 0x30 else { return nil }
    var isInteger = true
    var exponent = 0
    if at < count, span[at] == 0x2E {
      isInteger = false
      at += 1
      let fraction = at
      while at < count {
        let digit = span[at] &- 0x30
        if digit > 9 { break }
        value = value &* 10 &+ UInt64(digit)
        at += 1
      }
      guard at > fraction else { return nil }
      digits += at - fraction
      exponent = fraction - at
    }
    if at < count, span[at] | 0x20 == 0x65 {
      isInteger = false
      at += 1
      let minus = at < count && span[at] == 0x2D
      if minus || at < count && span[at] == 0x2B { at += 1 }
      let first = at
      var written = 0
      while at < count, span[at] &- 0x30 <= 9 {
        written = min(written * 10 + Int(span[at] &- 0x30), 1_000_000)
        at += 1
      }
      guard at > first else { return nil }
      exponent += minus ? -written : written
    }
    let integer = isInteger && digits < 19 ? (negative ? -Int(value) : Int(value)) : nil
    // 19 digits always fit into 64 bits.
    if digits <= 19, let magnitude = nearest(value, exponent: exponent) {
      return (negative ? -magnitude : magnitude, integer, at)
    }
    guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)) else { return nil }
    return (value, integer, at)
  }

  /// The double nearest to `value * 10^exponent`, ties to even; `nil` where neither of the quick ways is exact.
  private static func nearest(_ value: UInt64, exponent: Int) -> Double? {
    if value == 0 { return 0 }
    // Both operands are exact, so IEEE 754 rounds once (W. D. Clinger, "How to read floating point numbers
    // accurately", 1990).
    if value <= 1 << 53, abs(exponent) <= 22 {
      let power = powers[abs(exponent)]
      return exponent < 0 ? Double(value) / power : Double(value) * power
    }
    // The quotient of integers to 64 significant bits or more, the remainder kept as a sticky last bit.
    guard exponent < 0, exponent >= -19 else { return nil }
    let leading = value.leadingZeroBitCount
    let (quotient, remainder) = (UInt128(value << leading) << 64)
      .quotientAndRemainder(dividingBy: UInt128(integerPowers[-exponent]))
    let shift = 64 - quotient.leadingZeroBitCount
    let top = UInt64(truncatingIfNeeded: quotient >> shift)
    let lost = remainder != 0 || quotient != UInt128(top) << shift
    return Double(sign: .plus, exponent: shift - 64 - leading, significand: Double(lost ? top | 1 : top))
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
  private static let integerPowers: [UInt64] = (0...19).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
