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
    throw FileUnreadable(input.path, .refused, code: "sheet.format", "is not read yet")
  }
}
