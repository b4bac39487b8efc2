import Geometry
import Survey

/// What a reader found in one block, in order, before it goes to the sink.
///
/// The readers are written without generics and their results handed on block by block: a generic parser would not be
/// specialised for a sink of another module, and a C callback cannot be generic at all.
struct Events {
  enum Event {
    case track(TrackHeader)
    case segment
    case waypoint(Waypoint)
    case namedInRoute(Waypoint)
    case problem(Problem)
  }

  private var fixes: [Fix] = []
  /// Everything else, with the number of fixes before it.
  private var others: [(after: Int, event: Event)] = []
  /// Fixes that were set aside here, after their reader had counted them.
  private(set) var atNullIsland = 0

  mutating func add(_ fix: Fix) {
    guard fix.position.longitude != 0 || fix.position.latitude != 0 else {
      atNullIsland += 1
      return problem(
        "coordinate.null-island", line: fix.line,
        "0, 0 is what programs write where they have no position: the fix is not used")
    }
    fixes.append(fix)
  }
  mutating func add(_ event: Event) { others.append((fixes.count, event)) }
  mutating func problem(_ code: String, line: Int, _ message: String) {
    add(.problem(Problem(code, line: line, message)))
  }

  /// A reader's counts, with what was set aside here.
  func corrected(_ counts: RecordCounts) -> RecordCounts {
    var counts = counts
    counts.used -= atNullIsland
    counts.add(aside: "coordinate.null-island", atNullIsland)
    return counts
  }

  mutating func drain(into sink: inout some LogSink) {
    var next = 0
    for (after, event) in others {
      while next < after {
        sink.add(fixes[next])
        next += 1
      }
      switch event {
      case .track(let header): sink.begin(track: header)
      case .segment: sink.beginSegment()
      case .waypoint(let waypoint): sink.add(waypoint)
      case .namedInRoute(let point): sink.add(namedInRoute: point)
      case .problem(let problem): sink.add(problem)
      }
    }
    while next < fixes.count {
      sink.add(fixes[next])
      next += 1
    }
    fixes.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
  }

  /// Enough of a block for handing on; keeps memory bounded where a block holds many small things.
  var isFull: Bool { fixes.count + others.count >= 4096 }
}
