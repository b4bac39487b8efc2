import Geometry

/// Ground that is asked whether finds lie in it. What is on its edge does, and 180 degrees west is 180 degrees east.
struct FindGround: Sendable {
  /// Metres round the ground that count as its edge: the same corner, carried over from two grids or read off a map to
  /// 1e-6 degree, differs by less. Where a find may lie for its sigma is no part of this.
  static let edge = 0.05

  private let set: RingSet
  private let index: RingIndex

  init(_ set: RingSet) { (self.set, index) = (set, RingIndex(set)) }

  func holds(_ position: Geographic) -> Bool {
    LatticePlace(position).copies.contains { place in
      place.isNear(set.box) && (index.contains(place.x, place.y) || set.rings.contains(where: place.isNear))
    }
  }
}

/// A place in lattice steps, not rounded, with the metres in a step.
struct LatticePlace {
  private(set) var x: Double
  let y: Double
  private let width, height: Double

  init(_ position: Geographic) {
    let scale = LocalScale(latitude: position.latitude)
    (x, y) = (position.longitude * LatticePoint.stepsPerDegree, position.latitude * LatticePoint.stepsPerDegree)
    width = max(scale.metresPerLongitude, 1e-3) / LatticePoint.stepsPerDegree
    height = scale.metresPerLatitude / LatticePoint.stepsPerDegree
  }

  /// The place itself, and one turn beside it on both sides.
  var copies: [LatticePlace] {
    [0, -2 * RingSet.antimeridian, 2 * RingSet.antimeridian].map { turn in
      var copy = self
      copy.x += turn
      return copy
    }
  }

  func isNear(_ box: Box<LatticePoint>) -> Bool {
    let (dx, dy) = (FindGround.edge / width, FindGround.edge / height)
    return x >= box.minX - dx && x <= box.maxX + dx && y >= box.minY - dy && y <= box.maxY + dy
  }

  /// Whether a ring's edge passes the place.
  func isNear(_ ring: [LatticePoint]) -> Bool {
    let here = Projected(0, 0)
    return zip(ring, ring.dropFirst() + ring.prefix(1)).contains { a, b in
      isNear(Box([a, b])) && distance(here, metres(to: a), metres(to: b)) <= FindGround.edge
    }
  }

  private func metres(to corner: LatticePoint) -> Projected {
    Projected((corner.first - x) * width, (corner.second - y) * height)
  }
}
