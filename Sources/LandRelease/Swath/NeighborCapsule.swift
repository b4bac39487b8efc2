import Geometry

/// A capsule as another one sees it: in that one's frame, metres along its step from where it begins and to its left.
///
/// It tells which parts of the other's sides and arcs it covers. Touching boundaries do not occur: radii differ a little
/// from step to step (`SwathOutline`).
struct NeighborCapsule {
  private let a, b: Projected
  /// The direction of its step.
  private let cosine, sine: Double
  private let length, radius: Double

  @inline(__always)
  init(_ capsule: Capsule, seenFrom own: Capsule) {
    (a, b) = (own.local(capsule.ax, capsule.ay), own.local(capsule.bx, capsule.by))
    (length, radius) = (capsule.length, capsule.radius)
    cosine = own.ux * capsule.ux + own.uy * capsule.uy
    sine = own.ux * capsule.uy - own.uy * capsule.ux
  }

  /// Whether a place lies inside, edges left out.
  func contains(_ place: Projected) -> Bool {
    let (dx, dy) = (place.easting - a.easting, place.northing - a.northing)
    let along = min(max(dx * cosine + dy * sine, 0), length)
    let (x, y) = (dx - along * cosine, dy - along * sine)
    return x * x + y * y < radius * radius
  }

  /// Where a line along the other's step begins and ceases to be covered, and by which element there; `nil` where it misses.
  ///
  /// What a convex body covers of a line is one interval, whose ends are the outermost of its crossings with discs and sides.
  @inline(__always)
  func interval(left: Double) -> (from: Double, fromElement: UInt8, to: Double, toElement: UInt8)? {
    var (from, fromElement, to, toElement) = (Double.infinity, 0 as UInt8, -Double.infinity, 0 as UInt8)
    func take(_ place: Double, _ element: UInt8) {
      if place < from { (from, fromElement) = (place, element) }
      if place > to { (to, toElement) = (place, element) }
    }
    func takeDisc(_ center: Projected, _ element: UInt8) {
      let offset = left - center.northing
      let halfChordSquared = (radius - offset) * (radius + offset)
      guard halfChordSquared > 0 else { return }
      let halfChord = halfChordSquared.squareRoot()
      take(center.easting - halfChord, element)
      take(center.easting + halfChord, element)
    }
    takeDisc(b, 1)
    if length == 0, from < to {
      // The two arcs are one circle: which of them it is, the direction tells.
      let across = (left - b.northing) * sine
      if (from - b.easting) * cosine + across < 0 { fromElement = 3 }
      if (to - b.easting) * cosine + across < 0 { toElement = 3 }
      return (from, fromElement, to, toElement)
    }
    takeDisc(a, 3)
    // Directions are unit vectors: below this the sides are parallel, and parallel sides never lie on one line.
    if length > 0, abs(sine) > 1e-14 {
      let middle = (left - a.northing) / sine
      let aside = radius / sine
      // Metres along this capsule's step, on its right side and on its left one.
      let (right, other) = (middle + aside * cosine, middle - aside * cosine)
      if right >= 0, right <= length { take(a.easting + right * cosine + radius * sine, 0) }
      if other >= 0, other <= length { take(a.easting + other * cosine - radius * sine, 2) }
    }
    return from < to ? (from, fromElement, to, toElement) : nil
  }

  /// A place where an arc of the other capsule crosses this one's boundary.
  struct ArcCrossing: BitwiseCopyable {
    /// How far along the arc, from 0 to 1 (`arcFraction`).
    var fraction: Double
    /// Whether the arc, walked counter-clockwise, enters here.
    var enters: Bool
    /// Of this capsule.
    var element: UInt8
    var place: Projected
  }

  /// Appends every crossing with the arc round a centre that bulges forwards (1) or backwards (-1) along the other's step.
  func appendCrossings(
    arcAt center: Double, bulge: Double, radius own: Double, to found: inout [ArcCrossing]
  ) {
    func append(_ x: Double, _ y: Double, _ enters: Bool, _ element: UInt8) {
      guard let fraction = arcFraction(out: x * bulge, across: y * bulge) else { return }
      found.append(
        ArcCrossing(fraction: fraction, enters: enters, element: element, place: Projected(center + x, y)))
    }
    // With the discs at its ends: two circles of the radii R and r whose centres are d apart cross (d² + R² - r²) / 2d
    // from the first centre.
    for (element, end, outwards) in [(1 as UInt8, b, 1.0), (3, a, -1)] {
      let (wx, wy) = (end.easting - center, end.northing)
      let squared = wx * wx + wy * wy
      guard squared < (own + radius) * (own + radius), squared > (own - radius) * (own - radius) else { continue }
      let distance = squared.squareRoot()
      let (ex, ey) = (wx / distance, wy / distance)
      let along = (squared + (own + radius) * (own - radius)) / (2 * distance)
      let across = max(0, (own - along) * (own + along)).squareRoot()
      for (h, enters) in [(-across, true), (across, false)] {
        let (x, y) = (along * ex - h * ey, along * ey + h * ex)
        if ((x - wx) * cosine + (y - wy) * sine) * outwards >= 0 { append(x, y, enters, element) }
      }
    }
    guard length > 0 else { return }
    // With its sides: the centre in this capsule's own frame.
    let (dx, dy) = (center - a.easting, -a.northing)
    let (along, across) = (dx * cosine + dy * sine, dy * cosine - dx * sine)
    guard along > -own, along < length + own else { return }
    for (element, left) in [(0 as UInt8, -radius), (2, radius)] {
      let offset = left - across
      let halfChordSquared = (own - offset) * (own + offset)
      guard halfChordSquared > 0 else { continue }
      let halfChord = halfChordSquared.squareRoot()
      for (step, enters) in [(-halfChord, element == 2), (halfChord, element == 0)] {
        guard along + step >= 0, along + step <= length else { continue }
        append(step * cosine - offset * sine, step * sine + offset * cosine, enters, element)
      }
    }
  }
}
