public import Geometry

/// Where a position lies with respect to a boundary that is itself known to some metres only.
public enum Placement: Hashable, Sendable {
  /// Inside, and farther from the boundary than it may be wrong.
  case inside
  /// So close to the boundary that either side is possible.
  case near
  /// Outside, and farther from the boundary than it may be wrong; also what is no position on the Earth.
  case outside
}

extension Preset {
  /// Where a position lies. The boundary's edges are straight in longitude and latitude, as RFC 7946 says.
  public func place(of position: Geographic) -> Placement {
    guard position.isOnEarth else { return .outside }
    let scale = LocalScale(latitude: position.latitude)
    // At 89 degrees and more a degree of longitude is too short to measure by; no preset lies there.
    guard scale.metresPerLongitude > 2_000 else { return .outside }
    // A twentieth more than the tolerance, for what the flat metres may be wrong by.
    let reach = boundaryTolerance * 1.05
    let near = box.grown(byX: reach / scale.metresPerLongitude, y: reach / scale.metresPerLatitude)
    guard near.contains(position) else { return .outside }
    var isInside = false
    for polygon in boundary {
      for ring in polygon.rings {
        guard let last = ring.corners.last else { continue }
        var from = last
        for to in ring.corners {
          if scale.distance(position, toEdge: from, to) <= boundaryTolerance { return .near }
          if crossesNorth(of: position, from, to) { isInside.toggle() }
          from = to
        }
      }
    }
    return isInside ? .inside : .outside
  }

  /// Whether a ray from the position due north crosses an edge. Each end counts for one of its two edges, so that a ray
  /// through a corner is counted right; a position on the edge itself has been found near before it matters.
  private func crossesNorth(of position: Geographic, _ from: Geographic, _ to: Geographic) -> Bool {
    guard (from.longitude > position.longitude) != (to.longitude > position.longitude) else { return false }
    let part = (position.longitude - from.longitude) / (to.longitude - from.longitude)
    return from.latitude + part * (to.latitude - from.latitude) > position.latitude
  }
}

extension LocalScale {
  /// Metres to the nearest place of an edge, on the plane that has this scale everywhere: under 1 % wrong within 20 km
  /// up to 60 degrees of latitude, where a kilometre northwards changes a degree of longitude by 0.03 %.
  func distance(_ position: Geographic, toEdge from: Geographic, _ to: Geographic) -> Double {
    func flat(_ corner: Geographic) -> (x: Double, y: Double) {
      (
        (corner.longitude - position.longitude) * metresPerLongitude,
        (corner.latitude - position.latitude) * metresPerLatitude
      )
    }
    let (a, b) = (flat(from), flat(to))
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length2 = dx * dx + dy * dy
    let part = length2 > 0 ? min(1, max(0, -(a.x * dx + a.y * dy) / length2)) : 0
    let (x, y) = (a.x + part * dx, a.y + part * dy)
    return (x * x + y * y).squareRoot()
  }
}
