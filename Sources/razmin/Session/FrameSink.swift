import Formats
import Geometry
import Positions
import Survey

/// Brings every position of a log from the frame that was declared for it to the survey's, and hands it on.
struct FrameSink<Inner: LogSink>: LogSink {
  var inner: Inner
  private let frame: FrameConverter?

  init(_ inner: Inner, _ frame: FrameConverter?) { (self.inner, self.frame) = (inner, frame) }

  mutating func begin(track: TrackHeader) { inner.begin(track: track) }
  mutating func beginSegment() { inner.beginSegment() }
  mutating func add(_ problem: Problem) { inner.add(problem) }
  mutating func add(_ counts: RecordCounts) { inner.add(counts) }

  mutating func add(_ fix: Fix) {
    guard let frame else { return inner.add(fix) }
    guard let moved = moved(fix, frame) else { return }
    inner.add(moved)
  }

  mutating func add(_ waypoint: Waypoint) {
    guard let frame else { return inner.add(waypoint) }
    guard let fix = moved(waypoint.fix, frame) else { return }
    var waypoint = waypoint
    waypoint.fix = fix
    inner.add(waypoint)
  }

  /// `nil`, and told, where the position cannot be in any frame.
  private mutating func moved(_ fix: Fix, _ frame: FrameConverter) -> Fix? {
    var fix = fix
    do { fix.position = try frame.position(fix.position.longitude, fix.position.latitude) } catch {
      inner.add(Problem(error.code, line: fix.line, "\(error.message): the fix is not used"))
      return nil
    }
    return fix
  }
}
