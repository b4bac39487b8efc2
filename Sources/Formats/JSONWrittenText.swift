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
      return copy((value.isFinite ? value.description : "null").utf8.span, into: &span, at: &at)
    }
    if value.sign == .minus {
      span[at] = 0x2D
      at += 1
    }
    Digits.put(Int(thousandths), decimals: 3, trim: false, into: &span, at: &at)
    // One decimal stays.
    if span[at - 1] == 0x30 { at -= span[at - 2] == 0x30 ? 2 : 1 }
  }

  static func quote(_ text: String, into span: inout MutableSpan<UInt8>, at: inout Int) {
    span[at] = 0x22
    at += 1
    let utf8 = text.utf8.span
    if needsEscape(utf8) {
      for index in utf8.indices { escape(utf8[index], into: &span, at: &at) }
    } else {
      copy(utf8, into: &span, at: &at)
    }
    span[at] = 0x22
    at += 1
  }

  static func copy(_ bytes: Span<UInt8>, into span: inout MutableSpan<UInt8>, at: inout Int) {
    unsafe bytes.withUnsafeBufferPointer { bytes in unsafe copy(bytes, into: &span, at: &at) }
  }

  static func copy(_ text: StaticString, into span: inout MutableSpan<UInt8>, at: inout Int) {
    let bytes = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    unsafe copy(bytes, into: &span, at: &at)
  }

  private static func copy(_ bytes: UnsafeBufferPointer<UInt8>, into span: inout MutableSpan<UInt8>, at: inout Int) {
    unsafe span.withUnsafeMutableBufferPointer { room in
      _ = unsafe UnsafeMutableBufferPointer(rebasing: room[at..<at + bytes.count]).update(fromContentsOf: bytes)
    }
    at += bytes.count
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
    func put(_ bytes: StaticString) { copy(bytes, into: &span, at: &at) }
    switch byte {
    case 0x22: put("\\\"")
    case 0x5C: put("\\\\")
    case 0x0A: put("\\n")
    case 0x0D: put("\\r")
    case 0x09: put("\\t")
    case 0..<0x20:
      put("\\u00")
      for digit in [byte >> 4, byte & 15] {
        span[at] = digit < 10 ? 0x30 + digit : 0x57 + digit
        at += 1
      }
    default:
      span[at] = byte
      at += 1
    }
  }
}
