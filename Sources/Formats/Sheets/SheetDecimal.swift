import Survey

/// Which decimal sign the numbers of a sheet have, by all of them together.
struct SheetDecimal {
  private struct Example {
    var line: Int
    var text: String
  }
  private var certain: [DecimalSign: Example] = [:]
  private var possible: [DecimalSign: Example] = [:]
  /// Where a comma separates fields, a point cannot separate thousands: nobody writes numbers so.
  private let isCommaSeparated: Bool

  /// `nil` where no number has a fraction. Throws `sheet.thousands` where a number has separators between its groups of
  /// digits, `sheet.decimal` where both signs occur, or where every number with a sign could also be thousands.
  static func find(
    _ rows: ArraySlice<SheetRow>, _ header: SheetHeader, container: SheetReading.Container, options: SheetOptions,
    path: String
  ) throws(FileUnreadable) -> DecimalSign? {
    try find(
      rows.filter { header.fits($0) }[...], header.columns.filter { $0.key.isNumber }.map { ($0.key, $0.value) },
      container: container, declared: options.decimal, path: path)
  }

  /// The same for columns of numbers by their indices.
  static func find(
    _ rows: ArraySlice<SheetRow>, _ columns: [(column: SheetColumn, index: Int)], container: SheetReading.Container,
    declared: DecimalSign?, path: String
  ) throws(FileUnreadable) -> DecimalSign? {
    var decimal = SheetDecimal(container)
    let columns = columns.sorted { $0.index < $1.index }
    for row in rows {
      for (column, index) in columns {
        guard case .text = row[index] else { continue }
        try decimal.add(row[index].text, column, line: row.line, path)
      }
    }
    return try decimal.verdict(declared: declared, path)
  }

  private init(_ container: SheetReading.Container) {
    if case .text(_, ",") = container { isCommaSeparated = true } else { isCommaSeparated = false }
  }

  private mutating func add(
    _ text: String, _ column: SheetColumn, line: Int, _ path: String
  ) throws(FileUnreadable) {
    switch SheetNumber(text) {
    case .grouped:
      throw FileUnreadable(
        path, .refused, code: "sheet.thousands", line: line,
        "\"\(text.prefix(40))\" has separators between its thousands: take them out of the sheet")
    case .fraction(let sign, let couldBeThousands):
      let isPossibleOnly = couldBeThousands && !column.isAngleOrSigma && !(isCommaSeparated && sign == .point)
      let example = Example(line: line, text: String(text.prefix(40)))
      if isPossibleOnly {
        if possible[sign] == nil { possible[sign] = example }
      } else if certain[sign] == nil {
        certain[sign] = example
      }
    case .empty, .whole, .exponent, .other: break
    }
  }

  private func verdict(declared: DecimalSign?, _ path: String) throws(FileUnreadable) -> DecimalSign? {
    let found = { (sign: DecimalSign) in certain[sign] ?? possible[sign] }
    if let point = found(.point), let comma = found(.comma) {
      throw refused(
        path, max(point.line, comma.line),
        "has \"\(point.text)\" in line \(point.line) and \"\(comma.text)\" in line \(comma.line): write all numbers with "
          + "the same decimal sign, and none between thousands")
    }
    guard let sign = found(.point) != nil ? DecimalSign.point : found(.comma) != nil ? .comma : nil else {
      return declared
    }
    guard let example = found(sign) else { return declared }
    if let declared, declared != sign {
      throw refused(
        path, example.line, "has \"\(example.text)\", but the decimal sign declared is the \(declared.rawValue)")
    }
    if declared == nil, certain[sign] == nil {
      throw refused(
        path, example.line,
        "has only numbers such as \"\(example.text)\", whose \(sign.rawValue) may stand before decimals or between "
          + "thousands: if before decimals, declare decimal = \"\(sign.rawValue)\"")
    }
    return sign
  }

  private func refused(_ path: String, _ line: Int, _ message: String) -> FileUnreadable {
    FileUnreadable(path, .refused, code: "sheet.decimal", line: line, message)
  }
}
