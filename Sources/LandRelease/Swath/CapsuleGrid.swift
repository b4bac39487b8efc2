import Geometry

/// Which capsules come near each other: a uniform grid of cells about as wide as a capsule.
struct CapsuleGrid {
  private let originX, originY, cell: Double
  private let columns, rows: Int
  /// Cell c holds `entries[starts[c]..<starts[c + 1]]`.
  private var starts: [Int32]
  private var entries: [Int32]
  private let extents: [Extent]

  /// The box of a capsule, and the cells that it lies in.
  private struct Extent: BitwiseCopyable {
    var box: Box<Projected>
    var x0, y0, x1, y1: Int32
  }

  init(_ capsules: [Capsule]) {
    var bounds = Box<Projected>()
    var (widest, longest, total) = (0.0, 0.0, 0.0)
    for capsule in capsules {
      bounds.include(capsule.box)
      widest = max(widest, capsule.radius)
      longest = max(longest, capsule.length)
      total += capsule.length
    }
    // No finer than four cells a capsule: far-flung steps would make more cells than steps.
    let mean = capsules.isEmpty ? 1 : total / Double(capsules.count)
    let spread = (bounds.width * bounds.height / Double(4 * max(1, capsules.count))).squareRoot()
    let cell = max(2 * widest, mean, spread, max(bounds.width, bounds.height) / 30_000, 1e-3)
    let (columns, rows) = (Int(bounds.width / cell) + 1, Int(bounds.height / cell) + 1)
    let (originX, originY) = (bounds.minX, bounds.minY)
    let extents = capsules.map { capsule in
      let box = capsule.box
      return Extent(
        box: box, x0: Int32((box.minX - originX) / cell), y0: Int32((box.minY - originY) / cell),
        x1: Int32((box.maxX - originX) / cell), y1: Int32((box.maxY - originY) / cell))
    }
    var starts = [Int32](repeating: 0, count: columns * rows + 1)
    for range in extents {
      for y in range.y0...range.y1 { for x in range.x0...range.x1 { starts[Int(y) * columns + Int(x) + 1] += 1 } }
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    var entries = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
    for (index, range) in extents.enumerated() {
      for y in range.y0...range.y1 {
        for x in range.x0...range.x1 {
          let cell = Int(y) * columns + Int(x)
          entries[Int(next[cell])] = Int32(index)
          next[cell] += 1
        }
      }
    }
    (self.originX, self.originY, self.cell, self.columns, self.rows) = (originX, originY, cell, columns, rows)
    (self.starts, self.entries, self.extents) = (starts, entries, extents)
  }

  /// Calls `body` with each cell that holds capsules, row by row, and their indices.
  func forEachCell(_ body: (Box<Projected>, ArraySlice<Int32>) -> Void) {
    for index in 0..<(columns * rows) where starts[index] < starts[index + 1] {
      let (x, y) = (originX + Double(index % columns) * cell, originY + Double(index / columns) * cell)
      body(Box([Projected(x, y), Projected(x + cell, y + cell)]), entries[Int(starts[index])..<Int(starts[index + 1])])
    }
  }

  func areNeighbors(_ a: Int, _ b: Int) -> Bool { extents[a].box.intersects(extents[b].box) }

  /// Calls `body` once with each other capsule whose box meets this one's, in an order that depends on the input alone.
  ///
  /// Stops early where `body` answers false.
  @inline(__always)
  func forEachNeighbor<Failure>(of index: Int, _ body: (Int) throws(Failure) -> Bool) throws(Failure) {
    let own = extents[index]
    for y in own.y0...own.y1 {
      for x in own.x0...own.x1 {
        let cell = Int(y) * columns + Int(x)
        for entry in starts[cell]..<starts[cell + 1] {
          let other = Int(entries[Int(entry)])
          let extent = extents[other]
          guard own.box.intersects(extent.box), other != index else { continue }
          // Two capsules may share several cells; they meet in the first that both cover.
          guard x == max(own.x0, extent.x0), y == max(own.y0, extent.y0) else { continue }
          guard try body(other) else { return }
        }
      }
    }
  }
}
