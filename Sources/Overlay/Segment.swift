import Geometry

/// A directed edge of a layer's ring, in lattice steps.
struct Segment: BitwiseCopyable {
  var ax, ay, bx, by: Int
  var layer: Int32
}

/// Every edge of the layers' rings, none of no length.
func segments(of layers: [[[LatticePoint]]]) -> [Segment] {
  var segments: [Segment] = []
  segments.reserveCapacity(layers.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } })
  for (layer, rings) in layers.enumerated() {
    for ring in rings {
      guard var a = ring.last else { continue }
      for b in ring {
        if a != b { segments.append(Segment(ax: a.x, ay: a.y, bx: b.x, by: b.y, layer: Int32(layer))) }
        a = b
      }
    }
  }
  return segments
}

/// Twice the signed area of the triangle: positive where c lies left of a to b.
///
/// Exact: edges are no longer than about 100 m, or 5e7 steps beside the poles, and c is near.
@inline(__always)
func turn(_ ax: Int, _ ay: Int, _ bx: Int, _ by: Int, _ cx: Int, _ cy: Int) -> Int {
  (bx &- ax) &* (cy &- ay) &- (by &- ay) &* (cx &- ax)
}

/// The lattice point nearest to where two segments cross, `nil` unless the inside of each crosses the inside of the other.
///
/// Halves are rounded up, as a pixel holds its left and lower edge.
func crossing(_ s: Segment, _ t: Segment) -> LatticePoint? {
  let (c, d) = (turn(s.ax, s.ay, s.bx, s.by, t.ax, t.ay), turn(s.ax, s.ay, s.bx, s.by, t.bx, t.by))
  guard (c > 0 && d < 0) || (c < 0 && d > 0) else { return nil }
  let (a, b) = (turn(t.ax, t.ay, t.bx, t.by, s.ax, s.ay), turn(t.ax, t.ay, t.bx, t.by, s.bx, s.by))
  guard (a > 0 && b < 0) || (a < 0 && b > 0) else { return nil }
  // The part of s before the crossing is a / (a - b).
  return LatticePoint(x: s.ax + part(s.bx - s.ax, a, a - b), y: s.ay + part(s.by - s.ay, a, a - b))
}

/// length · numerator / denominator to the nearest whole number, halves up; exact in 128 bits.
private func part(_ length: Int, _ numerator: Int, _ denominator: Int) -> Int {
  var (above, below) = (2 * Int128(length) * Int128(numerator), 2 * Int128(denominator))
  if below < 0 { (above, below) = (-above, -below) }
  above += below / 2
  let (quotient, rest) = above.quotientAndRemainder(dividingBy: below)
  return Int(rest < 0 ? quotient - 1 : quotient)
}

/// Whether a segment passes through the pixel of a lattice point: the square of one step round it with its left and lower
/// edge, without its right and upper one.
///
/// In doubled coordinates round the pixel's middle the square is -1 ≤ X < 1, -1 ≤ Y < 1; each of the four bounds holds the
/// parameter of the segment from below or from above, and the bounds must leave it room. Compared as fractions, exactly.
func passes(_ s: Segment, throughPixelOf x: Int, _ y: Int) -> Bool {
  let (ax, ay) = (2 * (s.ax - x), 2 * (s.ay - y))
  let (dx, dy) = (2 * (s.bx - s.ax), 2 * (s.by - s.ay))
  var room = Room()
  return room.hold(ax, dx) && room.hold(ay, dy)
}

/// What is left of a segment's parameter, 0 to 1, as two fractions with positive denominators.
private struct Room {
  private var (low, lowUnit, lowIsOpen) = (0, 1, false)
  private var (high, highUnit, highIsOpen) = (1, 1, false)

  /// Keeps the parameters t with -1 ≤ a + t d < 1; false where none is left.
  mutating func hold(_ a: Int, _ d: Int) -> Bool {
    if d == 0 { return -1 <= a && a < 1 }
    if d > 0 {
      raise(-1 - a, d, isOpen: false)
      lower(1 - a, d, isOpen: true)
    } else {
      raise(a - 1, -d, isOpen: true)
      lower(a + 1, -d, isOpen: false)
    }
    let (l, h) = (low &* highUnit, high &* lowUnit)
    return l < h || (l == h && !lowIsOpen && !highIsOpen)
  }

  private mutating func raise(_ value: Int, _ unit: Int, isOpen: Bool) {
    let (new, old) = (value &* lowUnit, low &* unit)
    if new > old || (new == old && isOpen) { (low, lowUnit, lowIsOpen) = (value, unit, isOpen) }
  }

  private mutating func lower(_ value: Int, _ unit: Int, isOpen: Bool) {
    let (new, old) = (value &* highUnit, high &* unit)
    if new < old || (new == old && isOpen) { (high, highUnit, highIsOpen) = (value, unit, isOpen) }
  }
}
