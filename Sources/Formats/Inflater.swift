import CZlib

/// gzip (RFC 1952), of one or more members, undone piece by piece: the only door to zlib.
@safe struct Inflater: ~Copyable {
  static let magic: [UInt8] = [0x1f, 0x8b]

  enum Step {
    case bytes([UInt8])
    case needsInput
    case failed((code: String, message: String))
  }

  /// zlib keeps a pointer to its stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8] = []
  private var position = 0
  /// Whether the last member is complete and no other has begun.
  private var isBetweenMembers = false
  private var isSound: Bool
  /// Whether the last piece took all the room there was: zlib may have more of it without more input.
  private var isFull = false

  /// Whether the file may end here.
  var isComplete: Bool { isBetweenMembers && position == input.count }

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, plus 16: a gzip header and its checksum.
    isSound = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  /// Takes the next piece of the compressed file; only after `.needsInput`.
  mutating func feed(_ bytes: [UInt8]) {
    input = position < input.count ? Array(input[position...]) + bytes : bytes
    position = 0
  }

  /// Up to `count` decompressed bytes, at least one, unless more input is needed or nothing more can be had.
  mutating func step(_ count: Int) -> Step {
    guard isSound else { return corrupt() }
    while true {
      if isBetweenMembers {
        // Tapes and some programs pad a gzip with zeros, which say nothing; another member may follow.
        while position < input.count, input[position] == 0 { position += 1 }
        let rest = input[position...].prefix(2)
        if Self.magic.starts(with: rest), rest.count < 2 { return .needsInput }
        guard rest.elementsEqual(Self.magic) else { return trailing() }
        guard unsafe inflateReset(stream) == Z_OK else { return corrupt() }
        isBetweenMembers = false
      }
      guard position < input.count || isFull else { return .needsInput }
      var status = Z_OK
      let (stream, position) = unsafe (stream, position)
      var used = 0
      let output = unsafe [UInt8](unsafeUninitializedCapacity: count) { output, filled in
        unsafe input.withUnsafeMutableBufferPointer { bytes in
          unsafe stream.pointee.next_in = bytes.baseAddress?.advanced(by: position)
          unsafe stream.pointee.avail_in = UInt32(truncatingIfNeeded: bytes.count - position)
          unsafe stream.pointee.next_out = output.baseAddress
          unsafe stream.pointee.avail_out = UInt32(truncatingIfNeeded: count)
          status = unsafe inflate(stream, Z_NO_FLUSH)
          used = unsafe bytes.count - position - Int(stream.pointee.avail_in)
          filled = unsafe count - Int(stream.pointee.avail_out)
        }
      }
      self.position += used
      isFull = output.count == count
      if status == Z_STREAM_END { isBetweenMembers = true }
      // Z_BUF_ERROR only says that there was nothing to do.
      if status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR {
        isSound = false
        return output.isEmpty ? corrupt() : .bytes(output)
      }
      if !output.isEmpty { return .bytes(output) }
    }
  }

  private mutating func trailing() -> Step {
    isSound = false
    return .failed(("gzip.trailing", "bytes after the compressed data are no gzip: they are not used; check the file"))
  }

  private mutating func corrupt() -> Step {
    isSound = false
    return .failed(("gzip.corrupt", "the compressed data is damaged: what came before is used; fetch the file again"))
  }
}
