import Survey

/// What the columns of a sheet hold, where its rows begin, and whose layout it is.
struct SheetHeader {
  /// How far down a header may stand, under a title.
  static let rowsSearched = 20

  private(set) var layout = SheetLayout.table
  /// The names by column; empty where there is no header.
  private(set) var names: [String] = []
  private(set) var columns: [SheetColumn: Int] = [:]
  private(set) var units: [SheetColumn: SheetColumnName.Unit] = [:]
  /// The index of the first row under the header.
  private(set) var firstRow = 0
  /// How many fields the header has, or without one the first row; blank ones at its end included.
  private(set) var width = 0
  private(set) var problems: [Problem] = []

  var unread: [String] {
    let read = Set(columns.values)
    return names.indices.filter { !read.contains($0) && !names[$0].isEmpty }.map { names[$0] }
  }

  /// Throws `sheet.columns` where no position can be found, or two could be meant.
  init(_ grid: SheetGrid, options: SheetOptions, path: String) throws(FileUnreadable) {
    if options.columns.isEmpty {
      try find(in: grid, path)
    } else {
      try take(options.columns, in: grid, path)
    }
    if let declared = options.layout {
      guard declared == layout || layout == .table && !options.columns.isEmpty else {
        throw Self.refused(
          path, line: grid.rows[max(0, firstRow - 1)].line,
          "has the columns of \(layout.rawValue), not of \(declared.rawValue): declare another layout or none")
      }
      layout = declared
    }
    try checkUnits(options, path)
    if options.unit == nil, units.values.contains(.someFoot) {
      problems.append(
        Problem(
          "sheet.foot", line: grid.rows[max(0, firstRow - 1)].line,
          "ft is taken for the foot of 0.3048 m; the US survey foot is 2 millionths longer, 10 m in a northing of 4800 km: "
            + "if that is meant, declare unit = \"us-survey-foot\""))
    }
  }

  /// Whether a row has no more fields than the header: where a comma separates fields and decimals alike, each number
  /// becomes two fields, and what follows stands under the wrong names.
  func fits(_ row: SheetRow) -> Bool { row.cells.count <= width }

  /// Throws where a second table begins under the first: its columns may be others.
  func refuseSecondHeader(in rows: ArraySlice<SheetRow>, path: String) throws(FileUnreadable) {
    let coordinates = columns.filter { $0.key.isCoordinate }.values
    for row in rows {
      let names = coordinates.lazy.map { row[$0].text }.filter { SheetNumber($0) == .other }
      guard names.contains(where: { SheetColumn.named($0)?.isCoordinate == true }) else { continue }
      throw Self.refused(
        path, line: row.line, "has a second header: give each table a file or a worksheet of its own")
    }
  }

  static func refused(_ path: String, line: Int = 0, _ message: String) -> FileUnreadable {
    FileUnreadable(path, .refused, code: "sheet.columns", line: line, message)
  }

  /// Whether these columns say where a point is.
  private static func hasPosition(_ columns: [SheetColumn: Int]) -> Bool {
    let has = { (column: SheetColumn) in columns[column] != nil }
    return has(.easting) && has(.northing) || has(.x) && has(.y) || has(.latitude) && has(.longitude) || has(.position)
  }

  private mutating func find(in grid: SheetGrid, _ path: String) throws(FileUnreadable) {
    for (index, row) in grid.rows.prefix(Self.rowsSearched).enumerated() {
      let found = SheetHeaderNames(row)
      guard Self.hasPosition(found.columns) else { continue }
      if let twice = found.twice {
        throw Self.refused(
          path, line: row.line,
          "has two columns for \(twice.rawValue): say which, such as --columns id=1,easting=2,northing=3")
      }
      (names, columns, units, width) = (found.names, found.columns, found.units, row.cells.count)
      (firstRow, layout) = (index + 1, found.layout)
      if index > 0 {
        problems.append(
          Problem(
            "sheet.title", line: grid.rows[0].line,
            "the rows before the header in line \(row.line) are taken for a title and are not read"))
      }
      return
    }
    throw Self.unknown(grid, path)
  }

  private static func unknown(_ grid: SheetGrid, _ path: String) -> FileUnreadable {
    let first = grid.rows.first ?? SheetRow(line: 1, cells: [])
    let texts = first.cells.map(\.text)
    if texts.filter({ SheetNumber($0).isNumeric }).count >= 2 {
      return refused(
        path, line: first.line,
        "has no header, so that easting and northing cannot be told apart: say which column is which, such as "
          + "--columns id=1,northing=2,easting=3,height=4,code=5")
    }
    return refused(
      path, line: first.line,
      "has no columns known to hold coordinates (\(texts.prefix(12).joined(separator: ", ").prefix(200))): "
        + "say which they are, such as --columns id=1,easting=2,northing=3")
  }

  /// The user's columns; those of the header that are not contradicted stay.
  private mutating func take(
    _ named: [String: Int], in grid: SheetGrid, _ path: String
  ) throws(FileUnreadable) {
    var taken: [SheetColumn: Int] = [:]
    for (word, number) in named.sorted(by: { $0.key < $1.key }) {
      guard let column = SheetColumn(rawValue: word), (1...SheetLimits.columns).contains(number) else {
        let known = SheetColumn.allCases.map(\.rawValue).joined(separator: ", ")
        throw Self.refused(path, "--columns \(word)=\(number): names are \(known), numbers begin at 1")
      }
      guard !taken.values.contains(number - 1) else {
        throw Self.refused(path, "--columns names column \(number) twice")
      }
      taken[column] = number - 1
    }
    guard Self.hasPosition(taken) else {
      throw Self.refused(
        path, "--columns names no position: give easting and northing, latitude and longitude, x and y, or position")
    }
    columns = taken
    guard let first = grid.rows.first else { return }
    width = first.cells.count
    // A header has no digits where the coordinates stand.
    let coordinates = taken.filter { $0.key.isCoordinate }.values
    guard coordinates.allSatisfy({ !first[$0].text.contains(where: \.isNumber) }) else { return }
    let found = SheetHeaderNames(first)
    (names, firstRow) = (found.names, 1)
    for (column, index) in taken where index < first.cells.count {
      units[column] = SheetColumnName(first[index].text).unit
    }
  }
}
