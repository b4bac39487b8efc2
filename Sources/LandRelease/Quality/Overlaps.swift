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
    /// Besides, ground of two or more works of which one has no known day: nobody can say whether it was the same.
    public let unknown: Double
  }

  /// Square metres worked by more than one team.
  public private(set) var betweenTeams = 0.0
  /// Square metres worked more than once, of which a team is not named: not to be told apart.
  public private(set) var withoutTeam = 0.0
  public private(set) var pairs: [Pair] = []
  public private(set) var again: [Again] = []

  init() {}

  /// `together` has the square metres of each set of activities that cover the same ground, and `works` those of each set
  /// of their works by day.
  init(_ together: [[Int]: Double], _ works: [[Work]: Double], of activities: [Activity]) {
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
      for (at, first) in teams.enumerated() {
        for second in teams[(at + 1)...] { pairs[TeamPair(first: first, second: second), default: 0] += area }
      }
    }
    for (members, area) in works.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let works = members.filter { activities[$0.activity].claims == .cleared }
      guard works.count > 1 else { continue }
      let byTeam = Dictionary(grouping: works) { activities[$0.activity].team }
      for (team, own) in byTeam {
        guard let team else {
          withoutTeam += area
          continue
        }
        guard own.count > 1 else { continue }
        if let known = own.map(\.days.day) as? [CivilDate] {
          if Set(known).count > 1 { again[team, default: 0] += area }
        } else {
          // Spans that do not meet are different days all the same.
          let apart = own.contains { a in own.contains { $0.days.start > a.days.end } }
          if apart { again[team, default: 0] += area } else { unknown[team, default: 0] += area }
        }
      }
    }
    self.pairs = pairs.sorted { $0.key < $1.key }.map { Pair(first: $0.first, second: $0.second, area: $1) }
    self.again = Set(again.keys).union(unknown.keys).sorted().map {
      Again(team: $0, area: again[$0] ?? 0, unknown: unknown[$0] ?? 0)
    }
  }
}
