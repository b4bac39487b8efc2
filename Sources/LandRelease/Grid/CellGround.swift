import Geometry
import Survey
import Topology

/// A survey's hazards and claims as of a day, to measure cells on: the same arrangement and rules that divide its land.
struct CellGround {
  let survey: FieldSurvey
  let plan: PartitionPlan
  let finds: [Find]
  let findings: [Finding]
  /// The ground of claim parts, computed once while the cells go from south to north.
  private var grounds: [Int: ClaimGround] = [:]
  /// The same of their days, where a part has several.
  private var dayGrounds: [Int: [Work: ClaimGround]] = [:]

  /// A face, and of each activity that claims it the work that covers it.
  struct Face {
    let face: LabelledFace
    let works: [[Work]]
  }

  var rules: DecisionRules { plan.rules }

  init(_ survey: FieldSurvey, steps: StepStore, asOf: CivilDate?) throws {
    self.survey = survey
    let prepared = try PreparedSurvey(survey, steps, asOf: asOf)
    (plan, findings) = (prepared.plan, prepared.hazardFindings)
    finds = prepared.finds.sorted { $0.id < $1.id }
  }

  /// Hazards by id, or all of them. Throws `hazard.unknown`.
  func hazards(_ ids: [String]) throws -> [Int] {
    let indices = rules.hazards.indices
    return ids.isEmpty
      ? Array(indices)
      : try ids.map { id in
        guard let index = indices.first(where: { rules.hazards[$0].hazard.id == id }) else {
          throw GridRefused("hazard.unknown", "no hazard \(id.prefix(64)) is recorded, or none that can be drawn")
        }
        return index
      }
  }

  /// The faces into which hazards and claims cut some cells, with what covers each, searched or not.
  mutating func faces(in cells: RingSet) throws -> [Face] {
    var job = Job(box: cells.box.grown(by: 2))
    job.hazards = rules.hazards.indices.filter { rules.hazards[$0].ground.box.intersects(job.box) }
    job.discs = rules.reopenings.indices.filter { rules.reopenings[$0].disc.box.intersects(job.box) }
    job.visiting = plan.parts.indices.filter { plan.parts[$0].box.intersects(job.box) }
      .sorted { (plan.effectOrder[plan.parts[$0].activity], $0) < (plan.effectOrder[plan.parts[$1].activity], $1) }
    grounds = grounds.filter { plan.parts[$0.key].box.maxY >= job.box.minY }
    dayGrounds = dayGrounds.filter { plan.parts[$0.key].box.maxY >= job.box.minY }
    var drawn = JobGrounds(job: job, cells: cells)
    for index in job.visiting {
      let part = plan.parts[index]
      let ground =
        try grounds[index]
        ?? part.ground(rules.activities[part.activity], in: plan.store, sigmaFactor: plan.sigmaFactor)
      grounds[index] = ground
      drawn.claims.append((activity: part.activity, isHome: false, ground: ground))
    }
    var layers = DayLayers(of: job.visiting.map { ($0, false) }, plan)
    try layers.draw(plan, remembering: &dayGrounds)
    drawn.claims += layers.claims
    return try labelledFaces(drawn, rules, effectOrder: layers.effectOrder(plan)).map { face in
      let (cover, works) = layers.parted(face.cover)
      return Face(face: LabelledFace(polygon: face.polygon, cover: cover, homeClaims: []), works: works)
    }
  }

  /// What lies in each box, by tiles of 16 boxes a side, handed over with their rings. `counts` says whether an activity's
  /// search counts in a box.
  mutating func measure(
    _ boxes: some Collection<GridBox>, _ lattice: borrowing BoxLattice,
    counts: (Int, GridBox) -> Bool = { _, _ in true },
    take: (GridBox, [LatticePoint], CellTally) throws -> Void
  ) throws {
    let tiles = Dictionary(grouping: boxes) { GridBox(column: $0.column >> 4, row: $0.row >> 4) }
    for tile in tiles.keys.sorted() {
      let own = (tiles[tile] ?? []).sorted()
      let rings = try lattice.rings(of: own)
      let faces = try faces(in: RingSet(rings, .winding)).compactMap { face in
        interiorPoint(of: face.face.polygon).map { (face, $0) }
      }
      let places = try lattice.places(
        faces.map { Geographic($0.1.x / LatticePoint.stepsPerDegree, $0.1.y / LatticePoint.stepsPerDegree) })
      var tallies: [GridBox: CellTally] = [:]
      for ((face, _), place) in zip(faces, places) {
        let box = GridBox(column: try lattice.index(place.easting), row: try lattice.index(place.northing))
        tallies[box, default: CellTally()].add(face, rules) { counts($0, box) }
      }
      for (box, ring) in zip(own, rings) { try take(box, ring, tallies[box] ?? CellTally()) }
    }
  }
}
