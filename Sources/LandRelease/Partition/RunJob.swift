import Geometry
import Projection
import Survey
import Topology

struct JobResult: Sendable {
  var features: [ReleaseFeature] = []
  var account = JobAccount()
  /// What came and went in the plan's period, nominal and assured.
  var nominal, assured: Movements?
}

/// What every job needs to know, and nothing that changes.
struct PartitionPlan: Sendable {
  let rules: DecisionRules
  let parts: [ClaimPart]
  let store: StepStore
  let sigmaFactor: Double
  var grid: GridProjectors?
  /// Whether features show the assured reckoning instead of the nominal one.
  let showsAssured: Bool
  /// Position of each activity in the order of effect: by end, then by id.
  let effectOrder: [Int]
  /// The days of a return, if one is asked for.
  var period: ClosedRange<CivilDate>?
  /// Whether accounts tell the days of each activity.
  var tellsDays = false

  /// The parts that reach a job, and whether each is at home there, in the order of effect: noding is not to see in which
  /// order activities are listed.
  func parts(of job: Job) -> [(part: Int, isHome: Bool)] {
    (job.home.map { ($0, true) } + job.visiting.map { ($0, false) })
      .sorted { (effectOrder[parts[$0.0].activity], $0.0) < (effectOrder[parts[$1.0].activity], $1.0) }
  }

  /// The ground of every claim that reaches a job.
  func grounds(of job: Job) throws -> JobGrounds {
    var grounds = JobGrounds(job: job)
    for (part, isHome) in parts(of: job) {
      let activity = parts[part].activity
      let ground = try parts[part].ground(rules.activities[activity], in: store, sigmaFactor: sigmaFactor)
      grounds.claims.append((activity, isHome, ground))
    }
    return grounds
  }

  func run(_ job: Job) throws -> JobResult {
    let grounds = try grounds(of: job)
    let own = Set(job.hazards)
    let sorted = try SortedGround(grounds, rules, effectOrder: effectOrder)
    var result = JobResult()
    (result.nominal, result.assured) = (period.map { Movements($0) }, period.map { Movements($0) })
    var shown: [FaceState?] = []
    var sure: [FaceState: Double] = [:]
    for ground in sorted.grounds {
      shown.append(nil)
      // Ground of a hazard of another group is decided there.
      guard ground.cover.hazards.isEmpty || ground.cover.hazards.contains(where: own.contains) else { continue }
      let nominal = rules.decide(ground.cover, claims: ground.cover.claims)
      let assured = rules.decide(ground.cover, claims: ground.cover.assured)
      result.account.add(ground, nominal: nominal, assured: assured, rules)
      result.nominal?.add(ground.cover, claims: ground.cover.claims, area: ground.area, rules)
      result.assured?.add(ground.cover, claims: ground.cover.assured, area: ground.area, rules)
      guard let nominal, let assured else { continue }
      let state = showsAssured ? assured : nominal
      shown[shown.count - 1] = state
      if nominal.state == assured.state { sure[state, default: 0] += ground.area }
    }
    if tellsDays { result.account.days = try days(of: job, grounds, sorted) }
    let recorded = try united(job.hazards.flatMap { rules.hazards[$0].polygons })
    result.account.recorded = recorded.reduce(0) { $0 + $1.ellipsoidalArea }
    result.account.boundary = recorded.reduce(0) { $0 + boundaryLength(of: $1) }
    try appendFeatures(try sorted.polygons(by: shown), sure, to: &result)
    return result
  }

  private func appendFeatures(
    _ sorted: [FaceState: [Polygon<LatticePoint>]], _ sure: [FaceState: Double], to result: inout JobResult
  ) throws {
    var gridSums = Amounts()
    let states = sorted.keys.sorted(by: comesBefore)
    let grounds = states.map { canonical(sorted[$0] ?? []) }
    let gridAreas = try grid?.areas(of: grounds)
    for (index, (state, polygons)) in zip(states, grounds).enumerated() {
      let gridArea = gridAreas?[index]
      gridSums.add(gridArea ?? 0, to: state.state, searched: state.isSearched(rules))
      let activities = state.releasedBy.map { rules.activities[$0] }
      let saysAccuracy = activities.contains { $0.geometry == .track || $0.sigma != nil }
      result.features.append(
        ReleaseFeature(
          layer: state.state, hazard: rules.hazards[state.owner].hazard, polygons: polygons,
          area: polygons.reduce(0) { $0 + $1.ellipsoidalArea }, gridArea: gridArea, activities: activities,
          assuredArea: saysAccuracy ? sure[state] ?? 0 : nil, isShallow: state.isShallow,
          reopenedBy: state.reopenedBy))
    }
    result.account.grid = grid == nil ? nil : gridSums
  }

  private func comesBefore(_ a: FaceState, _ b: FaceState) -> Bool {
    let order: (FaceState) -> (Int, Int, Int) = {
      ($0.owner, LandState.allCases.firstIndex(of: $0.state) ?? 0, $0.isShallow ? 1 : 0)
    }
    if order(a) != order(b) { return order(a) < order(b) }
    if a.releasedBy != b.releasedBy {
      // Not by index: the order in which activities are listed changes nothing.
      return a.releasedBy.map { effectOrder[$0] }.lexicographicallyPrecedes(b.releasedBy.map { effectOrder[$0] })
    }
    return a.reopenedBy.lexicographicallyPrecedes(b.reopenedBy)
  }
}

/// Metres of edges, outer and inner.
private func boundaryLength(of polygon: Polygon<LatticePoint>) -> Double {
  let scale = LocalScale(latitude: polygon.box.center.position.latitude)
  return polygon.rings.reduce(0) { sum, ring in
    zip(ring.corners, ring.corners.dropFirst() + ring.corners.prefix(1))
      .reduce(sum) { $0 + scale.distance($1.0.position, $1.1.position) }
  }
}

/// The same polygons, each ring begun at its least corner and the polygons sorted: equal ground gives equal bytes.
func canonical(_ polygons: [Polygon<LatticePoint>]) -> [Polygon<LatticePoint>] {
  polygons.map { polygon in
    Polygon(canonical(polygon.outer), holes: polygon.holes.map(canonical).sorted(by: precedes))
  }.sorted { precedes($0.outer, $1.outer) }
}

private func precedes(_ a: Ring<LatticePoint>, _ b: Ring<LatticePoint>) -> Bool {
  a.corners.lexicographicallyPrecedes(b.corners)
}

private func canonical(_ ring: Ring<LatticePoint>) -> Ring<LatticePoint> {
  let corners = ring.twiceSignedArea < 0 ? ring.corners.reversed() : ring.corners
  guard let first = corners.indices.min(by: { corners[$0] < corners[$1] }) else { return ring }
  return (try? Ring(Array(corners[first...] + corners[..<first]))) ?? ring
}
