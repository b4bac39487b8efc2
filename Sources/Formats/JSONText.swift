extension [UInt8] {
  var isASCII: Bool {
    let span = span
    var bits: UInt8 = 0
    for index in span.indices { bits |= span[index] }
    return bits < 0x80
  }

  /// Where a quote, a backslash or a control character ends what a string takes over as it is.
  func endOfPlainText(from start: Int) -> Int {
    let span = span
    var end = start
    while end < span.count, span[end] != 0x22, span[end] != 0x5C, span[end] >= 0x20 { end += 1 }
    return end
  }

  /// The number that four hexadecimal digits from `start` on say; `nil` where they are not four.
  func hexadecimal(_ start: Int) -> UInt32? {
    guard start + 4 <= count else { return nil }
    var value: UInt32 = 0
    for byte in self[start..<start + 4] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32(byte & 0xDF - 0x37)
      default: return nil
      }
    }
    return value
  }
}
