import Formats
import Survey

/// Everything that `format` finds in `text`.
func read(
  _ format: any LogFormat.Type, _ text: String, options: ReadOptions = ReadOptions(), blockSize: Int = 1 << 20
) throws(FileUnreadable) -> FieldLog {
  try read(format, Array(text.utf8), options: options, blockSize: blockSize)
}

func read(
  _ format: any LogFormat.Type, _ bytes: [UInt8], options: ReadOptions = ReadOptions(), blockSize: Int = 1 << 20
) throws(FileUnreadable) -> FieldLog {
  var input = ByteSource(bytes: bytes, path: "test", blockSize: blockSize)
  var log = FieldLog()
  _ = try format.read(&input, options: options, into: &log)
  return log
}

/// `$` and a checksum around the body of a sentence.
func sentence(_ body: String) -> String {
  let sum = String(body.utf8.reduce(0, ^), radix: 16, uppercase: true)
  return "$\(body)*\(sum.count == 1 ? "0" : "")\(sum)\r\n"
}

extension FieldLog {
  var codes: [String] { problems.map(\.code) }
}

/// A small generator with a seed, so that a failure can be repeated (S. Vigna's SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
