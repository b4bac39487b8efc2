public import Geometry
import Projection
public import Survey
import Topology

/// The ground that a strike may have contaminated: a suspicion, which releases nothing.
public struct StrikeFootprint: Sendable {
  public let strike: Strike
  public let weapon: Weapon
  /// Drawn as a circle, since nobody knows the heading.
  public let isCircle: Bool
  /// Never smaller than the ellipse and k sigma round it.
  public let polygons: [Polygon<LatticePoint>]
  /// Square metres on the ellipsoid, and what of it lies outside every recorded hazard.
  public let area, outside: Double

  /// Whether a find's position lies in it.
  func contains(_ position: Geographic) -> Bool {
    FindGround(RingSet(polygons)).holds(position)
  }
}

/// The footprints of a survey's strikes whose weapon has a size, by id.
public func strikeFootprints(_ survey: FieldSurvey, asOf: CivilDate? = nil) throws -> [StrikeFootprint] {
  guard !survey.strikes.isEmpty else { return [] }
  let hazards = try prepare(survey.hazards(asOf: asOf)).hazards
  return try strikeFootprints(survey, hazards, asOf)
}

func strikeFootprints(
  _ survey: FieldSurvey, _ hazards: [PreparedHazard], _ asOf: CivilDate?
) throws -> [StrikeFootprint] {
  let strikes = survey.strikes.filter { strike in asOf.map { strike.recorded <= $0 } ?? true }
  return try strikes.sorted { $0.id < $1.id }.compactMap { strike in
    guard let weapon = survey.weapon(of: strike) else { return nil }
    let ground = try polygons(of: footprint(of: strike, weapon, margin: survey.sigmaFactor * strike.usedSigma))
    var box = Box<LatticePoint>()
    for polygon in ground { box.include(polygon.box) }
    let near = hazards.filter { $0.ground.box.intersects(box) }.flatMap(\.polygons)
    let outside = try near.isEmpty ? ground : difference(ground, union(near, grid: 1), grid: 1).filter(isWide)
    let area = { (polygons: [Polygon<LatticePoint>]) in polygons.reduce(0) { $0 + $1.ellipsoidalArea } }
    return StrikeFootprint(
      strike: strike, weapon: weapon, isCircle: strike.heading == nil, polygons: ground, area: area(ground),
      outside: area(outside))
  }
}

/// A polygon of tangents round an ellipse and a margin in metres beyond it.
///
/// An ellipse with the semi-axes a and b reaches √(a² cos² θ + b² sin² θ) in the direction θ from its first axis (its
/// support function), and with a margin by that much more; neighbouring tangents meet at the corners. So the polygon holds
/// the ellipse and the margin, and of 180 tangents it is larger by less than 0.1 % for axes up to 1 : 5.
private func footprint(of strike: Strike, _ weapon: Weapon, margin: Double) throws -> RingSet {
  let frame = try LocalFrame.open(at: strike.position)
  var (a, b) = (weapon.length / 2, weapon.width / 2)
  if strike.heading == nil { (a, b) = (max(a, b), max(a, b)) }
  let (cosine, sine) = cosineAndSine((strike.heading ?? 0) * .pi / 180)
  let count = 180
  let tangents = (0...count).map { index -> (u: Projected, reach: Double) in
    let (c, s) = cosineAndSine(2 * .pi * Double(index % count) / Double(count))
    // Two lattice steps more make up for rounding.
    return (Projected(c, s), (a * a * c * c + b * b * s * s).squareRoot() + margin + 0.003)
  }
  let corners = zip(tangents, tangents.dropFirst()).map { first, next in
    let turn = first.u.easting * next.u.northing - first.u.northing * next.u.easting
    let forward = (first.reach * next.u.northing - next.reach * first.u.northing) / turn
    let right = (next.reach * first.u.easting - first.reach * next.u.easting) / turn
    return Projected(forward * sine + right * cosine, forward * cosine - right * sine)
  }
  return RingSet([withShortEdges(try frame.lattice(withShortEdges(Array(corners.reversed()))))], .winding)
}

/// What a planner should know about strikes: suspicion that no recorded hazard holds.
func strikeFindings(_ survey: FieldSurvey, _ hazards: [PreparedHazard], _ asOf: CivilDate?) throws -> [Finding] {
  guard !survey.strikes.isEmpty else { return [] }
  return try strikeFootprints(survey, hazards, asOf).filter { $0.outside > 0 }.map { footprint in
    Finding(
      "strike.outside-hazard", .info, at: footprint.strike.place,
      "\(squareMetres(footprint.outside)) of the footprint of strike \(footprint.strike.id) lie outside every recorded "
        + "hazard", advice: "see whether a hazard should be recorded there; razmin strikes draws it")
  }
}
