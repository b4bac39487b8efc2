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
  private var pending: [UInt8] = []
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

  mutating func decode(_ block: [UInt8]) -> [UInt8] {
    let bytes = pending.isEmpty ? block : pending + block
    pending = []
    if !bytes.contains(where: { $0 >= 0x80 }) { return bytes }
    if case .undecided = mode { decide(bytes) }
    switch mode {
    case .eightBit(let table): return convert(bytes, table)
    case .utf8, .undecided: return repaired(bytes)
    }
  }

  mutating func finish() -> [UInt8] {
    defer { pending = [] }
    guard !pending.isEmpty else { return [] }
    if case .undecided = mode { decide(pending + [0x20]) }
    if case .eightBit(let table) = mode { return convert(pending, table) }
    damaged += 1
    return Array("\u{fffd}".utf8)
  }

  private mutating func decide(_ bytes: [UInt8]) {
    let tail = Self.incompleteTail(bytes)
    if String(validating: bytes.dropLast(tail), as: UTF8.self) != nil {
      // Only the tail is beyond ASCII: the next block tells.
      if bytes.dropLast(tail).allSatisfy({ $0 < 0x80 }) { return }
      mode = .utf8
      if declared != nil { remark = "\(says), but its letters are UTF-8: it is read as UTF-8" }
      return
    }
    if let declared {
      mode = .eightBit(declared.table)
    } else if let guess = EightBitGuess.best(Self.sample(bytes)), !Self.isMostlyUTF8(bytes) {
      mode = .eightBit(guess.table)
      remark = "\(says), and is no UTF-8: it is read as \(guess.name); check the names, or save it as UTF-8"
    } else {
      mode = .utf8
    }
  }

  /// From the word with the first letter beyond ASCII on; enough words to tell, and no more, since each is looked at
  /// four times.
  private static func sample(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes[max(0, (bytes.firstIndex { $0 >= 0x80 } ?? 0) - 64)...].prefix(65_536)
  }

  /// Whether more letters are in UTF-8 than are not: a damaged text, and no other encoding.
  private static func isMostlyUTF8(_ bytes: [UInt8]) -> Bool {
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
    let tail = Self.incompleteTail(bytes)
    let whole = bytes.dropLast(tail)
    pending = Array(bytes.suffix(tail))
    if String(validating: whole, as: UTF8.self) != nil { return tail == 0 ? bytes : Array(whole) }
    let text = String(decoding: whole, as: UTF8.self)
    for scalar in text.unicodeScalars where scalar.value == 0xfffd { damaged += 1 }
    return Array(text.utf8)
  }

  /// Bytes at the end that begin a character of UTF-8 whose rest is not there: at most three.
  private static func incompleteTail(_ bytes: [UInt8]) -> Int {
    for count in 1...3 where count <= bytes.count {
      let byte = bytes[bytes.count - count]
      if byte & 0xc0 == 0x80 { continue }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      return length > count ? count : 0
    }
    return 0
  }
}
