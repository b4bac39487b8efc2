import Formats
import Digests
import History
import LandRelease
import Store
import Survey
import Synchronization

extension Event {
  /// `nil` where it is of a kind that nobody tells.
  init?(_ stored: StoredEvent) {
    guard let kind = Kind(rawValue: stored.kind), let about = Fact.Kind(rawValue: stored.about) else { return nil }
    let fact = Fact(
      stored: about, stored.id, on: stored.date, by: stored.organisation, as: stored.role, record: stored.record)
    self.init(number: stored.number, kind: kind, fact: fact, corrects: stored.corrects, hash: stored.hash)
  }

  var stored: StoredEvent {
    StoredEvent(
      number: number, kind: kind.rawValue, about: fact.subject.kind.rawValue, id: fact.subject.id, date: fact.date,
      organisation: fact.organisation, role: fact.role, corrects: corrects, record: fact.record, hash: hash)
  }
}

extension History {
  init(_ stored: [StoredEvent]) { self.init(stored: stored.compactMap(Event.init)) }

  /// Where a store says something else than it was told; nothing, where it is as imports made it.
  func findings(against survey: FieldSurvey) -> [Finding] {
    var findings: [Finding] = []
    if let fault {
      findings.append(
        Finding(
          "history.broken", .error, at: Place("events", line: fault),
          "event \(fault) is not what was told: it, or one before it, was changed, taken out or put in",
          advice: "compare with a copy or an output that has an earlier head; import the folder into a new file"))
    }
    findings += differences(from: survey.facts).map { subject in
      Finding(
        "history.differs", .error, at: Place("events"),
        "the \(subject.kind.rawValue) \(subject.id.prefix(64)) is not as it was told",
        advice: "it was changed behind the history's back: import the survey's folder again")
    }
    return findings
  }
}

/// Accounts of groups of hazards, as a store keeps them.
final class StoredAccounts: AccountMemory {
  private struct State {
    var known: [String: [Double]]
    /// Those that were asked for, or found out.
    var used: [String: [Double]] = [:]
  }
  private let state: Mutex<State>

  init(_ accounts: [StoredAccount]) {
    state = Mutex(State(known: Dictionary(accounts.map { ($0.key, $0.numbers) }) { first, _ in first }))
  }

  func recall(_ key: [UInt8]) -> [Double]? {
    let key = sha256(key)
    return state.withLock { state in
      let numbers = state.known[key]
      if let numbers { state.used[key] = numbers }
      return numbers
    }
  }

  func keep(_ numbers: [Double], as key: [UInt8]) {
    let key = sha256(key)
    state.withLock { $0.used[key] = numbers }
  }

  /// What is worth keeping: an account that nothing asks for any more is of ground that changed.
  var used: [StoredAccount] {
    state.withLock { state in
      state.used.sorted { $0.key < $1.key }.map { StoredAccount(key: $0.key, numbers: $0.value) }
    }
  }
}
