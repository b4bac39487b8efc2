public import Survey

/// Ground inside hazards that was worked twice, each square metre once in each sum.
public struct Overlaps: Sendable {
  /// Square metres that two teams both worked; a place of three teams is in three pairs.
  public struct Pair: Hashable, Sendable {
    public let first, second: String
    public let area: Double
  }
  /// Square metres that a team worked on more than one day.
  public struct Again: Hashable, Sendable {
    public let team: String
    public let area: Double
    /// Of these, ground of two or more activities where one lasted several days: nobody can say which day.
    public let unknown: Double
  }

  /// Square metres worked by more than one team.
  public private(set) var betweenTeams = 0.0
  /// Square metres worked more than once, of which a team is not named: not to be told apart.
  public private(set) var withoutTeam = 0.0
  public private(set) var pairs: [Pair] = []
  public private(set) var again: [Again] = []

  init() {}

  /// `together` has the square metres of each set of activities that cover the same ground.
  init(_ together: [[Int]: Double], of activities: [Activity]) {
    struct TeamPair: Hashable, Comparable {
      var first, second: String
      static func < (a: Self, b: Self) -> Bool { (a.first, a.second) < (b.first, b.second) }
    }
    var (pairs, again, unknown): ([TeamPair: Double], [String: Double], [String: Double]) = ([:], [:], [:])
    // In one order, so that sums of floating point are the same whatever the order of a dictionary.
    for (members, area) in together.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let works = members.map { activities[$0] }.filter { $0.claims == .cleared }
      guard works.count > 1 else { continue }
      let teams = Set(works.compactMap(\.team)).sorted()
      if teams.count > 1 { betweenTeams += area }
      if works.contains(where: { $0.team == nil }) { withoutTeam += area }
      for (at, first) in teams.enumerated() {
        for second in teams[(at + 1)...] { pairs[TeamPair(first: first, second: second), default: 0] += area }
        let own = works.filter { $0.team == first }
        guard own.count > 1 else { continue }
        let days = own.map(\.knownDay)
        if let known = days as? [CivilDate] {
          if Set(known).count > 1 { again[first, default: 0] += area }
        } else {
          // Spans that do not meet are different days all the same.
          let apart = own.contains { a in own.contains { $0.start > a.end } }
          if apart { again[first, default: 0] += area } else { unknown[first, default: 0] += area }
        }
      }
    }
    self.pairs = pairs.sorted { $0.key < $1.key }.map { Pair(first: $0.first, second: $0.second, area: $1) }
    self.again = Set(again.keys).union(unknown.keys).sorted().map {
      Again(team: $0, area: again[$0] ?? 0, unknown: unknown[$0] ?? 0)
    }
  }
}

extension Activity {
  /// The day of its work; `nil` where it lasted several, and nobody says what was done on which.
  public var knownDay: CivilDate? { start == end ? end : nil }
}
