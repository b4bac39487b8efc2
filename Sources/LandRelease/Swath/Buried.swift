import Geometry

/// The same ground from fewer capsules: those that lie wholly under others are left out.
///
/// A receiver left running in one place writes thousands of fixes within a metre, of which each would be compared with
/// each. In crowded cells of the grid, small squares are looked for that one capsule covers whole; it is kept. A capsule
/// that reaches no square left uncovered adds nothing to those kept. Where nothing is crowded, nothing is done.
/// The grid is that of the capsules that are left.
func withoutBuried(_ capsules: [Capsule]) -> (left: [Capsule], grid: CapsuleGrid) {
  let grid = CapsuleGrid(capsules)
  guard grid.mostInACell > crowd else { return (capsules, grid) }
  var isNeeded = Array(repeating: false, count: capsules.count)
  grid.forEachCell { box, members in
    let isCrowded = members.count > crowd
    for index in isCrowded ? needed(members, in: box, capsules) : members { isNeeded[index] = true }
  }
  let left = capsules.indices.filter { isNeeded[$0] }.map { capsules[$0] }
  return (left, CapsuleGrid(left))
}

/// Lanes a metre apart put about a dozen capsules into a cell, a handheld's scribble some thirty.
private let crowd = 64

/// Which of the capsules in a cell make up its ground.
private func needed(_ members: [Int], in box: Box<Projected>, _ capsules: [Capsule]) -> [Int] {
  let squares = 8
  let (width, height) = (box.width / Double(squares), box.height / Double(squares))
  var open = (0..<(squares * squares)).map { index in
    let (x, y) = (box.minX + Double(index % squares) * width, box.minY + Double(index / squares) * height)
    return Box([Projected(x, y), Projected(x + width, y + height)])
  }
  var kept: [Int] = []
  for member in members {
    let before = open.count
    // A convex piece of ground that holds four corners holds the square.
    open.removeAll { square in
      let capsule = capsules[member]
      return capsule.contains(square.minX, square.minY) && capsule.contains(square.maxX, square.minY)
        && capsule.contains(square.minX, square.maxY) && capsule.contains(square.maxX, square.maxY)
    }
    if open.count < before { kept.append(member) }
  }
  // Half a diagonal and a micrometre: whoever may reach an open square stays.
  let reach = (width * width + height * height).squareRoot() / 2 + 1e-6
  return kept
    + members.filter { member in
      open.contains { capsules[member].comes(within: reach, of: $0.center) }
    }
}
