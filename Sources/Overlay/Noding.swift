import Geometry

/// Segments cut at every place where they meet, by snap rounding: all ends and crossings are moved to their lattice points, and
/// every segment that passes through the pixel of one is bent to go through its middle.
///
/// What comes out meets in vertices only, and no edge has moved by more than half a step (J. D. Hobby, "Practical segment
/// intersection with finite precision output", 1999). All decisions are exact, in whole numbers.
struct Noding {
  private(set) var vertices: [LatticePoint]
  /// A stretch between two vertices, from the lower number to the higher, with its layer; `sense` is 1 where the ring runs
  /// that way, else -1.
  struct Stretch: BitwiseCopyable {
    var from, to: Int32
    var layer: Int32
    var sense: Int32
  }
  private(set) var stretches: [Stretch] = []

  init(_ segments: [Segment], in cells: Cells) {
    let near = Buckets(count: cells.count) { put in
      for (index, segment) in segments.enumerated() {
        cells.forEachCell(along: segment) { put($0, Int32(truncatingIfNeeded: index)) }
      }
    }
    let crossings = Self.crossings(segments, near, cells.count)
    let places = Buckets(count: cells.count) { put in
      for (index, s) in segments.enumerated() { put(cells.cell(s.ax, s.ay), Int32(truncatingIfNeeded: index)) }
      for (index, c) in crossings.enumerated() {
        put(cells.cell(c.x, c.y), Int32(truncatingIfNeeded: segments.count + index))
      }
    }
    vertices = []
    vertices.reserveCapacity(segments.count + crossings.count)
    var starts: [Int32] = [0]
    starts.reserveCapacity(cells.count + 1)
    for cell in 0..<cells.count {
      let first = vertices.count
      for member in places[cell] {
        let index = Int(places.members[member])
        let place =
          index < segments.count
          ? LatticePoint(x: segments[index].ax, y: segments[index].ay) : crossings[index - segments.count]
        vertices.append(place)
      }
      removeRepeats(from: first)
      starts.append(Int32(truncatingIfNeeded: vertices.count))
    }
    stretches.reserveCapacity(segments.count + 2 * crossings.count)
    var passed: [(along: Int, vertex: Int32)] = []
    for segment in segments { appendStretches(of: segment, cells, starts, &passed) }
  }

  private mutating func removeRepeats(from first: Int) {
    guard vertices.count - first > 1 else { return }
    vertices[first...].sort()
    var kept = first + 1
    for index in (first + 1)..<vertices.count where vertices[index] != vertices[index - 1] {
      vertices[kept] = vertices[index]
      kept += 1
    }
    vertices.removeSubrange(kept...)
  }

  private static func crossings(_ segments: [Segment], _ near: Buckets, _ count: Int) -> [LatticePoint] {
    var crossings: [LatticePoint] = []
    for cell in 0..<count {
      let members = near[cell]
      for first in members {
        let s = segments[Int(near.members[first])]
        let (minX, maxX) = (min(s.ax, s.bx), max(s.ax, s.bx))
        let (minY, maxY) = (min(s.ay, s.by), max(s.ay, s.by))
        for second in (first + 1)..<max(first + 1, members.upperBound) {
          let t = segments[Int(near.members[second])]
          guard max(t.ax, t.bx) >= minX, min(t.ax, t.bx) <= maxX, max(t.ay, t.by) >= minY, min(t.ay, t.by) <= maxY
          else { continue }
          if let crossing = crossing(s, t) { crossings.append(crossing) }
        }
      }
    }
    return crossings
  }

  private mutating func appendStretches(
    of s: Segment, _ cells: Cells, _ starts: [Int32], _ passed: inout [(along: Int, vertex: Int32)]
  ) {
    passed.removeAll(keepingCapacity: true)
    let (minX, maxX) = (min(s.ax, s.bx) - 1, max(s.ax, s.bx) + 1)
    let (minY, maxY) = (min(s.ay, s.by) - 1, max(s.ay, s.by) + 1)
    let (dx, dy) = (s.bx - s.ax, s.by - s.ay)
    let reach = abs(dx) + abs(dy)
    cells.forEachCell(along: s) { cell in
      for vertex in Int(starts[cell])..<Int(starts[cell + 1]) {
        let place = vertices[vertex]
        guard place.x >= minX, place.x <= maxX, place.y >= minY, place.y <= maxY else { continue }
        let (x, y) = (place.x - s.ax, place.y - s.ay)
        // Most places lie beside the line with all of their pixel, or are its ends.
        guard abs(dx &* y &- dy &* x) <= reach else { continue }
        let isEnd = (x == 0 && y == 0) || (x == dx && y == dy)
        if isEnd || passes(s, throughPixelOf: place.x, place.y) {
          // Pixels are convex and apart, so their middles come in the order in which they are passed.
          passed.append((x &* dx &+ y &* dy, Int32(truncatingIfNeeded: vertex)))
        }
      }
    }
    if passed.count > 1 { passed.sort { $0.along < $1.along } }
    for index in passed.indices.dropFirst() {
      let (a, b) = (passed[index - 1].vertex, passed[index].vertex)
      stretches.append(
        a < b
          ? Stretch(from: a, to: b, layer: s.layer, sense: 1) : Stretch(from: b, to: a, layer: s.layer, sense: -1))
    }
  }
}
