import Survey

/// What a JSON text consists of.
enum JSONToken: Hashable {
  case beginObject, endObject, beginArray, endArray, name, string, number, `true`, `false`, null
  /// Nothing is left.
  case end
}

enum JSONFailure: Error {
  case syntax(Problem)
  case unreadable(FileUnreadable)
}

/// Pulls the tokens of JSON texts (RFC 8259) out of a file, one after the other, whatever its size.
///
/// At most one block and one string are in memory. Depth, the length of a string and of a number are bounded, so a
/// hostile file ends in `JSONFailure.syntax`. Several texts may follow each other, with or without the record
/// separators of RFC 8142. A byte order mark is accepted.
struct JSONReader: ~Copyable {
  static let maxDepth = 512
  static let maxStringBytes = 16 << 20
  private static let maxNumberBytes = 1024

  /// The line of the token just read.
  private(set) var line = 1
  /// The bytes of the name or string just read, without escapes.
  private(set) var text: [UInt8] = []
  /// The number just read; always finite.
  private(set) var number = 0.0
  /// The number just read, where it is written as an integer and fits.
  private(set) var integer: Int?
  /// Set where a string was no UTF-8 or held half a surrogate pair; the bad part reads as U+FFFD.
  var sawBadText = false

  private var input: ByteSource
  private var buffer: [UInt8] = []
  private var at = 0
  private var started = false
  private var ended = false
  /// For each open bracket, whether it is a brace.
  private var stack: [Bool] = []
  private var expected = Expected.text

  private enum Expected {
    case text, value, valueOrEnd, nameOrEnd, separatorOrEnd
  }

  init(_ input: consuming ByteSource) { self.input = input }

  var path: String { input.path }
  /// What the source itself had to say, known at the end.
  var sourceProblem: Problem? { input.problem }

  /// Gives the source back.
  consuming func close() -> ByteSource { input }

  mutating func next() throws(JSONFailure) -> JSONToken {
    if !started { try start() }
    let byte = try nonspace()
    switch expected {
    case .text:
      if byte == 0 && at == buffer.count { return .end }
      return try value(byte)
    case .value: return try value(byte)
    case .valueOrEnd: return byte == 0x5D ? close(.endArray) : try value(byte)
    case .nameOrEnd: return byte == 0x7D ? close(.endObject) : try name(byte)
    case .separatorOrEnd:
      let inObject = stack.last == true
      if byte == 0x2C {
        at += 1
        let following = try nonspace()
        return inObject ? try name(following) : try value(following)
      }
      if byte == (inObject ? 0x7D : 0x5D) { return close(inObject ? .endObject : .endArray) }
      throw unexpected(byte, wanted: inObject ? "a comma or a closing brace" : "a comma or a closing bracket")
    }
  }

  /// Reads past the value that began with `token`.
  mutating func skip(_ token: JSONToken) throws(JSONFailure) {
    guard token == .beginObject || token == .beginArray else { return }
    let depth = stack.count
    while stack.count >= depth { _ = try next() }
  }

  /// Forgets everything that is open and goes on at the end of the line or at a record separator; false where there is
  /// neither.
  mutating func skipLine() throws(JSONFailure) -> Bool {
    stack.removeAll()
    expected = .text
    while true {
      if let end = buffer[at...].firstIndex(where: { $0 == 0x0A || $0 == 0x1E }) {
        at = end
        return true
      }
      at = buffer.count
      guard try refill() else { return false }
    }
  }

  /// The name or string just read.
  mutating func takeText() -> String {
    if text.isASCII { return String(decoding: text, as: UTF8.self) }
    if let valid = String(validating: text, as: UTF8.self) { return valid }
    sawBadText = true
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: Values

  private mutating func value(_ byte: UInt8) throws(JSONFailure) -> JSONToken {
    switch byte {
    case 0x7B: return try open(object: true)
    case 0x5B: return try open(object: false)
    case 0x22:
      at += 1
      try string()
      expected = stack.isEmpty ? .text : .separatorOrEnd
      return .string
    case 0x2D, 0x30...0x39: return try readNumber()
    case 0x74: return try word("true", .true)
    case 0x66: return try word("false", .false)
    case 0x6E: return try word("null", .null)
    default: throw unexpected(byte, wanted: "a value")
    }
  }

  private mutating func open(object: Bool) throws(JSONFailure) -> JSONToken {
    guard stack.count < Self.maxDepth else {
      throw syntax("brackets are nested more than \(Self.maxDepth) deep")
    }
    at += 1
    stack.append(object)
    expected = object ? .nameOrEnd : .valueOrEnd
    return object ? .beginObject : .beginArray
  }

  private mutating func close(_ token: JSONToken) -> JSONToken {
    at += 1
    stack.removeLast()
    expected = stack.isEmpty ? .text : .separatorOrEnd
    return token
  }

  private mutating func name(_ byte: UInt8) throws(JSONFailure) -> JSONToken {
    guard byte == 0x22 else { throw unexpected(byte, wanted: "a name in quotes") }
    at += 1
    try string()
    let colon = try nonspace()
    guard colon == 0x3A else { throw unexpected(colon, wanted: "a colon") }
    at += 1
    expected = .value
    return .name
  }

  private mutating func word(_ word: String, _ token: JSONToken) throws(JSONFailure) -> JSONToken {
    try ensure(word.utf8.count)
    guard buffer[at...].starts(with: word.utf8) else { throw syntax("a word that is not true, false or null") }
    at += word.utf8.count
    expected = stack.isEmpty ? .text : .separatorOrEnd
    return token
  }

  private mutating func readNumber() throws(JSONFailure) -> JSONToken {
    while true {
      let parsed = JSONNumber.parse(buffer, from: at)
      // A number that touches the end of the block may go on in the next.
      if parsed == nil || parsed?.end == buffer.count, buffer.count - at <= Self.maxNumberBytes, try refill() {
        continue
      }
      guard let parsed else { throw syntax("a number that is not written as JSON wants it") }
      guard parsed.end - at <= Self.maxNumberBytes else {
        throw syntax("a number of more than \(Self.maxNumberBytes) digits")
      }
      guard parsed.value.isFinite else { throw syntax("a number beyond what a double can hold") }
      (number, integer, at) = (parsed.value, parsed.integer, parsed.end)
      expected = stack.isEmpty ? .text : .separatorOrEnd
      return .number
    }
  }

  // MARK: Strings

  /// Reads the rest of a string, its opening quote taken, into `text`.
  private mutating func string() throws(JSONFailure) {
    text.removeAll(keepingCapacity: true)
    while true {
      let end = buffer.endOfPlainText(from: at)
      text += buffer[at..<end]
      at = end
      guard text.count <= Self.maxStringBytes else { throw syntax("a string of more than 16 MiB") }
      guard at < buffer.count else {
        if try refill() { continue }
        throw syntax("the file ends inside a string")
      }
      switch buffer[at] {
      case 0x22:
        at += 1
        return
      case 0x5C: try escape()
      default: throw syntax("a line break or control character inside a string")
      }
    }
  }

  private mutating func escape() throws(JSONFailure) {
    try ensure(12)
    guard at + 1 < buffer.count else { throw syntax("the file ends inside a string") }
    let letter = buffer[at + 1]
    at += 2
    switch letter {
    case 0x22, 0x5C, 0x2F: text.append(letter)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"): try unicode()
    default: throw syntax("a backslash before a character that JSON does not escape")
    }
  }

  private mutating func unicode() throws(JSONFailure) {
    guard let unit = buffer.hexadecimal(at) else { throw syntax("\\u without four hexadecimal digits") }
    at += 4
    if let scalar = Unicode.Scalar(unit) {
      text += String(Character(scalar)).utf8
    } else if UTF16.isLeadSurrogate(UInt16(unit)), at + 1 < buffer.count, buffer[at] == 0x5C,
      buffer[at + 1] == UInt8(ascii: "u"), let trail = buffer.hexadecimal(at + 2),
      UTF16.isTrailSurrogate(UInt16(trail)),
      let scalar = Unicode.Scalar(0x10000 + ((unit & 0x3FF) << 10 | trail & 0x3FF))
    {
      at += 6
      text += String(Character(scalar)).utf8
    } else {
      sawBadText = true
      text += [0xEF, 0xBF, 0xBD]
    }
  }

  // MARK: Bytes

  /// The next byte that is no white space, not yet taken; 0 at the end of the file.
  private mutating func nonspace() throws(JSONFailure) -> UInt8 {
    while true {
      while at < buffer.count {
        let byte = buffer[at]
        if byte > 0x20 { return byte }
        switch byte {
        case 0x0A: line += 1
        case 0x20, 0x09, 0x0D: break
        case 0x1E where expected == .text: break
        default: throw unexpected(byte, wanted: "white space or a value")
        }
        at += 1
      }
      guard try refill() else { return 0 }
    }
  }

  private mutating func start() throws(JSONFailure) {
    started = true
    try ensure(3)
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    if buffer.starts(with: [0xFE, 0xFF]) || buffer.starts(with: [0xFF, 0xFE]) {
      throw syntax("the file is UTF-16: save it as UTF-8")
    }
  }

  private mutating func ensure(_ count: Int) throws(JSONFailure) {
    while buffer.count - at < count, try refill() {}
  }

  /// Takes in another block behind what is not yet read, which moves to the front; false at the end of the file.
  private mutating func refill() throws(JSONFailure) -> Bool {
    guard !ended else { return false }
    let block: [UInt8]?
    do { block = try input.next() } catch { throw .unreadable(error) }
    guard let block else {
      ended = true
      return false
    }
    buffer = at == buffer.count ? block : buffer[at...] + block
    at = 0
    return true
  }

  private func syntax(_ what: String) -> JSONFailure {
    .syntax(Problem("geojson.syntax", line: line, what))
  }
  private func unexpected(_ byte: UInt8, wanted: String) -> JSONFailure {
    if byte == 0 && at == buffer.count { return syntax("the file ends where \(wanted) should be") }
    let found =
      0x21...0x7E ~= byte ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte 0x\(String(byte, radix: 16))"
    return syntax("\(found) where \(wanted) should be")
  }
}
