/// What the text of a table is in: what its `.cpg` says, or its language driver, or else what the text shows by itself.
struct DBFEncoding {
  private enum Mode {
    case undecided, utf8
    case eightBit(EightBitEncoding)
    /// One that is not read here: what is not ASCII becomes U+FFFD.
    case unknown(String)
  }
  private var mode: Mode
  private var guessed: String?
  private var damaged = 0

  /// `page` is what stands in a `.cpg`, `language` the byte in the table's header.
  init(page: String?, language: UInt8) {
    let name = page.map { $0.prefix { $0 != "\0" }.filter { !$0.isWhitespace } } ?? ""
    if !name.isEmpty {
      mode = Self.mode(named: name)
    } else if let page = Self.pages[language] {
      mode = Self.mode(named: page)
    } else {
      mode = .undecided
    }
  }

  /// The language drivers that say an encoding, from Esri's list of them in "ArcGIS: Shapefile code page" and dBASE's. 0x57 is
  /// "the one of the computer": it says nothing.
  private static let pages: [UInt8: String] = [
    0x01: "437", 0x02: "850", 0x03: "1252", 0x08: "865", 0x13: "932", 0x1f: "852", 0x26: "866", 0x4d: "936",
    0x4e: "949", 0x4f: "950", 0x50: "874", 0x58: "1252", 0x59: "1252", 0x64: "852", 0x65: "866", 0x78: "950",
    0x79: "949", 0x7a: "936", 0x7b: "932", 0x7c: "874", 0x87: "852", 0xc8: "1250", 0xc9: "1251", 0xca: "1254",
    0xcb: "1253", 0xcc: "1257",
  ]

  private static func mode(named name: some StringProtocol) -> Mode {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "utf8", "65001", "cp65001": return .utf8
    case "iso88591", "88591", "latin1": return EightBitEncoding("iso-8859-1").map { .eightBit($0) } ?? .undecided
    case "iso88592", "88592", "latin2": return EightBitEncoding("iso-8859-2").map { .eightBit($0) } ?? .undecided
    case "iso88595", "88595": return EightBitEncoding("iso-8859-5").map { .eightBit($0) } ?? .undecided
    default:
      // "1250", "CP1250", "ANSI 1250", "windows-1250".
      if let table = EightBitEncoding("cp" + plain.drop { !$0.isNumber }) { return .eightBit(table) }
      return .unknown(String(name.prefix(20)))
    }
  }

  /// The text of some bytes; `sample` is what the encoding is guessed by, where nothing else says it.
  mutating func text(_ bytes: ArraySlice<UInt8>, sample: [UInt8]) -> String {
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    if case .undecided = mode { decide(sample) }
    switch mode {
    case .utf8:
      if let text = String(validating: bytes, as: UTF8.self) { return text }
      damaged += 1
      return String(decoding: bytes, as: UTF8.self)
    case .eightBit(let table): return String(String.UnicodeScalarView(bytes.map { table.scalar($0) ?? "\u{fffd}" }))
    case .undecided, .unknown:
      damaged += 1
      return String(String.UnicodeScalarView(bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : "\u{fffd}" }))
    }
  }

  private mutating func decide(_ sample: [UInt8]) {
    if String(validating: sample, as: UTF8.self) != nil {
      mode = .utf8
    } else if let guess = EightBitGuess.best(sample) {
      mode = .eightBit(guess.table)
      guessed = guess.name
    } else {
      mode = .unknown("nothing that is known here")
    }
  }

  /// What is to be said at the end.
  var finding: String? {
    if case .unknown(let name) = mode, damaged > 0 {
      return "is in \(name), which is not read: \(damaged) of its texts are shown with \u{fffd}; save it as UTF-8"
    }
    if damaged > 0 { return "has \(damaged) texts that are no UTF-8: they are shown with \u{fffd}" }
    return guessed.map { "does not say its encoding: it is read as \($0); check the names, or put a .cpg beside it" }
  }
}
