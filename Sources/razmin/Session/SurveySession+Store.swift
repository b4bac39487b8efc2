import Geometry
import History
import LandRelease
import Store
import Survey
import SurveyFolder

/// A store that could not be used, by the name that the user gave it.
struct StoreFailed: Error {
  var path: String
  var reason: StoreError
  /// What more is known of it.
  var findings: [Finding] = []

  var outcome: Outcome {
    switch reason.kind {
    case .refused: reason.code == "store.wishes" ? .usage : .refused
    case .notWritten: .noOutput
    case .ownFault: .ownFault
    }
  }

  /// Runs `work` and names the store in what it throws.
  static func naming<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let reason as StoreError { throw StoreFailed(path: path, reason: reason) }
  }
}

extension SurveySession {
  /// The session that was imported into a store; with a place, as much of it as an answer about that place needs.
  static func stored(
    _ path: String, _ wishes: SurveyFolder.Wishes, _ extent: Extent
  ) throws -> SurveySession {
    try StoreFailed.naming(path) {
      let store = try StoreReader.open(path)
      let content = try content(of: store, path, extent)
      try content.check(wishes)
      var session = SurveySession(content, store, path)
      session.accounts = { try StoreFailed.naming(path) { StoredAccounts(try store.accounts()) } }
      if case .near = extent {
        if let head = try store.head() { session.history = HistoryHead(events: head.events, hash: head.hash) }
        return session
      }
      session.told = History(content.events)
      session.history = session.told.summary
      let fault = session.told.fault(among: content.events.count)
      if extent == .withHistory {
        session.findings += session.historyFindings(fault: fault)
      } else if let fault {
        throw StoreFailed(
          path: path, reason: .damaged("event \(fault) is not what was told"), findings: [broken(fault)])
      }
      return session
    }
  }

  /// Where it was changed by another program, the findings say which event was, if any.
  private static func content(of store: StoreReader, _ path: String, _ extent: Extent) throws -> SurveyContent {
    if case .near(let place) = extent { return try store.content(near: place) }
    do { return try store.content() } catch {
      guard error.code == StoreError.damaged("").code, let (events, areAll) = try? store.eventsAsTheyStand() else {
        throw error
      }
      let fault = History(events).fault(among: areAll ? events.count : events.count + 1)
      throw StoreFailed(path: path, reason: error, findings: fault.map { [broken($0)] } ?? [])
    }
  }

  /// What a store knows of its groups of hazards.
  static func accounts(in path: String) throws -> StoredAccounts {
    try StoreFailed.naming(path) { StoredAccounts(try StoreReader.open(path).accounts()) }
  }

  private init(_ content: SurveyContent, _ store: StoreReader, _ path: String) {
    let numbers = Dictionary(uniqueKeysWithValues: content.survey.activities.enumerated().map { ($1.id, $0) })
    let runs = content.runs.indices.compactMap { index in
      numbers[content.runs[index].activity].map {
        let run = content.runs[index]
        return Run(
          activity: $0, log: run.log, sequence: run.sequence, box: run.box, count: run.points, day: run.day,
          number: index, seal: run.sha256)
      }
    }
    let steps = StepStore(runs: runs) { index throws(LandReleaseError) in
      do throws(StoreError) { return try store.points(of: content.runs[index]) } catch {
        throw .damaged("\(path): \(error.message) [\(error.code)]")
      }
    }
    let logs = content.logs.map { use in
      (LogKey(activity: use.activity, log: use.order), ReadLog(path: use.path, sha256: use.sha256))
    }
    self.init(
      content.survey, steps: steps, places: HazardPlaces(content.survey.hazards, others: content.otherPlaces),
      logs: Dictionary(logs) { _, last in last })
    (findings, hasUnusedInput) = (content.findings, content.hasUnusedInput)
    (unreadHazards, unreadFinds, unreadSpotTasks) = (
      content.unreadHazards, content.unreadFinds, content.unreadSpotTasks
    )
    unreadStrikes = content.unreadStrikes
    (unreadActivities, unreadClassChanges) = (content.unreadActivities, content.unreadClassChanges)
  }

  /// All of it, as a store keeps it.
  func content(_ wishes: SurveyFolder.Wishes) throws -> SurveyContent {
    var content = SurveyContent(survey)
    content.wishes = SurveyContent.Wishes(wishes)
    (content.findings, content.hasUnusedInput) = (findings, hasUnusedInput)
    (content.unreadHazards, content.unreadFinds, content.unreadSpotTasks) = (
      unreadHazards, unreadFinds, unreadSpotTasks
    )
    content.unreadStrikes = unreadStrikes
    (content.unreadActivities, content.unreadClassChanges) = (unreadActivities, unreadClassChanges)
    content.otherPlaces = places.others(than: survey.hazards)
    content.logs = logs.map { LogUse(activity: $0.activity, order: $0.log, path: $1.path, sha256: $1.sha256) }
      .sorted { ($0.activity, $0.order) < ($1.activity, $1.order) }
    content.runs = try steps.runs.enumerated().map { index, run in
      StoredRun(
        activity: survey.activities[run.activity].id, log: run.log, sequence: run.sequence, points: run.count,
        box: run.box, day: run.day, sha256: fingerprint(ofPoints: try steps.numbers(of: run)), number: index + 1)
    }
    return content
  }
}

extension SurveyContent.Wishes {
  init(_ wishes: SurveyFolder.Wishes) {
    self.init(
      operations: wishes.operations, preset: wishes.preset, allowsMissingGrid: wishes.allowsMissingGrid)
  }
}

extension SurveyContent {
  /// The coordinates of a store were carried over when it was filled: another operation cannot be asked for afterwards.
  fileprivate func check(_ wishes: SurveyFolder.Wishes) throws(StoreError) {
    let wished = Wishes(wishes)
    guard wished == Wishes() || wished == self.wishes else { throw .wishes }
  }
}
