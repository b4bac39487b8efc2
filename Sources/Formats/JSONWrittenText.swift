/// Texts and numbers of JSON, written straight into a buffer.
enum JSONText {
  /// Bytes that a number may need: 17 digits, a sign, a point and an exponent, or zeros in place of one.
  static let longestNumber = 32

  /// Bytes that a text in quotes may need: six for a control character.
  static func longest(_ text: String) -> Int { 6 * text.utf8.count + 2 }

  /// With as few digits as read back the same number, as `description` has it; `null` where it is not finite.
  static func put(_ value: Double, into span: inout MutableSpan<UInt8>, at: inout Int) {
    let thousandths = (value.magnitude * 1000).rounded()
    // No two numbers of up to 15 digits are the same double: so no fewer digits, and no others, are this one.
    guard thousandths < 1e15, thousandths / 1000 == value.magnitude else {
      return span.put((value.isFinite ? value.description : "null").utf8.span, at: &at)
    }
    if value.sign == .minus { span.put(0x2D, at: &at) }
    Digits.put(Int(thousandths), decimals: 3, trim: false, into: &span, at: &at)
    // One decimal stays.
    if span[at - 1] == 0x30 { at -= span[at - 2] == 0x30 ? 2 : 1 }
  }

  static func quote(_ text: String, into span: inout MutableSpan<UInt8>, at: inout Int) {
    span.put(0x22, at: &at)
    let utf8 = text.utf8.span
    if needsEscape(utf8) {
      for index in utf8.indices { escape(utf8[index], into: &span, at: &at) }
    } else {
      span.put(utf8, at: &at)
    }
    span.put(0x22, at: &at)
  }

  /// Eight bytes at a time.
  private static func needsEscape(_ utf8: Span<UInt8>) -> Bool {
    var index = 0
    while utf8.count - index >= 8 {
      let word = utf8.word(at: index)
      // A byte below 0x20, and perhaps one above 0x7f beside it: then each is looked at by itself.
      let isLow = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080 != 0
      if isLow || word.holds(0x22) || word.holds(0x5C) { break }
      index += 8
    }
    while index < utf8.count {
      let byte = utf8[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return true }
      index += 1
    }
    return false
  }

  private static func escape(_ byte: UInt8, into span: inout MutableSpan<UInt8>, at: inout Int) {
    switch byte {
    case 0x22: span.put("\\\"", at: &at)
    case 0x5C: span.put("\\\\", at: &at)
    case 0x0A: span.put("\\n", at: &at)
    case 0x0D: span.put("\\r", at: &at)
    case 0x09: span.put("\\t", at: &at)
    case 0..<0x20:
      span.put("\\u00", at: &at)
      for digit in [byte >> 4, byte & 15] {
        span.put(digit < 10 ? 0x30 + digit : 0x57 + digit, at: &at)
      }
    default: span.put(byte, at: &at)
    }
  }
}
