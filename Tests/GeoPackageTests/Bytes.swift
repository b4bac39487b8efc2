@testable import GeoPackage

/// Builds geometry blobs by hand, in either byte order: what the writer under test cannot.
struct Bytes {
  var list: [UInt8] = []
  let little: Bool

  init(little: Bool = true) { self.little = little }

  mutating func put(_ value: UInt32) {
    for shift in [0, 8, 16, 24] { list.append(UInt8(truncatingIfNeeded: value >> UInt32(little ? shift : 24 - shift))) }
  }

  mutating func put(_ value: Double) {
    for shift in stride(from: 0, to: 64, by: 8) {
      list.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(little ? shift : 56 - shift)))
    }
  }

  /// Byte order, type and numbers; whole numbers are counts.
  static func wkb(_ type: UInt32, little: Bool = true, _ parts: [any Sendable]) -> [UInt8] {
    var bytes = Bytes(little: little)
    bytes.list.append(little ? 1 : 0)
    bytes.put(type)
    for part in parts {
      if let count = part as? Int { bytes.put(UInt32(count)) }
      if let number = part as? Double { bytes.put(number) }
      if let member = part as? [UInt8] { bytes.list += member }
    }
    return bytes.list
  }

  /// A GeoPackage's header with the envelope of that kind, all zero, before well-known binary.
  static func blob(_ wkb: [UInt8], envelope: Int = 0, flags: UInt8 = 0) -> [UInt8] {
    let sizes = [0, 32, 48, 48, 64]
    let head: [UInt8] = [0x47, 0x50, 0, UInt8(envelope << 1) | 1 | flags, 0xE6, 0x10, 0, 0]
    return head + Array(repeating: 0, count: envelope < sizes.count ? sizes[envelope] : 0) + wkb
  }
}

/// Whole numbers from a seed, the same everywhere (splitmix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
