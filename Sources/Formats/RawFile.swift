import Glibc

/// An open file, or bytes in memory in its place, read from front to back.
struct RawFile: ~Copyable {
  private let descriptor: Int32
  private let memory: [UInt8]
  private var position = 0

  init(memory: [UInt8]) { (descriptor, self.memory) = (-1, memory) }

  private init(descriptor: Int32) { (self.descriptor, memory) = (descriptor, []) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  static func standardInput() -> RawFile { RawFile(descriptor: STDIN_FILENO) }

  /// A static function, because a throwing initialiser of a noncopyable type with a `deinit` does not compile.
  static func open(_ path: String) throws(FileUnreadable) -> RawFile {
    // A NUL would end the name early and open a file that nobody named.
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FileUnreadable(path, .notFound, code: "file.not-found", "no file can have this name; check the path")
    }
    // Without O_NONBLOCK, opening a pipe waits for a writer that may never come.
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR {
        throw FileUnreadable(path, .notFound, code: "file.not-found", "there is no such file; check the path")
      }
      throw FileUnreadable(path, .unreadable, code: "file.unreadable", "cannot be opened: \(reason(errno))")
    }
    let file = RawFile(descriptor: descriptor)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw FileUnreadable(path, .unreadable, code: "file.unreadable", "cannot be examined: \(reason(errno))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isDirectory = status.st_mode & S_IFMT == S_IFDIR
      throw FileUnreadable(
        path, .refused, code: "file.not-regular",
        isDirectory
          ? "is a directory; name the files in it"
          : "is a pipe or a device, not a file; save what it gives to a file first")
    }
    return file
  }

  /// Up to `count` bytes, at least one; `nil` at the end.
  mutating func read(_ count: Int, path: String) throws(FileUnreadable) -> [UInt8]? {
    guard descriptor >= 0 else {
      guard position < memory.count else { return nil }
      let end = min(memory.count, position + count)
      defer { position = end }
      return Array(memory[position..<end])
    }
    var failure: Int32 = 0
    let descriptor = descriptor
    let block = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      repeat {
        let n = unsafe Glibc.read(descriptor, buffer.baseAddress, count)
        failure = n < 0 ? errno : 0
        filled = max(0, n)
      } while failure == EINTR
    }
    guard failure == 0 else {
      throw FileUnreadable(path, .unreadable, code: "file.unreadable", "cannot be read: \(reason(failure))")
    }
    return block.isEmpty ? nil : block
  }
}

private func reason(_ number: Int32) -> String { unsafe strerror(number).map { unsafe String(cString: $0) } ?? "" }
