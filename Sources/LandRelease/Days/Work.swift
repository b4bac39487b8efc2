import Geometry
public import Survey

/// The days of a piece of work: one where its fixes say which, else all those of its activity.
public struct DaySpan: Hashable, Comparable, Sendable {
  /// Local calendar dates; both count.
  public let start, end: CivilDate

  /// `nil` where there are several, and nobody says what was done on which.
  public var day: CivilDate? { start == end ? end : nil }

  public static func < (a: Self, b: Self) -> Bool { (a.start, a.end) < (b.start, b.end) }
}

/// What one activity did on one day, or in all of its days where nobody knows which.
struct Work: Hashable, Comparable, Sendable {
  /// Index of the activity.
  let activity: Int
  let days: DaySpan

  static func < (a: Self, b: Self) -> Bool { (a.activity, a.days) < (b.activity, b.days) }
}

extension Activity {
  var days: DaySpan { DaySpan(start: start, end: end) }
}

extension ClaimPart {
  /// The runs of each work in it, none for drawn ground, which has no days of its own.
  func works(_ owner: Activity) -> [Work: [Run]] {
    guard case .walked(let runs) = source else { return [Work(activity: activity, days: owner.days): []] }
    return Dictionary(grouping: runs) { run in
      Work(activity: activity, days: run.day.map { DaySpan(start: $0, end: $0) } ?? owner.days)
    }
  }
}

/// The ground of one day's runs, of which nobody asks how sure it is.
func dayGround(_ runs: [Run], in store: StepStore, radius: Double) throws -> ClaimGround {
  ClaimGround(nominal: try walkedGround(runs, in: store) { _ in radius }, assured: nil)
}
