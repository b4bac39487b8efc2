internal import Formats
internal import Survey

/// A small CSV file that `survey.toml` names, with known columns: a legend, a list of weapons.
///
/// It is used whole or not at all: where a row is left out, others would come to stand for it.
struct NamedTable {
  let file: String
  let code: String
  private let report: Report
  private(set) var rows: [Row] = []

  struct Row {
    var line: Int
    /// By column; blank fields are not there.
    var fields: [String: String]
  }

  /// More than any legend or list of weapons has by far.
  static let maxBytes = 1 << 20

  /// `nil`, and reported, where there is no such file, or its columns are not these.
  init?(_ section: Section, _ key: String, columns: [String], code: String, _ files: FeatureFiles) {
    guard let name = section.string(key), let path = files.openable(name, at: section.place(key)) else { return nil }
    (file, self.code, report) = (name, code, section.report)
    do {
      var input = try ByteSource(path: path)
      var bytes: [UInt8] = []
      while let block = try input.next() {
        bytes += block
        guard bytes.count <= Self.maxBytes else {
          error(0, "the file is larger than \(Self.maxBytes) bytes", "see whether it is the one that is meant")
          return nil
        }
      }
      files.add(FieldSurvey.Input(path: name, sha256: try input.finish().sha256))
      guard String(validating: bytes, as: UTF8.self) != nil else {
        error(0, "the text is not UTF-8", "save the table as CSV in UTF-8")
        return nil
      }
      guard try read(CSVRows(ByteSource(bytes: bytes, path: path)), columns) else { return nil }
    } catch {
      report.add(
        error.code, .error, at: section.place(key), "\"\(name.prefix(200))\": \(error.message)",
        advice: "nothing of this file is used until it can be read")
      return nil
    }
  }

  /// Whether every row could be read.
  private mutating func read(_ source: consuming CSVRows, _ columns: [String]) throws(FileUnreadable) -> Bool {
    var source = source
    var header: [String]?
    var isWhole = true
    var problems: [Problem] = []
    while let row = try source.next(problem: { problems.append($0) }) {
      guard !row.isBlank else { continue }
      if let problem = row.problem { problems.append(problem) }
      guard let names = header else {
        let names = row.fields.map { $0.lowercased() }
        guard names.sorted() == columns.sorted() else {
          error(
            row.line, "the columns are \(names.joined(separator: ", ").prefix(200))",
            "there should be these, in any order: \(columns.joined(separator: ", "))")
          return false
        }
        header = names
        continue
      }
      guard row.fields.count == names.count, !row.isBroken else {
        error(
          row.line, "a row of \(row.fields.count) fields, and there are \(names.count) columns",
          "give each row a field for every column, empty or not")
        isWhole = false
        continue
      }
      let fields = Dictionary(zip(names, row.fields).filter { !$0.1.isEmpty }) { first, _ in first }
      rows.append(Row(line: row.line, fields: fields))
    }
    for problem in problems { error(problem.line, problem.message, "mend the file") }
    if header == nil { error(0, "the table is empty", "begin it with \(columns.joined(separator: ","))") }
    return isWhole && problems.isEmpty && header != nil
  }

  func error(_ line: Int, _ message: String, _ advice: String) {
    report.add(code, .error, at: Place(file, line: line), message, advice: advice)
  }

  /// A field that has to be there.
  func text(_ column: String, _ row: Row) -> String? {
    guard let text = row.fields[column] else {
      error(row.line, "there is no `\(column)`", "fill it in")
      return nil
    }
    return text
  }

  /// A number inside a range, with a point or a comma; `nil` without a word where the field is empty.
  func number(_ column: String, _ row: Row, in range: ClosedRange<Double>) -> Double? {
    guard let text = row.fields[column] else { return nil }
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
