import Geometry
import Survey
import Topology

/// Finds whose fade-out is reckoned together: one depth to reach, and the same work that does not count.
struct RequiredGround: Sendable {
  /// In the order of their ids.
  let finds: [Find]
  /// Centimetres; `nil` where neither a hazard nor the survey says, and then no work is deep enough.
  let depth: Double?
  /// Indices of activities that searched the place of the find before it, and missed it.
  let missedBy: Set<Int>
  let polygons: [Polygon<LatticePoint>]
}

/// The ground within the fade-out distance of each find, joined where that changes nothing.
///
/// Finds that nobody missed are joined by the depth they ask for; one that was missed stands alone, since the work that
/// missed it counts round every other find and not round it.
func requiredGround(
  _ finds: [Find], fadeout: Double, _ survey: FieldSurvey, _ hazards: [PreparedHazard], _ parts: [ClaimPart],
  _ store: StepStore
) throws -> [RequiredGround] {
  struct Kind: Hashable {
    var depth: Double?
    var missedBy: Set<Int>
    /// Of a find that was missed.
    var id: String?
  }
  let grounds = hazards.map { FindGround($0.ground) }
  var kinds: [Kind: [Find]] = [:]
  for find in finds {
    let missed = try claims(at: find.position, parts, survey, store).filter {
      survey.activities[$0].claims == .cleared && find.undoes(survey.activities[$0])
    }
    let depths = hazards.indices.filter { grounds[$0].holds(find.position) }
      .map { hazards[$0].hazard.requiredDepth ?? survey.requiredDepth }
    // Where one of them does not say, nobody can say what is deep enough.
    let depth = depths.isEmpty ? survey.requiredDepth : depths.contains(nil) ? nil : depths.compactMap { $0 }.max()
    kinds[Kind(depth: depth, missedBy: Set(missed), id: missed.isEmpty ? nil : find.id), default: []].append(find)
  }
  return try kinds.flatMap { kind, finds in
    try groundRound(finds.sorted { $0.id < $1.id }, fadeout, survey).map { finds, polygons in
      RequiredGround(finds: finds, depth: kind.depth, missedBy: kind.missedBy, polygons: polygons)
    }
  }.sorted {
    // The deepest first: it takes the ground that several ask for.
    (-($0.depth ?? .infinity), $0.finds.first?.id ?? "") < (-($1.depth ?? .infinity), $1.finds.first?.id ?? "")
  }
}

/// The ground within fade-out and k sigma of finds in connected pieces, each with the finds in it.
func groundRound(
  _ finds: [Find], _ fadeout: Double, _ survey: FieldSurvey
) throws -> [(finds: [Find], polygons: [Polygon<LatticePoint>])] {
  // Not as a swath, whose arcs lie inside the circle: what protects people must not be smaller.
  let discs = try finds.flatMap { try disc(round: $0, fadeout, survey).rings.prefix(1).flatMap(cutAtSeam) }
  return try canonical(union(discs, grid: 1)).map { polygon in
    let ground = FindGround(RingSet([polygon]))
    let inside = finds.filter { ground.holds($0.position) }
    // What the map's seam cuts off holds no find: it belongs to those near the seam.
    return (inside.isEmpty ? finds.filter { abs($0.position.longitude) > 179 } : inside, [polygon])
  }
}

/// Ground inside a ring set as valid polygons.
func polygons(of set: RingSet) throws -> [Polygon<LatticePoint>] {
  let index = RingIndex(set)
  let faces = try faces(of: set.lines() + seams(across: set.box)).filter { face in
    interiorPoint(of: face).map { index.contains($0.x, $0.y) && abs($0.x) < RingSet.antimeridian } ?? false
  }
  return canonical(try dissolve(faces))
}
