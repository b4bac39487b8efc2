import Geometry

/// Shells with their holes: a hole belongs to the smallest shell that holds it.
///
/// Shells are counter-clockwise, holes clockwise; rings may touch in vertices and never cross.
func assembled(_ loops: [[LatticePoint]]) throws(LandReleaseError) -> [Polygon<LatticePoint>] {
  var (shells, holes): ([SizedRing], [SizedRing]) = ([], [])
  for loop in loops {
    guard let ring = try? Ring(loop) else { continue }
    let sized = SizedRing(ring)
    if sized.twiceArea > 0 { shells.append(sized) } else if sized.twiceArea < 0 { holes.append(sized) }
  }
  shells.sort { $0.twiceArea < $1.twiceArea }
  var polygons = shells.map { Polygon($0.ring) }
  guard !holes.isEmpty else { return polygons }
  let cells = ShellCells(shells.map(\.box))
  var indices: [Int: RingIndex] = [:]
  for hole in holes {
    guard let (x, y) = interiorPoint(of: Polygon(hole.ring)) else { throw .arrangement("a hole without an inside") }
    let home = cells.first(at: x, y) { number in
      let shell = shells[number]
      // The place inside the hole may lie on an island in it, which is smaller and holds nothing of the hole's edge.
      guard shell.box.intersects(hole.box), shell.twiceArea > -hole.twiceArea else { return false }
      let index = indices[number] ?? RingIndex(RingSet([shell.ring.corners], .evenOdd))
      indices[number] = index
      return index.contains(x, y)
    }
    // A hole without a shell would be ground that changes its state by our own mistake.
    guard let home else { throw .arrangement("a hole without a shell at \(hole.ring.corners[0].position)") }
    polygons[home].holes.append(hole.ring)
  }
  return polygons
}

private struct SizedRing {
  let ring: Ring<LatticePoint>
  let twiceArea: Double
  let box: Box<LatticePoint>

  init(_ ring: Ring<LatticePoint>) {
    (self.ring, twiceArea, box) = (ring, ring.twiceSignedArea, Box(ring.corners))
  }
}

/// Numbers of boxes by square cells as wide as the power of two above their size: each lies in four cells at most, and a shell
/// within another is never in larger cells.
private struct ShellCells {
  private struct Cell: Hashable {
    var level, x, y: Int
  }
  private var shells: [Cell: [Int]] = [:]
  private var levels: [Int] = []

  /// Smaller shells come first.
  init(_ boxes: [Box<LatticePoint>]) {
    for (shell, box) in boxes.enumerated() {
      let level = Int.bitWidth - Int(max(box.width, box.height)).leadingZeroBitCount
      for y in (Int(box.minY) >> level)...(Int(box.maxY) >> level) {
        for x in (Int(box.minX) >> level)...(Int(box.maxX) >> level) {
          shells[Cell(level: level, x: x, y: y), default: []].append(shell)
        }
      }
    }
    levels = Set(shells.keys.map(\.level)).sorted()
  }

  /// The smallest shell near a place for which `isHome` holds, of shells of which each holds the one before.
  func first(at x: Double, _ y: Double, where isHome: (Int) -> Bool) -> Int? {
    let (x, y) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    for level in levels {
      if let home = shells[Cell(level: level, x: x >> level, y: y >> level)]?.first(where: isHome) { return home }
    }
    return nil
  }
}
