/// A walk through the bytes of a source in pieces of any size; memory is taken for what is there, never for what is promised.
struct ByteCursor: ~Copyable {
  private var input: ByteSource
  private var buffer: [UInt8] = []
  private var start = 0
  /// Bytes that were taken or passed over.
  private(set) var offset = 0

  init(_ input: consuming ByteSource) { self.input = input }

  consuming func close() -> ByteSource { input }

  /// The next bytes without taking them: `count`, or fewer at the end of the file.
  mutating func peek(_ count: Int) throws(FileUnreadable) -> ArraySlice<UInt8> {
    while buffer.count - start < count, let block = try input.next() {
      if start > 0 { buffer.removeFirst(start) }
      start = 0
      buffer += block
    }
    return buffer[start..<min(buffer.count, start + count)]
  }

  /// The next bytes: `count`, or fewer at the end of the file.
  mutating func take(_ count: Int) throws(FileUnreadable) -> [UInt8] {
    let bytes = Array(try peek(count))
    start += bytes.count
    offset += bytes.count
    return bytes
  }

  /// Passes over `count` bytes, or as many as there are; returns how many.
  @discardableResult
  mutating func skip(_ count: Int) throws(FileUnreadable) -> Int {
    var skipped = 0
    while skipped < count {
      let piece = try take(min(count - skipped, 1 << 20)).count
      guard piece > 0 else { break }
      skipped += piece
    }
    return skipped
  }
}

/// Numbers at a place among bytes; whoever asks has seen that they are there.
extension Span<UInt8> {
  func bigEndian32(_ at: Int) -> Int { Int(Int32(bitPattern: littleEndian32(at).byteSwapped)) }

  func int32(_ at: Int) -> Int { Int(Int32(bitPattern: littleEndian32(at))) }

  func int16(_ at: Int) -> Int { Int(self[at]) | Int(self[at + 1]) << 8 }

  func double(_ at: Int) -> Double {
    Double(bitPattern: UInt64(littleEndian32(at)) | UInt64(littleEndian32(at + 4)) << 32)
  }

  private func littleEndian32(_ at: Int) -> UInt32 {
    UInt32(self[at]) | UInt32(self[at + 1]) << 8 | UInt32(self[at + 2]) << 16 | UInt32(self[at + 3]) << 24
  }
}
