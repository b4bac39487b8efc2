import Geometry
import Survey
import Topology

/// A face of the arrangement with what covers it.
struct LabelledFace {
  let polygon: Polygon<LatticePoint>
  let cover: FaceCover
  /// Activities of which a part at home here covers it.
  let homeClaims: [Int]
}

/// Everything that a job draws into its arrangement.
struct JobGrounds {
  let job: Job
  /// Ground of the claim parts, with the activity of each and whether it is at home here.
  var claims: [(activity: Int, isHome: Bool, ground: ClaimGround)] = []
  /// Ground whose faces are all wanted, covered or not.
  var cells: RingSet?

  /// Indices of all hazards, own and foreign, in the order in which they take ground.
  var hazards: [Int] { (job.hazards + job.foreign).sorted() }
  /// Holds the job and the claims at home here.
  var reach: Box<LatticePoint> {
    var reach = job.box
    for claim in claims where claim.isHome { reach.include(claim.ground.nominal.box) }
    return reach
  }
  /// Beyond this a visiting claim is of no interest.
  var limit: Box<LatticePoint> { job.hazards.isEmpty ? reach : job.box }
}

/// Cuts the plane of one job into faces by GEOS and says of each what covers it.
///
/// For `why`, where cells are measured, and where ground reaches over 180 degrees; all else is done by `SortedGround`,
/// whose reference in the tests this is. Everything is noded in one arrangement, so faces share their edges exactly. A face is labelled by one place inside it;
/// snap rounding moves edges by at most half a lattice step, so a face thinner than that may take a neighbour's label:
/// it stays within the budget of two steps, and it is in the account once whatever its label.
func labelledFaces(
  _ grounds: JobGrounds, _ rules: DecisionRules, effectOrder: [Int]
) throws -> [LabelledFace] {
  let job = grounds.job
  let hazards = grounds.hazards
  var lines = hazards.flatMap { rules.hazards[$0].ground.lines() }
  for claim in grounds.claims {
    let limit = claim.isHome ? nil : grounds.limit
    lines += claim.ground.nominal.lines(reaching: limit)
    lines += claim.ground.assured?.inner.lines(reaching: limit) ?? []
    lines += claim.ground.assured?.edge?.lines(reaching: limit) ?? []
  }
  for disc in job.discs { lines += rules.reopenings[disc].disc.lines() }
  lines += grounds.cells?.lines() ?? []
  lines += seams(across: grounds.reach)

  let hazardIndex = hazards.map { ($0, RingIndex(rules.hazards[$0].ground)) }
  let discIndex = job.discs.map { ($0, RingIndex(rules.reopenings[$0].disc)) }
  let cellIndex = grounds.cells.map { RingIndex($0) }
  let claimIndex = grounds.claims.map { claim in
    (
      claim: claim, nominal: RingIndex(claim.ground.nominal),
      inner: claim.ground.assured.map { RingIndex($0.inner) },
      edge: claim.ground.assured?.edge.map { RingIndex($0) }
    )
  }
  return try faces(of: lines).compactMap { face in
    guard let (x, y) = interiorPoint(of: face), abs(x) < RingSet.antimeridian else { return nil }
    var cover = FaceCover()
    cover.hazards = hazardIndex.filter { $0.1.contains(x, y) }.map(\.0)
    cover.discs = discIndex.filter { $0.1.contains(x, y) }.map(\.0)
    var (claims, assured, home): (Set<Int>, Set<Int>, Set<Int>) = ([], [], [])
    for entry in claimIndex where entry.nominal.contains(x, y) {
      claims.insert(entry.claim.activity)
      if entry.claim.isHome { home.insert(entry.claim.activity) }
      if let inner = entry.inner, inner.contains(x, y), !(entry.edge?.contains(x, y) ?? false) {
        assured.insert(entry.claim.activity)
      }
    }
    if let cellIndex {
      guard cellIndex.contains(x, y) else { return nil }
    } else {
      guard !cover.hazards.isEmpty || !home.isEmpty else { return nil }
    }
    let byEffect: (Int, Int) -> Bool = { effectOrder[$0] < effectOrder[$1] }
    cover.claims = claims.sorted(by: byEffect)
    cover.assured = assured.sorted(by: byEffect)
    return LabelledFace(polygon: face, cover: cover, homeClaims: home.sorted(by: byEffect))
  }
}

/// Both ends of the map's seam, as lines across a box that reaches over one of them.
func seams(across box: Box<LatticePoint>) -> [[LatticePoint]] {
  guard box.maxX > RingSet.antimeridian || box.minX < -RingSet.antimeridian else { return [] }
  return [RingSet.antimeridian, -RingSet.antimeridian].map {
    [LatticePoint($0, box.minY - 1), LatticePoint($0, box.maxY + 1)]
  }
}
