/// Columns of text, padded: the first column to the left, the others to the right.
func aligned(_ rows: [[String]], indent: Int = 2) -> String {
  let rows = rows.map { $0.map(shown) }
  var widths: [Int] = []
  for row in rows {
    for (index, cell) in row.enumerated() {
      if index == widths.count { widths.append(0) }
      widths[index] = max(widths[index], cell.count)
    }
  }
  return rows.map { row in
    let cells = row.enumerated().map { index, cell in
      let space = String(repeating: " ", count: widths[index] - cell.count)
      return index == 0 ? cell + space : space + cell
    }
    let line = Array((String(repeating: " ", count: indent) + cells.joined(separator: "  ")).utf8)
    let end = line.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
    return String(decoding: line[..<end], as: UTF8.self) + "\n"
  }.joined()
}

/// Square metres with a tenth, thousands parted by spaces.
func number(_ area: Double) -> String {
  guard let tenths = Int(exactly: (area * 10).rounded()) else { return "\(area)" }
  var digits = String(abs(tenths) / 10)
  var grouped = ""
  while digits.count > 3 {
    grouped = " " + digits.suffix(3) + grouped
    digits.removeLast(3)
  }
  return (tenths < 0 ? "-" : "") + digits + grouped + "." + String(abs(tenths) % 10)
}
