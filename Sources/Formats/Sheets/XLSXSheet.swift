import Survey

/// The rows of one worksheet: ECMA-376 Part 1, 18.3.1.
final class XLSXSheet: XMLSink {
  private(set) var grid: SheetGrid
  private(set) var refusal: FileUnreadable?
  private let strings: [String]
  private let path: String

  private var row = SheetRow(line: 0, cells: [])
  private var column = 0
  private var type = ""
  private var value: [UInt8] = []
  private var isValue = false
  private var isFormula = false
  private var inline = XLSXTextReader()

  init(name: String, strings: [String], path: String) {
    (grid, self.strings, self.path) = (SheetGrid(.xlsx(worksheet: name)), strings, path)
  }

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "row": begin(attributes)
    case "c":
      type = attributes["t"] ?? "n"
      (value, isFormula) = ([], false)
      inline.begin()
      // Without a reference it is the next one.
      column = row.cells.count
      if let reference = attributes["r"] {
        guard let index = Self.column(reference), index >= row.cells.count else {
          return refuse("cell \"\(reference.prefix(20))\" is out of its place")
        }
        column = index
      }
      if column >= SheetLimits.columns {
        refusal = SheetLimits.exceeded(path, line: row.line, "\(SheetLimits.columns) columns")
      }
    case "v": isValue = true
    case "f": isFormula = true
    default: inline.start(name)
    }
  }

  func text(_ bytes: [UInt8]) { if isValue { value += bytes } else { inline.append(bytes) } }

  func end(_ name: String) {
    switch name {
    case "v": isValue = false
    case "c": takeCell()
    case "row":
      do throws(FileUnreadable) { try grid.add(row, path: path) } catch { refusal = error }
    default: inline.end(name)
    }
  }

  private func begin(_ attributes: XMLAttributes) {
    let number = attributes["r"].map { Int($0) ?? 0 } ?? row.line + 1
    guard number > row.line, number <= 1 << 20 else { return refuse("row \(number) is out of its place") }
    row = SheetRow(line: number, cells: [])
    if attributes["hidden"] == "1" || attributes["hidden"] == "true" {
      grid.problems.append(
        Problem("xlsx.hidden", line: number, "the row is hidden in the worksheet; it is read all the same"))
    }
  }

  private func takeCell() {
    guard refusal == nil else { return }
    while row.cells.count < column { row.cells.append(.text("")) }
    row.cells.append(cell())
  }

  private func cell() -> SheetCell {
    let raw = String(decoding: value, as: UTF8.self)
    if isFormula, value.isEmpty {
      grid.problems.append(
        Problem(
          "xlsx.formula", line: row.line,
          "column \(row.cells.count + 1) holds a formula without its result: open the workbook and save it"))
    }
    switch type {
    case "s":
      guard let index = Int(raw), strings.indices.contains(index) else {
        refuse("cell \(row.cells.count + 1) of row \(row.line) names a text that is not there")
        return .text("")
      }
      return .text(strings[index])
    case "inlineStr": return .text(inline.text)
    case "str": return .text(XLSXEscapes.decoded(raw))
    case "b": return .text(raw == "1" ? "TRUE" : "FALSE")
    // An error, such as `#REF!`, or a date.
    case "e", "d": return .text(raw)
    default: return raw.isEmpty ? .text("") : .number(raw)
    }
  }

  private func refuse(_ message: String) {
    refusal = FileUnreadable(path, .refused, code: "xlsx.cell", line: row.line, "is damaged: \(message); save it again")
  }

  /// From 0, of a reference such as `AB12`.
  private static func column(_ reference: String) -> Int? {
    let letters = reference.utf8.prefix { (0x41...0x5a).contains($0) }
    guard (1...3).contains(letters.count) else { return nil }
    return letters.reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
  }
}

extension SheetGrid {
  /// The rows of a worksheet of a workbook.
  init(xlsx bytes: [UInt8], options: SheetOptions, path: String) throws(FileUnreadable) {
    var archive = SheetArchive(bytes, path: path)
    let parts = try archive.members([XLSXWorkbook.part, XLSXWorkbook.relationsPart])
    guard let book = parts[XLSXWorkbook.part], let relations = parts[XLSXWorkbook.relationsPart] else {
      throw FileUnreadable(
        path, .refused, code: "sheet.format", "is a zip, but no XLSX workbook: save the sheet as XLSX or CSV")
    }
    let workbook = XLSXWorkbook()
    try readXML(book, part: XLSXWorkbook.part, path: path, into: workbook)
    try readXML(relations, part: XLSXWorkbook.relationsPart, path: path, into: workbook)
    let (name, part) = try workbook.worksheet(options.worksheet, path: path)
    let members = try archive.members([part, workbook.stringsPart ?? part])
    let strings = XLSXStrings()
    if let stringsPart = workbook.stringsPart, let content = members[stringsPart] {
      try readXML(content, part: stringsPart, path: path, into: strings)
    }
    guard let content = members[part] else {
      throw FileUnreadable(
        path, .refused, code: "xlsx.worksheet", "does not hold its worksheet \"\(name)\": save the workbook again")
    }
    let sheet = XLSXSheet(name: name, strings: strings.strings, path: path)
    try readXML(content, part: part, path: path, into: sheet)
    self = sheet.grid
    if options.worksheet == nil, let others = workbook.others(than: name) { problems.insert(others, at: 0) }
  }
}
