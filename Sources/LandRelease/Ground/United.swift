import Geometry
import Overlay

/// Valid polygons of the lattice as ground of which no part stands twice.
///
/// Where no two of a few come near each other there is nothing to unite: most hazards and drawn claims lie by themselves.
/// Otherwise they are noded by snap rounding, as all ground is, and what any of them winds round is kept.
func united(_ polygons: [Polygon<LatticePoint>]) throws -> [Polygon<LatticePoint>] {
  areApart(polygons.map(\.box)) ? polygons : try assembled(boundary(of: polygons))
}

/// The rings of their union, with the ground on the left.
private func boundary(of polygons: [Polygon<LatticePoint>]) throws(LandReleaseError) -> [[LatticePoint]] {
  let rings = polygons.flatMap { polygon in
    [turned(polygon.outer, left: true)] + polygon.holes.map { turned($0, left: false) }
  }
  do throws(OverlayError) {
    let overlay = try Overlay([rings])
    let covered = overlay.labels.map { label in label.contains { $0.count >= 1 } ? 0 : -1 }
    return overlay.rings(of: covered, count: 1)[0]
  } catch { throw .arrangement("polygons that cannot be united at \(error.place)") }
}

private func areApart(_ boxes: [Box<LatticePoint>]) -> Bool {
  guard boxes.count <= 16 else { return false }
  return boxes.indices.allSatisfy { index in
    !boxes[..<index].contains { $0.intersects(boxes[index]) }
  }
}
