/// Bytes one after another, written into room that is made for many of them at once.
struct ByteRoom: Sendable {
  /// Of these the first `end` are written; the others are room.
  private var room: [UInt8] = []
  private var end = 0

  /// What has been written and not been handed on.
  var bytes: [UInt8] { Array(room[..<end]) }

  /// Makes room for `longest` bytes and hands it to `body`, which writes from the place given on and moves that behind it.
  @inline(__always)
  mutating func append(atMost longest: Int, _ body: (inout MutableSpan<UInt8>, inout Int) -> Void) {
    if room.count - end < longest { grow(longest) }
    var at = end
    do {
      var span = room.mutableSpan
      body(&span, &at)
    }
    end = at
  }

  /// Hands on the bytes once they are `more than` so many.
  mutating func drain<Sink: OutputSink & ~Copyable>(
    into sink: inout Sink, ifMoreThan limit: Int
  ) throws(OutputFailed) {
    guard end > limit else { return }
    room.removeLast(room.count - end)
    try sink.write(room)
    end = 0
  }

  @inline(never)
  private mutating func grow(_ count: Int) {
    room.append(contentsOf: repeatElement(0, count: max(count, room.count, 64)))
  }
}

extension MutableSpan<UInt8> {
  /// Puts a byte at `index`, and moves that behind it.
  mutating func put(_ byte: UInt8, at index: inout Int) {
    self[index] = byte
    index += 1
  }

  /// Puts bytes from `index` on, and moves that behind them.
  mutating func put(_ bytes: Span<UInt8>, at index: inout Int) {
    unsafe bytes.withUnsafeBufferPointer { bytes in unsafe put(bytes, at: &index) }
  }

  mutating func put(_ text: StaticString, at index: inout Int) {
    let bytes = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    unsafe put(bytes, at: &index)
  }

  private mutating func put(_ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) {
    unsafe withUnsafeMutableBufferPointer { room in
      let place = unsafe UnsafeMutableBufferPointer(rebasing: room[index..<index + bytes.count])
      _ = unsafe place.update(fromContentsOf: bytes)
    }
    index += bytes.count
  }

  /// Puts eight bytes, of which the first is in the lowest place.
  mutating func put(word: UInt64, at index: Int) {
    // A raw span could also write what is no value of its element; every eight bits are a byte.
    var bytes = unsafe mutableBytes
    bytes.storeBytes(of: word.littleEndian, toByteOffset: index, as: UInt64.self)
  }
}
