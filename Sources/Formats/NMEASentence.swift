/// One NMEA 0183 sentence found in a line: `$`, an address, fields, `*` and a checksum.
struct NMEASentence {
  enum Verdict { case sound, wrongChecksum, noChecksum }

  /// The three letters after the talker.
  enum Formatter { case gga, gns, rmc, gll, gst, gsa, zda, dtm, other }

  var verdict: Verdict
  var formatter = Formatter.other
  /// From the letter after `$` up to `*`.
  var body: Range<Int>
  /// Where the search for another sentence goes on.
  var end: Int

  /// The next thing from `start` on that begins like a sentence: `$`, three to ten capitals or digits, a comma.
  ///
  /// Binary messages between the sentences are passed over without a word, since they are no sentences.
  init?(_ text: Text, from start: Int, to end: Int) {
    var dollar = start
    while dollar < end {
      if text[dollar] == UInt8(ascii: "$"), let comma = Self.addressEnd(text, from: dollar + 1, to: end) {
        self.init(text, from: dollar + 1, comma: comma, to: end)
        return
      }
      dollar += 1
    }
    return nil
  }

  private init(_ text: Text, from start: Int, comma: Int, to end: Int) {
    var sum: UInt8 = 0
    var index = start
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "$") { break }
      sum ^= byte
      index += 1
    }
    body = start..<index
    self.end = index
    guard index + 2 < end, text[index] == UInt8(ascii: "*"), let high = hexDigit(text[index + 1]),
      let low = hexDigit(text[index + 2])
    else {
      verdict = .noChecksum
      return
    }
    self.end = index + 3
    verdict = high << 4 | low == sum ? .sound : .wrongChecksum
    // Proprietary sentences begin with P and share no formatter.
    guard text[start] != UInt8(ascii: "P"), comma - start == 5 else { return }
    formatter = Self.formatter(text[start + 2], text[start + 3], text[start + 4])
  }

  private static func addressEnd(_ text: Text, from start: Int, to end: Int) -> Int? {
    var index = start
    while index < end, index - start <= 10 {
      let byte = text[index]
      if byte == UInt8(ascii: ",") { return index - start >= 3 ? index : nil }
      guard (0x41...0x5a).contains(byte) || (0x30...0x39).contains(byte) else { return nil }
      index += 1
    }
    return nil
  }

  private static func formatter(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Formatter {
    switch UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c) {
    case 0x47_47_41: .gga
    case 0x47_4e_53: .gns
    case 0x52_4d_43: .rmc
    case 0x47_4c_4c: .gll
    case 0x47_53_54: .gst
    case 0x47_53_41: .gsa
    case 0x5a_44_41: .zda
    case 0x44_54_4d: .dtm
    default: .other
    }
  }
}

/// The fields of a sentence; the address is field 0, and a field that is not there is empty.
struct NMEAFields {
  private var ends = InlineArray<32, Int>(repeating: 0)
  private var count = 0
  private let start: Int

  init(_ text: Text, _ body: Range<Int>) {
    start = body.lowerBound
    for index in body where text[index] == UInt8(ascii: ",") && count < 31 {
      ends[count] = index
      count += 1
    }
    ends[count] = body.upperBound
    count += 1
  }

  subscript(_ index: Int) -> Range<Int> {
    guard index > 0, index < count else { return start..<(index == 0 ? ends[0] : start) }
    return ends[index - 1] + 1..<ends[index]
  }
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
