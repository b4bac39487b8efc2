import Geometry

/// Which stretches of one capsule's loop its neighbours leave uncovered.
///
/// Neighbours that come near no stretch that is still open cannot change anything, and are passed over without computing where
/// they cross: along a walked lane the steps before and after leave two narrow sides open, which few others reach.
struct LoopCover {
  /// A place on the loop where it enters a neighbour, or leaves it.
  struct Event: BitwiseCopyable {
    var at: Double
    var element, otherElement: UInt8
    var enters: Bool
    var other: Int32
    var x, y: Double
  }
  struct Stretch: BitwiseCopyable { var start, end: Event }

  /// Whether a neighbour holds the whole loop, or several together do.
  private(set) var isHidden = false
  /// Whether nothing touches the loop.
  var isAlone: Bool { !isHidden && events.isEmpty }
  /// As of the last `sweep`.
  private(set) var stretches: [Stretch] = []

  private var own = Capsule(from: Projected(0, 0), to: Projected(0, 0), radius: 0)
  private var events: [Event] = []
  /// How many neighbours cover the loop's beginning.
  private var depth = 0
  private var crossings: [CapsuleCrossing] = []
  /// How many neighbours were taken in since the start, and when stretches are next looked for.
  private var (taken, sweepAt) = (0, 2)
  /// Circles that hold the open stretches; `nil` while nothing is known to be covered.
  private var open: [(center: Projected, radius: Double)]?

  /// Begins with another capsule, which nothing covers yet.
  mutating func begin(_ capsule: Capsule) {
    own = capsule
    (isHidden, depth, taken, sweepAt, open) = (false, 0, 0, 2, nil)
    events.removeAll(keepingCapacity: true)
    stretches.removeAll(keepingCapacity: true)
  }

  /// Takes in a neighbour; false when no more are needed. `isFirst` says which of the two comes first in the input.
  mutating func take(_ neighbor: Capsule, _ number: Int, isFirst: Bool) throws(DegenerateSwath) -> Bool {
    if let open, !open.contains(where: { neighbor.comes(within: $0.radius, of: $0.center) }) { return true }
    crossings.removeAll(keepingCapacity: true)
    if isFirst {
      appendCrossings(of: own, and: neighbor, to: &crossings)
    } else {
      appendCrossings(of: neighbor, and: own, to: &crossings)
    }
    guard !crossings.isEmpty else {
      let begin = own.side(0)
      isHidden = neighbor.contains(begin.x, begin.y)
      return !isHidden
    }
    var (balance, earliest, coveredAtBegin) = (0, Double.infinity, false)
    for c in crossings {
      let enters = c.firstEnters == isFirst
      let at = isFirst ? c.first : c.second
      if at < earliest { (earliest, coveredAtBegin) = (at, !enters) }
      balance += enters ? 1 : -1
      events.append(
        Event(
          at: at, element: isFirst ? c.firstElement : c.secondElement,
          otherElement: isFirst ? c.secondElement : c.firstElement, enters: enters,
          other: Int32(truncatingIfNeeded: number), x: c.x, y: c.y))
    }
    guard balance == 0 else { throw DegenerateSwath() }
    if coveredAtBegin { depth += 1 }
    taken += 1
    if taken >= sweepAt {
      sweepAt = 2 * taken + 1
      try sweep()
      if isHidden { return false }
      open = stretches.map(circle)
    }
    return true
  }

  /// Finds the open stretches from all neighbours taken in so far.
  mutating func sweep() throws(DegenerateSwath) {
    stretches.removeAll(keepingCapacity: true)
    guard let last = lastEvent() else { return }
    // The stretch that runs through the loop's beginning starts with the last event and ends with the first.
    var opened = depth == 0 ? last : nil
    if let opened, opened.enters { throw DegenerateSwath() }
    var depth = depth
    for event in events {
      if event.enters {
        if depth == 0 {
          guard let start = opened else { throw DegenerateSwath() }
          stretches.append(Stretch(start: start, end: event))
        }
        depth += 1
      } else {
        depth -= 1
        if depth == 0 { opened = event }
        if depth < 0 { throw DegenerateSwath() }
      }
    }
    isHidden = stretches.isEmpty
  }

  private mutating func lastEvent() -> Event? {
    events.sort { $0.at == $1.at ? $0.other < $1.other : $0.at < $1.at }
    return events.last
  }

  /// A circle that holds a stretch: round its ends and the joints between them, and as much wider as its arcs may bulge.
  private func circle(_ stretch: Stretch) -> (center: Projected, radius: Double) {
    let end = stretch.end.at < stretch.start.at ? stretch.end.at + 4 : stretch.end.at
    var previous = Projected(stretch.start.x, stretch.start.y)
    var (box, bulge) = (Box([previous]), 0.0)
    var element = Int(stretch.start.at)
    while true {
      let isLast = Double(element + 1) >= end
      let next = isLast ? Projected(stretch.end.x, stretch.end.y) : own.joint(element + 1)
      if element % 2 == 1 {
        let (dx, dy) = (next.easting - previous.easting, next.northing - previous.northing)
        // No arc is longer than half a circle: it lies no farther from its chord than half of that.
        bulge = max(bulge, (dx * dx + dy * dy).squareRoot() / 2)
      }
      box.include(next)
      if isLast { break }
      (previous, element) = (next, element + 1)
    }
    let half = (box.width * box.width + box.height * box.height).squareRoot() / 2
    // A micrometre for rounding.
    return (box.center, half + bulge + 1e-6)
  }
}
