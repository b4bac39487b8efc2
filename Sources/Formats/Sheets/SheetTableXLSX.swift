import CXlsxWriter
import Glibc

extension SheetTable {
  /// A workbook with this table as its one worksheet; the same table gives the same bytes.
  ///
  /// Text is written as text, so that nothing in it becomes a formula; a number with its decimals as its format.
  public func xlsx() throws(OutputFailed) -> [UInt8] {
    // The library would also print a warning.
    guard (1...31).contains(name.unicodeScalars.count) else {
      throw failed("a worksheet's name has 1 to 31 characters")
    }
    // The library writes to a path only: a folder of our own, that no one else can look into.
    var template = Array("\(Self.temporaryFolder)/razmin-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw failed(unsafe String(cString: strerror(errno))) }
    let folder = unsafe template.withUnsafeBufferPointer {
      unsafe String(decoding: $0.dropLast().map(UInt8.init), as: UTF8.self)
    }
    let path = folder + "/sheet.xlsx"
    defer {
      _ = unsafe unlink(path)
      _ = unsafe rmdir(folder)
    }
    try write(to: path)
    do throws(FileUnreadable) {
      var input = try ByteSource(path: path)
      var bytes: [UInt8] = []
      while let block = try input.next() { bytes += block }
      return bytes
    } catch {
      throw failed(error.message)
    }
  }

  private static var temporaryFolder: String {
    unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
  }

  private func failed(_ message: String) -> OutputFailed { OutputFailed("XLSX", message) }

  private func write(to path: String) throws(OutputFailed) {
    guard let workbook = unsafe workbook_new(path) else { throw failed("libxlsxwriter has no memory") }
    var properties = unsafe lxw_doc_properties()
    // 2000-01-01: without a date the library takes today's, and no output has a clock in it.
    unsafe properties.created = 946_684_800
    var status = unsafe workbook_set_properties(workbook, &properties)
    if let sheet = unsafe workbook_add_worksheet(workbook, name) {
      var formats: [Int: UnsafeMutablePointer<lxw_format>] = unsafe [:]
      for (index, row) in ([header.map { Cell.text($0) }] + rows).enumerated() {
        for (column, cell) in row.enumerated() where status == LXW_NO_ERROR {
          // More rows than a worksheet has are refused by the library.
          let place = (UInt32(clamping: index), UInt16(clamping: column))
          switch cell {
          case .empty: break
          case .text(let text):
            status = unsafe worksheet_write_string(sheet, place.0, place.1, Self.writable(text), nil)
          case .number(let value, let decimals):
            guard let text = FixedDecimal.text(value, decimals: decimals), let rounded = Double(text) else { break }
            let format = unsafe formats[decimals] ?? Self.format(workbook, decimals: decimals)
            unsafe formats[decimals] = format
            status = unsafe worksheet_write_number(sheet, place.0, place.1, rounded, format)
          }
        }
      }
    } else {
      status = LXW_ERROR_SHEETNAME_ALREADY_USED
    }
    // Also frees the workbook, so it is called in any case.
    let closed = unsafe workbook_close(workbook)
    let worst = status == LXW_NO_ERROR ? closed : status
    guard worst == LXW_NO_ERROR else { throw failed(unsafe String(cString: lxw_strerror(worst))) }
  }

  private static func format(
    _ workbook: UnsafeMutablePointer<lxw_workbook>, decimals: Int
  ) -> UnsafeMutablePointer<lxw_format>? {
    guard let format = unsafe workbook_add_format(workbook) else { return nil }
    unsafe format_set_num_format(format, decimals > 0 ? "0." + String(repeating: "0", count: min(decimals, 9)) : "0")
    return unsafe format
  }

  /// Without what ends a C string or what XML cannot hold.
  private static func writable(_ text: String) -> String {
    let barred: Set<Unicode.Scalar> = ["\0", "\u{fffe}", "\u{ffff}"]
    guard text.unicodeScalars.contains(where: barred.contains) else { return XLSXEscapes.encoded(text) }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { kept.append(barred.contains(scalar) ? "\u{fffd}" : scalar) }
    return XLSXEscapes.encoded(String(kept))
  }
}
