import Geometry

/// Which capsules come near each other: a uniform grid of cells about as wide as a capsule.
struct CapsuleGrid {
  private let originX, originY, cell: Double
  private let columns, rows: Int
  /// Cell c holds `entries[starts[c]..<starts[c + 1]]`.
  private var starts: [Int32]
  private var entries: [Entry]
  private let boxes: [Box<Projected>]

  /// A capsule in one of its cells.
  private struct Entry: BitwiseCopyable {
    private let bits: UInt32

    init(_ index: Int, isFirstColumn: Bool, isFirstRow: Bool) {
      bits = UInt32(index) << 2 | (isFirstRow ? 2 : 0) | (isFirstColumn ? 1 : 0)
    }

    var index: Int { Int(bits >> 2) }
    /// Whether the capsule lies in no cell left of this one, and in none below.
    var isFirstColumn: Bool { bits & 1 != 0 }
    var isFirstRow: Bool { bits & 2 != 0 }
  }

  /// The cells that a box lies in.
  private struct Cells: BitwiseCopyable { var x0, y0, x1, y1: Int }

  init(_ capsules: [Capsule]) {
    var bounds = Box<Projected>()
    var (widest, total) = (0.0, 0.0)
    let boxes = capsules.map(\.box)
    for (capsule, box) in zip(capsules, boxes) {
      bounds.include(box)
      widest = max(widest, capsule.radius)
      total += capsule.length
    }
    // No finer than four cells a capsule: far-flung steps would make more cells than steps.
    let mean = capsules.isEmpty ? 1 : total / Double(capsules.count)
    let spread = (bounds.width * bounds.height / Double(4 * max(1, capsules.count))).squareRoot()
    cell = max(2 * widest, mean, spread, max(bounds.width, bounds.height) / 30_000, 1e-3)
    (columns, rows) = (Int(bounds.width / cell) + 1, Int(bounds.height / cell) + 1)
    (originX, originY) = (bounds.minX, bounds.minY)
    self.boxes = boxes
    (starts, entries) = (Array(repeating: 0, count: columns * rows + 1), [])
    for box in boxes {
      let cells = cells(of: box)
      for y in cells.y0...cells.y1 { for x in cells.x0...cells.x1 { starts[y * columns + x + 1] += 1 } }
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    entries = Array(repeating: Entry(0, isFirstColumn: false, isFirstRow: false), count: Int(starts[starts.count - 1]))
    for (index, box) in boxes.enumerated() {
      let cells = cells(of: box)
      for y in cells.y0...cells.y1 {
        for x in cells.x0...cells.x1 {
          let cell = y * columns + x
          entries[Int(next[cell])] = Entry(index, isFirstColumn: x == cells.x0, isFirstRow: y == cells.y0)
          next[cell] += 1
        }
      }
    }
  }

  private func cells(of box: Box<Projected>) -> Cells {
    Cells(
      x0: Int((box.minX - originX) / cell), y0: Int((box.minY - originY) / cell), x1: Int((box.maxX - originX) / cell),
      y1: Int((box.maxY - originY) / cell))
  }

  /// How many capsules the fullest cell holds.
  var mostInACell: Int { Int(zip(starts, starts.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }) }

  /// Calls `body` with each cell that holds capsules, row by row, and their indices.
  func forEachCell(_ body: (Box<Projected>, [Int]) -> Void) {
    for index in 0..<(columns * rows) where starts[index] < starts[index + 1] {
      let (x, y) = (originX + Double(index % columns) * cell, originY + Double(index / columns) * cell)
      body(
        Box([Projected(x, y), Projected(x + cell, y + cell)]),
        entries[Int(starts[index])..<Int(starts[index + 1])].map(\.index))
    }
  }

  func areNeighbors(_ a: Int, _ b: Int) -> Bool { boxes[a].intersects(boxes[b]) }

  /// Calls `body` once with each capsule but this one whose box meets a part of this one's, in an order that depends
  /// on the input alone.
  ///
  /// Stops early where `body` answers false.
  @inline(__always)
  func forEachNeighbor<Failure>(
    of own: Int, meeting part: Box<Projected>, _ body: (Int) throws(Failure) -> Bool
  ) throws(Failure) {
    let box = part.clamped(to: boxes[own])
    let cells = cells(of: box)
    for y in cells.y0...cells.y1 {
      for x in cells.x0...cells.x1 {
        let cell = y * columns + x
        for position in starts[cell]..<starts[cell + 1] {
          let entry = entries[Int(position)]
          // Two capsules may share several cells; they meet in the first of those looked at.
          guard entry.isFirstColumn || x == cells.x0, entry.isFirstRow || y == cells.y0 else { continue }
          let other = entry.index
          guard other != own, box.intersects(boxes[other]) else { continue }
          guard try body(other) else { return }
        }
      }
    }
  }
}

extension Box {
  fileprivate func clamped(to outer: Box) -> Box {
    func within(_ x: Double, _ y: Double) -> C {
      C(min(max(x, outer.minX), outer.maxX), min(max(y, outer.minY), outer.maxY))
    }
    return Box([within(minX, minY), within(maxX, maxY)])
  }
}
