/// UTF-16, block by block, as UTF-8.
struct UTF16Decoder {
  let isBigEndian: Bool
  /// Units that are half of a pair, or the odd byte at the end: each became U+FFFD.
  private(set) var damaged = 0
  /// Bytes that are waiting for the rest of their character: at most three.
  private var pending: [UInt8] = []
  private var atStart = true

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  /// By a byte order mark, or by a first kilobyte that has no other sense; `nil` where it is no UTF-16.
  init?(_ head: [UInt8]) {
    if head.starts(with: [0xff, 0xfe]), !head.starts(with: [0xff, 0xfe, 0, 0]) {
      self.init(isBigEndian: false)
    } else if head.starts(with: [0xfe, 0xff]) {
      self.init(isBigEndian: true)
    } else if let isBigEndian = [false, true].first(where: { Self.isPlain(head, isBigEndian: $0) }) {
      self.init(isBigEndian: isBigEndian)
    } else {
      return nil
    }
  }

  /// Whether the start is a text without control characters, half of which at least is ASCII, as digits, separators and
  /// line ends are.
  private static func isPlain(_ head: [UInt8], isBigEndian: Bool) -> Bool {
    var (units, plain) = (0, 0)
    for index in stride(from: 0, to: min(head.count, 1024) - 1, by: 2) {
      let (high, low) = isBigEndian ? (head[index], head[index + 1]) : (head[index + 1], head[index])
      let unit = UInt16(high) << 8 | UInt16(low)
      guard unit >= 0x20 || [0x09, 0x0a, 0x0d].contains(unit), unit < 0xfff0 else { return false }
      units += 1
      if unit < 0x80 { plain += 1 }
    }
    return units >= 4 && plain * 2 >= units
  }

  mutating func decode(_ block: [UInt8]) -> [UInt8] {
    let bytes = pending + block
    var utf8: [UInt8] = []
    utf8.reserveCapacity(bytes.count)
    var index = 0
    while index + 1 < bytes.count {
      let unit = unit(bytes, index)
      if unit & 0xfc00 == 0xd800 {
        guard index + 3 < bytes.count else { break }
        let next = self.unit(bytes, index + 2)
        if next & 0xfc00 == 0xdc00 {
          append(0x10000 + (UInt32(unit & 0x3ff) << 10 | UInt32(next & 0x3ff)), to: &utf8)
          index += 4
          continue
        }
      }
      index += 2
      let isMark = atStart && unit == 0xfeff
      atStart = false
      if isMark { continue }
      append(UInt32(unit), to: &utf8)
    }
    pending = Array(bytes[index...])
    return utf8
  }

  /// What is left at the end of the file.
  mutating func finish() -> [UInt8] {
    guard !pending.isEmpty else { return [] }
    pending = []
    damaged += 1
    return Array("\u{fffd}".utf8)
  }

  private func unit(_ bytes: [UInt8], _ index: Int) -> UInt16 {
    let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }

  private mutating func append(_ value: UInt32, to utf8: inout [UInt8]) {
    if let scalar = Unicode.Scalar(value) {
      utf8 += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    } else {
      damaged += 1
      utf8 += UTF8.encodedReplacementCharacter
    }
  }
}
