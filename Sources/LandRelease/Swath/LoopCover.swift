import Geometry

/// Which stretches of one capsule's loop its neighbours leave uncovered.
///
/// Neighbours are taken in one after the other, and each cuts what is still open of each side and arc. The circle over an
/// opening's ends holds it, for no arc is more than half a circle: a neighbour that this circle lies outside of is passed
/// over, one that it lies inside of covers the opening whole, and only for the others crossings are computed.
struct LoopCover {
  /// A place on the loop where it enters a neighbour, or leaves it, or where a side and an arc meet.
  struct Event: BitwiseCopyable {
    /// The number of the element plus the fraction along it.
    var at: Double
    /// Along the side in metres, or the fraction along the arc.
    fileprivate var along: Double
    /// In the capsule's frame.
    var place: Projected
    /// The neighbour and its element; negative where there is none, in a joint.
    var other: Int32
    var element, otherElement: UInt8

    fileprivate var isJoint: Bool { other < 0 }
  }
  /// From where the loop leaves one neighbour to where it enters another, or the same.
  struct Stretch: BitwiseCopyable { var start, end: Event }

  /// What is still open of one element, and the circle that holds it, in metres on the ground.
  private struct Opening: BitwiseCopyable {
    var start, end: Event
    var center: Projected
    var reach: Double
  }

  private var own = Capsule(from: Projected(0, 0), to: Projected(0, 0), radius: 0)
  private var openings: [Opening] = []
  private var crossings: [NeighborCapsule.ArcCrossing] = []

  /// Begins with another capsule, which nothing covers yet.
  mutating func begin(_ capsule: Capsule) {
    own = capsule
    openings.removeAll(keepingCapacity: true)
    for element in 0..<4 {
      let last = element % 2 == 0 ? own.length : 1
      append(joint(element, element, along: 0), joint(element + 1, element, along: last))
    }
  }

  private func joint(_ joint: Int, _ element: Int, along: Double) -> Event {
    Event(
      at: Double(joint), along: along, place: own.local(ofJoint: joint), other: -1, element: UInt8(element),
      otherElement: 0)
  }

  /// Takes in a neighbour, as far as it covers the elements given by their bits; false when no more are needed.
  mutating func take(_ capsule: Capsule, _ number: Int, of elements: UInt8 = 0b1111) throws(DegenerateSwath) -> Bool {
    var seen: NeighborCapsule?
    var index = openings.count
    // Backwards: what is left of an opening is appended.
    while index > 0 {
      index -= 1
      let reach = openings[index].reach
      let squared = capsule.squaredDistance(from: openings[index].center)
      // A micrometre wider, and a nanometre narrower, for rounding.
      let outside = capsule.radius + reach + 1e-6
      if squared >= outside * outside { continue }
      let opening = openings[index]
      let element = opening.start.element
      guard elements &>> element & 1 != 0 else { continue }
      openings[index] = openings[openings.count - 1]
      openings.removeLast()
      let inside = capsule.radius - reach - 1e-9
      if inside > 0, squared < inside * inside { continue }
      let neighbor = seen ?? NeighborCapsule(capsule, seenFrom: own)
      seen = neighbor
      if element % 2 == 0 {
        cutSide(opening, neighbor, Int32(truncatingIfNeeded: number))
      } else {
        try cutArc(opening, neighbor, Int32(truncatingIfNeeded: number))
      }
    }
    return !openings.isEmpty
  }

  /// A box, on the ground, that holds all that is open.
  var box: Box<Projected> {
    openings.reduce(into: Box()) { box, opening in
      if opening.start.element % 2 == 0 {
        box.include(own.global(opening.start.place))
        box.include(own.global(opening.end.place))
      } else {
        box.include(Box([opening.center]).grown(by: opening.reach))
      }
    }
  }

  /// Whether nothing of the loop is covered.
  var isWhole: Bool { openings.count == 4 && openings.allSatisfy { $0.start.isJoint && $0.end.isJoint } }

  /// Calls `body` with each stretch that is left, from where the loop leaves a neighbour to where it enters one.
  mutating func forEachStretch(_ body: (Stretch) -> Void) throws(DegenerateSwath) {
    openings.sort { ($0.start.element, $0.start.along) < ($1.start.element, $1.start.along) }
    // Where all begin in joints, one is open on one side only: rounding has spoiled something.
    guard let first = openings.firstIndex(where: { !$0.start.isJoint }) else { throw DegenerateSwath() }
    var start: Event?
    var expected: UInt8 = 0
    for turn in openings.indices {
      let opening = openings[first + turn < openings.count ? first + turn : first + turn - openings.count]
      guard opening.start.isJoint == (start != nil) else { throw DegenerateSwath() }
      guard start == nil || opening.start.element == expected else { throw DegenerateSwath() }
      let begin = start ?? opening.start
      if opening.end.isJoint {
        (start, expected) = (begin, (opening.start.element + 1) % 4)
      } else {
        body(Stretch(start: begin, end: opening.end))
        start = nil
      }
    }
    if start != nil { throw DegenerateSwath() }
  }

  private mutating func append(_ start: Event, _ end: Event) {
    let (a, b) = (start.place, end.place)
    let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
    openings.append(
      Opening(
        start: start, end: end,
        center: own.global(Projected((a.easting + b.easting) / 2, (a.northing + b.northing) / 2)),
        reach: (dx * dx + dy * dy).squareRoot() / 2))
  }

  private mutating func cutSide(_ opening: Opening, _ neighbor: NeighborCapsule, _ number: Int32) {
    let element = opening.start.element
    let left = element == 0 ? -own.radius : own.radius
    guard let covered = neighbor.interval(left: left) else { return openings.append(opening) }
    // Side 2 is walked backwards.
    let isBackwards = element == 2
    let (from, to) =
      isBackwards ? (own.length - covered.to, own.length - covered.from) : (covered.from, covered.to)
    guard from < opening.end.along, to > opening.start.along else { return openings.append(opening) }
    func event(_ along: Double, _ isFrom: Bool) -> Event {
      Event(
        at: Double(element) + along / own.length, along: along,
        place: Projected(isBackwards ? own.length - along : along, left), other: number, element: element,
        otherElement: isFrom != isBackwards ? covered.fromElement : covered.toElement)
    }
    if from > opening.start.along { append(opening.start, event(from, true)) }
    if to < opening.end.along { append(event(to, false), opening.end) }
  }

  private mutating func cutArc(
    _ opening: Opening, _ neighbor: NeighborCapsule, _ number: Int32
  ) throws(DegenerateSwath) {
    let element = opening.start.element
    crossings.removeAll(keepingCapacity: true)
    neighbor.appendCrossings(
      arcAt: element == 1 ? own.length : 0, bulge: element == 1 ? 1 : -1, radius: own.radius, to: &crossings)
    guard let first = crossings.first else {
      if !neighbor.contains(opening.start.place) { openings.append(opening) }
      return
    }
    if crossings.count > 1 { crossings.sort { $0.fraction < $1.fraction } }
    var isCovered = !(crossings.first ?? first).enters
    var start = opening.start
    for crossing in crossings {
      // Both boundaries are convex, so entering and leaving alternate.
      guard crossing.enters != isCovered else { throw DegenerateSwath() }
      isCovered = crossing.enters
      if crossing.fraction <= opening.start.along { continue }
      if crossing.fraction >= opening.end.along { isCovered.toggle(); break }
      let event = Event(
        at: Double(element) + crossing.fraction, along: crossing.fraction, place: crossing.place, other: number,
        element: element, otherElement: crossing.element)
      if isCovered { append(start, event) }
      start = event
    }
    if !isCovered { append(start, opening.end) }
  }
}
