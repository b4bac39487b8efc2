import Survey

@testable import Formats

/// Everything a GeoJSON text gives, its bytes cut into blocks anywhere.
struct Reading: Equatable {
  var features: [GeoFeature] = []
  var problems: [Problem] = []
  var codes: [String] { problems.map(\.code) }

  init(_ text: String, blockSize: Int = 1 << 20) throws { try self.init(Array(text.utf8), blockSize: blockSize) }

  init(_ bytes: [UInt8], blockSize: Int = 1 << 20) throws {
    var input = ByteSource(bytes: bytes, path: "test.geojson", blockSize: blockSize)
    try self.init(&input)
  }

  init(_ input: inout ByteSource) throws {
    var (found, wrong): ([GeoFeature], [Problem]) = ([], [])
    try GeoJSON.readFeatures(&input, feature: { found.append($0) }, problem: { wrong.append($0) })
    (features, problems) = (found, wrong)
  }
}

/// S. Vigna's SplitMix64: the same seed gives the same survey everywhere.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: Int) { state = UInt64(seed) }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
