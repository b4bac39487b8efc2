/// The header of a FIT file: its own length, versions, the length of the messages, `.FIT`, and perhaps a checksum.
struct FITHeader {
  static let shortest = 12

  /// Bytes; 14 since protocol 1.0 came of age, 12 before, more in what may come.
  var length: Int
  /// Bytes of messages behind it; 0 where the device never came to write it.
  var dataLength: Int

  /// `nil` where the bytes are no such header.
  init?(_ head: [UInt8]) {
    guard head.count >= Self.shortest, head[0] >= 12, head[8...11].elementsEqual(".FIT".utf8) else { return nil }
    length = Int(head[0])
    dataLength = Int(head[4]) | Int(head[5]) << 8 | Int(head[6]) << 16 | Int(head[7]) << 24
  }
}
