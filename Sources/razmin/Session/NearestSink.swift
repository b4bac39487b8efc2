import Geometry
import Survey
import SurveyFolder

/// Hands a log on and keeps the place of it that is nearest to a hazard, until one is near enough.
struct NearestSink<Inner: LogSink>: LogSink {
  var inner: Inner
  private let places: HazardPlaces
  private var distance = Double.infinity
  /// `nil` where the log comes near, or has no fixes.
  private(set) var nearest: Geographic?
  private var isNear: Bool

  init(_ inner: Inner, _ places: HazardPlaces) {
    (self.inner, self.places, isNear) = (inner, places, places.isEmpty)
  }

  mutating func begin(track: TrackHeader) { inner.begin(track: track) }
  mutating func beginSegment() { inner.beginSegment() }
  mutating func add(_ waypoint: Waypoint) { inner.add(waypoint) }
  mutating func add(_ problem: Problem) { inner.add(problem) }

  mutating func add(_ fix: Fix) {
    inner.add(fix)
    guard !isNear else { return }
    let there = places.distance(to: fix.position)
    if there <= HazardPlaces.near {
      (isNear, nearest) = (true, nil)
    } else if there < distance {
      (distance, nearest) = (there, fix.position)
    }
  }
}
