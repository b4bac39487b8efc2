import Dispatch
public import Survey
import Synchronization

/// All that was ever told of a survey, in the order in which it was told.
///
/// A folder's history is what it says now, day by day. A store's grows with each import. Whoever keeps the head of an earlier
/// output can see whether anything before it was changed since: the head is then still among the hashes.
public struct History: Hashable, Sendable {
  public private(set) var events: [Event] = []

  public init() {}

  /// As they are stored; `fault` says whether they are sound.
  public init(stored events: [Event]) { self.events = events }

  /// The history of a survey that nothing is known of yet.
  public init(of survey: FieldSurvey) { tell(survey.facts) }

  /// The hash of the last event, which seals all before it; of an empty history, 64 zeros.
  public var head: String { events.last?.hash ?? Self.nothing }

  private static let nothing = String(repeating: "0", count: 64)

  /// What an output says of it.
  public var summary: HistoryHead { HistoryHead(events: events.count, hash: head) }

  /// What counts: for each subject the last event that tells of it, unless it was withdrawn.
  public var standing: [Fact.Subject: Event] {
    var standing: [Fact.Subject: Event] = [:]
    for event in events { standing[event.fact.subject] = event.kind == .withdrawn ? nil : event }
    return standing
  }

  /// What was taken back, and not told anew: of each subject the event by which it was, in their order.
  public var withdrawn: [Event] {
    var withdrawn: [Fact.Subject: Event] = [:]
    for event in events { withdrawn[event.fact.subject] = event.kind == .withdrawn ? event : nil }
    return withdrawn.values.sorted { $0.number < $1.number }
  }

  /// Adds what is new in a survey's facts, what differs from what was told, and what is no longer there. Of `unread` kinds
  /// some could not be read: what is not there of these nobody took back, and it stays as it was told last.
  public mutating func tell(_ facts: [Fact], unread: Set<Fact.Kind> = []) {
    let standing = standing
    var gone = standing
    for fact in facts {
      gone[fact.subject] = nil
      guard let before = standing[fact.subject] else {
        add(.told, fact, corrects: nil)
        continue
      }
      if before.fact != fact { add(.corrected, fact, corrects: before.number) }
    }
    for event in gone.values.sorted(by: { $0.number < $1.number }) where !unread.contains(event.fact.subject.kind) {
      add(.withdrawn, event.fact, corrects: event.number)
    }
  }

  private mutating func add(_ kind: Event.Kind, _ fact: Fact, corrects: Int?) {
    events.append(Event(number: events.count + 1, kind, fact, corrects: corrects, after: head))
  }

  /// The number of the first event that is not what was told, because it, or one before it, was changed, taken out or put in.
  ///
  /// Each is sealed with the hash that the one before it says it has, so all processors can look at once.
  public var fault: Int? {
    let first = Mutex<Int?>(nil)
    let share = 4096
    DispatchQueue.concurrentPerform(iterations: (events.count + share - 1) / share) { part in
      let indices = (part * share)..<min((part + 1) * share, events.count)
      guard let found = indices.first(where: { !isSound(at: $0) }) else { return }
      first.withLock { $0 = min($0 ?? found + 1, found + 1) }
    }
    return first.withLock { $0 }
  }

  private func isSound(at index: Int) -> Bool {
    events[index].number == index + 1 && events[index].isSound(after: index > 0 ? events[index - 1].hash : Self.nothing)
  }

  /// Subjects of which a survey says something else than what was told, or nothing, or more: it was changed behind the
  /// history's back. Nothing of `unread` kinds is missed, as `tell` takes none of it back.
  public func differences(from facts: [Fact], unread: Set<Fact.Kind> = []) -> [Fact.Subject] {
    var standing = standing
    var different: [Fact.Subject] = []
    for fact in facts where standing.removeValue(forKey: fact.subject)?.fact != fact { different.append(fact.subject) }
    let missing = standing.values.sorted { $0.number < $1.number }.map(\.fact.subject)
    return different + missing.filter { !unread.contains($0.kind) }
  }
}

/// How much was told, and the hash that seals it.
public struct HistoryHead: Hashable, Sendable {
  public var events: Int
  /// 64 hexadecimal digits.
  public var hash: String

  public init(events: Int, hash: String) { (self.events, self.hash) = (events, hash) }
}
