import Geometry
public import Projection
public import Survey

/// What to compute of a survey.
public struct PartitionOptions: Sendable {
  /// Hazards and activities later than this are not seen; `nil` sees all.
  public var asOf: CivilDate?
  /// Whether the features show what is surely released, instead of the nominal state.
  public var assured = false
  /// How many groups of hazards are worked on at once. Never changes a byte of the result.
  public var jobs = 1

  public init() {}
}

/// A survey's land, divided: the account, what its planner should know, and how coordinates were carried.
public struct PartitionResult: Sendable {
  public var ledger = Ledger()
  public var findings: [Finding] = []
  /// The operation by which planar areas were found; `nil` without a grid.
  public var grid: CoordinateOperation?
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
  let asOf = options.asOf
  let (hazards, hazardFindings) = try prepare(
    survey.hazards.filter { hazard in asOf.map { hazard.recorded <= $0 } ?? true })
  let (parts, partFindings) = try claimParts(of: survey.activities, walkedIn: steps, asOf: asOf)
  let found = try reopenings(
    survey.finds.filter { find in asOf.map { find.found <= $0 } ?? true }, survey, hazards, parts, steps, asOf)
  let rules = DecisionRules(
    hazards: hazards, activities: survey.activities, requiredDepth: survey.requiredDepth, asOf: asOf,
    reopenings: found.reopenings)

  var result = PartitionResult()
  result.findings = hazardFindings + partFindings + found.findings + wideSpread(survey, hazards)
  result.findings += try strikeFindings(survey, hazards, asOf)
  result.grid = try chooseGrid(survey, hazards)
  var account = SurveyAccount(rules, openFinds: found.openFinds, hasGrid: result.grid != nil)
  try await divide(
    rules, parts, steps, sigmaFactor: survey.sigmaFactor, grid: result.grid, options: options, progress: progress
  ) { finished in
    for feature in finished.features { try emit(feature) }
    account.add(finished.account)
  }
  result.ledger = account.ledger
  result.ledger.unreadHazards = hazardFindings.filter { $0.level == .error }.map(\.place)
  result.findings += account.findings()
  return result
}

/// Runs every job of the rules' hazards, and hands the results over in an order that depends on them alone.
func divide(
  _ rules: DecisionRules, _ parts: [ClaimPart], _ steps: StepStore, sigmaFactor: Double, grid: CoordinateOperation?,
  options: PartitionOptions, progress: (Int, Int) -> Void = { _, _ in }, take: (JobResult) throws -> Void
) async throws {
  let plan = PartitionPlan(
    rules: rules, parts: parts, store: steps, sigmaFactor: sigmaFactor, grid: grid, showsAssured: options.assured,
    effectOrder: effectOrder(of: rules.activities))
  let work = LandRelease.plan(try hazardGroups(rules.hazards), rules.hazards, parts, rules.reopenings)
  var done = 0
  try await inOrder(work, jobs: options.jobs, run: plan.run) { finished in
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

private func chooseGrid(_ survey: FieldSurvey, _ hazards: [PreparedHazard]) throws -> CoordinateOperation? {
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
private func inOrder<Work: Sendable, Output: Sendable>(
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
