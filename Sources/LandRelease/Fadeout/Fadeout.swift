public import Geometry
import Projection
public import Survey
import Topology

/// Connected ground that must be searched because of finds, and what of it has not been.
public struct FadeoutArea: Sendable {
  /// Ids, sorted.
  public let finds: [String]
  /// Centimetres to be reached; `nil` where nobody says, and then nothing counts as searched.
  public let requiredDepth: Double?
  /// Activities that worked at the place of the find before it: what they cleared round it does not count.
  public let missedBy: [String]
  public let required: Ground
  /// Required, and not surely cleared to the depth.
  public let open: Ground
  /// Required, and kept by the account all the same, such as ground of a hazard recorded after the work.
  public let remaining: Ground
  /// Required, and outside every recorded hazard: proposed as an extension.
  public let outside: Ground

  public struct Ground: Sendable {
    /// On the output lattice.
    public let polygons: [Polygon<LatticePoint>]
    /// Square metres on the ellipsoid.
    public let area: Double

    init(_ polygons: [Polygon<LatticePoint>]) {
      self.polygons = canonical(polygons)
      area = polygons.reduce(0) { $0 + $1.ellipsoidalArea }
    }
  }
}

/// The fade-out of a survey's finds.
public struct Fadeout: Sendable {
  /// Those that ask for the deepest search first. What is open of a place that several ask for stands under the first.
  public let areas: [FadeoutArea]
  /// Square metres, none counted twice.
  public let required, open, remaining, outside: Double
  /// Ids, sorted.
  public let finds: [String]
  /// Whether a task may be closed, as far as the finds go.
  public var isClosed: Bool { open == 0 && remaining == 0 }

  init(_ areas: [FadeoutArea]) throws {
    self.areas = areas
    let measure = { (ground: KeyPath<FadeoutArea, FadeoutArea.Ground>) throws -> Double in
      try union(areas.flatMap { $0[keyPath: ground].polygons }, grid: 1).reduce(0) { $0 + $1.ellipsoidalArea }
    }
    required = try measure(\.required)
    open = try measure(\.open)
    remaining = try measure(\.remaining)
    outside = try measure(\.outside)
    finds = Set(areas.flatMap(\.finds)).sorted()
  }
}

/// Why fade-out cannot be reckoned.
public struct NoFadeoutDistance: Error, Hashable, Sendable {
  /// How many finds there are.
  public let finds: Int
}

/// The ground round every find that a clearance must have reached, and what of it is open.
///
/// Required is what lies within the survey's fade-out distance and k sigma of a find. A clearance counts by its assured
/// part, where it is deep enough and did not miss the find; reduced and cancelled ground does not count. One more find
/// never shrinks what is required, one more clearance never grows what is open. Throws `NoFadeoutDistance` where there are
/// finds and no distance: it is a national parameter, and none is assumed.
public func fadeout(
  _ survey: FieldSurvey, steps: StepStore, asOf: CivilDate? = nil, jobs: Int = 1
) async throws -> Fadeout {
  let prepared = try PreparedSurvey(survey, steps, asOf: asOf)
  guard !prepared.finds.isEmpty else { return try Fadeout([]) }
  guard let distance = survey.fadeout else { throw NoFadeoutDistance(finds: prepared.finds.count) }
  let (recorded, parts) = (prepared.rules.hazards, prepared.parts)
  let required = try requiredGround(prepared.finds, fadeout: distance, survey, recorded, parts, steps)
  let open = try await openGround(required, survey, parts, steps, asOf: asOf, jobs: jobs)
  let hazardous = try union(recorded.flatMap(\.polygons), grid: 1)
  var options = PartitionOptions()
  (options.asOf, options.assured, options.jobs) = (asOf, true, jobs)
  var left: [Polygon<LatticePoint>] = []
  try await divide(prepared.rules, parts, steps, sigmaFactor: survey.sigmaFactor, grid: nil, options: options) {
    for feature in $0.features where feature.layer == .remaining { left += feature.polygons }
  }
  let areas = try required.enumerated().map { index, piece in
    let names = piece.missedBy.map { survey.activities[$0].id }.sorted()
    return FadeoutArea(
      finds: piece.finds.map(\.id), requiredDepth: piece.depth, missedBy: names,
      required: .init(piece.polygons), open: .init(open[index] ?? []),
      remaining: .init(try kept(left, in: piece).filter(isWide)),
      outside: .init(try difference(piece.polygons, hazardous, grid: 1).filter(isWide)))
  }
  return try Fadeout(areas)
}

/// What of some ground lies in required ground.
private func kept(_ left: [Polygon<LatticePoint>], in piece: RequiredGround) throws -> [Polygon<LatticePoint>] {
  var box = Box<LatticePoint>()
  for polygon in piece.polygons { box.include(polygon.box) }
  let near = left.filter { $0.box.intersects(box) }
  return near.isEmpty ? [] : try intersection(piece.polygons, union(near, grid: 1), grid: 1)
}

/// What is not surely cleared, by the index of the required ground.
///
/// The same arrangement and the same rules divide it that divide hazards: required ground takes the place of a hazard
/// recorded before all work, and an activity that missed its find is put back there as a find puts it back.
private func openGround(
  _ required: [RequiredGround], _ survey: FieldSurvey, _ parts: [ClaimPart], _ steps: StepStore, asOf: CivilDate?,
  jobs: Int
) async throws -> [Int: [Polygon<LatticePoint>]] {
  guard let dawn = CivilDate(year: 0, month: 1, day: 1) else { return [:] }
  var (hazards, reopenings): ([PreparedHazard], [Reopening]) = ([], [])
  for (index, piece) in required.enumerated() {
    var hazard = Hazard(id: "\(index)", class: .confirmed, recorded: dawn, polygons: [], place: Place(""))
    hazard.requiredDepth = piece.depth
    let ground = RingSet(piece.polygons)
    hazards.append(PreparedHazard(hazard: hazard, ground: ground, polygons: piece.polygons))
    if !piece.missedBy.isEmpty, let find = piece.finds.first {
      reopenings.append(Reopening(find: find, disc: ground, undone: piece.missedBy))
    }
  }
  let clearing = parts.filter { survey.activities[$0.activity].claims == .cleared }
  let rules = DecisionRules(
    hazards: hazards, activities: survey.activities, requiredDepth: nil, asOf: asOf, reopenings: reopenings)
  var options = PartitionOptions()
  (options.assured, options.jobs) = (true, jobs)
  var open: [Int: [Polygon<LatticePoint>]] = [:]
  try await divide(rules, clearing, steps, sigmaFactor: survey.sigmaFactor, grid: nil, options: options) { finished in
    for feature in finished.features where feature.layer == .remaining {
      guard let index = Int(feature.hazard.id) else { continue }
      open[index, default: []] += feature.polygons.filter(isWide)
    }
  }
  return open
}

/// Whether ground is more than a line that noding left between two boundaries: wider than two lattice steps, or larger
/// than a hand.
func isWide(_ polygon: Polygon<LatticePoint>) -> Bool {
  let scale = LocalScale(latitude: polygon.box.center.position.latitude)
  let boundary = zip(polygon.outer.corners, polygon.outer.corners.dropFirst() + polygon.outer.corners.prefix(1))
    .reduce(0) { $0 + scale.distance($1.0.position, $1.1.position) }
  let area = polygon.ellipsoidalArea
  return area > 0.01 || area > 0.00112 * boundary
}
