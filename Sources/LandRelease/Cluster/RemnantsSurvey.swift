public import Geometry
public import Projection
public import Survey
import Topology

/// A cluster munition remnants survey (IMAS 08.20): from evidence outwards over boxes, until the edge of each footprint.
public struct RemnantsSurvey: Sendable {
  public let footprints: [Footprint]
  /// Finds of other categories, which are no evidence here.
  public let others: [Find]
  /// From WGS 84 to the grid; `nil` without evidence.
  public let operation: CoordinateOperation?
  public let findings: [Finding]
  public var isEdgeReached: Bool { footprints.allSatisfy(\.isEdgeReached) }

  /// Connected required boxes, and the confirmed hazardous area that is proposed from the evidence in them.
  public struct Footprint: Sendable {
    /// By id.
    public let evidence: [Find]
    /// Those whose footprint holds some of the evidence, by id.
    public let strikes: [Strike]
    /// From south to north, then from west to east.
    public let boxes: [RequiredBox]
    /// The boxes with evidence and the fade-out ground of all of it.
    public let proposed: [Polygon<LatticePoint>]
    /// Square metres of that on the ellipsoid, and of its part outside every recorded hazard.
    public let area, outside: Double
    public var isEdgeReached: Bool { boxes.allSatisfy(\.isSearched) }
  }

  public struct RequiredBox: Sendable {
    /// Without the work that missed evidence whose fade-out reaches the box.
    public let measure: BoxMeasure
    /// Metres to the nearest evidence, 0 where it lies in the box.
    public let distance: Double
    public let isSearched: Bool
    public var hasEvidence: Bool { distance == 0 }
    /// Of the boxes still to be searched in the survey, the nearest to evidence is 1.
    public internal(set) var order: Int?
  }
}

/// A figure of the national programme that a remnants survey needs, and the survey does not give.
public enum NoRemnantsFigure: Error, Hashable, Sendable {
  /// `fadeout_m`
  case distance(evidence: Int)
  /// `searched_percent`
  case percent
}

/// Works outwards from evidence over the boxes of a survey's grid.
///
/// Required is every box that comes within the fade-out distance and k sigma of evidence. It is searched where its assured
/// percent is no less than the survey's, counted without activities that missed evidence reaching the box. One more find
/// never shrinks what is required, one more search never grows what is next. Throws `NoRemnantsFigure` and `GridRefused`.
public func remnantsSurvey(
  _ survey: FieldSurvey, steps: StepStore, asOf: CivilDate? = nil
) throws -> RemnantsSurvey {
  var ground = try CellGround(survey, steps: steps, asOf: asOf)
  let evidence = ground.finds.filter(\.isClusterEvidence)
  let others = ground.finds.filter { !$0.isClusterEvidence }
  guard !evidence.isEmpty else {
    return RemnantsSurvey(footprints: [], others: others, operation: nil, findings: ground.findings)
  }
  guard let fadeout = survey.fadeout else { throw NoRemnantsFigure.distance(evidence: evidence.count) }
  guard let grid = survey.boxes else {
    throw GridRefused("grid.box", "the survey gives no size of its boxes: set box_m under [grid]")
  }
  guard let percent = grid.searchedPercent else { throw NoRemnantsFigure.percent }
  let hazards = ground.rules.hazards
  let lattice = try BoxLattice.open(
    survey, box: grid.box, over: hazards.isEmpty ? Box(evidence.map(\.position)) : extent(of: hazards))
  let required = try RequiredBoxes(round: evidence, fadeout: fadeout, survey, lattice)
  let missedBy = try evidence.map { find in
    Set(
      try claims(at: find.position, ground.plan.parts, survey, steps).filter {
        find.undoes(survey.activities[$0])
      })
  }
  let missed = required.evidence.mapValues { $0.reduce(into: Set<Int>()) { $0.formUnion(missedBy[$1]) } }
  let finds = try lattice.boxes(of: ground.finds)
  let rules = ground.rules
  var boxes: [GridBox: RemnantsSurvey.RequiredBox] = [:]
  try ground.measure(required.distances.keys, lattice) {
    !(missed[$1]?.contains($0) ?? false)
  } take: { box, ring, tally in
    let measure = try BoxMeasure(box, lattice, ring, tally, touching: [], finds: finds[box] ?? [], rules)
    boxes[box] = RemnantsSurvey.RequiredBox(
      measure: measure, distance: required.distances[box] ?? 0, isSearched: measure.assuredPercent >= percent)
  }
  let next = boxes.values.filter { !$0.isSearched }
    .sorted { ($0.distance, $0.measure.box) < ($1.distance, $1.measure.box) }
  for (index, box) in next.enumerated() { boxes[box.measure.box]?.order = index + 1 }
  let strikes = try strikeFootprints(survey, hazards, asOf)
  let footprints = try required.footprints().map { group in
    let own = Set(group.flatMap { required.evidence[$0] ?? [] }).sorted().map { evidence[$0] }
    return try footprint(group.compactMap { boxes[$0] }, own, strikes, fadeout, survey, hazards)
  }
  return RemnantsSurvey(
    footprints: footprints, others: others, operation: lattice.operation, findings: ground.findings)
}

private func footprint(
  _ boxes: [RemnantsSurvey.RequiredBox], _ evidence: [Find], _ strikes: [StrikeFootprint], _ fadeout: Double,
  _ survey: FieldSurvey, _ hazards: [PreparedHazard]
) throws -> RemnantsSurvey.Footprint {
  let round = try groundRound(evidence, fadeout, survey).flatMap(\.polygons)
  let proposed = canonical(
    try union(boxes.filter(\.hasEvidence).flatMap(\.measure.polygons) + round, grid: 1))
  let reached = Box(proposed.flatMap(\.outer.corners))
  let near = hazards.filter { $0.ground.box.intersects(reached) }.flatMap(\.polygons)
  let outside = try near.isEmpty ? proposed : difference(proposed, union(near, grid: 1), grid: 1).filter(isWide)
  let area = { (polygons: [Polygon<LatticePoint>]) in polygons.reduce(0) { $0 + $1.ellipsoidalArea } }
  return RemnantsSurvey.Footprint(
    evidence: evidence,
    strikes: strikes.filter { strike in evidence.contains { strike.contains($0.position) } }.map(\.strike),
    boxes: boxes, proposed: proposed, area: area(proposed), outside: area(outside))
}
