import Geometry
import Projection
import Survey

/// All that the account of a job rests on: the ground of its hazards, claims and reopenings, and the rules that apply.
///
/// Hazards and activities stand in it by their position, not by their names or their places in the survey: the same ground
/// and the same work have the same key whatever else the survey holds.
struct JobKey {
  /// Indices of hazards, those of the job first, and of activities in the order of their effect.
  let hazards, activities: [Int]
  private(set) var bytes: [UInt8] = []

  /// Changed whenever the reckoning changes, so that what an older Razmin remembered is not recalled.
  private static let reckoning = "razmin 0.1.0 account 4"

  init(_ job: Job, _ plan: PartitionPlan) throws {
    let parts = plan.parts(of: job)
    let members = Set(parts.map { plan.parts[$0.part].activity })
    hazards = job.hazards + job.foreign
    activities = members.sorted { plan.effectOrder[$0] < plan.effectOrder[$1] }
    add(Self.reckoning)
    add(plan.sigmaFactor)
    add(plan.rules.requiredDepth)
    add(plan.grid.map { "\($0.choice.code) \($0.choice.target.definition)" } ?? "")
    add(job.hazards.count)
    add(hazards.count)
    for index in hazards { add(plan.rules.hazards[index]) }
    add(activities.count)
    for index in activities { add(plan.rules.activities[index]) }
    add(parts.count)
    for (part, isHome) in parts { try add(plan.parts[part], isHome, plan.store) }
    add(job.discs.count)
    for disc in job.discs {
      let reopening = plan.rules.reopenings[disc]
      add(reopening.disc)
      for activity in activities { add(reopening.undone.contains(activity) ? 1 : 0) }
    }
  }

  private mutating func add(_ number: Int) { add(bits: UInt64(bitPattern: Int64(number))) }
  private mutating func add(_ number: Double) { add(bits: number.bitPattern) }
  private mutating func add(_ number: Double?) {
    add(number == nil ? 0 : 1)
    add(number ?? 0)
  }
  private mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += Array(text.utf8)
  }
  private mutating func add(bits: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
  }

  private mutating func add(_ hazard: PreparedHazard) {
    add(hazard.hazard.recorded.daysSinceEpoch)
    add(hazard.hazard.requiredDepth)
    add(hazard.polygons)
  }

  private mutating func add(_ activity: Activity) {
    add(activity.kind.rawValue)
    add(activity.claims.rawValue)
    add(activity.end.daysSinceEpoch)
    add(activity.depth)
    add(activity.searched == true ? 1 : 0)
    add(activity.swathWidth)
    add(activity.sigma)
  }

  private mutating func add(_ part: ClaimPart, _ isHome: Bool, _ store: StepStore) throws {
    add(isHome ? 1 : 0)
    add(activities.firstIndex(of: part.activity) ?? -1)
    switch part.source {
    case .drawn(let polygons): add(polygons)
    case .walked(let runs):
      add(-runs.count)
      for run in runs {
        if let seal = run.seal {
          add(seal)
          continue
        }
        let points = try store.points(of: run)
        add(points.count)
        for point in points {
          add(point.position.longitude)
          add(point.position.latitude)
          add(point.sigma)
        }
      }
    }
  }

  private mutating func add(_ polygons: [Polygon<LatticePoint>]) {
    add(polygons.count)
    for polygon in polygons {
      add(polygon.rings.count)
      for ring in polygon.rings { add(ring.corners) }
    }
  }

  private mutating func add(_ set: RingSet) {
    add(set.rings.count)
    for ring in set.rings { add(ring) }
  }

  private mutating func add(_ corners: [LatticePoint]) {
    add(corners.count)
    for corner in corners {
      add(corner.x)
      add(corner.y)
    }
  }
}
