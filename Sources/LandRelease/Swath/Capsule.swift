import Geometry

/// The ground within `radius` of one step: a strip with round ends, in metres of a local frame.
///
/// Its boundary is one convex loop, walked counter-clockwise with the ground on the left: side 0 along the step on its
/// right, arc 1 round the far end, side 2 back on its left, arc 3 round the near end.
struct Capsule: BitwiseCopyable {
  let ax, ay, bx, by: Double
  /// Direction of the step; (1, 0) where it has no length, and then the two sides are points.
  let ux, uy: Double
  let length, radius: Double

  init(from a: Projected, to b: Projected, radius: Double) {
    (ax, ay, bx, by) = (a.easting, a.northing, b.easting, b.northing)
    let (dx, dy) = (bx - ax, by - ay)
    let distance = (dx * dx + dy * dy).squareRoot()
    // Under 0.1 µm a direction is nothing but rounding.
    let moves = distance > 1e-7
    length = moves ? distance : 0
    (ux, uy) = moves ? (dx / distance, dy / distance) : (1, 0)
    self.radius = radius
  }

  var box: Box<Projected> {
    Box([Projected(ax, ay), Projected(bx, by)]).grown(by: radius)
  }

  /// Whether a place lies inside, edges left out.
  func contains(_ x: Double, _ y: Double) -> Bool {
    let along = min(max((x - ax) * ux + (y - ay) * uy, 0), length)
    let (dx, dy) = (x - ax - along * ux, y - ay - along * uy)
    return dx * dx + dy * dy < radius * radius
  }

  /// Whether it comes within a distance of a place.
  func comes(within distance: Double, of place: Projected) -> Bool {
    let along = min(max((place.easting - ax) * ux + (place.northing - ay) * uy, 0), length)
    let (dx, dy) = (place.easting - ax - along * ux, place.northing - ay - along * uy)
    let reach = radius + distance
    return dx * dx + dy * dy <= reach * reach
  }

  /// Where an element begins, counted on past a whole round.
  func joint(_ element: Int) -> Projected {
    let side = element % 4 < 2 ? side(0) : side(2)
    let along = element % 2 == 0 ? 0 : length
    return Projected(side.x + along * side.dx, side.y + along * side.dy)
  }

  /// Where side 0 or 2 begins, and which way it runs.
  func side(_ element: Int) -> (x: Double, y: Double, dx: Double, dy: Double) {
    element == 0
      ? (ax + uy * radius, ay - ux * radius, ux, uy)
      : (bx - uy * radius, by + ux * radius, -ux, -uy)
  }

  /// The centre of arc 1 or 3, and the direction in which the arc bulges.
  func arc(_ element: Int) -> (x: Double, y: Double, dx: Double, dy: Double) {
    element == 1 ? (bx, by, ux, uy) : (ax, ay, -ux, -uy)
  }

  /// How far along arc `element` the direction (x, y) from its centre lies, growing from 0 to 1; `nil` off the arc.
  ///
  /// A ratio, not an angle: it grows as the angle does and costs one division.
  func fraction(ofArc element: Int, _ x: Double, _ y: Double) -> Double? {
    let d = arc(element)
    let (out, across) = (x * d.dx + y * d.dy, y * d.dx - x * d.dy)
    guard out >= 0 else { return nil }
    return (1 + across / (out + abs(across))) / 2
  }
}
