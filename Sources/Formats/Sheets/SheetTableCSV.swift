public import Survey

extension SheetTable {
  /// How a CSV is written.
  public struct CSVStyle: Hashable, Sendable {
    /// A comma, a semicolon or a tab.
    public var delimiter: Character
    public var decimal: DecimalSign

    /// `comma` needs another delimiter than a comma to be readable by most programs.
    public init(delimiter: Character = ",", decimal: DecimalSign = .point) {
      (self.delimiter, self.decimal) = (delimiter, decimal)
    }
  }

  /// RFC 4180 in UTF-8, lines ended by CRLF.
  ///
  /// Text stays as it is, also where it begins with `=`, `+`, `-` or `@`: CSV has no way to say that it is no formula. In
  /// XLSX it is safe.
  public func csv(_ style: CSVStyle = CSVStyle()) -> [UInt8] {
    var text = ""
    for row in [header.map { Cell.text($0) }] + rows {
      text += row.map { field($0, style) }.joined(separator: String(style.delimiter)) + "\r\n"
    }
    return Array(text.utf8)
  }

  private func field(_ cell: Cell, _ style: CSVStyle) -> String {
    switch cell {
    case .empty: return ""
    case .number(let value, let decimals):
      let text = FixedDecimal.text(value, decimals: decimals, sign: style.decimal == .comma ? "," : ".") ?? ""
      return quoted(text, style)
    case .text(let text): return quoted(text, style)
    }
  }

  private func quoted(_ text: String, _ style: CSVStyle) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      scalar != "\"" && scalar != "\r" && scalar != "\n" && Character(scalar) != style.delimiter
    }
    // Readers that trim would lose blanks at the ends.
    guard !isPlain || text.withoutOuterBlanks != text else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
