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
    var value: UInt64 = 0
    return digits(from: range.lowerBound, to: range.upperBound, onto: &value) == range.upperBound ? Int(value) : nil
  }

  /// The number of two decimal digits.
  func twoDigits(at index: Int) -> Int? {
    let (tens, ones) = (self[index] &- UInt8(ascii: "0"), self[index + 1] &- UInt8(ascii: "0"))
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }

  /// A decimal number, `12`, `-0.5`, `+1.5e3`, with `point` as its decimal sign; `nil` for anything else, also for
  /// what is too large for a `Double`.
  ///
  /// Exact, by W. D. Clinger's fast path ("How to read floating point numbers accurately", 1990): digits below 2^53 and
  /// a power of ten up to 22 are both exact in a `Double`, so one operation rounds once. All others go the long way.
  func decimal(_ range: Range<Int>, point: UInt8 = UInt8(ascii: ".")) -> Double? {
    guard let number = decimalPrefix(range, point: point), number.end == range.upperBound else { return nil }
    return number.value
  }

  /// The decimal number that `range` begins with, and where it ends.
  func decimalPrefix(_ range: Range<Int>, point: UInt8 = UInt8(ascii: ".")) -> (value: Double, end: Int)? {
    let end = range.upperBound
    var start = range.lowerBound
    guard start < end else { return nil }
    let isNegative = self[start] == UInt8(ascii: "-")
    if isNegative || self[start] == UInt8(ascii: "+") { start += 1 }

    var mantissa: UInt64 = 0
    var index = digits(from: start, to: end, onto: &mantissa)
    var (digitCount, exponent) = (index - start, 0)
    if index < end, self[index] == point {
      let fraction = index + 1
      index = digits(from: fraction, to: end, onto: &mantissa)
      exponent = fraction - index
      digitCount += index - fraction
    }
    guard digitCount > 0 else { return nil }
    if index < end, self[index] | 0x20 == UInt8(ascii: "e") {
      guard let (power, behind) = power(index + 1..<end) else { return nil }
      exponent += power
      index = behind
    }
    // Of 18 digits no number is too large to hold.
    guard digitCount <= 18, mantissa < 1 << 53, (-22...22).contains(exponent) else {
      return slowDecimal(range.lowerBound..<index, point: point).map { ($0, index) }
    }
    let value = exponent < 0 ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
    return (isNegative ? -value : value, index)
  }

  /// What stands behind the `e` of a number.
  private func power(_ range: Range<Int>) -> (value: Int, end: Int)? {
    guard let first = range.first else { return nil }
    let isDown = self[first] == UInt8(ascii: "-")
    let start = isDown || self[first] == UInt8(ascii: "+") ? first + 1 : first
    var value: UInt64 = 0
    let end = digits(from: start, to: range.upperBound, onto: &value)
    guard (1...9).contains(end - start), value < 100_000 else { return nil }
    return (isDown ? -Int(value) : Int(value), end)
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
