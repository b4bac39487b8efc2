internal import Formats
internal import Survey

/// A small table that a key of `survey.toml` names, with known columns: a legend, a list of weapons.
///
/// A legend is used whole or not at all: where a row is left out, others would come to stand for it.
struct WholeTable {
  let file: String
  let code: String
  /// Those with a field for each column.
  let rows: [NamedTable.Row]
  private let report: Report

  /// `nil`, and reported, where there is no such file, its columns are not these, or, where it
  /// `isWhole` or nothing, a row has not a field for each.
  init?(
    _ section: Section, _ key: String, columns: [String], code: String, isWhole: Bool = true, _ files: FeatureFiles
  ) {
    guard let name = section.string(key), let table = files.table(name, at: section.place(key)) else { return nil }
    (file, self.code, report) = (name, code, section.report)
    rows = table.rows.filter { $0.fields == columns.count }
    let names = table.columns.map { $0.lowercased() }
    guard names.sorted() == columns.sorted() else {
      error(
        1, "the columns are \(names.joined(separator: ", ").prefix(200))",
        "there should be these, in any order: \(columns.joined(separator: ", "))")
      return nil
    }
    let short = table.rows.filter { $0.fields != columns.count }
    for row in short {
      error(
        row.line, "a row of \(row.fields) fields, and there are \(columns.count) columns",
        "give each row a field for every column, empty or not")
    }
    guard short.isEmpty || !isWhole else { return nil }
  }

  /// Under the code of the table, unless another is named.
  func error(_ line: Int, _ message: String, _ advice: String, code: String? = nil) {
    report.add(code ?? self.code, .error, at: Place(file, line: line), message, advice: advice)
  }

  /// A field that has to be there.
  func text(_ column: String, _ row: NamedTable.Row) -> String? {
    guard let text = row[column] else {
      error(row.line, "there is no `\(column)`", "fill it in")
      return nil
    }
    return text
  }

  /// A number inside a range, with a point or a comma; `nil` without a word where the field is empty.
  func number(_ column: String, _ row: NamedTable.Row, in range: ClosedRange<Double>) -> Double? {
    guard let text = row[column] else { return nil }
    guard let number = plainNumber(text), range.contains(number) else {
      error(
        row.line, "`\(column)` is \"\(text.prefix(64))\"",
        "give a number from \(range.lowerBound) to \(range.upperBound) in digits, without separators between thousands")
      return nil
    }
    return number
  }
}

/// Digits with at most one point or comma; `nil` too for `1,800` and `1.800`, which may be a thousand and more.
private func plainNumber(_ text: String) -> Double? {
  let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
  let isNumber = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
  guard parts.count <= 2, isNumber else { return nil }
  let couldBeThousands =
    parts.count == 2 && parts[1].utf8.count == 3 && parts[0].utf8.count <= 3 && parts[0].first != "0"
  return couldBeThousands ? nil : Double(parts.joined(separator: "."))
}
