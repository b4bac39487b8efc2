#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Numbers kept on the disk, so that memory does not grow with them.
///
/// The file has no name once it is open: nothing is left behind, whatever happens. Any thread may read and write.
public final class NumberFile: Sendable {
  /// A temporary file could not be made, written or read; what was tried, and what the system says.
  public struct Failed: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ tried: String) {
      let reason = strerror(errno).map { String(cString: $0) }
      description = "\(tried): \(reason ?? "unknown error")"
    }
  }

  private let file: Int32

  /// In `$TMPDIR`, or `/tmp`.
  public init() throws(Failed) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var path = Array("\(folder)/razmin-XXXXXX".utf8CString)
    file = mkstemp(&path)
    guard file >= 0 else { throw Failed("no temporary file in \(folder)") }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    unlink(path)
  }

  deinit { close(file) }

  /// Writes numbers behind the first `position` ones.
  public func write(_ numbers: [Double], at position: Int) throws(Failed) {
    let isWhole = numbers.withUnsafeBytes { bytes in
      Self.all(bytes.count) { pwrite(file, bytes.baseAddress?.advanced(by: $0), bytes.count - $0, position * 8 + $0) }
    }
    guard isWhole else { throw Failed("writing the temporary file") }
  }

  /// `count` numbers behind the first `position` ones, all of them written before.
  public func read(_ count: Int, at position: Int) throws(Failed) -> [Double] {
    var numbers = [Double](repeating: 0, count: count)
    let isWhole = numbers.withUnsafeMutableBytes { bytes in
      Self.all(bytes.count) { pread(file, bytes.baseAddress?.advanced(by: $0), bytes.count - $0, position * 8 + $0) }
    }
    guard isWhole else { throw Failed("reading the temporary file") }
    return numbers
  }

  /// Calls `transfer` with what is done already until all of it is.
  private static func all(_ count: Int, _ transfer: (Int) -> Int) -> Bool {
    var done = 0
    while done < count {
      let moved = transfer(done)
      if moved < 0, errno == EINTR { continue }
      guard moved > 0 else { return false }
      done += moved
    }
    return true
  }
}
