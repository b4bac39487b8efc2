import CArchive
import Survey

/// Takes named members out of a zip in memory: the only door to libarchive.
@safe struct SheetArchive: ~Copyable {
  static let magic: [UInt8] = [0x50, 0x4b, 0x03, 0x04]

  private let bytes: [UInt8]
  private let path: String
  /// How much may still be unpacked.
  private var left = SheetLimits.bytes

  init(_ bytes: [UInt8], path: String) { (self.bytes, self.path) = (bytes, path) }

  /// The members of these names; those that the archive does not have are missing. The name of a member serves for
  /// nothing else: no file is written. Throws `xlsx.zip`, or `sheet.too-large` past the limits.
  mutating func members(_ wanted: Set<String>) throws(FileUnreadable) -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    // The library only reads, but keeps its pointer until it is freed: the copy lives as long.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { unsafe buffer.deallocate() }
    unsafe buffer.copyBytes(from: bytes)
    guard let archive = unsafe archive_read_new() else { throw damaged("") }
    defer { _ = unsafe archive_read_free(archive) }
    guard unsafe archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK,
      unsafe archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK
    else { throw unsafe damaged(reason(archive)) }
    var count = 0
    var entry: OpaquePointer?
    while true {
      let status = unsafe archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return found }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw unsafe damaged(reason(archive)) }
      count += 1
      guard count <= SheetLimits.archiveEntries else {
        throw SheetLimits.exceeded(path, "\(SheetLimits.archiveEntries) files in it")
      }
      guard let name = unsafe name(entry), wanted.contains(name) else { continue }
      guard found[name] == nil else { throw damaged("\(name) is in it twice") }
      found[name] = try unsafe content(archive)
    }
  }

  private mutating func content(_ archive: OpaquePointer) throws(FileUnreadable) -> [UInt8] {
    var content: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe archive_read_data(archive, $0.baseAddress, $0.count) }
      guard count >= 0 else { throw unsafe damaged(reason(archive)) }
      if count == 0 { return content }
      left -= count
      guard left >= 0 else { throw SheetLimits.exceeded(path, "64 MiB when unpacked") }
      content += block[..<count]
    }
  }

  private func name(_ entry: OpaquePointer?) -> String? {
    // The plain name is missing where the locale cannot say it.
    guard let name = unsafe archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else { return nil }
    return unsafe String(validatingCString: name)
  }

  private func reason(_ archive: OpaquePointer) -> String {
    unsafe archive_error_string(archive).map { unsafe String(cString: $0) } ?? ""
  }

  private func damaged(_ reason: String) -> FileUnreadable {
    FileUnreadable(
      path, .refused, code: "xlsx.zip",
      "is a zip that cannot be unpacked\(reason.isEmpty ? "" : " (\(reason))"): fetch the file again, or save it again")
  }
}
