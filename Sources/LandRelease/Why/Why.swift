public import Geometry
import Projection
public import Survey
import Topology

/// Says of one place what a survey records: its state, since when and by what, and what else touched it.
///
/// The state is read off an arrangement of the lines that `partition` lays over each other; the two may put an edge half a
/// lattice step apart, which is less than the ground is closed by. Ground is closed: where
/// pieces meet, the place is in each of them, and its state is the least released one. Work and finds are listed within
/// `reach` metres.
public func why(
  _ survey: FieldSurvey, steps: StepStore, at position: Geographic, asOf: CivilDate? = nil, reach: Double = 25
) throws -> WhyAnswer {
  let prepared = try PreparedSurvey(survey, steps, asOf: asOf)
  let (rules, parts, finds) = (prepared.rules, prepared.parts, prepared.finds)

  var answer = WhyAnswer(position: position)
  let covers = try covers(of: position, prepared)
  answer.hazards = Set(covers.flatMap(\.hazards)).sorted().map { rules.hazards[$0].hazard }
  let (cover, nominal) = rules.leastReleased(of: covers, claims: \.claims)
  let (sureCover, assured) = rules.leastReleased(of: covers, claims: \.assured)
  answer.nominal = nominal.map { rules.state($0, cover, cover.claims, finds) }
  answer.assured = assured.map { rules.state($0, sureCover, sureCover.assured, finds) }
  for (index, activity) in survey.activities.enumerated() where asOf.map({ activity.end <= $0 }) ?? true {
    var work = WhyAnswer.Work(activity: activity)
    work.holds = cover.claims.contains(index)
    work.isSure = work.holds && sureCover.assured.contains(index)
    if let nominal, work.holds { work.effect = rules.told(index, on: nominal.owner, cover.discs) }
    for part in parts where part.activity == index { try approach(position, part, steps, &work) }
    if work.holds || work.distance <= reach { answer.works.append(work) }
  }
  let rank = { (work: WhyAnswer.Work) in (work.holds ? 0 : 1, work.distance, work.activity.id) }
  answer.works.sort { rank($0) < rank($1) }
  let near = survey.fadeout.map { max($0, reach) } ?? reach
  // An item lies where it was recorded, give or take k sigma.
  answer.finds = finds.map { ($0, position.distance(to: $0.position)) }
    .filter { find, distance in distance <= near + survey.sigmaFactor * find.usedSigma }
    .sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
  answer.spotTasks = survey.spotTasks.filter { $0.isOpen(asOf: asOf) }
    .map { ($0, position.distance(to: $0.position)) }
    .filter { task, distance in distance <= near + survey.sigmaFactor * task.usedSigma }
    .sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
  return answer
}

/// What covers a place, by the arrangement of the hazards and claims round it: of every piece of hazard that holds it or
/// has it on its edge. 180 degrees west is 180 degrees east.
private func covers(of position: Geographic, _ prepared: PreparedSurvey) throws -> [FaceCover] {
  let (place, turn) = (LatticePoint(nearest: position), 2 * Int(RingSet.antimeridian))
  let copies = [0, turn, -turn].map { LatticePoint(x: place.x + $0, y: place.y) }
  let plan = prepared.plan
  var found: [FaceCover] = []
  for job in try prepared.jobs() where !job.hazards.isEmpty {
    let here = copies.filter { Box([$0]).grown(by: LabelledFace.edge).intersects(job.box) }
    if here.isEmpty { continue }
    for face in try labelledFaces(try plan.grounds(of: job), plan.rules, effectOrder: plan.effectOrder)
    where face.cover.hazards.contains(where: job.hazards.contains) && here.contains(where: face.holds) {
      found.append(face.cover)
    }
  }
  return found
}

extension LabelledFace {
  /// Lattice steps round a place within which an edge passes it: half a diagonal for the place that was rounded, half a
  /// step for the edge that was noded.
  fileprivate static let edge = 1.25

  fileprivate func holds(_ place: LatticePoint) -> Bool {
    guard Box([place]).grown(by: Self.edge).intersects(polygon.box) else { return false }
    let set = RingSet([polygon])
    // Half-way between the rows that corners lie in; what that leaves out or takes in beside the edge is on the edge.
    if RingIndex(set).contains(place.first + 0.25, place.second + 0.5) { return true }
    let steps = { (corner: LatticePoint) in Projected(corner.first - place.first, corner.second - place.second) }
    return set.rings.contains { ring in
      zip(ring, ring.dropFirst() + ring.prefix(1)).contains { a, b in
        distance(Projected(0, 0), steps(a), steps(b)) <= Self.edge
      }
    }
  }
}

extension DecisionRules {
  /// Of the pieces that meet in a place the least released, and of these the first hazard's; nothing where there is none.
  fileprivate func leastReleased(
    of covers: [FaceCover], claims: KeyPath<FaceCover, [Int]>
  ) -> (FaceCover, FaceState?) {
    let order: [LandState] = [.remaining, .cancelled, .reduced, .cleared]
    let rank = { (state: FaceState) in (order.firstIndex(of: state.state) ?? 0, state.owner) }
    let states = covers.compactMap { cover in decide(cover, claims: cover[keyPath: claims]).map { (cover, $0) } }
    return states.min { rank($0.1) < rank($1.1) } ?? (FaceCover(), nil)
  }

  /// Ground is released since the last of its hazards was: for each of them by the first work that stands.
  fileprivate func state(
    _ state: FaceState, _ cover: FaceCover, _ claims: [Int], _ finds: [Find]
  ) -> WhyAnswer.State {
    let owner = hazards[state.owner].hazard
    let activities = state.releasedBy.map { self.activities[$0] }
    let reopened = finds.filter { state.reopenedBy.contains($0.id) }.map(\.found)
    let released = cover.hazards.compactMap { hazard in
      claims.filter { stands($0, on: hazard, cover.discs) }.map { self.activities[$0].end }.min()
    }
    return WhyAnswer.State(
      layer: state.state, hazard: owner, activities: activities,
      since: (activities.isEmpty ? nil : released.max()) ?? (reopened + [owner.recorded]).max() ?? owner.recorded,
      isShallow: state.isShallow, reopenedBy: state.reopenedBy)
  }

  fileprivate func told(_ activity: Int, on hazard: Int, _ discs: [Int]) -> WhyAnswer.Effect? {
    switch effect(of: activity, on: hazard) {
    case .shallow: return .tooShallow
    case .kindMayNot: return .kindMayNot
    case .beforeHazard: return .beforeHazard
    case .later: return nil
    case .releases:
      let finds = discs.filter { reopenings[$0].undone.contains(activity) }.map { reopenings[$0].find.id }
      return finds.isEmpty ? .releases : .undone(by: finds)
    }
  }
}

/// Takes in how near a part of an activity's ground comes.
func approach(
  _ position: Geographic, _ part: ClaimPart, _ store: StepStore, _ work: inout WhyAnswer.Work
) throws {
  let plane = Plane(at: position)
  let here = Projected(0, 0)
  guard plane.distance(here, here, box: part.box) <= min(work.distance, 1_000) else { return }
  switch part.source {
  case .drawn(let polygons):
    for ring in polygons.flatMap(\.rings) {
      let places = ring.corners.map { plane.place($0.position) }
      for (p, q) in zip(places, places.dropFirst() + places.prefix(1)) {
        work.distance = min(work.distance, distance(here, p, q))
      }
    }
  case .walked(let runs):
    for run in runs where plane.distance(here, here, box: run.box) <= work.distance {
      let points = try store.points(of: run)
      let places = points.map { plane.place($0.position) }
      for (p, q) in zip(places, places.dropFirst()) { work.distance = min(work.distance, distance(here, p, q)) }
      for (point, place) in zip(points, places) {
        let away = plane.distance(here, place)
        guard away < work.fix?.distance ?? .infinity else { continue }
        work.fix = WhyAnswer.NearestFix(log: run.log, line: point.line, distance: away, sigma: point.sigma)
      }
    }
  }
}
