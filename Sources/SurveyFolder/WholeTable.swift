internal import Formats
internal import Survey

/// A small table that a key of `survey.toml` names, with known columns: a legend, a list of weapons.
///
/// It is used whole or not at all: where a row is left out, others would come to stand for it.
struct WholeTable {
  let file: String
  let code: String
  let rows: [NamedTable.Row]
  private let report: Report

  /// `nil`, and reported, where there is no such file, its columns are not these, or a row has not a field for each.
  init?(_ section: Section, _ key: String, columns: [String], code: String, _ files: FeatureFiles) {
    guard let name = section.string(key), let table = files.table(name, at: section.place(key)) else { return nil }
    (file, self.code, report, rows) = (name, code, section.report, table.rows)
    let names = table.columns.map { $0.lowercased() }
    guard names.sorted() == columns.sorted() else {
      error(
        1, "the columns are \(names.joined(separator: ", ").prefix(200))",
        "there should be these, in any order: \(columns.joined(separator: ", "))")
      return nil
    }
    let short = rows.filter { $0.fields != columns.count }
    for row in short {
      error(
        row.line, "a row of \(row.fields) fields, and there are \(columns.count) columns",
        "give each row a field for every column, empty or not")
    }
    guard short.isEmpty else { return nil }
  }

  func error(_ line: Int, _ message: String, _ advice: String) {
    report.add(code, .error, at: Place(file, line: line), message, advice: advice)
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
    let plain = String(text.map { $0 == "," ? "." : $0 })
    guard let number = Double(plain), range.contains(number) else {
      error(
        row.line, "`\(column)` is \"\(text.prefix(64))\"",
        "give a number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }
}
