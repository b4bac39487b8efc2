import Glibc

/// Takes bytes in the order in which they are to stand.
public protocol OutputSink: ~Copyable {
  mutating func write(_ bytes: [UInt8]) throws(OutputFailed)
}

/// Output that could not be written: exit status 74.
public struct OutputFailed: Error, Hashable, Sendable {
  /// As the user named it, or "standard output".
  public var path: String
  /// What the system said.
  public var message: String

  public init(_ path: String, _ message: String) { (self.path, self.message) = (path, message) }
}

extension OutputFailed: CustomStringConvertible {
  public var description: String { "\(path): cannot be written: \(message)" }
}

/// Collects output in memory: for small results and for tests.
extension [UInt8]: OutputSink {
  public mutating func write(_ bytes: [UInt8]) throws(OutputFailed) { self += bytes }
}

/// A file that appears whole or not at all, or standard output.
///
/// A file is written under another name in the same directory, brought to the disk and renamed by `finish()`. An
/// `Output` that is dropped before removes what it wrote and leaves a former file of that name as it was. What is no
/// regular file (a pipe, `/dev/null`) is written to directly.
public struct Output: ~Copyable, OutputSink {
  private let name: String
  private var descriptor: Int32
  /// The file being written and the one it becomes; `nil` where bytes go straight to their place.
  private var pending: (temporary: String, final: String)?

  private init(name: String, descriptor: Int32, pending: (String, String)?) {
    (self.name, self.descriptor, self.pending) = (name, descriptor, pending)
  }

  deinit {
    if descriptor > STDOUT_FILENO { _ = close(descriptor) }
    if let pending { _ = unsafe unlink(pending.temporary) }
  }

  /// Opens `path`, or standard output for `nil`. From then on the process ignores SIGPIPE, so that a reader who
  /// leaves is an `OutputFailed` like any other.
  public static func open(_ path: String?) throws(OutputFailed) -> Output {
    _ = signal(SIGPIPE, SIG_IGN)
    guard let path else { return Output(name: "standard output", descriptor: STDOUT_FILENO, pending: nil) }
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      return Output(name: path, descriptor: try create(path, flags: 0, name: path), pending: nil)
    }
    // Beside the file that a symbolic link means, or the link itself would be replaced.
    let final = resolved(path) ?? path
    let temporary = "\(final).\(getpid()).part"
    let descriptor = try create(temporary, flags: O_CREAT | O_EXCL, name: path)
    return Output(name: path, descriptor: descriptor, pending: (temporary, final))
  }

  /// Where the file lies until it has its name, empty so far: for a library that writes by path, instead of `write`.
  /// `nil` where bytes go straight to their place.
  public var temporaryPath: String? { pending?.temporary }

  public mutating func write(_ bytes: [UInt8]) throws(OutputFailed) {
    var done = 0
    while done < bytes.count {
      let wrote = unsafe bytes[done...].withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if wrote >= 0 { done += wrote } else if errno != EINTR { throw .system(name) }
    }
  }

  /// Brings everything to the disk and gives the file its name. Throws, and leaves no file, where that fails.
  public consuming func finish() throws(OutputFailed) {
    guard let pending else { return }
    guard fsync(descriptor) == 0 else { throw .system(name) }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0, unsafe rename(pending.temporary, pending.final) == 0 else { throw .system(name) }
    self.pending = nil
  }

  private static func create(_ path: String, flags: Int32, name: String) throws(OutputFailed) -> Int32 {
    let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CLOEXEC | flags, 0o666)
    guard descriptor >= 0 else { throw .system(name) }
    return descriptor
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(validatingCString: real)
  }
}

extension OutputFailed {
  fileprivate static func system(_ name: String) -> OutputFailed {
    OutputFailed(name, unsafe String(cString: strerror(errno)))
  }
}
