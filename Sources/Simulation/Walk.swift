import Geometry
import Glibc

/// Walks the lanes of one hazard and hands on what a receiver records, second by second.
struct Walk {
  /// The date's number from the first day of work, 0 and up.
  private(set) var day = 0
  private var second = Walk.morning
  private var lanes: Lanes
  private let angle: (cos: Double, sin: Double)
  private let ground: LocalMetres
  private let isRTK: Bool
  private let speed: Double
  private let height: Double
  private var wobble: (east: WanderingNoise, north: WanderingNoise)
  private var drift: (east: WanderingNoise, north: WanderingNoise)

  /// 06:00 to 12:00 UTC.
  private static let morning = 21_600
  private static let noon = 43_200

  init?(_ outline: Polygon<Projected>, on ground: LocalMetres, isRTK: Bool, _ random: inout SeededRandom) {
    let turn = random.uniform(0, .pi)
    guard let turned = outline.turned(by: -turn), let lanes = Lanes(turned, &random) else { return nil }
    (self.lanes, self.ground, self.isRTK) = (lanes, ground, isRTK)
    angle = (cos(turn), sin(turn))
    speed = random.uniform(0.3, 0.5)
    height = random.uniform(180, 240)
    wobble = (WanderingNoise(sigma: 0.08, seconds: 5, &random), WanderingNoise(sigma: 0.08, seconds: 5, &random))
    drift = (WanderingNoise(sigma: 1.5, seconds: 30, &random), WanderingNoise(sigma: 1.5, seconds: 30, &random))
  }

  /// Records exactly `count` fixes; `body` gets each with the day and where the bearer truly was.
  mutating func record<Failure: Error>(
    _ count: Int, _ random: inout SeededRandom,
    _ body: (SimulatedFix, _ day: Int, _ truth: Projected) throws(Failure) -> Void
  ) throws(Failure) {
    var recorded = 0
    var outage = 0
    while recorded < count {
      let lane = lanes.lane(&random)
      beginLane(&random)
      var walked = 0.0
      var beginsLane = true
      while recorded < count {
        walked += speed * max(0.1, 1 + 0.15 * random.normal())
        guard walked < abs(lane.to - lane.from) else { break }
        second += 1
        let along = lane.from < lane.to ? lane.from + walked : lane.from - walked
        let truth = turned(along + wobble.east.next(&random), lane.northing + wobble.north.next(&random))
        let seen = observed(truth, &random)
        // Once in about 2000 s the receiver loses its fix for 6 to 60 s.
        if outage == 0, random.chance(5e-4) { outage = 6 + random.index(55) }
        if outage > 0 {
          outage -= 1
          continue
        }
        try body(fix(seen, beginsLane: beginsLane, &random), day, truth)
        (beginsLane, recorded) = (false, recorded + 1)
      }
    }
  }

  /// To the next lane, or home for the day. The receiver is switched off on the way for longer than any gap that still
  /// counts as walked, so that logs with and without segments mean the same.
  private mutating func beginLane(_ random: inout SeededRandom) {
    second += 11 + random.index(10)
    if second > Self.noon { (day, second) = (day + 1, Self.morning) }
  }

  private func turned(_ x: Double, _ y: Double) -> Projected {
    Projected(x * angle.cos - y * angle.sin, x * angle.sin + y * angle.cos)
  }

  private mutating func observed(_ truth: Projected, _ random: inout SeededRandom) -> Projected {
    var (east, north) =
      isRTK
      ? (0.02 * random.normal(), 0.02 * random.normal()) : (drift.east.next(&random), drift.north.next(&random))
    if random.chance(5e-4) {
      let (bearing, length) = (random.uniform(0, 2 * .pi), random.uniform(5, 50))
      (east, north) = (east + length * cos(bearing), north + length * sin(bearing))
    }
    return Projected(truth.easting + east, truth.northing + north)
  }

  private func fix(_ seen: Projected, beginsLane: Bool, _ random: inout SeededRandom) -> SimulatedFix {
    SimulatedFix(
      point: ground.lattice(seen), second: second,
      elevation: Int(((height + 0.01 * seen.easting + 0.04 * random.normal()) * 1000).rounded()),
      satellites: isRTK ? 12 + random.index(12) : 7 + random.index(5),
      hdop: isRTK ? 5 + random.index(5) : 10 + random.index(15), beginsLane: beginsLane)
  }
}
