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
func appendCrossings(of p: Capsule, and q: Capsule, to found: inout [CapsuleCrossing]) {
  crossSides(p, q, &found)
  crossSidesAndArcs(p, q, sidesAreFirst: true, &found)
  crossSidesAndArcs(q, p, sidesAreFirst: false, &found)
  crossArcs(p, q, &found)
}

@inline(__always)
private func crossSides(_ p: Capsule, _ q: Capsule, _ found: inout [CapsuleCrossing]) {
  guard p.length > 0, q.length > 0 else { return }
  // Directions are unit vectors: below this the sides are parallel, and parallel sides never lie on one line.
  let sine = p.ux * q.uy - p.uy * q.ux
  guard abs(sine) > 1e-14 else { return }
  for i in [0, 2] {
    let a = p.side(i)
    for j in [0, 2] {
      let b = q.side(j)
      let cross = i == j ? sine : -sine
      let (wx, wy) = (b.x - a.x, b.y - a.y)
      let s = (wx * b.dy - wy * b.dx) / cross
      guard s >= 0, s <= p.length else { continue }
      let t = (wx * a.dy - wy * a.dx) / cross
      guard t >= 0, t <= q.length else { continue }
      found.append(
        CapsuleCrossing(
          first: Double(i) + s / p.length, second: Double(j) + t / q.length, firstElement: UInt8(i),
          secondElement: UInt8(j), firstEnters: cross < 0, x: a.x + s * a.dx, y: a.y + s * a.dy))
    }
  }
}

/// The sides of `p` with the arcs of `q`.
@inline(__always)
private func crossSidesAndArcs(
  _ p: Capsule, _ q: Capsule, sidesAreFirst: Bool, _ found: inout [CapsuleCrossing]
) {
  guard p.length > 0 else { return }
  for j in [1, 3] {
    let arc = q.arc(j)
    let (dx, dy) = (arc.x - p.ax, arc.y - p.ay)
    // The centre of the arc along the step of p, and to its left.
    let (along, across) = (dx * p.ux + dy * p.uy, dy * p.ux - dx * p.uy)
    guard along > -q.radius, along < p.length + q.radius else { continue }
    for i in [0, 2] {
      let offset = i == 0 ? across + p.radius : across - p.radius
      let halfChordSquared = (q.radius - offset) * (q.radius + offset)
      guard halfChordSquared > 0 else { continue }
      let halfChord = halfChordSquared.squareRoot()
      let side = p.side(i)
      let middle = i == 0 ? along : p.length - along
      for sideEnters in [true, false] {
        let s = sideEnters ? middle - halfChord : middle + halfChord
        guard s >= 0, s <= p.length else { continue }
        let (x, y) = (side.x + s * side.dx, side.y + s * side.dy)
        guard let fraction = q.fraction(ofArc: j, x - arc.x, y - arc.y) else { continue }
        let (onSide, onArc) = (Double(i) + s / p.length, Double(j) + fraction)
        found.append(
          sidesAreFirst
            ? CapsuleCrossing(
              first: onSide, second: onArc, firstElement: UInt8(i), secondElement: UInt8(j), firstEnters: sideEnters,
              x: x, y: y)
            : CapsuleCrossing(
              first: onArc, second: onSide, firstElement: UInt8(j), secondElement: UInt8(i), firstEnters: !sideEnters,
              x: x, y: y))
      }
    }
  }
}

@inline(__always)
private func crossArcs(_ p: Capsule, _ q: Capsule, _ found: inout [CapsuleCrossing]) {
  let (sum, gap) = (p.radius + q.radius, p.radius - q.radius)
  for i in [1, 3] {
    let a = p.arc(i)
    for j in [1, 3] {
      let b = q.arc(j)
      let (wx, wy) = (b.x - a.x, b.y - a.y)
      let squared = wx * wx + wy * wy
      guard squared < sum * sum, squared > gap * gap else { continue }
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
            first: Double(i) + onFirst, second: Double(j) + onSecond, firstElement: UInt8(i),
            secondElement: UInt8(j), firstEnters: firstEnters, x: a.x + x, y: a.y + y))
      }
    }
  }
}
