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

  /// The number of the first of so many stored events that is not what was told; one of a kind that nobody tells is not
  /// among its own.
  func fault(among stored: Int) -> Int? { fault ?? (events.count < stored ? events.count + 1 : nil) }
}

func broken(_ event: Int) -> Finding {
  Finding(
    "history.broken", .error, at: Place("events", line: event),
    "event \(event) is not what was told: it, or one before it, was changed, taken out or put in",
    advice: "compare with a copy or an output that has an earlier head; import the folder into a new file")
}

extension SurveySession {
  /// Where a store says something else than it was told, and what it was told is no more; `fault` is the number of an event
  /// that was changed.
  func historyFindings(fault: Int?) -> [Finding] {
    var findings = fault.map { [broken($0)] } ?? []
    findings += told.differences(from: survey.facts, unread: partlyRead).map { subject in
      Finding(
        "history.differs", .error, at: Place("events"),
        "the \(subject.kind.rawValue) \(subject.id.prefix(64)) is not as it was told",
        advice: "it was changed behind the history's back: import the survey's folder again")
    }
    let gone = told.withdrawn.filter { $0.fact.subject.kind == .hazard }
    if let first = gone.first {
      findings.append(
        Finding(
          "history.withdrawn", .warning, at: Place("events", line: first.number),
          "\(named("hazard", gone)) withdrawn without a release: no account has that land since",
          advice: Fact.Kind.hazard.adviceOnWithdrawal))
    }
    return findings
  }

  /// Kinds of facts of which some could not be read: of these nothing is taken back.
  var partlyRead: Set<Fact.Kind> {
    let unread: [([Place], [Fact.Kind])] = [
      (unreadHazards, [.hazard, .classChange]), (unreadClassChanges, [.classChange]),
      (unreadActivities, [.activity, .log]), (unreadFinds, [.find, .disposal]),
      (unreadSpotTasks, [.spotTask, .spotTaskStarted, .spotTaskClosed]), (unreadStrikes, [.strike]),
    ]
    return Set(unread.filter { !$0.0.isEmpty }.flatMap { $0.1 })
  }
}

/// What an import takes out of the account because the survey does not have it any more; one finding a kind.
func withdrawals(among events: [Event]) -> [Finding] {
  [Fact.Kind.hazard, .find, .spotTask, .activity].compactMap { kind in
    let gone = events.filter { $0.kind == .withdrawn && $0.fact.subject.kind == kind }
    guard !gone.isEmpty else { return nil }
    let what = kind == .spotTask ? "spot task" : kind.rawValue
    return Finding(
      "history.withdrawn", .warning, at: Place("survey.toml"),
      "\(named(what, gone)) in the store, and not in the survey any more: withdrawn from the account, kept in the history",
      advice: kind.adviceOnWithdrawal)
  }
}

/// The first ten by their ids, such as `2 hazards (R-1, R-3) are`.
private func named(_ what: String, _ events: [Event]) -> String {
  let ids = events.map { String($0.fact.subject.id.prefix(64)) }
  guard ids.count > 1 else { return "\(what) \(ids.joined()) is" }
  let more = ids.count > 10 ? " and \(ids.count - 10) more" : ""
  let all = what.hasSuffix("y") ? "\(what.dropLast())ies" : "\(what)s"
  return "\(ids.count) \(all) (\(ids.prefix(10).joined(separator: ", "))\(more)) are"
}

extension Fact.Kind {
  /// What to do where something is gone.
  fileprivate var adviceOnWithdrawal: String {
    let meant =
      switch self {
      case .hazard: "where there is no hazard any more, put it back too, and record an activity that cancels it"
      case .find: "ground round it is reopened no longer"
      case .spotTask: "a task that is done stays, with its status"
      default: "what it released remains again"
      }
    return "if that was not meant, put it back, and import again; \(meant)"
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
