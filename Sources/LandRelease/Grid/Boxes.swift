public import Geometry
public import Projection
public import Survey

/// What is known of one box of the clearance grid. Areas are square metres on the ellipsoid.
public struct BoxMeasure: Sendable {
  public let box: GridBox
  /// The south-west corner in the units of the CRS: `E573200N4797250`. With the size it names the box.
  public let id: String
  /// Metres of a side.
  public let size: Double
  /// The south-west corner on the lattice.
  public let corner: Geographic
  /// One, or two where the box passes 180 degrees.
  public let polygons: [Polygon<LatticePoint>]
  public let area: Double
  /// Ids of hazards that touch it, sorted.
  public let hazards: [String]
  /// Of the box, hundredths, rounded down: searched as recorded, and surely.
  public let coveredPercent, assuredPercent: Double
  /// Recorded hazard in the box by what became of it; the last is the part of the release that is sure.
  public let remaining, released, surelyReleased: Double
  /// Those in it or on its side, by id.
  public let finds: [Find]
  /// Those whose ground reaches into it, in the order of their ids.
  public let activities: [Activity]
  /// On which these worked in it, sorted.
  public let days: [DaySpan]

  init(
    _ box: GridBox, _ lattice: borrowing BoxLattice, _ ring: [LatticePoint], _ tally: CellTally,
    touching: [Int], finds: [Find], _ rules: DecisionRules
  ) throws {
    (self.box, size, self.finds) = (box, lattice.size, finds)
    let place = lattice.corner(box)
    id = "E\(written(place.easting))N\(written(place.northing))"
    corner = ring.first?.position ?? Geographic(0, 0)
    polygons = try cutAtSeam(ring)
    area = polygons.reduce(0) { $0 + $1.ellipsoidalArea }
    hazards = tally.hazards.union(touching).map { rules.hazards[$0].hazard.id }.sorted()
    (coveredPercent, assuredPercent) = (tally.nominal.percent, tally.assured.percent)
    (remaining, released, surelyReleased) = (tally.remaining, tally.released, tally.surelyReleased)
    activities = tally.activities.map { rules.activities[$0] }.sorted { $0.id < $1.id }
    days = tally.days.sorted()
  }
}

/// A coordinate without decimals that say nothing.
private func written(_ coordinate: Double) -> String {
  Int(exactly: coordinate).map { String($0) } ?? String(coordinate)
}

/// How boxes were made.
public struct BoxesMade: Sendable {
  public let count: Int
  /// From WGS 84 to the grid.
  public let operation: CoordinateOperation?
  /// Finds that lie in none of them, by id.
  public let findsElsewhere: [Find]
  /// Hazards that had to be repaired, or could not be drawn.
  public let findings: [Finding]
}

/// Emits every box of the survey's grid that comes within 3 mm of a recorded hazard, with what was done in it.
///
/// `hazards` are ids; none stands for all. Boxes lie on whole multiples of `size` metres of the grid, so they are the same
/// in every survey with that grid and operation. Throws `GridRefused` where there is no grid in metres, the size is none,
/// or there would be more than 100 000.
public func boxes(
  _ survey: FieldSurvey, steps: StepStore, over hazards: [String] = [], size: Double, asOf: CivilDate? = nil,
  emit: (BoxMeasure) throws -> Void
) throws -> BoxesMade {
  var ground = try CellGround(survey, steps: steps, asOf: asOf)
  let wanted = try ground.hazards(hazards)
  let lattice = try BoxLattice.open(survey, box: size, over: extent(of: ground.rules.hazards))
  var touching: [GridBox: [Int]] = [:]
  for hazard in wanted {
    var own = TouchedBoxes()
    try own.add(ground.rules.hazards[hazard], lattice)
    for box in own.boxes { touching[box, default: []].append(hazard) }
    guard touching.count <= BoxLattice.most else { throw BoxLattice.tooMany }
  }
  let finds = try lattice.boxes(of: ground.finds)
  let rules = ground.rules
  try ground.measure(touching.keys, lattice) { box, ring, tally in
    try emit(
      BoxMeasure(
        box, lattice, ring, tally, touching: touching[box] ?? [], finds: finds[box] ?? [], rules))
  }
  let shown = Set(touching.keys.flatMap { finds[$0] ?? [] }.map(\.id))
  return BoxesMade(
    count: touching.count, operation: lattice.operation,
    findsElsewhere: ground.finds.filter { !shown.contains($0.id) }, findings: ground.findings)
}

extension BoxLattice {
  /// Finds by the boxes that they lie in; one on a side is in both.
  func boxes(of finds: [Find]) throws -> [GridBox: [Find]] {
    var found: [GridBox: [Find]] = [:]
    for (find, place) in zip(finds, try places(finds.map(\.position))) {
      for box in try boxes(within: TouchedBoxes.reach, of: place) { found[box, default: []].append(find) }
    }
    return found
  }

  /// The boxes that a square round a place reaches.
  func boxes(within reach: Double, of place: Projected) throws -> [GridBox] {
    let (west, east) = (try index(place.easting - reach), try index(place.easting + reach))
    let (south, north) = (try index(place.northing - reach), try index(place.northing + reach))
    guard east - west < Self.most, north - south < Self.most, (east - west + 1) * (north - south + 1) <= Self.most
    else {
      throw Self.tooMany
    }
    return (south...north).flatMap { row in (west...east).map { GridBox(column: $0, row: row) } }
  }
}
