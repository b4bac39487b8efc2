import Survey

/// What turns the bytes of a text into UTF-8 on their way from a `ByteSource` to a reader.
enum TextDecoder {
  case utf16(UTF16Decoder)
  /// `code` is that of the problem that says what was wrong; `xml` the declaration that has to change with the bytes.
  case eightBit(EightBitDecoder, code: String, xml: XMLDeclaration?)

  /// UTF-16, which no reader here reads, but not of XML, whose parser does; `nil` for everything else.
  static func utf16(_ head: [UInt8]) -> TextDecoder? {
    guard let decoder = UTF16Decoder(head) else { return nil }
    guard head.prefix(16).first(where: { !$0.isMarkOrBlank }) != UInt8(ascii: "<") else { return nil }
    return .utf16(decoder)
  }

  /// XML whose characters are bytes, in an encoding that it may declare wrongly; `nil` for everything else.
  static func xml(_ head: [UInt8]) -> TextDecoder? {
    guard let declaration = XMLDeclaration(head) else { return nil }
    let name = declaration.encoding?.lowercased() ?? "utf-8"
    // In what is neither of these the parser may find its own way, or says that it cannot.
    let isKnown = ["utf-8", "utf8", "utf-16", "us-ascii", "iso-8859-1"].contains(name) || EightBitEncoding(name) != nil
    guard isKnown else { return nil }
    return .eightBit(EightBitDecoder(declaration: declaration.encoding), code: "xml.encoding", xml: declaration)
  }

  mutating func decode(_ block: [UInt8]) -> [UInt8] {
    switch self {
    case .utf16(var decoder):
      let text = decoder.decode(block)
      self = .utf16(decoder)
      return text
    case .eightBit(var decoder, let code, let xml):
      let text = decoder.decode(xml?.declaringUTF8(block) ?? block)
      self = .eightBit(decoder, code: code, xml: nil)
      return text
    }
  }

  mutating func finish() -> [UInt8] {
    switch self {
    case .utf16(var decoder):
      let text = decoder.finish()
      self = .utf16(decoder)
      return text
    case .eightBit(var decoder, let code, let xml):
      let text = decoder.finish()
      self = .eightBit(decoder, code: code, xml: xml)
      return text
    }
  }

  /// Known at the end.
  var problem: Problem? {
    switch self {
    case .utf16(let decoder):
      decoder.damaged == 0
        ? nil
        : Problem(
          "text.encoding", line: 0,
          "\(decoder.damaged) characters are no UTF-16 and shown as \u{fffd}: fetch the file again")
    case .eightBit(let decoder, let code, _):
      decoder.finding.map { Problem(code, line: 0, "the file \($0)") }
    }
  }
}

extension UInt8 {
  /// A byte of a byte order mark, a zero of UTF-16, or a blank.
  fileprivate var isMarkOrBlank: Bool { self >= 0xfe || self <= 0x20 }
}
