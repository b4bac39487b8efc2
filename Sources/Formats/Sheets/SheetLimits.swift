import Survey

/// What no sheet of points reaches; past it a file is refused, so that memory stays bounded.
enum SheetLimits {
  /// Of the file, and of what is taken out of an archive.
  static let bytes = 64 << 20
  static let rows = 250_000
  static let columns = 1000
  static let cells = 4_000_000
  static let archiveEntries = 10_000

  static func exceeded(_ path: String, line: Int = 0, _ what: String) -> FileUnreadable {
    FileUnreadable(
      path, .refused, code: "sheet.too-large", line: line,
      "has more than \(what), as no sheet of points has: take the points out into a sheet of their own")
  }
}
