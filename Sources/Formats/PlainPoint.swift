import Geometry
import Glibc
import Survey

/// A `trkpt` that is plainly well-formed: the bytes from `<trkpt` to its end tag, and the fix they hold.
///
/// Nine hundred and ninety-nine points in a thousand are like this, and reading them here takes a tenth of expat's time.
/// Plain is: attributes `lat` and `lon` alone; children without attributes, of printable ASCII without references; every
/// value as it should be. All else, also what is only unusual, is `nil` here, and expat's.
struct PlainPoint {
  private(set) var fix: Fix
  /// Behind `</trkpt>`.
  private(set) var end: Int
  /// Line ends in it.
  private(set) var lines = 0

  static let start: StaticString = "<trkpt"
  private static let deepest = 8
  /// Of one text: no name or comment as long as this is cut short by expat's path.
  private static let longestText = 1024

  /// `from` is where `<trkpt` begins, `line` the line it is on.
  init?(_ text: Text, from: Int, line: Int) {
    end = from + Self.start.utf8CodeUnitCount
    fix = Fix(Geographic(0, 0), line: line)
    guard let isEmpty = readAttributes(text), isEmpty || readChildren(text) else { return nil }
  }

  /// Goes behind the tag; whether it has no content, `nil` where it is not plain.
  private mutating func readAttributes(_ text: Text) -> Bool? {
    var (latitude, longitude): (Double?, Double?)
    while skipBlanks(text) > 0, end + 5 < text.count, text[end] == UInt8(ascii: "l") {
      let isLatitude = text.equals(end..<end + 4, "lat=")
      guard isLatitude || text.equals(end..<end + 4, "lon="), (isLatitude ? latitude : longitude) == nil else {
        return nil
      }
      let quote = text[end + 4]
      guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
      let start = end + 5
      end = start
      // Longer numbers are cut short by expat's path.
      while end < text.count, text[end] != quote, end - start < 64 { end += 1 }
      guard end < text.count, text[end] == quote, let degrees = text.decimal(start..<end) else { return nil }
      if isLatitude { latitude = degrees } else { longitude = degrees }
      end += 1
    }
    guard let latitude, let longitude else { return nil }
    fix.position = Geographic(longitude, latitude)
    guard fix.position.isOnEarth else { return nil }
    if take(">", text) { return false }
    return take("/>", text) ? true : nil
  }

  /// Goes behind the end tag.
  private mutating func readChildren(_ text: Text) -> Bool {
    while true {
      skipBlanks(text)
      if take("</trkpt>", text) { return true }
      guard let name = startTag(text) else { return false }
      let leaf = GPXTag(text, name).leaf.flatMap { $0.isOfFix ? $0 : nil }
      guard leaf.map({ readLeaf($0, text, name) }) ?? skip(text, name) else { return false }
    }
  }

  private mutating func readLeaf(_ leaf: GPXState.Leaf, _ text: Text, _ name: Range<Int>) -> Bool {
    let start = end
    while end < text.count, isPlain(text[end]) { end += 1 }
    return fix.take(leaf, text, start..<end) == nil && endTag(text, name)
  }

  /// Goes behind the end of an element whose contents are not read.
  private mutating func skip(_ text: Text, _ name: Range<Int>) -> Bool {
    var open = InlineArray<8, Range<Int>>(repeating: name)
    var depth = 1
    while depth > 0 {
      let start = end
      while end < text.count, isPlain(text[end]) || text[end] == UInt8(ascii: "\n"), end - start < Self.longestText {
        if text[end] == UInt8(ascii: "\n") { lines += 1 }
        end += 1
      }
      if endTag(text, open[depth - 1]) {
        depth -= 1
      } else {
        guard depth < Self.deepest, let name = startTag(text) else { return false }
        open[depth] = name
        depth += 1
      }
    }
    return true
  }

  /// Goes behind a start tag without attributes, and returns where its name stands.
  private mutating func startTag(_ text: Text) -> Range<Int>? {
    guard end + 1 < text.count, text[end] == UInt8(ascii: "<"), isLetter(text[end + 1]) else { return nil }
    let start = end + 1
    end = start
    while end < text.count, isLetter(text[end]) || (0x30...0x3a).contains(text[end]) { end += 1 }
    let name = start..<end
    return take(">", text) ? name : nil
  }

  /// Goes behind the end tag of this name, if it is the next thing.
  private mutating func endTag(_ text: Text, _ name: Range<Int>) -> Bool {
    let start = end + 2
    let close = start + name.count
    guard close < text.count, text[end] == UInt8(ascii: "<"), text[end + 1] == UInt8(ascii: "/"),
      text[close] == UInt8(ascii: ">")
    else { return false }
    for index in 0..<name.count where text[start + index] != text[name.lowerBound + index] { return false }
    end = close + 1
    return true
  }

  private mutating func take(_ word: StaticString, _ text: Text) -> Bool {
    guard text.starts(with: word, at: end) else { return false }
    end += word.utf8CodeUnitCount
    return true
  }

  /// Returns how many there were.
  @discardableResult private mutating func skipBlanks(_ text: Text) -> Int {
    let start = end
    end = text.skippingBlanks(from: end, lines: &lines)
    return end - start
  }
}

extension Span<UInt8> {
  func starts(with word: StaticString, at index: Int) -> Bool {
    index + word.utf8CodeUnitCount <= count && equals(index..<index + word.utf8CodeUnitCount, word)
  }

  /// Where a tag that begins with `word` comes next.
  func find(tag word: StaticString, from start: Int) -> Int? {
    unsafe withUnsafeBytes { bytes in
      var index = start
      while index < bytes.count, let base = bytes.baseAddress,
        let found = unsafe memchr(base + index, 0x3c, bytes.count - index)
      {
        index = unsafe UnsafeRawPointer(found) - base
        if starts(with: word, at: index) { return index }
        index += 1
      }
      return nil
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
}

/// Printable ASCII that means nothing to XML, wherever it stands in a text: `]` could begin `]]>`.
private func isPlain(_ byte: UInt8) -> Bool {
  (0x20...0x7e).contains(byte) && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "]")
}

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
