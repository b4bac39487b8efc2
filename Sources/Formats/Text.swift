/// Reading of small pieces of text as bytes; `String` would cost thirty times as much.
typealias Text = Span<UInt8>

extension Span<UInt8> {
  /// Without blanks and line ends at both sides.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (from, to) = (range.lowerBound, range.upperBound)
    while from < to, isBlank(self[from]) { from += 1 }
    while from < to, isBlank(self[to - 1]) { to -= 1 }
    return from..<to
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: range.map { self[$0] }, as: UTF8.self)
  }

  func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    let letters = unsafe UnsafeBufferPointer(start: word.utf8Start, count: range.count)
    for index in range where unsafe self[index] != letters[index - range.lowerBound] { return false }
    return true
  }

  /// Decimal digits only, at most nine.
  func integer(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 9 else { return nil }
    var value = 0
    for index in range {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  /// A decimal number, `12`, `-0.5`, `+1.5e3`, with `point` as its decimal sign; `nil` for anything else, also for
  /// what is too large for a `Double`.
  ///
  /// Exact, by W. D. Clinger's fast path ("How to read floating point numbers accurately", 1990): digits below 2^53 and
  /// a power of ten up to 22 are both exact in a `Double`, so one operation rounds once. All others go the long way.
  func decimal(_ range: Range<Int>, point: UInt8 = UInt8(ascii: ".")) -> Double? {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    let isNegative = self[index] == UInt8(ascii: "-")
    if isNegative || self[index] == UInt8(ascii: "+") { index += 1 }

    var mantissa: UInt64 = 0
    var (digits, significant, exponent) = (0, 0, 0)
    var isFraction = false
    while index < end {
      let digit = self[index] &- UInt8(ascii: "0")
      if digit <= 9 {
        digits &+= 1
        if significant < 19 {
          mantissa = mantissa &* 10 &+ UInt64(digit)
          if mantissa > 0 { significant &+= 1 }
          if isFraction { exponent &-= 1 }
        } else {
          // The rest of the digits may decide how the last bit is rounded.
          significant = 20
        }
      } else if self[index] == point, !isFraction {
        isFraction = true
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index < end {
      guard self[index] | 0x20 == UInt8(ascii: "e") else { return nil }
      index += 1
      guard index < end else { return nil }
      let isDown = self[index] == UInt8(ascii: "-")
      if isDown || self[index] == UInt8(ascii: "+") { index += 1 }
      guard let power = integer(index..<end), power < 100_000 else { return nil }
      exponent += isDown ? -power : power
    }
    guard significant <= 19, mantissa < 1 << 53, (-22...22).contains(exponent) else {
      return slowDecimal(range, point: point)
    }
    let value = exponent < 0 ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
    return isNegative ? -value : value
  }

  private func slowDecimal(_ range: Range<Int>, point: UInt8) -> Double? {
    let text = range.map { self[$0] == point ? UInt8(ascii: ".") : self[$0] }
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]
