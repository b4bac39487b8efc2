import LandRelease
import Survey

/// Receives a log's fixes for one activity and keeps its claiming steps, or the perimeters walked in it.
struct ClaimSink: LogSink {
  private var builder: TrackBuilder
  private let kept = Kept()
  private(set) var problems: [Problem] = []
  private(set) var waypoints = 0
  private let collectsPerimeters: Bool

  /// What the builder's closures write to.
  private final class Kept {
    var perimeters: [PerimeterWalk] = []
    var sequence = 0
    var failure: LandReleaseError?
  }

  init(_ activity: Activity, index: Int, log: Int, dates: DateWindow?, into store: StepStore) {
    let kept = kept
    collectsPerimeters = activity.geometry == .perimeter
    let isPerimeter = collectsPerimeters
    builder = TrackBuilder(
      rules: activity.rules, sigma: activity.sigma, dates: dates,
      list: !isPerimeter
        ? nil
        : { marked in
          kept.perimeters[kept.perimeters.count - 1].add(marked, of: activity)
        },
      run: { points in
        guard !isPerimeter, kept.failure == nil else { return }
        do throws(LandReleaseError) {
          try store.append(points, activity: index, log: log, sequence: kept.sequence)
          kept.sequence += 1
        } catch { kept.failure = error }
      })
  }

  mutating func begin(track: TrackHeader) {
    builder.begin(track: track)
    kept.perimeters.append(PerimeterWalk())
  }
  mutating func beginSegment() { builder.beginSegment() }
  mutating func add(_ fix: Fix) {
    if kept.perimeters.isEmpty { kept.perimeters.append(PerimeterWalk()) }
    builder.add(fix)
  }
  mutating func add(_ waypoint: Waypoint) { waypoints += 1 }
  mutating func add(_ problem: Problem) { problems.append(problem) }

  /// The track's summary and the perimeters, one a track; throws where the steps could not be kept.
  mutating func finish() throws -> (summary: TrackSummary, perimeters: [PerimeterWalk]) {
    builder.finish()
    if let failure = kept.failure { throw failure }
    return (builder.summary, collectsPerimeters ? kept.perimeters.filter { !$0.corners.isEmpty } : [])
  }
}
