internal import Geometry

/// Finds the times during which a receiver did not move: a pause, a find being dealt with, a forgotten receiver.
///
/// Informational: standing ground is claimed like walked ground. A stay starts at a fix and lasts while every used fix
/// after it is within `radius` of it; it is told when it lasted `seconds` or more.
struct StayFinder {
  /// Metres: a standing receiver drifts less than this within minutes as a rule, and every lane is longer.
  static let radius = 2.0
  /// Searching 2 m of lane at the slow end, 0.1 m/s, takes 20 s; a minute within it is no progress.
  static let seconds = 60.0

  private var first: (position: Geographic, time: Timestamp, line: Int)?
  private var last: Timestamp?
  private var fixes = 0

  /// Takes the next used fix; `continues` is false where no claiming step leads to it. Returns a stay that it ended.
  mutating func add(
    _ position: Geographic, _ time: Timestamp?, line: Int, continues: Bool, scale: LocalScale
  ) -> TrackSummary.Stay? {
    if continues, let first, let time, scale.distance(first.position, position) <= Self.radius {
      (last, fixes) = (time, fixes &+ 1)
      return nil
    }
    let ended = end()
    if let time { (first, last, fixes) = ((position, time, line), time, 1) }
    return ended
  }

  mutating func end() -> TrackSummary.Stay? {
    defer { (first, last) = (nil, nil) }
    guard let first, let last, last.seconds(since: first.time) >= Self.seconds else { return nil }
    return TrackSummary.Stay(position: first.position, from: first.time, to: last, fixes: fixes, line: first.line)
  }
}
