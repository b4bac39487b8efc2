import Geometry
import Survey

/// For each find the boxes in which it may lie, by their indices in order; more than it lies in, and never fewer.
func boxesNear(_ finds: [Find], _ boxes: [Box<LatticePoint>]) -> [[Int]] {
  var near: [[Int]] = Array(repeating: [], count: finds.count)
  // A find near the seam is the same place one turn on; near the poles a metre is many degrees: these ask every box.
  var places: [Box<LatticePoint>] = []
  for (index, find) in finds.enumerated() {
    if abs(find.position.longitude) > 179 || abs(find.position.latitude) > 85 {
      near[index] = Array(boxes.indices)
      places.append(Box())
    } else {
      places.append(Box([LatticePoint(nearest: find.position)]).grown(by: 10_000))
    }
  }
  overlaps(places, boxes) { near[$0].append($1) }
  for index in near.indices { near[index].sort() }
  return near
}
