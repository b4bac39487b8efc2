import Geometry
import Survey
import Testing

@testable import LandRelease

extension Land {
  /// Lets the fixes of a walk say their day, or none.
  mutating func date(_ walk: Int, _ day: CivilDate?) {
    for at in walks[walk].points.indices { walks[walk].points[at].day = day.map { Int32($0.daysSinceEpoch) } }
  }

  /// The same work with an activity for each day of each walked one, in the order of their days.
  fileprivate func apart(_ days: [CivilDate?]) -> Land {
    var land = self
    (land.survey.activities, land.walks) = ([], [])
    for (index, activity) in survey.activities.enumerated() {
      let own = walks.indices.filter { walks[$0].activity == index }
      let spans = Dictionary(grouping: own) { walk in
        days[walk].map { DaySpan(start: $0, end: $0) } ?? activity.days
      }
      if own.isEmpty { land.survey.activities.append(activity) }
      for (number, (_, walked)) in spans.sorted(by: { $0.key < $1.key }).enumerated() {
        var single = activity
        single.id += ".\(number)"
        land.survey.activities.append(single)
        for walk in walked { land.walks.append((land.survey.activities.count - 1, walks[walk].points)) }
      }
    }
    return land
  }
}

@Suite struct DayRules {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func `days add up to their activity, and are what activities of one day would be`(seed: UInt64) async throws {
    var random = try RandomLand(seed: seed, finds: Int(seed % 3), activities: 2...5)
    var picks = SplitMix(state: seed)
    let choice = [try day("2019-05-01"), try day("2019-05-02"), try day("2019-05-04"), nil]
    let days = random.land.walks.map { _ in choice[Int.random(in: 0..<4, using: &picks)] }
    for (walk, day) in days.enumerated() { random.land.date(walk, day) }
    for index in random.land.survey.activities.indices {
      random.land.survey.activities[index].team = random.land.survey.activities[index].id
    }
    let ledger = try await random.land.divided().ledger
    let (result, quality) = try await random.land.quality(width: 0.5)
    #expect(result.ledger == ledger)
    let apart = try await random.land.apart(days).quality(width: 0.5).quality
    // A line between two days is in the ground of neither, and at most 4 cm wide.
    let line = random.walked.values.joined().reduce(1e-6) {
      $0 + 0.02 * (2 * distance($1.from, $1.to, $1.to) + 7 * $1.radius)
    }
    for (index, activity) in random.land.survey.activities.enumerated() where activity.claims == .cleared {
      let row = try #require(ledger.activities.first { $0.id == activity.id })
      let own = quality.productivity.rows.filter { $0.team == activity.id }
      let sum = { (path: KeyPath<Productivity.Row, Double>) in own.reduce(0) { $0 + $1[keyPath: path] } }
      #expect(agree(sum(\.newlyCleared), row.released, within: 1e-9 * (1 + row.released)))
      #expect(sum(\.reprocessed) >= row.reprocessed - line && sum(\.outside) >= row.outside - line)
      #expect(sum(\.withoutEffect) >= row.ineffective + row.reopened - line)
      let single = apart.productivity.rows.filter { $0.team == activity.id }
      let known = own.filter { $0.start == $0.end }.map(\.start)
      let walked = random.land.walks.indices.filter { random.land.walks[$0].activity == index }
      #expect(known == Set(walked.compactMap { days[$0] }).sorted())
      #expect(own.count <= max(1, known.count + 1))
      let separate = Dictionary(uniqueKeysWithValues: apart.productivity.activities.map { ($0.id, $0) })
      for (number, mine) in own.enumerated() where single.count == 1 {
        guard let other = separate["\(activity.id).\(number)"] else { continue }
        #expect(agree(mine.newlyCleared, other.released, within: line), "\(mine.newlyCleared) \(other.released)")
        #expect(agree(mine.reprocessed, other.reprocessed, within: line))
        #expect(agree(mine.outside, other.outside, within: line))
      }
    }
  }

  /// A lane of 20 m and a metre on one day, half of it and 10 m more on the next, twice.
  private func twoDays(_ days: [CivilDate?], width: Double = 1) throws -> Land {
    var land = Land(grid: "EPSG:32634")
    try land.hazard("H", Rect(0, -5, 100, 10))
    let lane = { (x: Double) in stride(from: x, through: x + 20, by: 1).map { Projected($0, 0) } }
    try land.walk("A", [lane(0), lane(10), lane(10)])
    land.survey.activities[0].team = "red"
    for (walk, day) in days.enumerated() { land.date(walk, day) }
    return land
  }

  @Test func `ground of two days is new on the first and re-processed on the second`() async throws {
    let (one, two) = (try day("2020-03-01"), try day("2020-03-02"))
    let quality = try await twoDays([one, two, two]).quality(width: 1).quality
    let rows = quality.productivity.rows
    #expect(rows.map(\.start) == [one, two] && rows.map(\.end) == [one, two])
    #expect(rows.map(\.activities) == [["A"], ["A"]])
    // The ends are half discs, of which the first lies outside; a swath may be 2 cm smaller all round.
    let end = Double.pi / 8
    for (row, (new, again, outside)) in zip(rows, [(20 + end, 0, end), (10, 10 + 2 * end, 0)]) {
      #expect(agree(row.newlyCleared, new, within: 0.3) && agree(row.reprocessed, again, within: 0.3), "\(row)")
      #expect(agree(row.outside, outside, within: 0.05))
    }
    #expect(quality.productivity.activities.map(\.reprocessed) == [0])
    #expect(quality.overlaps.again.map(\.team) == ["red"] && quality.overlaps.again[0].unknown == 0)
    #expect(agree(quality.overlaps.again[0].area, 10 + 2 * end, within: 0.3))
  }

  @Test func `one day takes the whole row, and fixes without times leave the activity's span`() async throws {
    let one = try day("2020-03-01")
    let known = try await twoDays([one, one, one]).quality(width: 1).quality
    #expect(known.productivity.rows.map { [$0.start, $0.end] } == [[one, one]] && known.overlaps.again.isEmpty)
    #expect(known.productivity.rows.map(\.newlyCleared) == known.productivity.activities.map(\.released))
    let land = try twoDays([nil, nil, nil])
    let span = land.survey.activities[0].days
    let unknown = try await land.quality(width: 1).quality
    #expect(unknown.productivity.rows.map { [$0.start, $0.end] } == [[span.start, span.end]])
    #expect(unknown.overlaps.again.isEmpty)
    // Beside a day that is known, what is worked twice may have been worked on one.
    let mixed = try await twoDays([one, nil, nil]).quality(width: 1).quality
    #expect(mixed.productivity.rows.count == 2)
    #expect(mixed.overlaps.again.map(\.area) == [0])
    #expect(agree(mixed.overlaps.again[0].unknown, 10 + .pi / 4, within: 0.3))
  }

  @Test func `a box tells the days on which somebody worked in it`() throws {
    let (one, two) = (try day("2020-03-01"), try day("2020-03-02"))
    let found = { (land: Land) in
      var days: [[DaySpan]] = []
      var areas: [Double] = []
      _ = try boxes(land.survey, steps: land.store(), size: 4) {
        days.append($0.days)
        areas += [$0.remaining, $0.released]
        #expect($0.days.isEmpty == $0.activities.isEmpty)
      }
      return (days: days, areas: areas)
    }
    let span = { (day: CivilDate) in DaySpan(start: day, end: day) }
    let parted = try found(twoDays([one, two, two]))
    let (first, second) = (span(one), span(two))
    #expect(Set(parted.days) == [[], [first], [first, second], [second]])
    let whole = try found(twoDays([nil, nil, nil]))
    #expect(Set(whole.days) == [[], [try twoDays([]).survey.activities[0].days]])
    // What is measured does not depend on who knows the days, but for the millimetre to which edges are noded.
    for (a, b) in zip(parted.areas, whole.areas) { #expect(agree(a, b, within: 0.01)) }
  }
}
