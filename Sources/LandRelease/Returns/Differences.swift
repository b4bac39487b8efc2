public import Geometry
import Projection
public import Survey

/// Ground whose state is not the same on two days, or that remains of another hazard or class.
public struct Difference: Sendable {
  /// What is recorded of ground on a day.
  public struct State: Sendable {
    public let layer: LandState
    public let hazard: Hazard
    /// On that day.
    public let hazardClass: HazardClass
    /// What released it, in the order of effect; empty where it remains.
    public let activities: [Activity]
    /// Ids of the finds that put it back.
    public let reopenedBy: [String]
  }

  /// `nil` where no recorded hazard held the ground.
  public let before, after: State?
  /// On the output lattice.
  public let polygons: [Polygon<LatticePoint>]
  /// Square metres on the ellipsoid.
  public let area: Double
}

/// The ground whose state changed, or the hazard or class it remains of, from the evening of one day to that of a later one, read off one
/// arrangement. `emit` receives it hazard by hazard. Returns the ids of finds that reopen ground, nobody says how much.
public func differences(
  _ survey: FieldSurvey, steps: StepStore, from: CivilDate, to: CivilDate, assured: Bool = false, jobs: Int = 1,
  emit: (Difference) throws -> Void
) async throws -> [String] {
  let prepared = try PreparedSurvey(survey, steps, asOf: to)
  let plan = prepared.plan
  try await inOrder(
    try prepared.jobs().filter { !$0.hazards.isEmpty }, jobs: jobs,
    run: { try plan.differences(in: $0, from: from, to: to, assured: assured) },
    { differences in for difference in differences { try emit(difference) } })
  return prepared.openFinds
}

extension PartitionPlan {
  /// What a face was and is. Work that is done again on released ground changes nothing, nor does its hazard's class.
  private struct Change: Hashable {
    var before, after: FaceState?
    var classBefore, classAfter: HazardClass?

    var matters: Bool {
      if before?.state != after?.state { return true }
      return after?.state == .remaining && (before?.owner != after?.owner || classBefore != classAfter)
    }
  }

  fileprivate func differences(
    in job: Job, from: CivilDate, to: CivilDate, assured: Bool
  ) throws -> [Difference] {
    let own = Set(job.hazards)
    let sorted = try SortedGround(try grounds(of: job), rules, effectOrder: effectOrder)
    let changes: [Change?] = sorted.grounds.map { ground in
      guard ground.cover.hazards.contains(where: own.contains) else { return nil }
      let claims = assured ? ground.cover.assured : ground.cover.claims
      let states = [from, to].map { rules.decide(ground.cover, claims: claims, on: $0) }
      let change = Change(
        before: states[0], after: states[1], classBefore: states[0].map { classOf($0, on: from) },
        classAfter: states[1].map { classOf($0, on: to) })
      return change.matters ? change : nil
    }
    return try sorted.polygons(by: changes).map { change, polygons in
      let polygons = canonical(polygons)
      return Difference(
        before: change.before.map { state($0, on: from) }, after: change.after.map { state($0, on: to) },
        polygons: polygons, area: polygons.reduce(0) { $0 + $1.ellipsoidalArea })
    }.sorted(by: comesBefore)
  }

  private func classOf(_ state: FaceState, on day: CivilDate) -> HazardClass {
    rules.hazards[state.owner].hazard.hazardClass(on: day)
  }

  private func state(_ state: FaceState, on day: CivilDate) -> Difference.State {
    Difference.State(
      layer: state.state, hazard: rules.hazards[state.owner].hazard, hazardClass: classOf(state, on: day),
      activities: state.releasedBy.map { rules.activities[$0] }, reopenedBy: state.reopenedBy)
  }

  /// By hazard, then by where the ground begins: no two differences share a corner to begin with but by touching.
  private func comesBefore(_ a: Difference, _ b: Difference) -> Bool {
    let key = { (difference: Difference) in
      (
        difference.after?.hazard.id ?? "", difference.before?.layer.rawValue ?? "",
        difference.after?.layer.rawValue ?? ""
      )
    }
    if key(a) != key(b) { return key(a) < key(b) }
    let corners = { (difference: Difference) in difference.polygons.first?.outer.corners ?? [] }
    return corners(a).lexicographicallyPrecedes(corners(b))
  }
}
