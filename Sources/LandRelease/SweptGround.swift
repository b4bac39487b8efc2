public import Geometry
import Projection
public import Survey
import Topology

/// The ground along one log's steps, whatever hazard it lies in.
public struct SweptGround: Sendable {
  public let activity: Activity
  /// On the output lattice.
  public let polygons: [Polygon<LatticePoint>]
  /// Square metres on the ellipsoid.
  public let area: Double
  /// The part that stays at the half-width less k sigma.
  public let assuredArea: Double
}

/// The swaths of track activities, each by itself: nothing is released by them, and no hazard is looked at.
public func sweptGround(_ activities: [Activity], steps: StepStore, sigmaFactor: Double) throws -> [SweptGround] {
  let (parts, _) = try claimParts(of: activities, walkedIn: steps, asOf: nil)
  let rules = DecisionRules(hazards: [], activities: activities, requiredDepth: nil, asOf: nil, reopenings: [])
  return try activities.enumerated().map { index, activity in
    var (polygons, area, assured): ([Polygon<LatticePoint>], Double, Double) = ([], 0, 0)
    for part in parts where part.activity == index {
      var grounds = JobGrounds(job: Job(box: part.box))
      let ground = try part.ground(activity, in: steps, sigmaFactor: sigmaFactor)
      grounds.claims = [(activity: index, isHome: true, ground: ground)]
      let sorted = try SortedGround(grounds, rules, effectOrder: Array(activities.indices))
      for ground in sorted.grounds where ground.cover.assured.contains(index) { assured += ground.area }
      polygons += try sorted.polygons(by: sorted.grounds.map { _ in true })[true] ?? []
    }
    for polygon in polygons { area += polygon.ellipsoidalArea }
    return SweptGround(activity: activity, polygons: canonical(polygons), area: area, assuredArea: assured)
  }
}
