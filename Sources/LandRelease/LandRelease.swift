import Geometry
public import Projection
public import Survey

/// What to compute of a survey.
public struct PartitionOptions: Sendable {
  /// Hazards and activities later than this are not seen; `nil` sees all.
  public var asOf: CivilDate?
  /// The first day of a return whose last day is `asOf`; `nil` where none is asked for.
  public var from: CivilDate?
  /// Whether the features show what is surely released, instead of the nominal state.
  public var assured = false
  /// How many groups of hazards are worked on at once. Never changes a byte of the result.
  public var jobs = 1
  /// Where accounts of groups are remembered; with one, no features are given.
  public var memory: (any AccountMemory)?
  /// Whether the work of each activity is told by days as well.
  var tellsDays = false

  public init() {}

  var period: ClosedRange<CivilDate>? {
    guard let from, let asOf, from <= asOf else { return nil }
    return from...asOf
  }
}

/// A survey's land, divided: the account, what its planner should know, and how coordinates were carried.
public struct PartitionResult: Sendable {
  public var ledger = Ledger()
  public var findings: [Finding] = []
  /// The operation by which planar areas were found; `nil` without a grid.
  public var grid: CoordinateOperation?
  /// What came and went from the options' first day to the last.
  public var returns: Returns?
  /// Finds in released ground, in the order of the survey.
  public var missed: [MissedFind] = []
}

/// Divides the ground of a survey's recorded hazards into what remains and what was released, each square metre once.
///
/// `steps` holds the walked runs of the survey's track activities, by their index. `emit` receives the features in an
/// order that depends on the survey alone; `progress` the number of finished groups and of all. Memory grows with the
/// largest group of touching hazards, not with the survey.
public func partition(
  _ survey: FieldSurvey, steps: StepStore, options: PartitionOptions = PartitionOptions(),
  progress: (Int, Int) -> Void = { _, _ in }, emit: (ReleaseFeature) throws -> Void
) async throws -> PartitionResult {
  try await partitionInGroups(survey, steps: steps, options: options, progress: progress) { features in
    for feature in features { try emit(feature) }
  }.result
}

/// The same with the features of one group of touching hazards at a time, and with the account behind the ledger.
func partitionInGroups(
  _ survey: FieldSurvey, steps: StepStore, options: PartitionOptions, progress: (Int, Int) -> Void,
  take: ([ReleaseFeature]) throws -> Void
) async throws -> (result: PartitionResult, account: SurveyAccount) {
  let prepared = try PreparedSurvey(survey, steps, asOf: options.asOf)
  let (rules, hazards) = (prepared.rules, prepared.rules.hazards)

  var result = PartitionResult()
  result.findings = prepared.hazardFindings + prepared.findings + wideSpread(survey, hazards)
  result.findings += try strikeFindings(survey, hazards, options.asOf)
  result.grid = try chooseGrid(survey, hazards)
  var missed = try MissedFinds(
    prepared.missed, openFinds: prepared.openFinds, survey.activities, prepared.parts, steps)
  var account = SurveyAccount(rules, openFinds: prepared.openFinds, hasGrid: result.grid != nil)
  var (nominal, assured) = (options.period.map { Movements($0) }, options.period.map { Movements($0) })
  try await divide(
    rules, prepared.parts, steps, sigmaFactor: survey.sigmaFactor, grid: result.grid, options: options,
    progress: progress
  ) { finished in
    for feature in finished.features { missed.take(feature) }
    try take(finished.features)
    account.add(finished.account)
    if let movements = finished.nominal { nominal?.add(movements) }
    if let movements = finished.assured { assured?.add(movements) }
  }
  if let nominal, let assured {
    result.returns = Returns(survey, nominal: nominal, assured: assured, rules)
  }
  result.ledger = account.ledger
  result.ledger.unreadHazards = prepared.hazardFindings.filter { $0.level == .error }.map(\.place)
  result.findings += account.findings()
  result.missed = missed.finds
  return (result, account)
}

/// Runs every job of the rules' hazards, and hands the results over in an order that depends on them alone.
func divide(
  _ rules: DecisionRules, _ parts: [ClaimPart], _ steps: StepStore, sigmaFactor: Double, grid: CoordinateOperation?,
  options: PartitionOptions, progress: (Int, Int) -> Void = { _, _ in }, take: (JobResult) throws -> Void
) async throws {
  let plan = PartitionPlan(
    rules: rules, parts: parts, store: steps, sigmaFactor: sigmaFactor, grid: grid.map(GridProjectors.init),
    showsAssured: options.assured, effectOrder: effectOrder(of: rules.activities), period: options.period,
    tellsDays: options.tellsDays)
  let work = LandRelease.plan(try hazardGroups(rules.hazards), rules.hazards, parts, rules.reopenings)
  var done = 0
  let run: @Sendable (Job) throws -> JobResult
  if let memory = options.memory {
    run = { JobResult(account: try plan.account(of: $0, memory)) }
  } else {
    run = plan.run
  }
  try await inOrder(work, jobs: options.jobs, run: run) { finished in
    try take(finished)
    done += 1
    progress(done, work.count)
  }
}

/// The position of each activity in the order of effect: by end, then by id.
func effectOrder(of activities: [Activity]) -> [Int] {
  let order = activities.indices.sorted {
    (activities[$0].end, activities[$0].id) < (activities[$1].end, activities[$1].id)
  }
  var positions = Array(repeating: 0, count: order.count)
  for (position, activity) in order.enumerated() { positions[activity] = position }
  return positions
}

func chooseGrid(_ survey: FieldSurvey, _ hazards: [PreparedHazard]) throws -> CoordinateOperation? {
  guard let grid = survey.grid, !hazards.isEmpty else { return nil }
  return try CoordinateOperation.forAreas(
    in: grid, over: extent(of: hazards), named: survey.operations,
    preferred: survey.pinnedOperations)
}

func extent(of hazards: [PreparedHazard]) -> Box<Geographic> {
  var box = Box<Geographic>()
  for hazard in hazards { for polygon in hazard.hazard.polygons { box.include(polygon.box) } }
  return box
}

/// No extent is refused; one of over 100 km is more often a slip in a coordinate than a survey.
private func wideSpread(_ survey: FieldSurvey, _ hazards: [PreparedHazard]) -> [Finding] {
  let box = extent(of: hazards)
  let scale = LocalScale(latitude: hazards.isEmpty ? 0 : box.center.latitude)
  let kilometres = max(box.width * scale.metresPerLongitude, box.height * scale.metresPerLatitude) / 1000
  guard kilometres > 100 else { return [] }
  return [
    Finding(
      "crs.spread", .info, at: Place("survey.toml"), "the hazards lie up to \(Int(kilometres)) km apart",
      advice: "check them for a swapped or mistyped coordinate; work on each region by itself otherwise")
  ]
}

/// Runs pieces of work on several threads at once and hands the results over in the order of the work.
///
/// Only as many results wait for an earlier one as there are threads, so memory stays bounded.
func inOrder<Work: Sendable, Output: Sendable>(
  _ work: [Work], jobs: Int, run: @escaping @Sendable (Work) throws -> Output, _ take: (Output) throws -> Void
) async throws {
  try await withThrowingTaskGroup(of: (Int, Output).self) { group in
    var (next, taken): (Int, Int) = (0, 0)
    var waiting: [Int: Output] = [:]
    func start() {
      guard next < work.count else { return }
      let (index, piece) = (next, work[next])
      group.addTask { (index, try run(piece)) }
      next += 1
    }
    for _ in 0..<max(1, jobs) { start() }
    while let (index, output) = try await group.next() {
      waiting[index] = output
      while let ready = waiting.removeValue(forKey: taken) {
        try take(ready)
        taken += 1
      }
      while next < work.count, next - taken < 2 * max(1, jobs) { start() }
    }
  }
}
