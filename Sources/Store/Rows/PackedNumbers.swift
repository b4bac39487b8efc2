import Digests
/// Doubles (IEEE 754) as bytes, little-endian, without a head.
func packed(_ numbers: [Double]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(numbers.count * 8)
  for number in numbers { append(number.bitPattern, to: &bytes) }
  return bytes
}

/// `nil` where the bytes are not those of whole numbers.
func numbers(packedIn bytes: [UInt8]) -> [Double]? {
  guard bytes.count % 8 == 0 else { return nil }
  return stride(from: 0, to: bytes.count, by: 8).map { Double(bitPattern: word(bytes, at: $0)) }
}

func append(_ word: UInt64, to bytes: inout [UInt8]) {
  for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
}

/// Eight bytes that are there.
func word(_ bytes: [UInt8], at start: Int) -> UInt64 {
  unsafe UInt64(littleEndian: bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: start, as: UInt64.self) })
}

/// The SHA-256 of a run's points, as a store keeps them: of each its longitude and latitude in degrees, its sigma in
/// metres, and its line.
public func fingerprint(ofPoints numbers: [Double]) -> String { sha256(packed(numbers)) }
