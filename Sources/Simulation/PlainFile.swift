import Formats
import Glibc

/// A file written as a stream, without the care that results get: a folder of thousands of logs would wait for the disk.
struct PlainFile: ~Copyable, OutputSink {
  private let path: String
  private let descriptor: Int32

  private init(path: String, descriptor: Int32) { (self.path, self.descriptor) = (path, descriptor) }
  deinit { close(descriptor) }

  static func open(_ path: String) throws(OutputFailed) -> PlainFile {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    return PlainFile(path: path, descriptor: descriptor)
  }

  mutating func write(_ bytes: [UInt8]) throws(OutputFailed) {
    var done = 0
    while done < bytes.count {
      let wrote = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if wrote >= 0 { done += wrote } else if errno != EINTR { throw failure(path) }
    }
  }
}

/// Makes a directory where there is none.
func makeDirectory(_ path: String) throws(OutputFailed) {
  guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path) }
}

private func failure(_ path: String) -> OutputFailed { OutputFailed(path, String(cString: strerror(errno))) }

/// Text gathered as bytes, with numbers of fixed form.
struct TextBuffer {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
  mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// At least `width` digits.
  mutating func add(_ value: Int, width: Int) {
    var power = 1
    for _ in 1..<max(width, 1) { power *= 10 }
    while value / power >= 10 { power *= 10 }
    var (rest, power2) = (value, power)
    while power2 > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: rest / power2))
      (rest, power2) = (rest % power2, power2 / 10)
    }
  }

  /// `value / 10^decimals`, all decimals written.
  mutating func add(_ value: Int, whole: Int = 1, decimals: Int) {
    if value < 0 { bytes.append(0x2D) }
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let magnitude = abs(value)
    add(magnitude / power, width: whole)
    bytes.append(0x2E)
    add(magnitude % power, width: decimals)
  }

  /// The checksum of NMEA 0183 of what stands behind `start` and its `$`, with the line's end.
  mutating func endSentence(from start: Int) {
    let sum = bytes[(start + 1)...].reduce(0, ^)
    let digits = StaticDigits.hexadecimal
    bytes.append(0x2A)
    bytes.append(digits[Int(sum >> 4)])
    bytes.append(digits[Int(sum & 15)])
    bytes.append(0x0D)
    bytes.append(0x0A)
  }

  mutating func drain(into file: inout PlainFile, ifMoreThan limit: Int = 0) throws(OutputFailed) {
    guard bytes.count > limit else { return }
    try file.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}

private enum StaticDigits {
  static let hexadecimal = Array("0123456789ABCDEF".utf8)
}
