import Survey

/// The text of a sheet as UTF-8, whatever it was written in.
struct SheetText {
  var bytes: [UInt8]
  var encoding: SheetEncoding

  /// By a byte order mark, by the zeros of UTF-16, by being valid UTF-8, and last by the letters; throws
  /// `sheet.encoding` where that leaves two possibilities or none.
  init(_ bytes: [UInt8], as declared: SheetEncoding?, path: String) throws(FileUnreadable) {
    let (marked, start) = Self.mark(bytes)
    if let declared, let marked, declared != marked {
      throw Self.refused(path, "begins as \(marked.rawValue) does, not \(declared.rawValue): declare another or none")
    }
    guard let encoding = marked ?? declared ?? Self.unmarked(bytes) else {
      throw Self.refused(
        path,
        "may be in windows-1250 (Latin) or windows-1251 (Cyrillic), its letters do not tell: declare the encoding, "
          + "or save the sheet as UTF-8")
    }
    guard let decoded = Self.decode(bytes[start...], as: encoding) else {
      throw Self.refused(path, "is no text in \(encoding.rawValue): save the sheet as CSV in UTF-8, or as XLSX")
    }
    (self.bytes, self.encoding) = (decoded, encoding)
  }

  private static func refused(_ path: String, _ message: String) -> FileUnreadable {
    FileUnreadable(path, .refused, code: "sheet.encoding", message)
  }

  private static func mark(_ bytes: [UInt8]) -> (SheetEncoding?, length: Int) {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { return (.utf8, 3) }
    if bytes.starts(with: [0xff, 0xfe]) { return (.utf16LittleEndian, 2) }
    if bytes.starts(with: [0xfe, 0xff]) { return (.utf16BigEndian, 2) }
    return (nil, 0)
  }

  private static func unmarked(_ bytes: [UInt8]) -> SheetEncoding? {
    if bytes.contains(0) {
      // Digits, separators and line ends have a zero before them or behind them; no text has two kinds of them.
      var zeros = [0, 0]
      for index in bytes.indices where bytes[index] == 0 { zeros[index & 1] += 1 }
      // A few are damage.
      guard (zeros[0] + zeros[1]) * 50 > bytes.count else { return .utf8 }
      return zeros[1] > zeros[0] ? .utf16LittleEndian : .utf16BigEndian
    }
    if String(validating: bytes, as: UTF8.self) != nil { return .utf8 }
    return EightBitEvidence(bytes).encoding
  }

  /// `nil` where the bytes are no text in this encoding; no text holds a NUL.
  private static func decode(_ bytes: ArraySlice<UInt8>, as encoding: SheetEncoding) -> [UInt8]? {
    switch encoding {
    case .utf8:
      guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { return nil }
      return Array(bytes)
    case .utf16LittleEndian, .utf16BigEndian:
      guard bytes.count.isMultiple(of: 2) else { return nil }
      let (low, high) = encoding == .utf16LittleEndian ? (0, 1) : (1, 0)
      let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).lazy.map { index in
        UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + low])
      }
      guard !units.contains(0), let text = String(validating: units, as: UTF16.self) else { return nil }
      return Array(text.utf8)
    case .windows1250, .windows1251:
      guard !bytes.contains(0), let table = EightBitEncoding(encoding.rawValue) else { return nil }
      var text = String.UnicodeScalarView()
      for byte in bytes {
        guard let scalar = table.scalar(byte) else { return nil }
        text.append(scalar)
      }
      return Array(String(text).utf8)
    }
  }
}
