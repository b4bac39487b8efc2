import Geometry

/// A ring with fewer corners that never takes in more ground than before.
///
/// Walks the ring with the ground on the left and replaces a chain of corners by one edge only where every corner
/// between lies on the outer side of that edge and within `tolerance` metres of it. Each replacement cuts off a
/// simple, counter-clockwise loop, which lowers the winding number by one inside the loop and changes it nowhere else.
/// So the ground of winding number one or more, which is what `RingSet` counts, can only shrink, and only within
/// `tolerance` of the former edge, even where two cuts cross each other.
func simplifiedInwards(_ ring: [Projected], tolerance: Double) -> [Projected] {
  let count = ring.count
  guard count > 4 else { return ring }
  // The lowest corner is convex or collinear on any ring; as a start it is as good as another, and it is the same
  // whatever corner the ring happens to begin with.
  var first = 0
  for index in 1..<count
  where (ring[index].northing, ring[index].easting) < (ring[first].northing, ring[first].easting) { first = index }

  func corner(_ index: Int) -> Projected { ring[(first + index) % count] }
  var kept: [Projected] = []
  var at = 0
  while at < count {
    let start = corner(at)
    kept.append(start)
    at = farthestInnerCorner(from: at, start, limit: count, tolerance, corner)
  }
  return kept.count >= 3 ? kept : ring
}

/// The corner to go to next: the farthest that leaves all corners between on the outer side, close to the edge.
private func farthestInnerCorner(
  from at: Int, _ start: Projected, limit: Int, _ tolerance: Double, _ corner: (Int) -> Projected
) -> Int {
  // Chains longer than this hardly occur within 2 cm; the bound keeps the work linear.
  let horizon = min(at + 48, limit)
  var best = at + 1
  guard best < horizon else { return best }
  // The leftmost direction seen so far: only a corner at or left of it leaves all others on the right.
  var (leftX, leftY) = (corner(at + 1).easting - start.easting, corner(at + 1).northing - start.northing)
  var candidate = at + 2
  while candidate <= horizon {
    let end = corner(candidate)
    let (dx, dy) = (end.easting - start.easting, end.northing - start.northing)
    let squared = dx * dx + dy * dy
    if leftX * dy - leftY * dx >= 0, leftX * dx + leftY * dy > 0 {
      (leftX, leftY) = (dx, dy)
      var fits = squared > 0
      var farthest = 0.0
      for between in (at + 1)..<candidate {
        let c = corner(between)
        let (cx, cy) = (c.easting - start.easting, c.northing - start.northing)
        let outside = dy * cx - dx * cy
        fits = fits && outside >= 0 && cx * dx + cy * dy >= 0 && cx * dx + cy * dy <= squared
        farthest = max(farthest, outside)
      }
      if fits, farthest * farthest <= tolerance * tolerance * squared {
        best = candidate
      } else if farthest * farthest > 16 * tolerance * tolerance * squared {
        break
      }
    }
    candidate += 1
  }
  return best
}
