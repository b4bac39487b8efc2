import Geometry

/// Boxes in groups: two that overlap are in one.
struct BoxGroups {
  /// The group of each box.
  private(set) var groupOf: [Int]
  /// Round each group.
  private(set) var boxes: [Box<Geographic>] = []

  /// `isTogether` says of two that overlap whether they may be in one group at all.
  init(_ members: [Box<Geographic>], where isTogether: (Int, Int) -> Bool = { _, _ in true }) {
    var parent = Array(members.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parent[index] != index {
        parent[index] = parent[parent[index]]
        index = parent[index]
      }
      return index
    }
    // From west to east: only those are compared that are still open to the east.
    var open: [Int] = []
    for index in members.indices.sorted(by: { members[$0].minX < members[$1].minX }) {
      open.removeAll { members[$0].maxX < members[index].minX }
      for other in open where members[other].intersects(members[index]) && isTogether(other, index) {
        parent[root(other)] = root(index)
      }
      open.append(index)
    }
    groupOf = []
    var numbers: [Int: Int] = [:]
    for index in members.indices {
      let root = root(index)
      let group = numbers[root] ?? boxes.count
      if group == boxes.count {
        numbers[root] = group
        boxes.append(Box())
      }
      groupOf.append(group)
      boxes[group].include(members[index])
    }
  }

  /// The groups whose box overlaps one of some others.
  func touching(_ others: [Box<Geographic>]) -> Set<Int> {
    Set(boxes.indices.filter { index in others.contains { $0.intersects(boxes[index]) } })
  }
}

extension Box where C == Geographic {
  /// With its sides moved outwards by metres, or a little more.
  func grown(byMetres metres: Double) -> Box {
    let scale = LocalScale(latitude: max(abs(minY), abs(maxY)))
    return grown(byX: metres * 1.02 / max(scale.metresPerLongitude, 1), y: metres * 1.02 / 110_000)
  }
}
