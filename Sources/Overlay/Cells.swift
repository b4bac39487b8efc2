import Geometry

/// A uniform grid over the lattice: which segments, and which vertices, come near each other.
struct Cells {
  private let minX, minY, size: Int
  private let columns, rows: Int

  /// About as wide as a segment is long, and no more than a few cells a segment, however far apart they lie.
  init(_ segments: [Segment]) {
    var (minX, minY, maxX, maxY) = (Int.max, Int.max, Int.min, Int.min)
    var total = 0.0
    for s in segments {
      (minX, minY) = (min(minX, s.ax, s.bx), min(minY, s.ay, s.by))
      (maxX, maxY) = (max(maxX, s.ax, s.bx), max(maxY, s.ay, s.by))
      total += Double(abs(s.bx - s.ax) + abs(s.by - s.ay))
    }
    let count = Double(max(1, segments.count))
    let (width, height) = segments.isEmpty ? (1, 1) : (Double(maxX - minX) + 1, Double(maxY - minY) + 1)
    let size = max(total / count, (width * height / (4 * count)).squareRoot(), (width + height) / (2 * count + 16), 4)
    (self.minX, self.minY) = segments.isEmpty ? (0, 0) : (minX, minY)
    self.size = Int(size.rounded(.up))
    (columns, rows) = (Int(width) / self.size + 1, Int(height) / self.size + 1)
  }

  var count: Int { columns * rows }

  func column(_ x: Int) -> Int { min(max((x - minX) / size, 0), columns - 1) }
  func row(_ y: Int) -> Int { min(max((y - minY) / size, 0), rows - 1) }

  /// The cell of a place inside the grid, cells of a row side by side.
  func cell(_ x: Int, _ y: Int) -> Int { row(y) * columns + column(x) }

  /// The first abscissa of a column.
  func west(ofColumn column: Int) -> Int { minX + column * size }
  func cell(column: Int, row: Int) -> Int { row * columns + column }

  /// Every cell within a step of the segment, each once.
  @inline(__always)
  func forEachCell(along s: Segment, _ body: (Int) -> Void) {
    let (low, high) = (min(s.ay, s.by) - 1, max(s.ay, s.by) + 1)
    let (first, last) = (column(min(s.ax, s.bx) - 1), column(max(s.ax, s.bx) + 1))
    let (bottom, top) = (row(low), row(high))
    if first == last || bottom == top || s.ax == s.bx {
      for row in bottom...top {
        for column in first...last { body(row * columns + column) }
      }
      return
    }
    let slope = Double(s.by - s.ay) / Double(s.bx - s.ax)
    let at = { (x: Int) in Double(s.ay) + slope * Double(x - s.ax) }
    for column in first...last {
      // Two steps on each side: one for the pixel, one for rounding.
      let (left, right) = (west(ofColumn: column) - 2, west(ofColumn: column + 1) + 2)
      let (from, to) = (at(max(left, min(s.ax, s.bx))), at(min(right, max(s.ax, s.bx))))
      let below = max(low, Int(min(from, to).rounded(.down)) - 2)
      let above = min(high, Int(max(from, to).rounded(.up)) + 2)
      guard below <= above else { continue }
      for row in row(below)...row(above) { body(row * columns + column) }
    }
  }
}

/// Lists of numbers, one list a cell, a vertex or whatever is counted from 0, without an array each.
struct Buckets {
  private(set) var starts: [Int32]
  private(set) var members: [Int32]

  /// `each` calls its argument with a bucket and a member, twice over and in the same order.
  init(count: Int, _ each: ((Int, Int32) -> Void) -> Void) {
    var ends = [Int32](repeating: 0, count: count + 1)
    each { bucket, _ in ends[bucket] += 1 }
    var sum: Int32 = 0
    for index in ends.indices {
      sum += ends[index]
      ends[index] = sum - ends[index]
    }
    starts = ends
    var members = [Int32](repeating: 0, count: Int(sum))
    each { bucket, member in
      members[Int(ends[bucket])] = member
      ends[bucket] += 1
    }
    self.members = members
  }

  @inline(__always)
  subscript(bucket: Int) -> Range<Int> { Int(starts[bucket])..<Int(starts[bucket + 1]) }

  /// Puts the members of a bucket into another order.
  mutating func sort(_ bucket: Int, by comesFirst: (Int32, Int32) -> Bool) {
    members[self[bucket]].sort(by: comesFirst)
  }
}
