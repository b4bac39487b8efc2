import Geometry
import Survey

/// A `trkpt` that is plainly well-formed: the bytes from `<trkpt` to its end tag, and the fix they hold.
///
/// Nearly every point is like this, and reading them here takes a small part of expat's time. Plain is: attributes `lat` and
/// `lon` alone, each after one blank; children without attributes, of printable ASCII without references; every value as it
/// should be. All else, also what is only unusual, is `nil` here, and expat's.
struct PlainPoint {
  private(set) var fix: Fix
  /// Behind `</trkpt>`.
  private(set) var end: Int
  /// Line ends in it.
  private(set) var lines = 0

  static let start: StaticString = "<trkpt"
  private static let deepest = 8
  /// In bytes: what is longer than numbers are is cut short by expat's path, as are names and comments of 64 KiB.
  private static let longestNumber = 64
  private static let longestText = 1024

  /// `from` is where `<trkpt` begins, `line` the line it is on.
  init?(_ text: Text, from: Int, line: Int) {
    end = from + Self.start.utf8CodeUnitCount
    fix = Fix(Geographic(0, 0), line: line)
    guard readPosition(text) else { return nil }
    if text.starts(with: "/>", at: end) {
      end += 2
    } else {
      guard end < text.count, text[end] == UInt8(ascii: ">") else { return nil }
      end += 1
      guard readChildren(text) else { return nil }
    }
  }

  private mutating func readPosition(_ text: Text) -> Bool {
    let latitude: Double
    let longitude: Double
    if let first = attribute(0x3d_7461_6c20, text) {  // " lat="
      guard let second = attribute(0x3d_6e6f_6c20, text) else { return false }  // " lon="
      (latitude, longitude) = (first, second)
    } else {
      guard let first = attribute(0x3d_6e6f_6c20, text), let second = attribute(0x3d_7461_6c20, text) else {
        return false
      }
      (latitude, longitude) = (second, first)
    }
    fix.position = Geographic(longitude, latitude)
    return fix.position.isOnEarth
  }

  /// Goes behind the attribute whose blank, name and sign are the five bytes `name`.
  private mutating func attribute(_ name: UInt64, _ text: Text) -> Double? {
    guard text.count - end >= 8 else { return nil }
    let word = text.word(at: end)
    let quote = UInt8(truncatingIfNeeded: word >> 40)
    guard word & 0xff_ffff_ffff == name, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let (value, behind) = number(text, from: end + 6), behind < text.count, text[behind] == quote
    else { return nil }
    end = behind + 1
    return value
  }

  /// Goes behind the end tag.
  private mutating func readChildren(_ text: Text) -> Bool {
    while true {
      end = text.skippingBlanks(from: end, lines: &lines)
      guard text.count - end >= 8 else { return false }
      let word = text.word(at: end)
      if word == 0x3e74_706b_7274_2f3c {  // "</trkpt>"
        end += 8
        return true
      }
      guard readChild(text, word) else { return false }
    }
  }

  /// `word` are the bytes that come next.
  private mutating func readChild(_ text: Text, _ word: UInt64) -> Bool {
    switch word & 0xff_ffff_ffff {
    case 0x3e_656c_653c:  // "<ele>"
      fix.elevation = numberElement(text, word, length: 5)
      return fix.elevation != nil
    case 0x3e_7869_663c:  // "<fix>"
      guard let range = element(text, word, length: 5), let quality = FixQuality(gpx: text, range) else { return false }
      fix.quality = quality
      return true
    case 0x3e_7461_733c:  // "<sat>"
      fix.satellites = element(text, word, length: 5).flatMap { text.integer($0) }
      return fix.satellites != nil
    default: break
    }
    switch word & 0xffff_ffff_ffff {
    case 0x3e65_6d69_743c:  // "<time>"
      fix.time = element(text, word, length: 6).flatMap { text.isoTime($0) }
      return fix.time != nil
    case 0x3e70_6f64_683c:  // "<hdop>"
      fix.hdop = numberElement(text, word, length: 6)
      return fix.hdop != nil
    default: return skip(text)
    }
  }

  /// Goes behind an element whose start tag has that length, at most six, and returns where its text stands.
  private mutating func element(_ text: Text, _ tag: UInt64, length: Int) -> Range<Int>? {
    let start = end + length
    let range = start..<text.plainEnd(from: start)
    return close(tag, length: length, text, at: range.upperBound) ? range : nil
  }

  private mutating func numberElement(_ text: Text, _ tag: UInt64, length: Int) -> Double? {
    guard let (value, behind) = number(text, from: end + length), close(tag, length: length, text, at: behind) else {
      return nil
    }
    return value
  }

  private func number(_ text: Text, from start: Int) -> (value: Double, end: Int)? {
    text.decimalPrefix(start..<min(text.count, start + Self.longestNumber))
  }

  /// Goes behind the end tag at `index` that belongs to this start tag.
  private mutating func close(_ tag: UInt64, length: Int, _ text: Text, at index: Int) -> Bool {
    guard text.count - index >= 8 else { return false }
    let mask = (1 as UInt64) << UInt64((length + 1) * 8) - 1
    guard text.word(at: index) & mask == ((tag & ~0xff) << 8 | 0x2f3c) & mask else { return false }
    end = index + length + 1
    return true
  }

  /// Goes behind an element whose contents are not read.
  private mutating func skip(_ text: Text) -> Bool {
    var open = InlineArray<8, Range<Int>>(repeating: 0..<0)
    var depth = 0
    repeat {
      if depth > 0, endTag(text, open[depth - 1]) {
        depth -= 1
      } else {
        guard depth < Self.deepest, let name = startTag(text) else { return false }
        open[depth] = name
        depth += 1
      }
    } while depth > 0 && skipText(text)
    return depth == 0
  }

  /// Goes on to the next tag.
  private mutating func skipText(_ text: Text) -> Bool {
    let start = end
    while end < text.count, end - start < Self.longestText {
      if text[end] == UInt8(ascii: "<") { return true }
      let next = text.skippingBlanks(from: text.plainEnd(from: end), lines: &lines)
      guard next > end else { return false }
      end = next
    }
    return false
  }

  /// Goes behind a start tag without attributes, and returns where its name stands.
  private mutating func startTag(_ text: Text) -> Range<Int>? {
    guard end + 1 < text.count, text[end] == UInt8(ascii: "<"), isLetter(text[end + 1]) else { return nil }
    let start = end + 1
    end = start
    while end < text.count, isLetter(text[end]) || (0x30...0x3a).contains(text[end]) { end += 1 }
    guard end < text.count, text[end] == UInt8(ascii: ">") else { return nil }
    end += 1
    return start..<end - 1
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
}

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
