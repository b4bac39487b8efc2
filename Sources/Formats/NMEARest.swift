/// What lies between the sentences of a log.
struct NMEARest {
  private var binary = LineTally()
  private var fragments = LineTally()

  /// Binary data is counted in bytes. Text with the commas of a sentence is told as well: it may be one that lost its
  /// beginning.
  mutating func take(_ text: Text, _ range: Range<Int>, _ line: Int) {
    let range = text.trimmed(range)
    guard let first = range.first else { return }
    guard isText(text, range) else { return binary.add(line: line, range.count) }
    // AIS and other encapsulated sentences begin with `!` and say nothing of the receiver's own place.
    guard text[first] != UInt8(ascii: "!") else { return }
    var commas = 0
    for index in range where text[index] == UInt8(ascii: ",") { commas += 1 }
    if commas >= 4 { fragments.add(line: line) }
  }

  func report(into events: inout Events) {
    if binary.count > 0 {
      events.problem(
        "nmea.binary", line: binary.line,
        "\(binary.count) bytes between the sentences are no text: other messages of the receiver, or damage; they are not used"
      )
    }
    if fragments.count > 0 {
      events.problem(
        "nmea.fragment", line: fragments.line,
        "\(fragments.count) pieces of text with commas are no sentences, perhaps damaged ones: they are not used")
    }
  }

  private func isText(_ text: Text, _ range: Range<Int>) -> Bool {
    var isASCII = true
    for index in range {
      let byte = text[index]
      if byte < 0x20 && byte != 0x09 || byte == 0x7f { return false }
      if byte >= 0x80 { isASCII = false }
    }
    return isASCII || String(validating: range.map { text[$0] }, as: UTF8.self) != nil
  }
}
