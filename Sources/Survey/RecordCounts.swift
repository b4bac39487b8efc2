/// How many records a log holds, and what became of each: sentences, rows, points or messages, whatever the format has.
///
/// `seen` is counted apart from the others, so that `addsUp` says whether a reader lost any.
public struct RecordCounts: Hashable, Sendable {
  public var seen = 0
  /// Became a fix, a waypoint or a part of one.
  public var used = 0
  /// Sound, and nothing that a log's position comes from: a sentence about satellites, a corner of an area.
  public var other = 0
  /// Not used, by the code of the problem that says so.
  public private(set) var aside: [String: Int] = [:]

  public init() {}

  public mutating func add(aside code: String, _ count: Int = 1) {
    if count > 0 { aside[code, default: 0] += count }
  }

  /// One seen that is about something else.
  public mutating func addOther() {
    seen += 1
    other += 1
  }

  public static func + (a: Self, b: Self) -> Self {
    var sum = a
    (sum.seen, sum.used, sum.other) = (a.seen + b.seen, a.used + b.used, a.other + b.other)
    for (code, count) in b.aside { sum.add(aside: code, count) }
    return sum
  }

  public var setAside: Int { aside.values.reduce(0, +) }

  /// Whether every record seen was used, is about something else, or was set aside with a code.
  public var addsUp: Bool { seen == used + other + setAside }
}
