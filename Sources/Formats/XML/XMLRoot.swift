/// The first element of an XML document, without a parser: for telling formats apart by the start of a file.
struct XMLRoot {
  /// Without its prefix.
  let name: String

  /// `nil` where the bytes are no XML, or do not reach as far.
  init?(_ head: [UInt8]) {
    // UTF-16 has a zero in every second byte of an ASCII text.
    let bytes = head.contains(0) ? head.filter { $0 != 0 } : head
    let text = bytes.span
    var index = Self.textStart(text)
    guard index < text.count, text[index] == UInt8(ascii: "<") else { return nil }
    while index + 4 < text.count {
      if text[index] != UInt8(ascii: "<") {
        index += 1
      } else if text.equals(index..<index + 4, "<!--") {
        index += 4
        while index + 3 < text.count, !text.equals(index..<index + 3, "-->") { index += 1 }
      } else if text[index + 1] == UInt8(ascii: "?") || text[index + 1] == UInt8(ascii: "!") {
        index += 1
      } else {
        var (from, end) = (index + 1, index + 1)
        while end < text.count, text[end] > 0x20, text[end] != UInt8(ascii: ">"), text[end] != UInt8(ascii: "/") {
          if text[end] == UInt8(ascii: ":") { from = end + 1 }
          end += 1
        }
        name = text.string(from..<end)
        return
      }
    }
    return nil
  }

  /// Behind a byte order mark, of UTF-8 or UTF-16, and blanks.
  private static func textStart(_ text: Text) -> Int {
    var index = 0
    while index < text.count, text[index] <= 0x20 || text[index] >= 0x80 { index += 1 }
    return index
  }
}
