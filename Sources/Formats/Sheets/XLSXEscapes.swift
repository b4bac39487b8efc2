/// Characters that XML cannot hold stand as `_x000D_` in the strings of a workbook: ECMA-376 Part 1, 22.9.2.19.
enum XLSXEscapes {
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "_") {
      result += rest[..<start]
      rest = rest[start...]
      if let scalar = escape(rest) {
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst(7)
      } else {
        result.append("_")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// So that text which looks like an escape is read back as it was.
  static func encoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "_") {
      result += rest[..<start]
      result += escape(rest[start...]) == nil ? "_" : "_x005F_"
      rest = rest[start...].dropFirst()
    }
    return result + rest
  }

  private static func escape(_ text: Substring) -> Unicode.Scalar? {
    let letters = Array(text.prefix(7))
    guard letters.count == 7, letters[1] == "x", letters[6] == "_", letters[2...5].allSatisfy(\.isHexDigit) else {
      return nil
    }
    return UInt32(String(letters[2...5]), radix: 16).flatMap(Unicode.Scalar.init)
  }
}
