#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The bytes of a regular file of at most `limit` bytes; `nil` where there is none, or it is larger.
func readWholeFile(_ path: String, limit: Int) -> [UInt8]? {
  // Not to wait for ever where the name is a pipe.
  let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else { return nil }
  var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
  var filled = 0
  while filled < bytes.count {
    let count = bytes.withUnsafeMutableBytes {
      pread(file, $0.baseAddress?.advanced(by: filled), $0.count - filled, filled)
    }
    guard count > 0 else { return nil }
    filled += count
  }
  return bytes
}
