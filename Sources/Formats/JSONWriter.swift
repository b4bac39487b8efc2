import Geometry

/// Writes JSON (RFC 8259) as bytes, with the commas between.
///
/// It collects; `drain` hands on what there is. The caller balances the brackets.
///
///     var json = JSONWriter()
///     json.write(["answer": 42])   // {"answer":42}
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  public init() {}

  public mutating func beginObject() { open(0x7B) }
  public mutating func endObject() { close(0x7D) }
  public mutating func beginArray() { open(0x5B) }
  public mutating func endArray() { close(0x5D) }

  /// The name of the member whose value comes next.
  public mutating func name(_ name: String) {
    separate()
    quote(name)
    bytes.append(0x3A)
    needsComma = false
  }

  public mutating func write(_ value: JSONValue) {
    switch value {
    case .null: word("null")
    case .bool(let value): word(value ? "true" : "false")
    case .int(let value): scaled(value, decimals: 0, trim: false)
    case .number(let value): word(value.isFinite ? value.description : "null")
    case .fixed(let value, let decimals): fixed(value, decimals: decimals)
    case .string(let text):
      separate()
      quote(text)
    case .array(let elements):
      beginArray()
      for element in elements { write(element) }
      endArray()
    case .object(let object): write(object)
    }
  }

  public mutating func write(_ object: JSONObject) {
    beginObject()
    for member in object.members { write(member.name, member.value) }
    endObject()
  }

  /// A member of the object that is open.
  public mutating func write(_ name: String, _ value: JSONValue) {
    self.name(name)
    write(value)
  }

  /// A line break, which JSON allows between any two values.
  public mutating func breakLine() {
    separate()
    bytes.append(0x0A)
    needsComma = false
  }

  /// A final line break, after which another value may begin.
  public mutating func endLine() {
    bytes.append(0x0A)
    needsComma = false
  }

  /// Hands on the bytes once they are `more than` so many.
  public mutating func drain<Sink: OutputSink & ~Copyable>(
    into sink: inout Sink, ifMoreThan limit: Int = 0
  ) throws(OutputFailed) {
    guard bytes.count > limit else { return }
    try sink.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// `value / 10^decimals`, exactly.
  mutating func scaled(_ value: Int, decimals: Int, trim: Bool) {
    separate()
    var at = reserve(Digits.longest)
    var span = bytes.mutableSpan
    Digits.put(value, decimals: decimals, trim: trim, into: &span, at: &at)
    bytes.removeLast(bytes.count - at)
  }

  /// Positions in square brackets, from whole lattice steps: exact, trailing zeros trimmed.
  ///
  /// `closing` repeats the first at the end, as the rings of RFC 7946 want it.
  mutating func positions(_ points: some Collection<LatticePoint>, closing: Bool) {
    beginArray()
    var at = reserve((points.count + 1) * (2 * Digits.longest + 4))
    do {
      var span = bytes.mutableSpan
      for point in points { Self.put(point, into: &span, at: &at) }
      if closing, let first = points.first { Self.put(first, into: &span, at: &at) }
    }
    // Every position was followed by a comma; the last comma goes.
    bytes.removeLast(bytes.count - at + (points.isEmpty ? 0 : 1))
    endArray()
  }

  /// Positions in square brackets, as elements of an array that is open.
  mutating func positions(_ points: [LatticePoint]) {
    guard !points.isEmpty else { return }
    separate()
    var at = reserve(points.count * (2 * Digits.longest + 4))
    do {
      var span = bytes.mutableSpan
      for point in points { Self.put(point, into: &span, at: &at) }
    }
    bytes.removeLast(bytes.count - at + 1)
  }

  /// One position in square brackets.
  mutating func position(_ point: LatticePoint) {
    separate()
    var at = reserve(2 * Digits.longest + 4)
    do {
      var span = bytes.mutableSpan
      Self.put(point, into: &span, at: &at)
    }
    bytes.removeLast(bytes.count - at + 1)
  }

  private static func put(_ point: LatticePoint, into span: inout MutableSpan<UInt8>, at: inout Int) {
    span[at] = 0x5B
    at += 1
    Digits.put(point.x, decimals: 8, trim: true, into: &span, at: &at)
    span[at] = 0x2C
    at += 1
    Digits.put(point.y, decimals: 8, trim: true, into: &span, at: &at)
    span[at] = 0x5D
    span[at + 1] = 0x2C
    at += 2
  }

  private mutating func fixed(_ value: Double, decimals: Int) {
    let decimals = min(max(decimals, 0), 9)
    let steps = (value * Double(Digits.power(decimals))).rounded()
    // From 2^53 steps on a double has no decimals of that kind left.
    guard abs(steps) < 0x1p53 else { return word(value.isFinite ? value.description : "null") }
    scaled(Int(steps), decimals: decimals, trim: false)
  }

  private mutating func open(_ byte: UInt8) {
    separate()
    bytes.append(byte)
    needsComma = false
  }
  private mutating func close(_ byte: UInt8) {
    bytes.append(byte)
    needsComma = true
  }
  private mutating func word(_ word: String) {
    separate()
    bytes.append(contentsOf: word.utf8)
  }
  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
    needsComma = true
  }

  /// Makes room for `count` more bytes and returns where they begin.
  private mutating func reserve(_ count: Int) -> Int {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    return start
  }

  private mutating func quote(_ text: String) {
    bytes.append(0x22)
    let isPlain = unsafe text.utf8.withContiguousStorageIfAvailable { utf8 in
      guard unsafe !needsEscape(utf8) else { return false }
      unsafe bytes.append(contentsOf: utf8)
      return true
    }
    if isPlain != true { for byte in text.utf8 { escape(byte) } }
    bytes.append(0x22)
  }

  /// Eight bytes at a time: names and texts are half of what is written of a feature.
  private func needsEscape(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while utf8.count - index >= 8 {
      let word = unsafe UnsafeRawBufferPointer(utf8).loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // A byte below 0x20, and perhaps one above 0x7f beside it: then each is looked at by itself.
      let isLow = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080 != 0
      if isLow || word.holds(0x22) || word.holds(0x5C) { break }
      index += 8
    }
    return unsafe utf8[index...].contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x22, 0x5C: bytes += [0x5C, byte]
    case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
    case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
    case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: bytes.append(byte)
    }
  }
}
