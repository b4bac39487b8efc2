import Geometry
import Projection
public import Survey

/// Reckons the account of each group of hazards for each day on which something happened to it, and keeps it in a memory.
///
/// Groups whose claims reach each other are looked at together, apart from all others. One with so much work on so many days
/// that this would take long is kept as of the last day only: other days are then reckoned when they are asked for.
public func rememberAccounts(
  _ survey: FieldSurvey, steps: StepStore, in memory: any AccountMemory, jobs: Int = 1,
  progress: (Int, Int) -> Void = { _, _ in }
) async throws {
  let prepared = try PreparedSurvey(survey, steps, asOf: nil)
  let grid = try chooseGrid(survey, prepared.rules.hazards).map(GridProjectors.init)
  let neighbourhoods = try prepared.neighbourhoods()
  var done = 0
  try await inOrder(
    neighbourhoods, jobs: jobs,
    run: { neighbourhood in
      for day in neighbourhood.days(in: prepared) {
        let past = try neighbourhood.prepared(in: prepared, on: day)
        var plan = past.plan
        plan.grid = grid
        for job in try past.jobs() { _ = try plan.account(of: job, memory) }
      }
    },
    { _ in
      done += 1
      progress(done, neighbourhoods.count)
    })
}

/// Groups of hazards that share a claim or a reopening, and all that reaches them.
struct Neighbourhood: Sendable {
  /// Indices in the prepared survey.
  var hazards: [Int] = [], parts: [Int] = [], finds: [Int] = []

  /// Points of work times days; dividing more takes more than some seconds.
  private static let mostPoints = 500_000

  /// The days on which something happened; only the last where it would be too much.
  fileprivate func days(in prepared: PreparedSurvey) -> [CivilDate] {
    var days = Set(finds.map { prepared.finds[$0].found })
    for index in hazards {
      let hazard = prepared.rules.hazards[index].hazard
      days.insert(hazard.recorded)
      days.formUnion(hazard.classChanges.map(\.date))
    }
    var points = 0
    for index in parts {
      let part = prepared.parts[index]
      days.insert(prepared.rules.activities[part.activity].end)
      if case .walked(let runs) = part.source { for run in runs { points += run.count } }
    }
    return Array(days.sorted().suffix(points * days.count > Self.mostPoints ? 1 : days.count))
  }

  fileprivate func prepared(in all: PreparedSurvey, on day: CivilDate) throws -> PreparedSurvey {
    let past = hazards.map { all.rules.hazards[$0] }.filter { $0.hazard.recorded <= day }
      .sorted { takesGroundBefore($0.hazard, $1.hazard, on: day) }
    let parts = parts.map { all.parts[$0] }.filter { all.rules.activities[$0.activity].end <= day }
    let finds = finds.map { all.finds[$0] }.filter { $0.found <= day }
    return try PreparedSurvey(all.survey, all.steps, past, parts, finds: finds, asOf: day)
  }
}

extension PreparedSurvey {
  func neighbourhoods() throws -> [Neighbourhood] {
    let jobs = try jobs()
    var sets = DisjointSets(count: jobs.count)
    var first: [Int: Int] = [:], owner: [Int: Int] = [:], reached: [Int: [Int]] = [:]
    for (index, job) in jobs.enumerated() {
      for part in job.home + job.visiting { sets.join(first[part] ?? index, index); first[part] = first[part] ?? index }
      for hazard in job.hazards { owner[hazard] = index }
      for disc in job.discs { reached[disc, default: []].append(index) }
    }
    for (disc, indices) in reached {
      let places = LatticePlace(rules.reopenings[disc].find.position).copies
      let holders = jobs.indices.filter { job in places.contains { $0.isNear(jobs[job].box) } }
      for other in indices + holders { sets.join(indices[0], other) }
    }
    var members: [Int: [Int]] = [:]
    for index in jobs.indices { members[sets.find(index), default: []].append(index) }
    return members.keys.sorted().map { root in
      var found = Neighbourhood()
      let own = (members[root] ?? []).map { jobs[$0] }
      found.hazards = own.flatMap(\.hazards).sorted()
      found.parts = Set(own.flatMap { $0.home + $0.visiting }).sorted()
      var box = Box<LatticePoint>()
      for job in own { box.include(job.box) }
      // A find that reopens nothing today may have reopened something before it was cleared again.
      let ids = Set(own.flatMap(\.discs).map { rules.reopenings[$0].find.id })
      found.finds = finds.indices.filter {
        ids.contains(finds[$0].id) || LatticePlace(finds[$0].position).copies.contains { $0.isNear(box) }
      }
      return found
    }
  }
}
