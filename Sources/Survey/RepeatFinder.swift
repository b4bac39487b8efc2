public import Geometry

/// Finds where a log says the very same position for two minutes and more while its clock goes on.
///
/// A receiver that is still scatters in its last digits; one that has hung up, or holds its place by itself, does not.
public struct RepeatFinder: Sendable {
  public struct Repeat: Hashable, Sendable {
    public var position: Geographic
    public var from, to: Timestamp
    public var fixes: Int
    /// The line of the first fix.
    public var line: Int
  }

  /// The first `TrackSummary.listLimit` of them.
  public private(set) var found: [Repeat] = []
  private var current: Repeat?

  public init() {}

  public mutating func add(_ fix: Fix) {
    guard let time = fix.time else { return finish() }
    if var same = current, same.position == fix.position, time > same.to {
      (same.to, same.fixes) = (time, same.fixes + 1)
      current = same
      return
    }
    finish()
    current = Repeat(position: fix.position, from: time, to: time, fixes: 1, line: fix.line)
  }

  /// Ends what is going on; call it after the last fix.
  public mutating func finish() {
    defer { current = nil }
    // Ten fixes, so that two at the ends of a gap are none.
    guard let current, current.to.seconds(since: current.from) >= 120, current.fixes >= 10,
      found.count < TrackSummary.listLimit
    else { return }
    found.append(current)
  }
}
