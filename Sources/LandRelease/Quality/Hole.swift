public import Geometry
import Projection
public import Survey
import Topology

/// Ground that remains inside or between cleared ground, and is wider than what may be left.
public struct Hole: Sendable {
  /// On the output lattice.
  public let polygons: [Polygon<LatticePoint>]
  /// Square metres on the ellipsoid.
  public let area: Double
  /// Metres: the diameter of the largest circle inside, and the length of a strip of that width with the same boundary.
  public let width, length: Double
  /// The centre of that circle.
  public let center: Geographic
  /// Whose ground it is at the centre.
  public let hazard: Hazard
  /// Worked there, and not deep enough.
  public let isShallow: Bool
  /// Ids of the finds that put it back there.
  public let reopenedBy: [String]
  /// The activities that cleared the ground round it, in the order of their ids.
  public let neighbours: [Activity]
}

/// The holes of one group of touching hazards, what is narrower, and the rest of what remains.
struct HolesOfGroup {
  var holes: [Hole] = []
  var narrowCount = 0
  /// Square metres.
  var narrowArea = 0.0
  var rest = GroundNotEnclosed()

  /// `features` is the whole ground of the group by state; `width` is in metres.
  init(_ features: [ReleaseFeature], width: Double) throws {
    let (left, cleared) = (features.filter { $0.layer == .remaining }, features.filter { $0.layer == .cleared })
    guard !left.isEmpty, let start = (cleared + left).first?.polygons.first?.outer.corners.first else { return }
    let frame = try LocalFrame.open(at: start.position)
    let clearedFlat = try cleared.map { try flat($0.polygons, in: frame) }
    let finder = try GapFinder(
      ground: left.flatMap { try flat($0.polygons, in: frame) }, cleared: clearedFlat.flatMap { $0 }, width: width)
    for gap in finder.gaps {
      let circle = try largestCircle(in: gap, tolerance: 0.001)
      let place = try frame.lattice([circle.center])[0]
      let isThere = { (feature: ReleaseFeature) in
        RingIndex(RingSet(feature.polygons)).contains(place.first + 0.25, place.second + 0.5)
      }
      let owner = left.first(where: isThere) ?? left[0]
      let neighbours = try zip(cleared, clearedFlat).filter { _, flat in
        let near = flat.filter { $0.box.intersects(gap.box.grown(by: width)) }
        return try !near.isEmpty && areas(near, within: Self.beside, of: [gap])
      }.flatMap(\.0.activities)
      let polygons = try onLattice(gap, in: frame)
      // The search stops a millimetre short of the true radius at most.
      let width = 2 * (circle.radius + 0.001)
      holes.append(
        Hole(
          polygons: polygons, area: polygons.reduce(0) { $0 + $1.ellipsoidalArea }, width: width,
          length: max(width, boundary(of: gap) / 2 - width), center: place.position, hazard: owner.hazard,
          isShallow: owner.isShallow, reopenedBy: owner.reopenedBy,
          neighbours: Dictionary(neighbours.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a }).values
            .sorted { $0.id < $1.id }))
    }
    let strips = finder.narrow.filter { $0.area > Self.visible }
    (narrowCount, narrowArea) = (strips.count, strips.planarArea)
    rest = try GroundNotEnclosed(finder.rest, widerThan: width)
  }

  /// Metres within which cleared ground lies beside a hole.
  private static let beside = 0.05
  /// Square metres: less than a palm is what rounding leaves between boundaries that touch.
  private static let visible = 0.01
}

extension GroundNotEnclosed {
  /// Of ground in a plane in metres, no two places of which touch; those that are no wider than `least` count with their
  /// area alone.
  fileprivate init(_ ground: [Polygon<Projected>], widerThan least: Double) throws {
    area = ground.planarArea
    let tolerance = 0.05
    for place in ground where try !grown([place], by: -least / 2).isEmpty {
      count += 1
      // No circle in a place is wider than the place's box.
      guard min(place.box.width, place.box.height) > width else { continue }
      width = max(width, 2 * (try largestCircle(in: place, tolerance: tolerance).radius + tolerance))
    }
  }
}

private func flat(_ polygons: [Polygon<LatticePoint>], in frame: borrowing LocalFrame) throws -> [Polygon<Projected>] {
  var flat: [Polygon<Projected>] = []
  for polygon in polygons {
    let rings = try polygon.rings.map { try frame.project($0.corners.map(\.position)) }
    if let carried = try Polygon(bounding: rings) { flat.append(carried) }
  }
  return flat
}

private func onLattice(
  _ polygon: Polygon<Projected>, in frame: borrowing LocalFrame
) throws -> [Polygon<LatticePoint>] {
  let rings = try polygon.rings.map { try frame.lattice(withShortEdges($0.corners)) }
  guard let carried = try Polygon(bounding: rings) else { return [] }
  return try polygons(of: RingSet([carried]))
}

private func boundary(of polygon: Polygon<Projected>) -> Double {
  polygon.rings.reduce(0) { sum, ring in
    zip(ring.corners, ring.corners.dropFirst() + ring.corners.prefix(1)).reduce(sum) { sum, edge in
      let (dx, dy) = (edge.1.easting - edge.0.easting, edge.1.northing - edge.0.northing)
      return sum + (dx * dx + dy * dy).squareRoot()
    }
  }
}
