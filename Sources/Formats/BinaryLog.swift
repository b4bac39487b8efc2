/// Logs of receivers' own binary messages, which are not read here; only to be named when they are refused.
enum BinaryLog {
  /// Whether the frames of u-blox (UBX), SkyTraq, SiRF or NovAtel begin at three places or more.
  static func recognizes(_ head: [UInt8]) -> Bool {
    let counts = head.indices.dropLast().reduce(into: [0, 0, 0, 0]) { counts, index in
      if let maker = starts.firstIndex(where: { $0.0 == head[index] && $0.1 == head[index + 1] }) { counts[maker] += 1 }
    }
    return counts.contains { $0 >= 3 }
  }

  private static let starts: [(UInt8, UInt8)] = [(0xb5, 0x62), (0xa0, 0xa1), (0xa0, 0xa2), (0xaa, 0x44)]
}
