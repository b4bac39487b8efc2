/// Rows of a text, collected as bytes; `drain` hands on what there is.
public struct RowWriter: Sendable {
  private var room = ByteRoom()

  public init() {}

  public mutating func append(_ bytes: [UInt8]) {
    room.append(atMost: bytes.count) { $0.put(bytes.span, at: &$1) }
  }

  /// A row with two columns more, numbers with so many decimals, rounded to nearest, and the end of the line; `false`, and
  /// nothing is written, where one has more than 18 digits or is to have more than nine decimals.
  mutating func append(
    _ row: Span<UInt8>, _ first: Double, _ second: Double, decimals: Int, delimiter: UInt8
  ) -> Bool {
    guard let first = steps(first, decimals), let second = steps(second, decimals) else { return false }
    room.append(atMost: row.count + 2 * Digits.longest + 3) { span, at in
      span.put(row, at: &at)
      span.put(delimiter, at: &at)
      Digits.put(first, decimals: decimals, trim: false, into: &span, at: &at)
      span.put(delimiter, at: &at)
      Digits.put(second, decimals: decimals, trim: false, into: &span, at: &at)
      span.put(UInt8(ascii: "\n"), at: &at)
    }
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
    try room.drain(into: &sink, ifMoreThan: limit)
  }
}
