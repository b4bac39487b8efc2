import Survey

extension SheetGrid {
  /// The rows of a CSV; `sep=;` in the first line names the delimiter, otherwise the header shows it.
  init(text bytes: [UInt8], options: SheetOptions, path: String) throws(FileUnreadable) {
    let text = try SheetText(bytes, as: options.encoding, path: path)
    let (named, start) = separatorLine(text.bytes)
    var delimiter = named ?? UInt8(ascii: ",")
    if named == nil {
      var most = -1
      // A semicolon or a tab before a comma, which may be a decimal sign.
      for candidate in [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")] {
        let known = Self.knownColumns(text.bytes, delimiter: candidate, path: path)
        if known > most { (delimiter, most) = (candidate, known) }
      }
    }
    self.init(.text(encoding: text.encoding, delimiter: Character(Unicode.Scalar(delimiter))))
    var reader = DelimitedText(
      text.bytes, delimiter: delimiter, position: start, line: named == nil ? 1 : 2, path: path)
    while let row = try reader.next() { try add(row, path: path) }
  }

  /// How well the first rows fit together when they are cut at `delimiter`: by the columns known in the best of them,
  /// then by how many fields there are.
  private static func knownColumns(_ bytes: [UInt8], delimiter: UInt8, path: String) -> Int {
    var reader = DelimitedText(bytes, delimiter: delimiter, path: path)
    var best = 0
    for _ in 0..<SheetHeader.rowsSearched {
      // A quotation mark that does not fit speaks against this delimiter.
      guard let next = try? reader.next() else { break }
      let columns = next.cells.filter { SheetColumn.named($0.text) != nil }.count
      best = max(best, columns * SheetLimits.columns + min(next.cells.count, SheetLimits.columns - 1))
    }
    return best
  }
}

/// The delimiter that a first line `sep=;` names, as Excel writes it, and where the next line begins.
func separatorLine(_ bytes: [UInt8]) -> (delimiter: UInt8?, start: Int) {
  let line = bytes.prefix(8).prefix { $0 != 0x0a && $0 != 0x0d }.filter { $0 != UInt8(ascii: "\"") }
  guard line.count == 5, String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=" else {
    return (nil, 0)
  }
  guard let end = bytes.firstIndex(where: { $0 == 0x0a || $0 == 0x0d }) else { return (line[4], bytes.count) }
  let isPair = bytes[end] == 0x0d && end + 1 < bytes.count && bytes[end + 1] == 0x0a
  return (line[4], end + (isPair ? 2 : 1))
}
