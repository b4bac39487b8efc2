/// Writes FIT files for tests, by the same protocol but none of the reader's code.
struct FITBuilder {
  private var messages: [UInt8] = []
  var isBigEndian = false

  /// Fields are number, size and base type.
  mutating func define(
    _ local: UInt8, _ global: UInt16, _ fields: [(UInt8, UInt8, UInt8)], developer: [(UInt8, UInt8, UInt8)] = []
  ) {
    messages.append(0x40 | (developer.isEmpty ? 0 : 0x20) | local)
    messages += [0, isBigEndian ? 1 : 0] + bytes(Int(global), 2) + [UInt8(fields.count)]
    messages += fields.flatMap { [$0.0, $0.1, $0.2] }
    if !developer.isEmpty { messages += [UInt8(developer.count)] + developer.flatMap { [$0.0, $0.1, $0.2] } }
  }

  mutating func data(_ header: UInt8, _ values: (value: Int, size: Int)...) {
    messages.append(header)
    for (value, size) in values { messages += bytes(value, size) }
  }

  mutating func raw(_ bytes: [UInt8]) { messages += bytes }

  private func bytes(_ value: Int, _ size: Int) -> [UInt8] {
    let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isBigEndian ? little.reversed() : little
  }

  /// With 14 or 12 bytes of header; `dataLength` where the header lies.
  func file(headerLength: UInt8 = 14, dataLength: Int? = nil) -> [UInt8] {
    let length = dataLength ?? messages.count
    var file: [UInt8] =
      [headerLength, 0x20, 0x54, 0x08] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    file += Array(".FIT".utf8)
    if headerLength == 14 { file += Self.sum(file) }
    file += messages
    return file + Self.sum(file)
  }

  /// Bit by bit, where the reader has a table.
  static func sum(_ bytes: [UInt8]) -> [UInt8] {
    var sum: UInt16 = 0
    for byte in bytes {
      sum ^= UInt16(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xa001 : sum >> 1 }
    }
    return [UInt8(truncatingIfNeeded: sum), UInt8(sum >> 8)]
  }
}
