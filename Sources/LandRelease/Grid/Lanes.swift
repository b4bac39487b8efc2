public import Geometry
import Projection
public import Survey
import Topology

/// One lane over a hazard. Areas are square metres on the ellipsoid.
public struct Lane: Sendable {
  /// From 1, from the left of whoever looks along the heading.
  public let number: Int
  /// Clipped to the hazard; several where its edge turns back.
  public let polygons: [Polygon<LatticePoint>]
  public let area: Double
  /// Of the lane, hundredths, rounded down.
  public let coveredPercent, assuredPercent: Double
  public let remaining, released, surelyReleased: Double
  public let activities: [Activity]
  /// On which these worked in it, sorted.
  public let days: [DaySpan]
}

/// Which way lanes run, in degrees east of north.
public enum LaneHeading: Hashable, Sendable {
  case trueNorth(Double)
  /// From the north of the survey's grid at the middle of the hazard.
  case gridNorth(Double)
}

/// The lanes over a hazard and the true heading, in degrees, in which they run.
public struct LanesMade: Sendable {
  public let lanes: [Lane]
  public let trueHeading: Double
  /// Degrees from true to grid north at the middle of the hazard; `nil` where nobody asked.
  public let convergence: Double?
}

/// More lanes than anybody walks are a slip in the width.
private let mostLanes = 10_000

/// Lays lanes of a width in metres over a hazard, in a heading at its middle, and measures what was done in each.
///
/// The first begins at the leftmost corner of the hazard; the last may be narrower on the ground than the others, since all
/// are cut off at its edge. Neighbours share their vertices. Throws `GridRefused` for an unknown hazard, a heading or a
/// width that is none, more than 10 000 lanes, and a grid heading without a grid.
public func lanes(
  _ survey: FieldSurvey, steps: StepStore, over id: String, heading: LaneHeading, width: Double,
  asOf: CivilDate? = nil
) throws -> LanesMade {
  var ground = try CellGround(survey, steps: steps, asOf: asOf)
  guard let hazard = try ground.hazards([id]).first else {
    return LanesMade(lanes: [], trueHeading: 0, convergence: nil)
  }
  let polygons = ground.rules.hazards[hazard].polygons
  var extent = Box<Geographic>()
  for polygon in polygons { extent.include(Box(polygon.outer.corners.map(\.position))) }
  guard extent.width <= 180 else {
    throw GridRefused(
      "grid.lanes",
      "hazard \(id.prefix(64)) passes 180 degrees, and no lanes are laid there: record it as one "
        + "hazard on each side")
  }
  let (direction, convergence) = try trueHeading(heading, at: extent.center, ground)
  guard direction.isFinite, abs(direction) <= 720, width.isFinite, width > 0 else {
    throw GridRefused("grid.lanes", "lanes \(width) m wide in the heading \(direction): give a width over 0")
  }
  let strips = try LaneStrips.open(over: polygons, at: extent.center, heading: direction, width: width)
  var tallies: [Int: CellTally] = [:]
  for face in try ground.faces(in: RingSet(strips.rings(), .winding)) where face.face.cover.hazards.contains(hazard) {
    guard let (x, y) = interiorPoint(of: face.face.polygon) else { continue }
    let place = Geographic(x / LatticePoint.stepsPerDegree, y / LatticePoint.stepsPerDegree)
    tallies[try strips.number(of: place), default: CellTally()].add(face, ground.rules) { _ in true }
  }
  let lanes = try tallies.keys.sorted().map { number in
    let tally = tallies[number] ?? CellTally()
    let clipped = canonical(try dissolve(tally.faces))
    return Lane(
      number: number, polygons: clipped, area: clipped.reduce(0) { $0 + $1.ellipsoidalArea },
      coveredPercent: tally.nominal.percent, assuredPercent: tally.assured.percent, remaining: tally.remaining,
      released: tally.released, surelyReleased: tally.surelyReleased,
      activities: tally.activities.map { ground.rules.activities[$0] }.sorted { $0.id < $1.id },
      days: tally.days.sorted())
  }
  return LanesMade(lanes: lanes, trueHeading: direction, convergence: convergence)
}

private func trueHeading(
  _ heading: LaneHeading, at middle: Geographic, _ ground: CellGround
) throws -> (degrees: Double, convergence: Double?) {
  switch heading {
  case .trueNorth(let degrees): return (degrees, nil)
  case .gridNorth(let degrees):
    let lattice = try BoxLattice.open(ground.survey, box: 1, over: extent(of: ground.rules.hazards))
    let convergence = try gridConvergence(at: middle) { position throws in
      guard let place = try lattice.places([position]).first else { throw BoxLattice.tooMany }
      return place
    }
    guard let convergence else { throw GridRefused("grid.lanes", "the survey's grid has no north here") }
    return (degrees + convergence, convergence)
  }
}

/// Parallel strips over an area, in a frame of metres round its middle.
private struct LaneStrips: ~Copyable {
  private let frame: LocalFrame
  /// Along the lanes, and to the right across them.
  private let along, across: (east: Double, north: Double)
  private let width: Double
  /// Metres across to the left edge of the first, and along to their ends.
  private let left: Double, start: Double, end: Double
  private let count: Int

  private init(
    frame: consuming LocalFrame, along: (Double, Double), across: (Double, Double), width: Double,
    box: Box<Projected>, count: Int
  ) {
    self.frame = frame
    (self.along, self.across, self.width, self.count) = (along, across, width, count)
    // A centimetre beyond the ends, so that they cut nothing off.
    (left, start, end) = (box.minX, box.minY - 0.01, box.maxY + 0.01)
  }

  static func open(
    over polygons: [Polygon<LatticePoint>], at middle: Geographic, heading: Double, width: Double
  ) throws -> LaneStrips {
    let frame = try LocalFrame.open(at: middle)
    let (cosine, sine) = cosineAndSine(heading * .pi / 180)
    var box = Box<Projected>()
    for place in try frame.project(polygons.flatMap { $0.outer.corners.map(\.position) }) {
      box.include(
        Projected(place.easting * cosine - place.northing * sine, place.easting * sine + place.northing * cosine))
    }
    let lanes = (box.width / width).rounded(.up)
    guard lanes <= Double(mostLanes) else {
      throw GridRefused("grid.too-many", "there would be more than \(mostLanes) lanes: take wider ones")
    }
    return LaneStrips(
      frame: frame, along: (sine, cosine), across: (cosine, -sine), width: width, box: box, count: max(1, Int(lanes)))
  }

  private func place(across t: Double, along s: Double) -> Projected {
    Projected(across.east * t + along.east * s, across.north * t + along.north * s)
  }

  /// Each lane as a ring. Vertices stand no more than 50 m apart along them, at the same places on either side.
  func rings() throws -> [[LatticePoint]] {
    let pieces = max(1, Int(((end - start) / 50).rounded(.up)))
    let stops = (0...pieces).map { start + (end - start) * Double($0) / Double(pieces) }
    let lines = try (0...count).map { line in
      // The outermost lines lie a centimetre outside of the hazard, whose edge bounds those lanes.
      let t = left + Double(line) * width + (line == 0 ? -0.01 : line == count ? 0.01 : 0)
      return try frame.lattice(stops.map { place(across: t, along: $0) })
    }
    return zip(lines, lines.dropFirst()).map { withShortEdges($1 + $0.reversed()) }
  }

  /// The number of the lane at a place.
  func number(of position: Geographic) throws -> Int {
    guard let place = try frame.project([position]).first else { return 1 }
    let t = place.easting * across.east + place.northing * across.north
    return min(max(Int(((t - left) / width).rounded(.down)), 0), count - 1) + 1
  }
}
