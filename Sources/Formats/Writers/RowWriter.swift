/// Rows of a text, collected as bytes; `drain` hands on what there is.
public struct RowWriter: Sendable {
  public var bytes: [UInt8] = []

  public init() {}

  /// Two numbers with so many decimals, rounded to nearest, and the end of the line; `false`, and nothing is written, where
  /// one has more than 18 digits or is to have more than nine decimals.
  public mutating func endRow(_ first: Double, _ second: Double, decimals: Int, delimiter: UInt8) -> Bool {
    guard let first = steps(first, decimals), let second = steps(second, decimals) else { return false }
    var at = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 2 * Digits.longest + 2))
    var span = bytes.mutableSpan
    Digits.put(first, decimals: decimals, trim: false, into: &span, at: &at)
    span[at] = delimiter
    at += 1
    Digits.put(second, decimals: decimals, trim: false, into: &span, at: &at)
    span[at] = UInt8(ascii: "\n")
    bytes.removeLast(bytes.count - at - 1)
    return true
  }

  /// A number in units of its last decimal.
  private func steps(_ value: Double, _ decimals: Int) -> Int? {
    guard (0...9).contains(decimals) else { return nil }
    let steps = (value * Double(Digits.power(decimals))).rounded()
    return abs(steps) < 1e18 ? Int(steps) : nil
  }

  /// Hands on the bytes once they are `more than` so many.
  public mutating func drain<Sink: OutputSink & ~Copyable>(
    into sink: inout Sink, ifMoreThan limit: Int = 0
  ) throws(OutputFailed) {
    guard bytes.count > limit else { return }
    try sink.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
