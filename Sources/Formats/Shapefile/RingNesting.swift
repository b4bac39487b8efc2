import Geometry
import Survey

/// Which rings of a record are boundaries and which are holes, and whose.
///
/// By the description outer rings run clockwise and holes the other way. Real files have both the wrong way round, or all the
/// same way, so where rings lie counts besides: a hole is only what lies inside of an outer ring. Where the two
/// disagree, the ring is ground, and it is said: a hazard may be too large by that, and never too small.
struct RingNesting {
  struct Part: Equatable {
    var outer: Int
    var holes: [Int] = []
  }
  private(set) var polygons: [Part] = []
  private(set) var remarks: [Problem] = []
  /// Whether ground was taken in that may be a hole.
  private(set) var isDoubtful = false

  /// More corner tests than any real record needs; at some nanoseconds each.
  private static let maxTests = 1_000_000_000
  private var tests = 0

  /// For rings of three corners and more, whose area is not 0; throws `shp.too-large` where looking at them has no end.
  init(_ rings: [Ring<Projected>]) throws(Problem) {
    guard rings.count > 1 else {
      polygons = rings.indices.map { Part(outer: $0) }
      return
    }
    let areas = rings.map(\.twiceSignedArea)
    let boxes = rings.map { Box($0.corners) }
    // From large to small: whatever holds a ring comes before it.
    let order = rings.indices.sorted { (abs(areas[$0]), $1) > (abs(areas[$1]), $0) }
    // A file may be the wrong way round throughout: then its largest ring tells.
    let largestIsClockwise = areas[order[0]] < 0
    var holder: [Int: Int] = [:]
    var part: [Int: Int] = [:]
    var isGround: [Int: Bool] = [:]
    for (place, ring) in order.enumerated() {
      try count(place)
      for other in order[..<place].reversed() where boxes[other].contains(boxes[ring]) {
        guard try holds(rings[other], rings[ring]) else { continue }
        holder[ring] = other
        break
      }
      let isOuterWay = (areas[ring] < 0) == largestIsClockwise
      let isInGround = holder[ring].map { isGround[$0] ?? true } ?? false
      // A hole runs the other way and lies in ground; ground lies in none.
      let isHole = isInGround && !isOuterWay
      isGround[ring] = !isHole
      if isHole, let holder = holder[ring], let index = part[holder] {
        polygons[index].holes.append(ring)
        part[ring] = index
      } else {
        part[ring] = polygons.count
        polygons.append(Part(outer: ring))
        if isInGround {
          isDoubtful = true
          remark(
            "shp.ring-nesting", "a ring lies in another and runs the same way: it is taken for ground, not for a hole")
        } else if !isOuterWay {
          // Aside of all others it can be nothing else.
          let isAside = !rings.indices.contains { $0 != ring && boxes[$0].intersects(boxes[ring]) }
          isDoubtful = isDoubtful || holder[ring] == nil && !isAside
          remark("shp.ring-order", "a ring that runs as holes do lies in no other: it is taken for ground")
        }
      }
    }
  }

  private mutating func remark(_ code: String, _ message: String) {
    if !remarks.contains(where: { $0.code == code }) { remarks.append(Problem(code, line: 0, message)) }
  }

  /// Whether a ring lies in another, from inside or touching it; not where they cross, or are the same.
  private mutating func holds(_ outer: Ring<Projected>, _ inner: Ring<Projected>) throws(Problem) -> Bool {
    var isInside = false
    for corner in inner.corners {
      switch try side(of: corner, outer) {
      case .outside: return false
      case .inside: isInside = true
      case .boundary: break
      }
    }
    guard !isInside, var last = inner.corners.last else { return isInside }
    // Where every corner touches, the middles of the sides tell.
    for corner in inner.corners {
      let middle = Projected((last.easting + corner.easting) / 2, (last.northing + corner.northing) / 2)
      last = corner
      switch try side(of: middle, outer) {
      case .outside: return false
      case .inside: return true
      case .boundary: break
      }
    }
    return false
  }

  private mutating func side(of point: Projected, _ ring: Ring<Projected>) throws(Problem) -> Side {
    try count(ring.corners.count)
    return ring.side(of: point)
  }

  private mutating func count(_ more: Int) throws(Problem) {
    tests += more
    guard tests <= Self.maxTests else {
      throw Problem("shp.too-large", line: 0, "its rings are too many, and too large, to see which lies in which")
    }
  }
}

extension Box {
  fileprivate func contains(_ other: Box) -> Bool {
    minX <= other.minX && other.maxX <= maxX && minY <= other.minY && other.maxY <= maxY
  }
}

private enum Side { case inside, outside, boundary }

extension Ring<Projected> {
  /// By the crossings of a ray to the east; what lies within the last digits of a `Double` is on the boundary.
  fileprivate func side(of point: Projected) -> Side {
    let near = 1e-12 * max(abs(point.easting), abs(point.northing))
    var isInside = false
    guard var a = corners.last else { return .outside }
    for b in corners {
      defer { a = b }
      guard min(a.northing, b.northing) - near <= point.northing, point.northing <= max(a.northing, b.northing) + near
      else { continue }
      let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
      let turn = dx * (point.northing - a.northing) - dy * (point.easting - a.easting)
      if abs(turn) <= near * (abs(dx) + abs(dy)), min(a.easting, b.easting) - near <= point.easting,
        point.easting <= max(a.easting, b.easting) + near
      {
        return .boundary
      }
      guard (a.northing > point.northing) != (b.northing > point.northing) else { continue }
      if (turn > 0) == (dy > 0) { isInside.toggle() }
    }
    return isInside ? .inside : .outside
  }
}
