import Survey

/// The bytes of a FIT file, taken piece by piece, with their checksum.
struct FITBytes: ~Copyable {
  private var buffer: [UInt8] = []
  private var position = 0
  private var sum: UInt16 = 0

  /// Of all bytes taken since `beginSum`.
  var checksum: UInt16 { sum }

  mutating func beginSum() { sum = 0 }

  /// Whether at least `count` more bytes come; `count` is at most the longest message, 130 kB.
  mutating func reach(_ count: Int, _ input: inout ByteSource) throws(FileUnreadable) -> Bool {
    while buffer.count - position < count {
      guard let block = try input.next() else { return false }
      buffer = position == buffer.count ? block : Array(buffer[position...]) + block
      position = 0
    }
    return true
  }

  /// The next bytes without taking them; fewer where the file ends.
  func peek(_ count: Int) -> [UInt8] { Array(buffer[position..<min(buffer.count, position + count)]) }

  /// The next bytes; `nil` where the file ends before.
  mutating func take(_ count: Int, _ input: inout ByteSource) throws(FileUnreadable) -> ArraySlice<UInt8>? {
    guard try reach(count, &input) else { return nil }
    defer { position += count }
    let piece = buffer[position..<position + count]
    for byte in piece { sum = Self.table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
    return piece
  }

  /// Everything that is left, counted.
  mutating func skipAll(_ input: inout ByteSource) throws(FileUnreadable) -> Int {
    var count = buffer.count - position
    position = buffer.count
    while let block = try input.next() { count += block.count }
    return count
  }

  /// CRC-16 with the reflected polynomial 0xA001, beginning at 0, as FIT has it.
  private static let table: [UInt16] = (0..<256).map { byte in
    (0..<8).reduce(UInt16(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xa001 : value >> 1 }
  }
}
