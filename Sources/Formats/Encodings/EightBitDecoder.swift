import Survey

/// A text in UTF-8 or in one of the region's eight-bit encodings, block by block, as UTF-8; whether its declaration is
/// true shows at the first letter beyond ASCII.
struct EightBitDecoder {
  private enum Mode {
    case undecided, utf8
    case eightBit(EightBitEncoding)
  }
  /// What the file says of itself; `nil` for UTF-8, or nothing.
  private let declared: (name: String, table: EightBitEncoding)?
  private let says: String
  private var mode = Mode.undecided
  /// What has come and is not decoded: a character's beginning, or the text that the encoding is to be told by.
  private var pending: [UInt8] = []
  /// The last bytes before `pending`, for the beginning of its first word.
  private var before: ArraySlice<UInt8> = []
  /// What was found to be wrong with the declaration, or with the bytes.
  private(set) var remark: String?
  private var damaged = 0

  /// `declaration` is the name of an encoding; `nil` where the format has none.
  init(declaration: String?) {
    says = declaration.map { "says that it is in \($0)" } ?? "does not say its encoding"
    declared = declaration.flatMap { name in
      EightBitEncoding(name).map { (name, $0) }
    }
    if declaration?.lowercased().hasPrefix("utf-16") ?? false {
      remark = "\(says), but its characters are single bytes: it is read as UTF-8"
    }
  }

  /// What is true at the end.
  var finding: String? {
    guard damaged > 0 else { return remark }
    return "\(damaged) pieces of it are no UTF-8 and shown as \u{fffd}: check the names, or save it again as UTF-8"
  }

  /// So much of the text, from its first letter beyond ASCII on, tells its encoding, wherever the blocks are cut.
  private static let window = 65_536
  private static let longestWord = 64

  mutating func decode(_ block: [UInt8]) -> [UInt8] {
    let bytes = pending.isEmpty ? block : pending + block
    pending = []
    if case .undecided = mode {
      guard let first = bytes.span.firstBeyondASCII else {
        before = (before + bytes.suffix(Self.longestWord)).suffix(Self.longestWord)
        return bytes
      }
      guard bytes.count - first >= Self.window else {
        pending = bytes
        return []
      }
      decide(bytes[..<(first + Self.window)])
    }
    return decoded(bytes)
  }

  mutating func finish() -> [UInt8] {
    let rest = pending
    pending = []
    guard !rest.isEmpty else { return [] }
    if case .undecided = mode { decide(rest[...]) }
    let text = decoded(rest)
    guard !pending.isEmpty else { return text }
    pending = []
    damaged += 1
    return text + UTF8.encodedReplacementCharacter
  }

  private mutating func decoded(_ bytes: [UInt8]) -> [UInt8] {
    if case .eightBit(let table) = mode { return convert(bytes, table) }
    return bytes.span.firstBeyondASCII == nil ? bytes : repaired(bytes)
  }

  private mutating func decide(_ bytes: ArraySlice<UInt8>) {
    let whole = bytes.dropLast(Self.incompleteTail(bytes))
    // A text of nothing but a beginning of a character is no UTF-8.
    if whole.contains(where: { $0 >= 0x80 }), String(validating: whole, as: UTF8.self) != nil {
      mode = .utf8
      if declared != nil { remark = "\(says), but its letters are UTF-8: it is read as UTF-8" }
      return
    }
    if let declared {
      mode = .eightBit(declared.table)
    } else if let guess = EightBitGuess.best(sample(bytes)), !Self.isMostlyUTF8(whole) {
      mode = .eightBit(guess.table)
      remark = "\(says), and is no UTF-8: it is read as \(guess.name); check the names, or save it as UTF-8"
    } else {
      mode = .utf8
    }
  }

  /// From the word with the first letter beyond ASCII on: what is before it says nothing, and each byte is looked at four
  /// times.
  private func sample(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let text = before + bytes
    let first = text.firstIndex { $0 >= 0x80 } ?? text.startIndex
    return text[max(text.startIndex, first - Self.longestWord)...]
  }

  /// Whether more letters are in UTF-8 than are not: a damaged text, and no other encoding.
  private static func isMostlyUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    let (good, bad) = String(decoding: bytes, as: UTF8.self).unicodeScalars.reduce(into: (0, 0)) { counts, scalar in
      if scalar.value == 0xfffd { counts.1 += 1 } else if scalar.value >= 0x80 { counts.0 += 1 }
    }
    return good > bad
  }

  private func convert(_ bytes: [UInt8], _ table: EightBitEncoding) -> [UInt8] {
    var utf8: [UInt8] = []
    utf8.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        utf8.append(byte)
      } else {
        utf8 += table.scalar(byte).flatMap { UTF8.encode($0) } ?? UTF8.encodedReplacementCharacter
      }
    }
    return utf8
  }

  /// Valid UTF-8, with U+FFFD for what is none.
  private mutating func repaired(_ bytes: [UInt8]) -> [UInt8] {
    let tail = Self.incompleteTail(bytes[...])
    let whole = bytes.dropLast(tail)
    pending = Array(bytes.suffix(tail))
    if String(validating: whole, as: UTF8.self) != nil { return tail == 0 ? bytes : Array(whole) }
    let text = String(decoding: whole, as: UTF8.self)
    for scalar in text.unicodeScalars where scalar.value == 0xfffd { damaged += 1 }
    return Array(text.utf8)
  }

  /// Bytes at the end that begin a character of UTF-8 whose rest is not there: at most three.
  private static func incompleteTail(_ bytes: ArraySlice<UInt8>) -> Int {
    for count in 1...3 where count <= bytes.count {
      let byte = bytes[bytes.endIndex - count]
      if byte & 0xc0 == 0x80 { continue }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > count ? count : 0
    }
    return 0
  }
}
