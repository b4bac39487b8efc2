import Geometry

@testable import LandRelease

/// The generator of all random tests: small, seeded, the same on every machine (S. Vigna's SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Random walks of the kinds that logs hold, degenerate ones first.
enum TrackShape: Int, CaseIterable {
  case noisyLanes, straightLanes, scribble, latticeWalk, thereAndBack, standing, crowded, square, mixedRadii, star

  func steps(seed: UInt64) -> [SwathStep] {
    var random = SplitMix(state: seed &* 31 &+ UInt64(rawValue))
    func pick(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
    var track: [Projected] = []
    switch self {
    case .noisyLanes, .straightLanes, .mixedRadii:
      for lane in 0..<6 {
        let noise = self == .straightLanes ? 0 : 0.06
        let lanePoints = (0..<25).map { index in
          Projected(Double(index) * 0.4 + pick(-noise...noise), Double(lane) + pick(-noise...noise))
        }
        track += lane % 2 == 0 ? lanePoints : lanePoints.reversed()
      }
    case .scribble:
      var at = Projected(0, 0)
      for _ in 0..<120 {
        track.append(at)
        at = Projected(at.easting + pick(-1...1), at.northing + pick(-1...1))
      }
    case .latticeWalk:
      var at = Projected(0, 0)
      for _ in 0..<120 {
        track.append(at)
        let step = Int.random(in: 0..<5, using: &random)
        at = Projected(
          at.easting + [0.18, -0.18, 0, 0, 0][step], at.northing + [0, 0, 0.18, -0.18, 0][step])
      }
    case .thereAndBack:
      let way = (0..<20).map { Projected(Double($0) * 0.5, Double($0) * 0.25) }
      track = way + way.reversed() + way
    case .standing:
      for _ in 0..<80 { track.append(Projected(pick(-0.3...0.3), pick(-0.3...0.3))) }
      track += [Projected(5, 5), Projected(5, 5), Projected(5, 5)]
    case .crowded:
      for _ in 0..<160 { track.append(Projected(pick(-0.6...0.6), pick(-0.6...0.6))) }
    case .square:
      for turn in 0..<3 {
        let side = Double(4 - turn)
        track += [Projected(0, 0), Projected(side, 0), Projected(side, side), Projected(0, side), Projected(0, 0)]
      }
    case .star:
      for index in 0..<40 {
        let (c, s) = cosineAndSine(Double(index) * 2.4)
        track += [Projected(0, 0), Projected(4 * c, 4 * s)]
      }
    }
    return zip(track, track.dropFirst()).map {
      SwathStep(from: $0, to: $1, radius: self == .mixedRadii ? pick(0.1...0.8) : 0.5)
    }
  }
}
