/// `<?xml version="1.0" encoding="…"?>` at the start of a file whose characters are bytes.
struct XMLDeclaration {
  /// As it is written; `nil` where none is named.
  private(set) var encoding: String?
  private var place: Range<Int>?

  /// `nil` where the bytes do not begin like XML.
  init?(_ head: [UInt8]) {
    let start = head.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    let text = head.span
    let trimmed = text.trimmed(start..<text.count)
    guard let first = trimmed.first, text[first] == UInt8(ascii: "<"), !head.prefix(1024).contains(0) else {
      return nil
    }
    guard trimmed.count > 5, text.equals(first..<first + 5, "<?xml"),
      let end = head[first...].prefix(1024).firstIndex(of: UInt8(ascii: ">"))
    else { return }
    var index = first
    while index + 8 < end, !text.equals(index..<index + 8, "encoding") { index += 1 }
    guard index + 8 < end,
      let open = head[index..<end].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
      let close = head[(open + 1)..<end].firstIndex(of: head[open])
    else { return }
    place = open..<close + 1
    encoding = text.string(open + 1..<close)
  }

  /// The bytes with UTF-8 declared in the same place, for a parser that is given UTF-8.
  func declaringUTF8(_ bytes: [UInt8]) -> [UInt8] {
    guard let place, place.count >= 7, place.upperBound <= bytes.count else { return bytes }
    var changed = bytes
    let quote = bytes[place.lowerBound]
    let value = [quote] + Array("UTF-8".utf8) + [quote]
    for (offset, index) in place.enumerated() { changed[index] = offset < value.count ? value[offset] : 0x20 }
    return changed
  }
}
