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
  var fields: NMEAFields

  /// The next thing from `start` on that is, or was, a sentence: `$` and an address, or `$`, text and a checksum.
  ///
  /// Binary messages between the sentences are passed over without a word, since they are no sentences.
  init?(_ text: Text, from start: Int, to end: Int) {
    var dollar = start
    while dollar < end {
      if text[dollar] == UInt8(ascii: "$"), let sentence = Self(text, after: dollar + 1, to: end) {
        self = sentence
        return
      }
      dollar += 1
    }
    return nil
  }

  private init?(_ text: Text, after start: Int, to end: Int) {
    let address = Self.addressEnd(text, from: start, to: end)
    // Eight bytes at a time while none of them ends the sentence: the checksum and the commas of a log are a third of the
    // work otherwise.
    var fields = NMEAFields(start: start)
    var words: UInt64 = 0
    var index = start
    while end - index >= 8 {
      let word = text.word(at: index)
      if word.holds(UInt8(ascii: "*")) || word.holds(UInt8(ascii: "$")) { break }
      words ^= word
      fields.append(word.markingBytes(equal: UInt8(ascii: ",")), at: index)
      index += 8
    }
    words ^= words >> 32
    words ^= words >> 16
    var sum = UInt8(truncatingIfNeeded: words ^ words >> 8)
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "$") { break }
      if byte == UInt8(ascii: ",") { fields.append(end: index) }
      sum ^= byte
      index += 1
    }
    fields.append(end: index)
    self.fields = fields
    body = start..<index
    guard index + 2 < end, text[index] == UInt8(ascii: "*"), let high = hexDigit(text[index + 1]),
      let low = hexDigit(text[index + 2])
    else {
      guard address != nil else { return nil }
      verdict = .noChecksum
      self.end = index
      return
    }
    self.end = index + 3
    verdict = high << 4 | low == sum ? .sound : .wrongChecksum
    guard let address else {
      // A damaged address looks like this; so does binary data now and then, but it is not plain text.
      for index in body where !(0x20...0x7e).contains(text[index]) { return nil }
      guard body.count >= 3 else { return nil }
      return
    }
    // Proprietary sentences begin with P and share no formatter.
    guard text[start] != UInt8(ascii: "P"), address - start == 5 else { return }
    formatter = Self.formatter(text[start + 2], text[start + 3], text[start + 4])
  }

  /// Where the comma after an address is: three to ten capitals or digits.
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
  /// GSA has the most that are read, 17.
  private static let most = 20
  // Two bytes each, from the start of the sentence: this value is passed around, and 40 bytes are cheaper than 160.
  private var ends = InlineArray<20, UInt16>(repeating: 0)
  private var count = 0
  private let start: Int

  /// Of a sentence whose body begins at `start`.
  init(start: Int) { self.start = start }

  /// Ends a field at each of the marked bytes of eight.
  mutating func append(_ marks: UInt64, at index: Int) {
    var marks = marks
    while marks != 0 {
      append(end: index + marks.trailingZeroBitCount / 8)
      marks &= marks - 1
    }
  }

  mutating func append(end: Int) {
    guard count < Self.most else { return }
    ends[count] = UInt16(clamping: end - start)
    count += 1
  }

  @inline(__always) subscript(_ index: Int) -> Range<Int> {
    guard index > 0, index < count else { return start..<start }
    return start + Int(ends[index - 1]) + 1..<start + Int(ends[index])
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
