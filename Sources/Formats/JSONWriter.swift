import Geometry

/// Writes JSON (RFC 8259) as bytes, with the commas between.
///
/// It collects; `drain` hands on what there is. The caller balances the brackets.
///
///     var json = JSONWriter()
///     json.write(["answer": 42])   // {"answer":42}
public struct JSONWriter: Sendable {
  private var room = ByteRoom()
  private var needsComma = false

  public init() {}

  /// What has been written and not been handed on.
  public var bytes: [UInt8] { room.bytes }

  public mutating func beginObject() { open(0x7B) }
  public mutating func endObject() { close(0x7D) }
  public mutating func beginArray() { open(0x5B) }
  public mutating func endArray() { close(0x5D) }

  /// The name of the member whose value comes next.
  public mutating func name(_ name: String) {
    append(atMost: JSONText.longest(name) + 1) { span, at in
      JSONText.quote(name, into: &span, at: &at)
      span.put(0x3A, at: &at)
    }
    needsComma = false
  }

  public mutating func write(_ value: JSONValue) {
    switch value {
    case .null: word("null")
    case .bool(let value): word(value ? "true" : "false")
    case .int(let value): scaled(value, decimals: 0)
    case .number(let value): append(atMost: JSONText.longestNumber) { JSONText.put(value, into: &$0, at: &$1) }
    case .fixed(let value, let decimals): fixed(value, decimals: decimals)
    case .string(let text): append(atMost: JSONText.longest(text)) { JSONText.quote(text, into: &$0, at: &$1) }
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

  /// What another writer wrote, as one value or member.
  mutating func write(_ written: [UInt8]) {
    append(atMost: written.count) { $0.put(written.span, at: &$1) }
  }

  /// A line break, which JSON allows between any two values.
  public mutating func breakLine() { open(0x0A) }

  /// A final line break, after which another value may begin.
  public mutating func endLine() {
    needsComma = false
    open(0x0A)
  }

  /// Hands on the bytes once they are `more than` so many.
  public mutating func drain<Sink: OutputSink & ~Copyable>(
    into sink: inout Sink, ifMoreThan limit: Int = 0
  ) throws(OutputFailed) {
    try room.drain(into: &sink, ifMoreThan: limit)
  }

  /// Makes room for `longest` bytes behind a comma, which is written where one is due, and hands it to `body`.
  @inline(__always)
  mutating func append(atMost longest: Int, _ body: (inout MutableSpan<UInt8>, inout Int) -> Void) {
    let isNext = needsComma
    room.append(atMost: longest + 1) { span, at in
      if isNext { span.put(0x2C, at: &at) }
      body(&span, &at)
    }
    needsComma = true
  }

  /// `value / 10^decimals`, exactly.
  private mutating func scaled(_ value: Int, decimals: Int) {
    append(atMost: Digits.longest) { Digits.put(value, decimals: decimals, trim: false, into: &$0, at: &$1) }
  }

  private mutating func fixed(_ value: Double, decimals: Int) {
    let decimals = min(max(decimals, 0), 9)
    let steps = (value * Double(Digits.power(decimals))).rounded()
    // From 2^53 steps on a double has no decimals of that kind left.
    guard abs(steps) < 0x1p53 else { return write(.number(value)) }
    scaled(Int(steps), decimals: decimals)
  }

  private mutating func open(_ byte: UInt8) {
    append(atMost: 1) { $0.put(byte, at: &$1) }
    needsComma = false
  }
  private mutating func close(_ byte: UInt8) {
    needsComma = false
    open(byte)
    needsComma = true
  }
  private mutating func word(_ word: StaticString) {
    append(atMost: word.utf8CodeUnitCount) { $0.put(word, at: &$1) }
  }
}
