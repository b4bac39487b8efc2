import Geometry
public import Survey

/// A find in released ground: what missed it, and what else relies on the same work.
public struct MissedFind: Sendable {
  public let find: Find
  public internal(set) var status: Status
  /// The work that had released its place, with the nearest fix, in the order of the survey.
  public let works: [WhyAnswer.Work]
  /// By the id of such an activity: square metres that it still releases, alone or with others, by hazard.
  public internal(set) var released: [String: [String: Double]] = [:]

  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// Ground round it remains again.
    case reopened
    /// All ground round it has been released after it.
    case releasedSince = "released-since"
    /// The survey gives no fade-out distance, so nothing was put back, and the account does not close.
    case noFadeout = "no-fadeout"
  }
}

/// Follows what becomes of finds in released ground, feature by feature.
struct MissedFinds {
  private(set) var finds: [MissedFind]
  private let places: [String: Int]

  /// `missed` are finds with the indices of the activities that had released their places.
  init(
    _ missed: [(find: Find, by: [Int])], openFinds: [String], _ activities: [Activity], _ parts: [ClaimPart],
    _ store: StepStore
  ) throws {
    finds = try missed.map { find, missers in
      let isOpen = openFinds.contains(find.id)
      let works = try missers.map { index in
        var work = WhyAnswer.Work(activity: activities[index])
        (work.holds, work.effect) = (true, isOpen ? .releases : .undone(by: [find.id]))
        for part in parts where part.activity == index { try approach(find.position, part, store, &work) }
        return work
      }
      return MissedFind(find: find, status: isOpen ? .noFadeout : .releasedSince, works: works)
    }
    places = Dictionary(finds.enumerated().map { ($1.find.id, $0) }) { first, _ in first }
  }

  mutating func take(_ feature: ReleaseFeature) {
    for id in feature.reopenedBy {
      if let index = places[id], finds[index].status != .noFadeout { finds[index].status = .reopened }
    }
    for index in finds.indices {
      for work in finds[index].works where feature.activities.contains(where: { $0.id == work.activity.id }) {
        finds[index].released[work.activity.id, default: [:]][feature.hazard.id, default: 0] += feature.area
      }
    }
  }
}
