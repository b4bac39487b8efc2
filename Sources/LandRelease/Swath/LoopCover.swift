import Geometry

/// Which stretches of one capsule's loop its neighbours leave uncovered.
///
/// Neighbours are taken in one after the other, and each cuts what is still open of each side and arc. One that comes near
/// nothing open is passed over: along a walked lane the steps before and after leave two narrow sides, which few others reach.
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

  /// What is still open of one element, and a box that holds it in the capsule's frame.
  private struct Opening: BitwiseCopyable {
    var start, end: Event
    var box: Box<Projected>
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

  /// Takes in a neighbour; false when no more are needed.
  mutating func take(_ capsule: Capsule, _ number: Int) throws(DegenerateSwath) -> Bool {
    let neighbor = NeighborCapsule(capsule, seenFrom: own)
    var index = openings.count
    // Backwards: what is left of an opening is appended.
    while index > 0 {
      index -= 1
      guard openings[index].box.intersects(neighbor.box) else { continue }
      let opening = openings[index]
      openings[index] = openings[openings.count - 1]
      openings.removeLast()
      if opening.start.element % 2 == 0 {
        cutSide(opening, neighbor, Int32(truncatingIfNeeded: number))
      } else {
        try cutArc(opening, neighbor, Int32(truncatingIfNeeded: number))
      }
    }
    return !openings.isEmpty
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
    var box = Box<Projected>()
    box.include(start.place)
    box.include(end.place)
    // An arc bulges farther out than its ends where it passes the step's own line, and never farther to the sides.
    if start.element % 2 == 1, (start.place.northing < 0) != (end.place.northing < 0) {
      let out = start.element == 1 ? own.length + own.radius : -own.radius
      box.include(Projected(out, start.place.northing))
    }
    openings.append(Opening(start: start, end: end, box: box))
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
