import Formats
import Geometry
import Positions
import Survey

/// Positions in a list, one a line, or in columns of a table.
struct PositionTable: ~Copyable {
  let name: String
  private var rows: CSVRows
  /// From 0; `nil` for a list.
  private let columns: [Int]?
  private let head: String?
  private let separator: String

  struct Row {
    var pair: Result<PositionInput.Pair, CoordinateFault>
    var text: String
    var line: Int
    var isBlank = false
  }

  /// A list.
  init(list path: String?) throws(FileUnreadable) {
    name = path ?? "standard input"
    rows = try Self.open(path)
    (columns, head, separator) = (nil, nil, " ")
  }

  /// A table; `columns` are one or two names, or numbers from 1.
  init(_ path: String?, columns wanted: String) throws(FileUnreadable) {
    let name = path ?? "standard input"
    var rows = try Self.open(path)
    let names = wanted.split(separator: ",").map { String($0).trimmed }
    var first = try rows.next { _ in }
    while first?.isBlank == true { first = try rows.next { _ in } }
    let header = (first?.fields ?? []).map { $0.lowercased() }
    let indices = names.compactMap { name in
      header.firstIndex(of: name.lowercased()) ?? Int(name).flatMap { $0 >= 1 && $0 <= header.count ? $0 - 1 : nil }
    }
    guard (1...2).contains(names.count), indices.count == names.count, Set(indices).count == indices.count else {
      throw FileUnreadable(
        name, .refused, code: "csv.columns", line: first?.line ?? 0,
        "has no columns \"\(wanted)\" (\(header.prefix(12).joined(separator: ", "))): name one or two of them")
    }
    (self.name, columns, head) = (name, indices, first?.text)
    separator = String(UnicodeScalar(rows.delimiter))
    self.rows = rows
  }

  private static func open(_ path: String?) throws(FileUnreadable) -> CSVRows {
    if let path { try CSVRows(path: path) } else { try CSVRows(ByteSource.standardInput()) }
  }

  /// `nil` at the end. Every line is a row, so that what comes out can be laid beside what went in.
  mutating func next(_ source: PositionInput, _ problems: inout [Problem]) throws(FileUnreadable) -> Row? {
    var found: [Problem] = []
    defer { problems += found }
    guard let row = try rows.next(problem: { found.append($0) }) else { return nil }
    let pair = Result { () throws(CoordinateFault) in try read(row, source) }
    return Row(pair: pair, text: row.text, line: row.line, isBlank: row.isBlank)
  }

  /// The numbers of the next row, where it is a plain one of two columns; `nil`, and nothing is taken, where it is not.
  mutating func nextPair() throws(FileUnreadable) -> (first: Double, second: Double)? {
    guard let columns, columns.count == 2 else { return nil }
    return try rows.nextPair(columns[0], columns[1])
  }

  /// Leaves the row of the last pair to `next`.
  mutating func leavePair() { rows.leavePair() }

  /// Writes the row of the last pair with the columns that are added; `false`, and nothing is written, where they have too
  /// many digits.
  func write(pairAnd first: Double, _ second: Double, decimals: Int, to writer: inout RowWriter) -> Bool {
    rows.write(pairAnd: first, second, decimals: decimals, to: &writer)
  }

  private func read(_ row: CSVRows.Row, _ source: PositionInput) throws(CoordinateFault) -> PositionInput.Pair {
    if let problem = row.problem { throw CoordinateFault(problem.code, problem.message) }
    guard let columns else { return try source.read(row.text) }
    guard !row.isBroken else { throw CoordinateFault("csv.quote", "a quotation mark is not closed") }
    guard columns.allSatisfy({ $0 < row.fields.count }) else {
      throw CoordinateFault("csv.fields", "the row has only \(row.fields.count) fields")
    }
    let texts = columns.map { row.fields[$0] }
    guard texts.count == 2 else { return try source.read(texts[0]) }
    if let first = Double(texts[0].pointed), let second = Double(texts[1].pointed) {
      return try source.pair(first, second)
    }
    return try source.read(texts[0] + " " + texts[1])
  }

  /// The first line of a table, with the columns that are added; nothing for a list.
  func header(_ added: [String]) -> [UInt8] {
    head.map { Array(([$0] + added).joined(separator: separator).utf8) + [UInt8(ascii: "\n")] } ?? []
  }

  func line(_ row: Row, _ fields: [String]) -> [UInt8] {
    let parts = columns == nil ? fields : [row.text] + fields
    return Array((parts.joined(separator: separator) + "\n").utf8)
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
  /// With a point for a decimal comma.
  fileprivate var pointed: String { replacing(",", with: ".") }
}
