import Geometry
import Topology

/// Valid polygons of the lattice as ground of which no part stands twice.
///
/// Where no two of a few come near each other there is nothing to unite: most hazards and drawn claims lie by themselves.
func united(_ polygons: [Polygon<LatticePoint>]) throws(TopologyError) -> [Polygon<LatticePoint>] {
  areApart(polygons.map(\.box)) ? polygons : try union(polygons, grid: 1)
}

private func areApart(_ boxes: [Box<LatticePoint>]) -> Bool {
  guard boxes.count <= 16 else { return false }
  return boxes.indices.allSatisfy { index in
    !boxes[..<index].contains { $0.intersects(boxes[index]) }
  }
}
