import Glibc

/// Looking at XML as bytes, where nothing of it can mean anything else.
extension Span<UInt8> {
  func starts(with word: StaticString, at index: Int) -> Bool {
    index + word.utf8CodeUnitCount <= count && equals(index..<index + word.utf8CodeUnitCount, word)
  }

  /// Where a tag that begins with `word` comes next.
  func find(tag word: StaticString, from start: Int) -> Int? {
    var index = start
    while let found = index < count ? find(0x3c, from: index) : nil {
      if starts(with: word, at: found) { return found }
      index = found + 1
    }
    return nil
  }

  private func find(_ byte: Int32, from start: Int) -> Int? {
    unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = unsafe memchr(base + start, byte, bytes.count - start) else {
        return nil
      }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Where the blanks from `start` on end; a CR counts as one only before a LF, as the end of a line that it then is.
  func skippingBlanks(from start: Int, lines: inout Int) -> Int {
    var index = start
    while index < count {
      switch self[index] {
      case 0x20, 0x09: index += 1
      case 0x0a:
        lines += 1
        index += 1
      case 0x0d:
        guard index + 1 < count, self[index + 1] == 0x0a else { return index }
        index += 1
      default: return index
      }
    }
    return index
  }

  /// Where the printable ASCII from `start` on ends that means nothing to XML, or the text; `]` could begin `]]>`.
  func plainEnd(from start: Int) -> Int {
    var index = start
    while count - index >= 8 {
      let word = word(at: index)
      let other =
        word.markingUnprintable | word.markingBytes(equal: UInt8(ascii: "<"))
        | word.markingBytes(equal: UInt8(ascii: "&"))
        | word.markingBytes(equal: UInt8(ascii: "]"))
      if other != 0 { return index + other.trailingZeroBitCount / 8 }
      index += 8
    }
    return count
  }
}
