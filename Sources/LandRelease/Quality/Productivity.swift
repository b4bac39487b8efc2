public import Survey

/// What teams achieved, by day and by activity: the ledger's own sums of the activities that clear.
public struct Productivity: Sendable {
  /// Square metres of the clearance of one team in one span of days; of one day where they are equal.
  public struct Row: Hashable, Sendable {
    /// `nil` where no team is named.
    public let team: String?
    public let start, end: CivilDate
    public internal(set) var activities: [String] = []
    /// Inside hazards: released first, released before by other work, and without effect or put back by a find.
    public internal(set) var newlyCleared = 0.0, reprocessed = 0.0, withoutEffect = 0.0
    public internal(set) var outside = 0.0
    /// Whether anything was newly cleared.
    public var hasResult: Bool { newlyCleared > 0 }
  }

  /// By team, then by day; work whose days nobody knows is a row of its own.
  public private(set) var rows: [Row] = []
  /// The ledger's rows of the activities that clear.
  public private(set) var activities: [Ledger.ActivityRow] = []

  init() {}

  /// `days` has the sums of each activity's works, by its index.
  init(_ ledger: Ledger, _ days: [Work: JobAccount.ActivitySums], of activities: [Activity]) {
    struct Key: Hashable {
      var team: String?
      var days: DaySpan
    }
    let numbers = Dictionary(activities.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { a, _ in a })
    let works = Dictionary(grouping: days.keys.sorted(), by: \.activity)
    self.activities = ledger.activities.filter { $0.claims == .cleared }
    var rows: [Key: Row] = [:]
    for work in self.activities {
      guard let number = numbers[work.id] else { continue }
      for (days, sums) in Self.parted(work, activities[number].days, works[number] ?? [], days) {
        let key = Key(team: work.team, days: days)
        var row = rows[key] ?? Row(team: work.team, start: days.start, end: days.end)
        row.activities.append(work.id)
        row.newlyCleared += sums.released
        row.reprocessed += sums.reprocessed
        row.withoutEffect += sums.ineffective + sums.reopened
        row.outside += sums.outside
        rows[key] = row
      }
    }
    self.rows = rows.values.sorted { ($0.team ?? "", $0.start, $0.end) < ($1.team ?? "", $1.start, $1.end) }
  }

  /// A row of the ledger by its works, which newly cleared together what it did.
  private static func parted(
    _ row: Ledger.ActivityRow, _ span: DaySpan, _ works: [Work], _ days: [Work: JobAccount.ActivitySums]
  ) -> [(DaySpan, JobAccount.ActivitySums)] {
    guard works.count > 1 else {
      let sums = JobAccount.ActivitySums(
        released: row.released, reprocessed: row.reprocessed, reopened: row.reopened, ineffective: row.ineffective,
        outside: row.outside)
      return [(works.first?.days ?? span, sums)]
    }
    // Lines up to 4 cm wide between two days are in the ground of both together, and in that of neither: in proportion.
    let all = works.reduce(0) { $0 + (days[$1]?.released ?? 0) }
    return works.map { work in
      var sums = days[work] ?? JobAccount.ActivitySums()
      if all > 0 { sums.released *= row.released / all }
      return (work.days, sums)
    }
  }
}
