import Geometry
import Survey
import Testing

/// Metres east and north of a place in Nis, seconds, and what else a fix may say.
struct Spot {
  var x = 0.0, y = 0.0
  var seconds: Double?
  var quality = FixQuality.rtkFixed
  var sigma: Double? = 0.01
}

/// One fix a second along a lane to the north at 1 m/s.
func lane(_ count: Int) -> [Spot] { (0..<count).map { Spot(y: Double($0), seconds: Double($0)) } }

struct Built {
  var runs: [[TrackPoint]] = []
  var listed: [MarkedFix] = []
  var summary = TrackSummary()
  /// Pairs of lines (from 1) whose step claims.
  var claims: [[Int32]] { runs.flatMap { run in zip(run, run.dropFirst()).map { [$0.line, $1.line] } } }
  var marks: [FixMark] { listed.sorted { $0.fix.line < $1.fix.line }.map(\.mark) }
  var steps: [StepMark] { listed.sorted { $0.fix.line < $1.fix.line }.map(\.step) }
}

func build(
  _ segments: [[Spot]], kind: TrackHeader.Kind = .track, rules: TrackRules = TrackRules(), sigma: Double? = nil,
  dates: DateWindow? = nil
) -> Built {
  let origin = Geographic(21.9, 43.3)
  let scale = LocalScale(latitude: origin.latitude)
  var (runs, listed): ([[TrackPoint]], [MarkedFix]) = ([], [])
  var builder = TrackBuilder(
    rules: rules, sigma: sigma, dates: dates, list: { listed.append($0) }, run: { runs.append($0) })
  builder.begin(track: TrackHeader(kind: kind))
  var line = 0
  for segment in segments {
    builder.beginSegment()
    for spot in segment {
      line += 1
      let position = Geographic(
        origin.longitude + spot.x / scale.metresPerLongitude, origin.latitude + spot.y / scale.metresPerLatitude)
      let time = spot.seconds.map { Timestamp(milliseconds: 1_777_800_000_000 + Int64($0 * 1000)) }
      builder.add(Fix(position, time: time, quality: spot.quality, sigma: spot.sigma, line: line))
    }
  }
  builder.finish()
  return Built(runs: runs, listed: listed, summary: builder.summary)
}

@Test func `a quiet lane is one run and every step of it claims`() {
  let built = build([lane(5)])
  #expect(built.claims == [[1, 2], [2, 3], [3, 4], [4, 5]])
  #expect(built.runs.count == 1)
  #expect(built.steps == [.start, .claims, .claims, .claims, .claims])
}

@Test func `a long lane is handed on in runs that share their ends`() {
  let built = build([lane(600)])
  #expect(built.runs.map(\.count) == [256, 256, 90])
  #expect(built.claims == (1..<600).map { [Int32($0), Int32($0) + 1] })
}

@Test func `the limits themselves are allowed and a hair more is not`() {
  func step(_ metres: Double, _ seconds: Double) -> StepMark? {
    build([[Spot(seconds: 0), Spot(y: metres, seconds: seconds)]]).steps.last
  }
  #expect(step(4.99, 10) == .claims)
  #expect(step(1, 10.001) == .gapTime)
  #expect(step(5.01, 10) == .gapDistance)
  #expect(step(1.99, 1) == .claims)
  #expect(step(2.01, 1) == .tooFast)
  #expect(step(0, 1) == .claims)
  #expect(step(1, -1) == .timeBackwards)
}

@Test func `a spike is marked and no step claims across it`() {
  var spots = lane(5)
  spots[2].x = 40
  let built = build([spots])
  #expect(built.marks == [.used, .used, .spike, .used, .used])
  #expect(built.steps == [.start, .claims, .spike, .unusable, .claims])
  #expect(built.claims == [[1, 2], [4, 5]])
}

@Test func `every second fix may be a spike`() {
  var spots = lane(9)
  for i in stride(from: 1, to: 9, by: 2) { spots[i].x = 30 }
  let built = build([spots])
  #expect(built.claims.isEmpty)
  #expect(built.summary.counts.fixes[.spike] == 4)
}

/// What may look like a spike, and what it must not claim.
@Test func `jumps that have no honest neighbours on both sides cut and claim nothing`() {
  var atStart = lane(4)
  atStart[0].x = 40
  #expect(build([atStart]).claims == [[2, 3], [3, 4]])

  var atEnd = lane(4)
  atEnd[3].x = 40
  #expect(build([atEnd]).claims == [[1, 2], [2, 3]])

  var two = lane(6)
  (two[2].x, two[3].x) = (40, -40)
  #expect(build([two]).claims == [[1, 2], [5, 6]])

  var beforeGap = lane(5)
  beforeGap[2].x = 40
  for i in 3..<5 { beforeGap[i].seconds = Double(i) + 60 }
  let built = build([beforeGap])
  #expect(built.claims == [[1, 2], [4, 5]])
  #expect(built.marks == Array(repeating: .used, count: 5))

  var beforeBreak = lane(4)
  beforeBreak[1].x = 40
  #expect(build([Array(beforeBreak[..<2]), Array(beforeBreak[2...])]).claims == [[3, 4]])

  var besideUnusable = lane(6)
  besideUnusable[2].x = 40
  besideUnusable[3].quality = .estimated
  #expect(build([besideUnusable]).claims == [[1, 2], [5, 6]])
}

@Test func `a run at commuting speed is no row of spikes`() {
  let built = build([lane(6).map { Spot(y: $0.y * 2.4, seconds: $0.seconds) }])
  #expect(built.claims.isEmpty)
  #expect(built.summary.counts.steps[.tooFast] == 5)
  #expect(built.summary.counts.fixes[.spike] == 0)
}

@Test func `of fixes of the same time only the first is used`() {
  var spots = lane(4)
  spots.insert(Spot(x: 0.3, y: 1, seconds: 1), at: 2)
  spots.insert(Spot(x: 50, y: 1, seconds: 1), at: 3)
  let built = build([spots])
  #expect(built.marks == [.used, .used, .duplicate, .duplicate, .used, .used])
  #expect(built.claims == [[1, 2], [2, 5], [5, 6]])
}

@Test func `a duplicate of a spike does not save it`() {
  var spots = lane(4)
  spots[1].x = 40
  spots.insert(spots[1], at: 2)
  let built = build([spots])
  #expect(built.marks == [.used, .spike, .duplicate, .used, .used])
  #expect(built.claims == [[4, 5]])
}

@Test func `a clock that steps back breaks one step`() {
  var spots = lane(6)
  for i in 3..<6 { spots[i].seconds = Double(i) - 100 }
  let built = build([spots])
  #expect(built.claims == [[1, 2], [2, 3], [4, 5], [5, 6]])
  #expect(built.steps[3] == .timeBackwards)
}

@Test func `without times only the distance is judged and the steps are counted as undated`() {
  var spots = lane(4).map { Spot(y: $0.y) }
  spots[3].y = 9
  let built = build([spots])
  #expect(built.steps == [.start, .claimsUndated, .claimsUndated, .gapDistance])
  #expect(built.claims == [[1, 2], [2, 3]])
  #expect(built.summary.counts.undated == 4)
}

@Test(arguments: [
  (FixQuality.invalid, FixMark.notMeasured), (.estimated, .notMeasured), (.manual, .notMeasured),
  (.simulated, .notMeasured), (.rtkFloat, .lowQuality), (.unknown, .lowQuality), (.rtkFixed, .used),
])
func `an unusable fix has no claiming step on either side`(quality: FixQuality, mark: FixMark) {
  var rules = TrackRules()
  rules.minQuality = .rtkFixed
  var spots = lane(5)
  spots[2].quality = quality
  let built = build([spots], rules: rules)
  #expect(built.marks[2] == mark)
  #expect(built.claims == (mark == .used ? [[1, 2], [2, 3], [3, 4], [4, 5]] : [[1, 2], [4, 5]]))
}

@Test func `a position that is none is marked`() {
  var spots = lane(3)
  spots[1].y = .nan
  #expect(build([spots]).marks == [.used, .notOnEarth, .used])
  #expect(build([spots]).claims.isEmpty)
}

@Test func `a route claims nothing`() {
  let built = build([lane(5)], kind: .route)
  #expect(built.runs.isEmpty)
  #expect(built.summary.counts.fixes[.planned] == 5)
}

@Test func `segments are not joined`() {
  let spots = lane(4)
  #expect(build([Array(spots[..<2]), Array(spots[2...])]).claims == [[1, 2], [3, 4]])
}

@Test func `sigma is the survey's, else the log's, else assumed from the quality and told`() throws {
  func point(_ sigma: Double?, _ quality: FixQuality, override: Double? = nil) throws -> TrackPoint {
    let spots = [Spot(seconds: 0, quality: quality, sigma: sigma), Spot(seconds: 1)]
    return try #require(build([spots], sigma: override).runs.first?.first)
  }
  #expect(try point(0.3, .rtkFixed).sigma == 0.3)
  #expect(try point(0.3, .rtkFixed, override: 2).sigma == 2)
  #expect(try !point(0.3, .rtkFixed).assumedSigma)
  for (quality, assumed) in [(FixQuality.rtkFixed, 0.02), (.rtkFloat, 0.5), (.differential, 1), (.unknown, 3)] {
    for said in [nil, 0, -1, Double.nan, .infinity] {
      #expect(try point(said, quality).sigma == assumed)
      #expect(try point(said, quality).assumedSigma)
    }
  }
}

@Test func `fixes outside the activity's days claim nothing`() throws {
  // 2026-05-03T09:20:00Z and on; the lane crosses local midnight at +14:40.
  let zone = TimeZoneRules(name: "+14:40", offset: 14 * 3600 + 40 * 60)
  let day = try #require(CivilDate("2026-05-03"))
  let spots = lane(8).map { Spot(y: $0.y, seconds: ($0.seconds ?? 0) - 4) }
  let built = build([spots], dates: DateWindow(day, day, zone: zone))
  #expect(built.marks == Array(repeating: .used, count: 4) + Array(repeating: .outsideDates, count: 4))
  #expect(built.claims == [[1, 2], [2, 3], [3, 4]])
}

@Test func `gaps are listed and the longest is told`() {
  var spots = lane(6)
  for i in 2..<6 { spots[i].seconds? += 20 }
  for i in 4..<6 { spots[i].seconds? += 100 }
  let summary = build([spots]).summary
  #expect(summary.gaps.map(\.line) == [3, 5])
  #expect(summary.longestGap?.seconds == 101)
}

@Test func `a minute in one place is a stay and still claims`() {
  var spots = lane(10)
  spots += (0..<70).map { Spot(x: 0.2 * Double($0 % 3), y: 10, seconds: 10 + Double($0)) }
  spots += lane(10).map { Spot(y: 11 + $0.y, seconds: 80 + ($0.seconds ?? 0)) }
  let built = build([spots])
  #expect(built.summary.stayCount == 1)
  #expect(built.claims.count == 89)
  #expect(build([lane(200)]).summary.stayCount == 0)
}

/// Small, fast and the same on every machine; for laws, not for secrets.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ state >> 31) &* 0x9E37_79B9_7F4A_7C15
  }
}

@Test(arguments: 0..<200)
func `on any log the counts agree and only rule-abiding steps between used fixes claim`(seed: UInt64) {
  var dice = Dice(state: seed)
  var (x, y, t) = (0.0, 0.0, 0.0)
  let segments = (0..<3).map { _ in
    (0..<Int.random(in: 0...120, using: &dice)).map { _ -> Spot in
      x += Double.random(in: -1.2...1.2, using: &dice)
      y += Double.random(in: -1.2...1.2, using: &dice)
      t += [0, 1, 1, 1, 1, 1, 1, 2, 12, -3].randomElement(using: &dice) ?? 1
      var spot = Spot(x: x, y: y, seconds: Int.random(in: 0..<20, using: &dice) == 0 ? nil : t)
      if Int.random(in: 0..<10, using: &dice) == 0 { spot.x += 20 }
      if Int.random(in: 0..<15, using: &dice) == 0 { spot.quality = .simulated }
      return spot
    }
  }
  let built = build(segments)
  let spots = segments.flatMap(\.self)
  let starts = segments.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  #expect(built.summary.counts.fixes.total == spots.count)
  #expect(built.summary.counts.steps.total == spots.count)
  #expect(built.claims.count == built.summary.counts.steps[.claims] + built.summary.counts.steps[.claimsUndated])
  #expect(built.summary.qualities.total == spots.count)
  for pair in built.claims {
    let (i, j) = (Int(pair[0]) - 1, Int(pair[1]) - 1)
    let (a, b) = (spots[i], spots[j])
    #expect(built.marks[i] == .used && built.marks[j] == .used)
    #expect(starts.lastIndex { $0 <= i } == starts.lastIndex { $0 <= j })
    #expect(built.marks[(i + 1)..<j].allSatisfy { $0 == .spike || $0 == .duplicate })
    let metres = ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    #expect(metres <= 5 + 1e-3)
    if let from = a.seconds, let to = b.seconds {
      #expect(to > from && to - from <= 10 && metres <= 2 * (to - from) + 1e-3)
    }
  }
}
