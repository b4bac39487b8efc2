import Geometry
import Projection
import Survey

/// A find in released ground, and the disc that it puts back into what remains.
struct Reopening: Sendable {
  let find: Find
  let disc: RingSet
  /// Indices of the activities whose releases fall inside the disc.
  let undone: Set<Int>
}

extension Find {
  /// Whether a claim took effect before the find. Work that had ended cannot have made it, whatever the record names.
  func undoes(_ activity: Activity) -> Bool { activity.end < found }
}

/// Finds that lie in ground released before them.
///
/// A find lies where it is recorded, whatever its sigma; what is on the edge of ground lies in it (`FindGround`).
///
/// Without a fade-out distance nothing is assumed: such a find stays open, and the account does not close. `missed` are all of
/// these finds, with the indices of the activities that had released their places.
func reopenings(
  _ finds: [Find], _ survey: FieldSurvey, _ hazards: [PreparedHazard], _ parts: [ClaimPart], _ store: StepStore,
  _ asOf: CivilDate?
) throws -> (
  reopenings: [Reopening], openFinds: [String], missed: [(find: Find, by: [Int])], findings: [Finding]
) {
  let rules = DecisionRules(
    hazards: hazards, activities: survey.activities, requiredDepth: survey.requiredDepth, asOf: asOf, reopenings: [])
  var (found, open, findings): ([Reopening], [String], [Finding]) = ([], [], [])
  var missed: [(find: Find, by: [Int])] = []
  let nearHazards = boxesNear(finds, hazards.map(\.ground.box))
  let nearParts = boxesNear(finds, parts.map(\.box))
  // Of no other hazard: it takes as much memory as its boundary.
  let grounds = Dictionary(
    uniqueKeysWithValues: Set(nearHazards.joined()).map { ($0, FindGround(hazards[$0].ground)) })
  for (index, find) in finds.enumerated() {
    let covering = nearHazards[index].filter { grounds[$0]?.holds(find.position) ?? false }
    if covering.isEmpty {
      findings.append(
        Finding(
          "find.outside-hazard", .warning, at: find.place, "find \(find.id) lies outside every recorded hazard",
          advice: "record a hazard round it, or check its position"))
    }
    if let recorded = covering.map({ hazards[$0].hazard.recorded }).min(),
      find.found.daysSinceEpoch < recorded.daysSinceEpoch - 365, find.found.year >= Find.firstYear
    {
      findings.append(
        Finding(
          "find.date", .warning, at: find.place,
          "find \(find.id) is dated \(find.found), over a year before the hazard round it was recorded on \(recorded)",
          advice: "compare with the record: a find reopens what was released before it"))
    }
    let claims = try claims(at: find.position, nearParts[index].map { parts[$0] }, survey, store)
    let releasers = claims.filter { activity in
      find.undoes(survey.activities[activity])
        && covering.contains { rules.effect(of: activity, on: $0) == .releases }
    }
    guard !releasers.isEmpty else { continue }
    missed.append((find, releasers))
    let names = releasers.map { survey.activities[$0].id }.joined(separator: ", ")
    findings.append(
      Finding(
        "find.in-released", .warning, at: find.place, "find \(find.id) lies in ground released by \(names) before it",
        advice: "ask how it was missed, and check what else \(names) released"))
    guard let fadeout = survey.fadeout else {
      open.append(find.id)
      findings.append(
        Finding(
          "find.no-fadeout", .error, at: find.place,
          "find \(find.id) reopens released ground, and the survey gives no fade-out distance",
          advice:
            "set fadeout_m under [survey] to the national standard's distance; until then the ledger does not close"))
      continue
    }
    let undone = survey.activities.indices.filter { find.undoes(survey.activities[$0]) }
    found.append(
      Reopening(find: find, disc: try disc(round: find, fadeout, survey), undone: Set(undone)))
  }
  return (found, open, missed, findings)
}

/// The ground within the fade-out distance and k sigma of a find, never smaller; throws past `FieldSurvey.mostReach`.
func disc(round find: Find, _ fadeout: Double, _ survey: FieldSurvey) throws -> RingSet {
  let radius = fadeout + survey.sigmaFactor * find.usedSigma
  guard radius <= FieldSurvey.mostReach else {
    throw LandReleaseError.arrangement("a disc of \(radius) m cannot be drawn")
  }
  return try circumscribedDisc(at: find.position, radius: radius)
}

/// Indices of activities whose nominal ground holds a find's position or has it on its edge, asked of the steps and polygons themselves.
func claims(
  at position: Geographic, _ parts: [ClaimPart], _ survey: FieldSurvey, _ store: StepStore
) throws -> [Int] {
  let copies = LatticePlace(position).copies
  let candidates = try parts.filter { part in
    switch part.source {
    case .drawn(let polygons):
      let set = RingSet(polygons)
      return copies.contains { $0.isNear(set.box) } && FindGround(set).holds(position)
    case .walked(let runs):
      guard copies.contains(where: { $0.isNear(part.box) }) else { return false }
      let radius = (survey.activities[part.activity].swathWidth ?? 0) / 2 + FindGround.edge
      return try runs.contains { run in
        // The degrees of longitude in a metre grow towards the poles.
        let scale = LocalScale(latitude: position.latitude)
        let box = run.box.grown(
          byX: 2 * radius / max(scale.metresPerLongitude, 1e-3), y: 2 * radius / scale.metresPerLatitude)
        let isNear = [0.0, -360, 360].contains {
          box.contains(Geographic(position.longitude + $0, position.latitude))
        }
        return try isNear && walked(store.points(of: run).map(\.position), passWithin: radius, of: position)
      }
    }
  }
  return Set(candidates.map(\.activity)).sorted()
}

/// A plane decides where it is sure; a frame, which takes a thousand times as long to make, where it is not.
private func walked(_ points: [Geographic], passWithin radius: Double, of position: Geographic) throws -> Bool {
  if let passes = surelyWalked(points, passWithin: radius, of: position) { return passes }
  let frame = try LocalFrame.open(at: position)
  let places = try frame.project(points)
  return zip(places, places.dropFirst()).contains { a, b in
    Capsule(from: a, to: b, radius: radius).contains(0, 0)
  }
}

/// The same by a plane of metres; `nil` where that does not tell.
///
/// At D metres from its origin a plane of constant scale is out by less than D² tan φ / R, by which a degree of longitude
/// shrinks towards the poles: up to 70 degrees by less than D² / 2 000 km. Twice that is allowed for.
private func surelyWalked(_ points: [Geographic], passWithin radius: Double, of position: Geographic) -> Bool? {
  guard abs(position.latitude) < 70 else { return nil }
  let plane = Plane(at: position)
  let here = Projected(0, 0)
  let places = points.map { plane.place($0) }
  var isSure = true
  for (a, b) in zip(places, places.dropFirst()) {
    let far = max(plane.distance(here, a), plane.distance(here, b))
    let (away, doubt) = (distance(here, a, b), 1e-6 * (far * far + 1))
    if away + doubt < radius { return true }
    if away - doubt < radius { isSure = false }
  }
  return isSure ? false : nil
}
