import Geometry

/// Which members belong together, by union and find (R. E. Tarjan, J. ACM 22, 1975).
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func find(_ member: Int) -> Int {
    var member = member
    while parents[member] != member {
      parents[member] = parents[parents[member]]
      member = parents[member]
    }
    return member
  }

  /// Joins two sets; the smaller number stays the root, so roots do not depend on the order of joining.
  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (find(a), find(b))
    if a < b { parents[b] = a } else { parents[a] = b }
  }
}

/// Calls `body` with every pair of boxes that overlap, by a sweep from west to east.
func joinOverlapping<C: Coordinate>(_ boxes: [Box<C>], _ body: (Int, Int) -> Void) {
  let order = boxes.indices.filter { !boxes[$0].isEmpty }.sorted { (boxes[$0].minX, $0) < (boxes[$1].minX, $1) }
  var open: [Int] = []
  for index in order {
    let box = boxes[index]
    open.removeAll { boxes[$0].maxX < box.minX }
    for other in open where boxes[other].intersects(box) { body(other, index) }
    open.append(index)
  }
}
