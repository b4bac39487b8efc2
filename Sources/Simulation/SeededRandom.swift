import Glibc

/// SplitMix64 by S. Vigna (https://prng.di.unimi.it/splitmix64.c): small, and the same everywhere.
public struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64
  /// The second of a pair of normal numbers, which come two at a time.
  private var spare: Double?

  public init(seed: UInt64) { state = seed }

  /// A generator of its own for one piece of work, so that pieces do not depend on each other.
  init(seed: UInt64, stream: Int) {
    var mixer = SeededRandom(seed: seed ^ (UInt64(truncatingIfNeeded: stream) &* 0xD134_2543_DE82_EF95))
    self.init(seed: mixer.next())
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Evenly from `low` up to, not including, `high`.
  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(next() >> 11) * 0x1p-53
  }

  mutating func chance(_ probability: Double) -> Bool { uniform(0, 1) < probability }

  /// From 0 up to, not including, `count`, which is at least 1.
  mutating func index(_ count: Int) -> Int { min(Int(uniform(0, Double(count))), count - 1) }

  /// Normal with mean 0 and standard deviation 1, by G. Marsaglia's polar method.
  mutating func normal() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    while true {
      let (u, v) = (uniform(-1, 1), uniform(-1, 1))
      let square = u * u + v * v
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      spare = v * factor
      return u * factor
    }
  }
}

/// Noise that remembers: standard deviation `sigma`, fading over `seconds` (a first-order autoregression at 1 Hz).
struct WanderingNoise {
  private let keep: Double
  private let kick: Double
  private var value: Double

  init(sigma: Double, seconds: Double, _ random: inout SeededRandom) {
    keep = exp(-1 / seconds)
    kick = sigma * (1 - keep * keep).squareRoot()
    value = sigma * random.normal()
  }

  mutating func next(_ random: inout SeededRandom) -> Double {
    value = keep * value + kick * random.normal()
    return value
  }
}
