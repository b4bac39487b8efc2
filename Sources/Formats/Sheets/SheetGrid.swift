import Survey

/// The rows of a sheet before their columns have a meaning.
struct SheetGrid {
  var container: SheetReading.Container
  var rows: [SheetRow] = []
  var problems: [Problem] = []
  private var cells = 0
  private var textBytes = 0

  init(_ container: SheetReading.Container) { self.container = container }

  /// Adds a row unless all of it is empty; throws past the limits.
  mutating func add(_ row: SheetRow, path: String) throws(FileUnreadable) {
    guard row.cells.contains(where: { !$0.isEmpty }) else { return }
    guard row.cells.count <= SheetLimits.columns else {
      throw SheetLimits.exceeded(path, line: row.line, "\(SheetLimits.columns) columns")
    }
    cells += row.cells.count
    // One long text that many cells of a worksheet share becomes many in the points.
    textBytes += row.cells.reduce(0) { $0 + $1.text.utf8.count }
    guard rows.count < SheetLimits.rows else { throw SheetLimits.exceeded(path, "\(SheetLimits.rows) rows") }
    guard cells <= SheetLimits.cells else { throw SheetLimits.exceeded(path, "\(SheetLimits.cells) cells") }
    guard textBytes <= SheetLimits.bytes else { throw SheetLimits.exceeded(path, "64 MiB of text") }
    rows.append(row)
  }
}

struct SheetRow {
  /// The line of a text that it begins in, or its number in the worksheet; from 1.
  var line: Int
  var cells: [SheetCell]

  /// An empty one past the end.
  subscript(_ index: Int) -> SheetCell { index < cells.count ? cells[index] : .text("") }
}

enum SheetCell {
  case text(String)
  /// Of a worksheet, as its file writes it: with a point, perhaps with an exponent.
  case number(String)

  /// What a person sees, without blanks at the ends.
  var text: String {
    switch self {
    case .text(let text): return text.withoutOuterBlanks
    case .number(let raw):
      guard let value = Double(raw), value.isFinite else { return raw }
      // A file writes 1.1 as 1.1000000000000001.
      if let whole = Int(exactly: value) { return "\(whole)" }
      return "\(value)"
    }
  }

  /// With its blanks.
  var raw: String {
    if case .text(let text) = self { text } else { text }
  }

  var isEmpty: Bool { text.isEmpty }
}

extension StringProtocol {
  /// Also without no-break and zero-width spaces, which sheets carry from web pages.
  var withoutOuterBlanks: String {
    let isBlank = { (c: Character) in c.isWhitespace || c == "\u{feff}" || c == "\u{200b}" }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}
