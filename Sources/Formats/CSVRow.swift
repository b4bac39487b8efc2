import Survey

/// The fields of one line of a sheet: RFC 4180, with any delimiter.
struct CSVRow {
  private(set) var fields: [Range<Int>] = []
  /// A quote is not closed, or something follows where it closes.
  private(set) var isBroken = false

  /// Without the blanks and the quotes around each field; a doubled quote inside stays doubled.
  mutating func split(_ text: Text, _ range: Range<Int>, at delimiter: UInt8) {
    fields.removeAll(keepingCapacity: true)
    isBroken = false
    let quote = UInt8(ascii: "\"")
    var (start, index, isQuoted) = (range.lowerBound, range.lowerBound, false)
    while true {
      if index < range.upperBound, isQuoted || text[index] != delimiter {
        if text[index] == quote { isQuoted.toggle() }
        index += 1
        continue
      }
      var field = text.trimmed(start..<index)
      if let first = field.first, text[first] == quote {
        if field.count >= 2, text[field.upperBound - 1] == quote {
          field = text.trimmed(first + 1..<field.upperBound - 1)
        } else {
          isBroken = true
        }
      }
      fields.append(field)
      if index >= range.upperBound { break }
      index += 1
      start = index
    }
    if isQuoted { isBroken = true }
  }

  /// Of a tab, a semicolon and a comma the one that there is most of outside quotes; `nil` where there is none.
  static func delimiter(_ text: Text, _ range: Range<Int>) -> UInt8? {
    let candidates = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")]
    var counts = [0, 0, 0]
    var isQuoted = false
    for index in range {
      if text[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let candidate = candidates.firstIndex(of: text[index]) { counts[candidate] += 1 }
    }
    guard let most = counts.max(), most > 0 else { return nil }
    // Semicolon and tab before a comma, which may be a decimal sign.
    if counts[0] > 0, counts[0] >= counts[1] { return candidates[0] }
    return counts[1] > 0 ? candidates[1] : candidates[2]
  }
}
