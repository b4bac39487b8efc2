/// Logs of receivers' own binary messages, which are not read here; only to be named when they are refused.
enum BinaryLog {
  /// Whether a file begins with the frames of u-blox (UBX), SkyTraq, SiRF, Septentrio, NovAtel or RTCM 3.
  static func recognizes(_ head: [UInt8]) -> Bool {
    starts.contains { head.starts(with: $0) }
  }

  private static let starts: [[UInt8]] = [
    [0xb5, 0x62], [0xa0, 0xa1, 0x00], [0xa0, 0xa2, 0x00], [0x24, 0x40], [0xaa, 0x44, 0x12], [0xaa, 0x44, 0x13],
    [0xd3, 0x00], [0xd3, 0x01],
  ]
}
