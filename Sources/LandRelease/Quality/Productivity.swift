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

  /// By team, then by day; work of several days is a row of its own, since its ground is not parted by day.
  public private(set) var rows: [Row] = []
  /// The ledger's rows of the activities that clear.
  public private(set) var activities: [Ledger.ActivityRow] = []

  init() {}

  init(_ ledger: Ledger, of activities: [Activity]) {
    struct Span: Hashable {
      var team: String?
      var start, end: CivilDate
    }
    let starts = Dictionary(activities.map { ($0.id, $0.start) }, uniquingKeysWith: { a, _ in a })
    self.activities = ledger.activities.filter { $0.claims == .cleared }
    var sums: [Span: Row] = [:]
    for work in self.activities {
      let start = starts[work.id] ?? work.end
      let span = Span(team: work.team, start: start, end: work.end)
      var row = sums[span] ?? Row(team: work.team, start: start, end: work.end)
      row.activities.append(work.id)
      row.newlyCleared += work.released
      row.reprocessed += work.reprocessed
      row.withoutEffect += work.ineffective + work.reopened
      row.outside += work.outside
      sums[span] = row
    }
    rows = sums.values.sorted { ($0.team ?? "", $0.start, $0.end) < ($1.team ?? "", $1.start, $1.end) }
  }
}
