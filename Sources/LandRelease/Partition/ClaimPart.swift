import Geometry
import Survey
import Topology

/// A connected piece of one activity's ground. What two parts of an activity claim does not overlap.
struct ClaimPart: Sendable {
  enum Source: Sendable {
    case walked([Run])
    case drawn([Polygon<LatticePoint>])
  }
  /// Index of the activity.
  let activity: Int
  let source: Source
  /// Holds the nominal ground.
  let box: Box<LatticePoint>
}

/// Every activity's ground in parts, and the repairs that drawn ones needed.
///
/// Activities later than `asOf` claim nothing yet, and are left out.
func claimParts(
  of activities: [Activity], walkedIn store: StepStore, asOf: CivilDate?
) throws -> (parts: [ClaimPart], findings: [Finding]) {
  var (parts, findings): ([ClaimPart], [Finding]) = ([], [])
  let runs = Dictionary(grouping: store.runs, by: \.activity)
  for (index, activity) in activities.enumerated() {
    if let asOf, activity.end > asOf { continue }
    if activity.geometry == .track, let width = activity.swathWidth {
      for part in walkedParts(runs[index] ?? [], activity: index, radius: width / 2) {
        parts.append(ClaimPart(activity: index, source: .walked(part.runs), box: latticeBox(part.box)))
      }
    }
    var drawn: [Polygon<LatticePoint>] = []
    for polygon in activity.polygons {
      let area = try drawnArea(polygon, erring: .inwards)
      drawn += area.polygons
      if let repair = area.repair { findings.append(invalidClaim(activity, repair)) }
    }
    parts += drawnParts(drawn, activity: index)
  }
  return (parts, findings)
}

/// Drawn polygons sorted into parts by overlapping boxes.
private func drawnParts(_ polygons: [Polygon<LatticePoint>], activity: Int) -> [ClaimPart] {
  var sets = DisjointSets(count: polygons.count)
  joinOverlapping(polygons.map(\.box)) { sets.join($0, $1) }
  var members: [Int: [Polygon<LatticePoint>]] = [:]
  for index in polygons.indices { members[sets.find(index), default: []].append(polygons[index]) }
  return members.keys.sorted().map { root in
    let polygons = members[root] ?? []
    var box = Box<LatticePoint>()
    for polygon in polygons { box.include(polygon.box) }
    return ClaimPart(activity: activity, source: .drawn(polygons), box: box)
  }
}

/// A box in degrees as one on the lattice; one that passes 180 degrees goes round the Earth.
private func latticeBox(_ box: Box<Geographic>) -> Box<LatticePoint> {
  let crosses = box.maxX > 180 || box.minX < -180
  let (west, east) = crosses ? (-180, 180) : (box.minX, box.maxX)
  return Box([LatticePoint(nearest: Geographic(west, box.minY)), LatticePoint(nearest: Geographic(east, box.maxY))])
    .grown(by: 1)
}

private func invalidClaim(_ activity: Activity, _ repair: DrawnArea.Repair) -> Finding {
  Finding(
    "claim.invalid", .warning, at: activity.place,
    "a polygon of activity \(activity.id) is not valid (\(repair.reason)); repaired inwards,"
      + " \(squareMetres(repair.before)) before, \(squareMetres(repair.after)) after",
    advice: "check its corners and their order, or walk the perimeter again")
}

extension ClaimPart {
  func ground(_ activity: Activity, in store: StepStore, sigmaFactor: Double) throws -> ClaimGround {
    switch source {
    case .walked(let runs):
      try walkedGround(runs, in: store, radius: (activity.swathWidth ?? 0) / 2, sigmaFactor: sigmaFactor)
    case .drawn(let polygons):
      try drawnGround(polygons, sigma: activity.sigma, sigmaFactor: sigmaFactor)
    }
  }
}
