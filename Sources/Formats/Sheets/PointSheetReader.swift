public import Survey

/// Reads a sheet of points, CSV or XLSX, told apart by its contents.
///
///     let sheet = try PointSheetReader.read(path: "turning-points.csv")
///     for problem in sheet.problems { print(problem.line, problem.message) }
///
/// A file is refused where two readings of it are possible and a wrong one would move points: the message says what to
/// declare. See `docs/sheets.md`.
public enum PointSheetReader {
  public static func read(path: String, options: SheetOptions = SheetOptions()) throws(FileUnreadable) -> PointSheet {
    try read(try ByteSource(path: path), options: options)
  }

  /// The same for a source that is open already.
  public static func read(
    _ input: consuming ByteSource, options: SheetOptions = SheetOptions()
  ) throws(FileUnreadable) -> PointSheet {
    let path = input.path
    let content = try all(of: &input)
    let (bytes, sha256) = try input.finish()
    let grid = try grid(content, options: options, path: path)
    guard !grid.rows.isEmpty else {
      throw FileUnreadable(path, .refused, code: "sheet.empty", "has no rows: export the sheet again")
    }
    let header = try SheetHeader(grid, options: options, path: path)
    let rows = grid.rows[header.firstRow...]
    guard !rows.isEmpty else {
      throw FileUnreadable(path, .refused, code: "sheet.empty", "has a header and no points: export the sheet again")
    }
    try header.refuseSecondHeader(in: rows, path: path)
    let decimal = try SheetDecimal.find(rows, header, container: grid.container, options: options, path: path)
    var reader = SheetPointReader(header: header, decimal: decimal, options: options)
    for row in rows { reader.add(row) }
    reader.finish()
    let crsName = reader.crsName()
    var sheet = PointSheet(
      path: path, layout: header.layout, reading: SheetReading(container: grid.container, decimal: decimal),
      crsName: crsName, points: reader.points, problems: grid.problems + header.problems + reader.problems,
      unread: header.unread, bytes: bytes, sha256: sha256)
    sheet.problems += SheetChecks.problems(sheet)
    return sheet
  }

  /// Throws where the file is too large, or where its compression is damaged: half a sheet is no sheet.
  static func all(of input: inout ByteSource) throws(FileUnreadable) -> [UInt8] {
    var content: [UInt8] = []
    while let block = try input.next() {
      content += block
      guard content.count <= SheetLimits.bytes else { throw SheetLimits.exceeded(input.path, "64 MiB") }
    }
    if let problem = input.problem {
      throw FileUnreadable(input.path, .unreadable, code: problem.code, problem.message)
    }
    return content
  }

  static func grid(
    _ content: [UInt8], options: SheetOptions, path: String
  ) throws(FileUnreadable) -> SheetGrid {
    if content.isEmpty {
      throw FileUnreadable(path, .refused, code: "sheet.empty", "is empty: export the sheet again")
    }
    if content.starts(with: SheetArchive.magic) { return try SheetGrid(xlsx: content, options: options, path: path) }
    // What old Excel files and encrypted new ones begin with: [MS-CFB], section 2.2.
    if content.starts(with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
      throw FileUnreadable(
        path, .refused, code: "sheet.format",
        "is an XLS file, or one with a password: save it as XLSX without one, or as CSV")
    }
    return try SheetGrid(text: content, options: options, path: path)
  }
}
