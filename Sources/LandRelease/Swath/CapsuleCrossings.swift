/// A point in which the boundaries of two capsules cross.
struct CapsuleCrossing: BitwiseCopyable {
  /// How far round each loop: the element's number plus the fraction along it.
  var first, second: Double
  var firstElement, secondElement: UInt8
  /// Whether the first capsule's boundary, walked counter-clockwise, enters the second capsule here.
  var firstEnters: Bool
  var x, y: Double
}

/// Appends every crossing of two capsules' boundaries.
///
/// Always called with the same order for the same pair, so that both sides see the very same numbers. Touching
/// boundaries do not occur: radii differ a little from step to step (`SwathOutline`).
func appendCrossings(of p: borrowing Capsule, and q: borrowing Capsule, to found: inout [CapsuleCrossing]) {
  for i in [0, 2] where p.length > 0 {
    for j in [0, 2] where q.length > 0 { crossSides(p, i, q, j, &found) }
    for j in [1, 3] { crossSideAndArc(p, i, q, j, sideIsFirst: true, &found) }
  }
  for j in [0, 2] where q.length > 0 {
    for i in [1, 3] { crossSideAndArc(q, j, p, i, sideIsFirst: false, &found) }
  }
  for i in [1, 3] {
    for j in [1, 3] { crossArcs(p, i, q, j, &found) }
  }
}

@inline(__always)
private func crossSides(_ p: Capsule, _ i: Int, _ q: Capsule, _ j: Int, _ found: inout [CapsuleCrossing]) {
  let (a, b) = (p.side(i), q.side(j))
  let cross = a.dx * b.dy - a.dy * b.dx
  // Directions are unit vectors: below this the sides are parallel, and parallel sides never lie on one line.
  guard abs(cross) > 1e-14 else { return }
  let (wx, wy) = (b.x - a.x, b.y - a.y)
  let s = (wx * b.dy - wy * b.dx) / cross
  let t = (wx * a.dy - wy * a.dx) / cross
  guard s >= 0, s <= p.length, t >= 0, t <= q.length else { return }
  found.append(
    CapsuleCrossing(
      first: Double(i) + s / p.length, second: Double(j) + t / q.length, firstElement: UInt8(i),
      secondElement: UInt8(j), firstEnters: cross < 0, x: a.x + s * a.dx, y: a.y + s * a.dy))
}

@inline(__always)
private func crossSideAndArc(
  _ p: Capsule, _ i: Int, _ q: Capsule, _ j: Int, sideIsFirst: Bool, _ found: inout [CapsuleCrossing]
) {
  let (side, arc) = (p.side(i), q.arc(j))
  let (wx, wy) = (arc.x - side.x, arc.y - side.y)
  let offset = side.dx * wy - side.dy * wx
  let halfChordSquared = (q.radius - offset) * (q.radius + offset)
  guard halfChordSquared > 0 else { return }
  let (middle, halfChord) = (side.dx * wx + side.dy * wy, halfChordSquared.squareRoot())
  for sideEnters in [true, false] {
    let s = sideEnters ? middle - halfChord : middle + halfChord
    guard s >= 0, s <= p.length else { continue }
    let (x, y) = (side.x + s * side.dx, side.y + s * side.dy)
    guard let fraction = q.fraction(ofArc: j, x - arc.x, y - arc.y) else { continue }
    let (onSide, onArc) = (Double(i) + s / p.length, Double(j) + fraction)
    found.append(
      sideIsFirst
        ? CapsuleCrossing(
          first: onSide, second: onArc, firstElement: UInt8(i), secondElement: UInt8(j), firstEnters: sideEnters,
          x: x, y: y)
        : CapsuleCrossing(
          first: onArc, second: onSide, firstElement: UInt8(j), secondElement: UInt8(i), firstEnters: !sideEnters,
          x: x, y: y))
  }
}

@inline(__always)
private func crossArcs(_ p: Capsule, _ i: Int, _ q: Capsule, _ j: Int, _ found: inout [CapsuleCrossing]) {
  let (a, b) = (p.arc(i), q.arc(j))
  let (wx, wy) = (b.x - a.x, b.y - a.y)
  let squared = wx * wx + wy * wy
  let (sum, gap) = (p.radius + q.radius, p.radius - q.radius)
  guard squared < sum * sum, squared > gap * gap else { return }
  let distance = squared.squareRoot()
  let (ex, ey) = (wx / distance, wy / distance)
  let along = (squared + sum * gap) / (2 * distance)
  let across = max(0, (p.radius - along) * (p.radius + along)).squareRoot()
  for firstEnters in [true, false] {
    let h = firstEnters ? -across : across
    let (x, y) = (along * ex - h * ey, along * ey + h * ex)
    guard let onFirst = p.fraction(ofArc: i, x, y), let onSecond = q.fraction(ofArc: j, x - wx, y - wy) else {
      continue
    }
    found.append(
      CapsuleCrossing(
        first: Double(i) + onFirst, second: Double(j) + onSecond, firstElement: UInt8(i), secondElement: UInt8(j),
        firstEnters: firstEnters, x: a.x + x, y: a.y + y))
  }
}
