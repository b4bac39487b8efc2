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
  func contains(_ x: Double, _ y: Double) -> Bool { squaredDistance(from: Projected(x, y)) < radius * radius }

  /// Whether it comes within a distance of a place.
  func comes(within distance: Double, of place: Projected) -> Bool {
    let reach = radius + distance
    return squaredDistance(from: place) <= reach * reach
  }

  /// How far a place is from the step, squared.
  @inline(__always)
  func squaredDistance(from place: Projected) -> Double {
    let (x, y) = (place.easting - ax, place.northing - ay)
    let along = min(max(x * ux + y * uy, 0), length)
    let (dx, dy) = (x - along * ux, y - along * uy)
    return dx * dx + dy * dy
  }

  /// A place in the capsule's own frame: metres along its step from where it begins, and to its left.
  func local(_ x: Double, _ y: Double) -> Projected {
    let (dx, dy) = (x - ax, y - ay)
    return Projected(dx * ux + dy * uy, dy * ux - dx * uy)
  }

  /// A place of the capsule's own frame on the ground.
  func global(_ place: Projected) -> Projected {
    Projected(ax + place.easting * ux - place.northing * uy, ay + place.easting * uy + place.northing * ux)
  }

  /// Where an element begins, counted on past a whole round, in the capsule's own frame.
  func local(ofJoint element: Int) -> Projected {
    let place = element % 4
    return Projected(place == 1 || place == 2 ? length : 0, place < 2 ? -radius : radius)
  }

  /// Where an element begins, counted on past a whole round.
  func joint(_ element: Int) -> Projected { global(local(ofJoint: element)) }

  /// The place on the loop at the number of an element plus the fraction along it.
  func place(at place: Double) -> Projected {
    let element = Int(place)
    let fraction = place - Double(element)
    if element % 2 == 0 {
      let along = element % 4 == 0 ? fraction * length : (1 - fraction) * length
      return global(Projected(along, element % 4 == 0 ? -radius : radius))
    }
    let (arc, direction) = (arc(element % 4), arcDirection(fraction))
    return Projected(
      arc.x + radius * (direction.out * arc.dx - direction.across * arc.dy),
      arc.y + radius * (direction.out * arc.dy + direction.across * arc.dx))
  }

  /// The centre of arc 1 or 3, and the direction in which the arc bulges.
  func arc(_ element: Int) -> (x: Double, y: Double, dx: Double, dy: Double) {
    element == 1 ? (bx, by, ux, uy) : (ax, ay, -ux, -uy)
  }
}
