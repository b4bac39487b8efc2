import CArchive
import Glibc
import Survey

/// The members of a zip, or of a tar that may be gzip'd, one after the other, unpacked in memory: no file is ever
/// written, so a member's path is only its name.
@safe struct ArchiveReader: ~Copyable {
  struct Member {
    /// As the archive has it.
    var name: String
    var isFile: Bool
    var isFolder: Bool
    var isEncrypted: Bool
  }

  private let archive: OpaquePointer?
  private let path: String
  private var left = ArchiveLimits.bytes
  private var count = 0

  private init(_ archive: OpaquePointer?, _ path: String) { unsafe (self.archive, self.path) = (archive, path) }

  deinit { _ = unsafe archive_read_free(archive) }

  /// Names only, which a sound zip has in a directory of its own; throws where it has none.
  static func openDirectory(_ path: String) throws(FileUnreadable) -> ArchiveReader {
    let reader = unsafe ArchiveReader(archive_read_new(), path)
    guard unsafe archive_read_support_format_zip_seekable(reader.archive) == ARCHIVE_OK,
      unsafe archive_read_open_filename(reader.archive, path, 1 << 16) == ARCHIVE_OK
    else { throw reader.damaged() }
    return reader
  }

  static func open(_ path: String) throws(FileUnreadable) -> ArchiveReader {
    let reader = unsafe ArchiveReader(archive_read_new(), path)
    let blockSize = 1 << 16
    // Without the directory at its end a zip can still be read from its front.
    guard unsafe archive_read_support_format_zip(reader.archive) == ARCHIVE_OK,
      unsafe archive_read_support_format_tar(reader.archive) == ARCHIVE_OK,
      unsafe archive_read_support_filter_gzip(reader.archive) == ARCHIVE_OK,
      unsafe archive_read_open_filename(reader.archive, path, blockSize) == ARCHIVE_OK
    else { throw reader.damaged() }
    return reader
  }

  /// The next member; `nil` at the end. Throws where nothing more can be found.
  mutating func next() throws(FileUnreadable) -> Member? {
    var entry: OpaquePointer?
    let status = unsafe archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry = unsafe entry else { throw damaged() }
    count += 1
    guard count <= ArchiveLimits.members else {
      throw FileUnreadable(
        path, .refused, code: "archive.too-large",
        "holds more than \(ArchiveLimits.members) files: those behind them are not used; pack them in several archives")
    }
    let isRegular = unsafe archive_entry_filetype(entry) == S_IFREG && archive_entry_hardlink(entry) == nil
    return unsafe Member(
      name: name(entry), isFile: isRegular, isFolder: archive_entry_filetype(entry) == S_IFDIR,
      isEncrypted: archive_entry_is_encrypted(entry) != 0)
  }

  /// The bytes of the member just found, and whether the archive ends before the member does; `path` is its own, for
  /// messages. Throws where it is damaged in another way, since nobody knows then which of its bytes are wrong.
  mutating func content(_ member: Member, path: String) throws(FileUnreadable) -> (bytes: [UInt8], isCut: Bool) {
    guard !member.isEncrypted else {
      throw FileUnreadable(
        path, .refused, code: "archive.encrypted", "is encrypted: unpack it with its password, and name the files")
    }
    var content: [UInt8] = []
    // What `archive_read_data` has read before it fails is lost, so that a small piece is asked for at a time.
    var block = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe archive_read_data(archive, $0.baseAddress, $0.count) }
      if count == 0 { return (content, false) }
      guard count > 0 else {
        if !content.isEmpty, reason.lowercased().contains("truncated") { return (content, true) }
        throw FileUnreadable(
          path, .refused, code: "archive.damaged",
          "cannot be unpacked (\(reason)): nothing of it is used; pack it again, or fetch the archive again")
      }
      left -= count
      guard left >= 0, content.count + count <= ArchiveLimits.memberBytes else {
        throw tooLarge(path)
      }
      content += block[..<count]
    }
  }

  /// Passes over a member; what it unpacks to counts, since a tar.gz can only be read through.
  mutating func skip() throws(FileUnreadable) {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe archive_read_data(archive, $0.baseAddress, $0.count) }
      // Damage in what is not wanted says nothing; what is behind it may still be found.
      guard count > 0 else { return }
      left -= count
      guard left >= 0 else { throw tooLarge(path) }
    }
  }

  private func tooLarge(_ path: String) -> FileUnreadable {
    FileUnreadable(
      path, .refused, code: "archive.too-large",
      "is larger, unpacked, than the 256 MiB for one file or 4 GiB for all: nothing of it, or behind it, is used; unpack "
        + "the archive, and name the files")
  }

  private func name(_ entry: OpaquePointer) -> String {
    // The plain name is missing where the locale cannot say it; bytes that are no UTF-8 are shown as U+FFFD.
    guard let name = unsafe archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else { return "" }
    return unsafe String(cString: name)
  }

  private var reason: String {
    let words = unsafe archive_error_string(archive).map { unsafe String(cString: $0) } ?? "it is damaged"
    // Some end with a line break.
    return words.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private func damaged() -> FileUnreadable {
    FileUnreadable(
      path, .refused, code: "archive.damaged",
      "is an archive that cannot be unpacked further (\(reason)): fetch it again, or pack it again")
  }
}
