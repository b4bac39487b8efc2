import Geometry
import Survey
import Topology

/// A hazard on the lattice, in its place in the order in which hazards take ground.
struct PreparedHazard: Sendable {
  let hazard: Hazard
  let ground: RingSet
  let polygons: [Polygon<LatticePoint>]
}

/// Hazards that touch each other: one planar arrangement.
struct HazardGroup: Sendable {
  /// Indices of hazards, in the order in which they take ground.
  let members: [Int]
  let box: Box<LatticePoint>
}

/// Puts hazards on the lattice, repairs them outwards, and sorts them: CHA before SHA, then earlier recorded, then id.
///
/// A hazard of which nothing is left on the lattice is reported, and cannot take ground.
func prepare(_ hazards: [Hazard]) throws -> (hazards: [PreparedHazard], findings: [Finding]) {
  var (prepared, findings): ([PreparedHazard], [Finding]) = ([], [])
  for hazard in hazards.sorted(by: { takesGroundBefore($0, $1, on: nil) }) {
    var polygons: [Polygon<LatticePoint>] = []
    for drawn in hazard.polygons {
      let area = try drawnArea(drawn, erring: .outwards)
      polygons += area.polygons
      if let repair = area.repair { findings.append(invalidHazard(hazard, repair)) }
    }
    if polygons.isEmpty {
      findings.append(
        Finding(
          "hazard.invalid", .error, at: hazard.place, "hazard \(hazard.id) encloses no ground",
          advice: "draw it with at least three corners that do not lie on one line"))
    } else {
      prepared.append(PreparedHazard(hazard: hazard, ground: RingSet(polygons), polygons: polygons))
    }
  }
  return (prepared, findings)
}

/// By the classes of a day; without a day, those that the hazards have now.
func takesGroundBefore(_ a: Hazard, _ b: Hazard, on day: CivilDate?) -> Bool {
  let rank = { (hazard: Hazard) in
    (day.map { hazard.hazardClass(on: $0) } ?? hazard.hazardClass) == .confirmed ? 0 : 1
  }
  let (first, second) = (rank(a), rank(b))
  return (first, a.recorded, a.id) < (second, b.recorded, b.id)
}

private func invalidHazard(_ hazard: Hazard, _ repair: DrawnArea.Repair) -> Finding {
  Finding(
    "hazard.invalid", .warning, at: hazard.place,
    "hazard \(hazard.id) is not valid (\(repair.reason)); repaired outwards, \(squareMetres(repair.before)) before,"
      + " \(squareMetres(repair.after)) after",
    advice: "check its corners and their order against the turning-point sheet")
}

/// Sorts hazards into groups of which no two come within two lattice steps of each other.
func hazardGroups(_ hazards: [PreparedHazard]) throws -> [HazardGroup] {
  var sets = DisjointSets(count: hazards.count)
  var failure: (any Error)?
  joinOverlapping(hazards.map { $0.ground.box.grown(by: 2) }) { a, b in
    guard failure == nil, sets.find(a) != sets.find(b) else { return }
    do {
      if try areas(hazards[a].polygons, within: 2, of: hazards[b].polygons) { sets.join(a, b) }
    } catch { failure = error }
  }
  if let failure { throw failure }
  var members: [Int: [Int]] = [:]
  for index in hazards.indices { members[sets.find(index), default: []].append(index) }
  return members.keys.sorted().map { root in
    let members = members[root] ?? []
    var box = Box<LatticePoint>()
    for index in members { box.include(hazards[index].ground.box) }
    return HazardGroup(members: members, box: box)
  }
}
