import Geometry

/// A place inside a face, away from its edges: the middle of the widest stretch along a row half-way up.
///
/// Rows lie half-way between lattice rows, so no corner is ever on them. `nil` for a face without a row, which has no area.
func interiorPoint(of face: Polygon<LatticePoint>) -> (x: Double, y: Double)? {
  let box = Box(face.outer.corners)
  guard box.height >= 1 else { return nil }
  let y = ((box.minY + box.maxY) / 2).rounded(.down) + 0.5
  var crossings: [Double] = []
  for ring in face.rings {
    guard var a = ring.corners.last else { continue }
    for b in ring.corners {
      if (a.second > y) != (b.second > y) {
        crossings.append(a.first + (y - a.second) / (b.second - a.second) * (b.first - a.first))
      }
      a = b
    }
  }
  crossings.sort()
  var best: (x: Double, width: Double)?
  for index in stride(from: 0, to: crossings.count - 1, by: 2) {
    let width = crossings[index + 1] - crossings[index]
    if width > best?.width ?? 0 { best = ((crossings[index] + crossings[index + 1]) / 2, width) }
  }
  return best.map { ($0.x, y) }
}
