import Formats
import Geometry
import History
import LandRelease
import Survey
import SurveyFolder

/// A survey with its logs read, from its folder or from a store: all that a partition needs.
struct SurveySession {
  var survey: FieldSurvey
  let steps: StepStore
  var findings: [Finding]
  /// Whether some input could not be used.
  var hasUnusedInput: Bool
  /// Where hazards, finds and spot tasks stand that could not be used.
  var unreadHazards: [Place] = [], unreadFinds: [Place] = [], unreadSpotTasks: [Place] = []
  /// Likewise for strikes, which release nothing and reopen nothing.
  var unreadStrikes: [Place] = []
  /// Likewise for activities and changes of class, which are not taken back thereby.
  var unreadActivities: [Place] = [], unreadClassChanges: [Place] = []
  /// All that an account of land would have to know.
  var unread: [Place] { unreadHazards + unreadFinds + unreadSpotTasks }
  /// How logs are to be read that are not simply in longitude and latitude, by activity.
  private var positions: [String: LogPositions] = [:]
  private var logPositions: [ListedLog: LogPositions] = [:]
  /// Logs that are listed for their waypoints alone.
  private var findLogs: [WaypointSource] = []
  private(set) var places: HazardPlaces
  /// What was told of it; of a folder only where its history is asked for, of a store that is read in part the head alone.
  var told = History()
  var history = History().summary
  /// What is known of the account of its land, of a survey that is read from a store.
  var accounts: @Sendable () throws -> StoredAccounts? = { nil }
  /// Files that were read with the folder.
  private var ofFolder: Set<FieldSurvey.Input> = []
  /// The logs of its activities; a log by the id of its activity and its number there.
  private(set) var logs: [LogKey: ReadLog] = [:]

  struct LogKey: Hashable {
    var activity: String
    var log: Int
  }

  struct ReadLog {
    /// From the survey's folder.
    var path: String
    /// `nil` where it could not be read.
    var sha256: String?
  }

  /// What is to be said of a position so far from every hazard that it must be a slip; `nil` where it is none.
  func far(_ what: String, _ position: Geographic) -> Finding? {
    let pair = (pair: Projected(position.longitude, position.latitude), isGeographic: true)
    let finding = places.finding(what, at: Place("survey.toml"), nearest: position, numbers: [pair])
    return finding?.level == .error ? finding : nil
  }

  /// The path of an activity's log, from the survey's folder.
  func path(ofLog log: Int, of activity: Activity) -> String? { logs[LogKey(activity: activity.id, log: log)]?.path }

  /// How much of a store an answer needs. Of a folder all is read.
  enum Extent: Equatable {
    case near(Geographic)
    /// With the events, which must be as they were told.
    case whole
    /// Likewise; where an event is not as it was told, or the survey does not say what was told, that is among the findings.
    case withHistory
  }

  /// Reads a survey's folder, or a store that it was imported into: the two give the same session.
  static func load(
    _ path: String, _ wishes: SurveyFolder.Wishes, jobs: Int, _ extent: Extent = .whole
  ) async throws -> SurveySession {
    beginsAsStore(path)
      ? try stored(path, wishes, extent)
      : try await folder(path, wishes, jobs: jobs, keepsEvents: extent == .withHistory)
  }

  init(_ survey: FieldSurvey, steps: StepStore, places: HazardPlaces, logs: [LogKey: ReadLog]) {
    (self.survey, self.steps, self.places, self.logs) = (survey, steps, places, logs)
    (findings, hasUnusedInput) = ([], false)
  }

  /// Reads `survey.toml`, the files it names, and the logs of its activities, `jobs` logs at once.
  private static func folder(
    _ path: String, _ wishes: SurveyFolder.Wishes, jobs: Int, keepsEvents: Bool
  ) async throws -> SurveySession {
    let folder = SurveyFolder.load(path, wishes: wishes)
    guard let survey = folder.survey else {
      throw SurveyRefused(findings: folder.fatal)
    }
    var session = SurveySession(survey, steps: try StepStore(), places: folder.places, logs: [:])
    (session.findings, session.hasUnusedInput) = (folder.findings, folder.isIncomplete)
    (session.unreadHazards, session.unreadFinds) = (folder.unreadHazards, folder.unreadFinds)
    (session.unreadSpotTasks, session.unreadStrikes) = (folder.unreadSpotTasks, folder.unreadStrikes)
    (session.unreadActivities, session.unreadClassChanges) = (folder.unreadActivities, folder.unreadClassChanges)
    session.ofFolder = Set(survey.inputs)
    (session.positions, session.logPositions) = (folder.positions, folder.logPositions)
    session.findLogs = folder.findLogs
    try await session.readLogs(in: path, jobs: jobs)
    session.survey.inputs.sort()
    let told = History(of: session.survey)
    session.history = told.summary
    if keepsEvents { session.told = told }
    return session
  }

  private mutating func readLogs(in folder: String, jobs: Int) async throws {
    let entries = survey.activities.enumerated().flatMap { index, activity in
      activity.logs.enumerated().map { LogEntry(activity: index, order: $0, path: $1) }
    }
    let bar = ProgressBar("comparing logs")
    let identified = try await eachInTurn(entries, jobs: jobs, bar) { $0.identified(in: folder) }
    let marked = marking(copiesAmong: identified, of: survey.activities)
    findings += marked.findings
    let (survey, steps, places) = (survey, steps, places)
    // The loader has seen to it that the zone is known.
    let zone = (try? TimeZoneRules(survey.timeZone)) ?? .utc
    let reader = LogEntryReader(
      folder: folder, survey: survey, steps: steps, positions: positions, logPositions: logPositions, zone: zone,
      places: places)
    let readings = try await eachInTurn(marked.entries, jobs: jobs, ProgressBar("reading logs")) {
      try reader.read($0)
    }
    for reading in readings.joined() { take(reading) }
  }

  private mutating func take(_ reading: LogReading) {
    let activity = survey.activities[reading.activity]
    logs[LogKey(activity: activity.id, log: reading.order)] = ReadLog(
      path: reading.path, sha256: reading.source?.sha256)
    if let refusal = reading.refusal {
      hasUnusedInput = true
      findings.append(
        Finding(
          "log.unreadable", .error, at: Place(reading.path, line: refusal.line),
          "\(refusal.message) (\(refusal.code))" + candidates(refusal, near: places.isEmpty ? nil : places.all),
          advice: "activity \(activity.id) claims nothing by this log"))
      return
    }
    if let source = reading.source {
      let input = FieldSurvey.Input(path: reading.path, sha256: source.sha256)
      // Finds may have been read from its waypoints.
      if !ofFolder.contains(input) { survey.inputs.append(input) }
      survey.inputs += reading.parts
      if let archive = reading.archive, !survey.inputs.contains(archive) { survey.inputs.append(archive) }
    }
    if !reading.problems.isEmpty { hasUnusedInput = true }
    findings += reading.problems.map { problem in
      Finding(
        problem.code, .warning, at: Place(reading.path, line: problem.line), problem.message,
        advice: "the rest of the log is used")
    }
    guard isNear(reading, activity) else { return }
    findings += logFindings(reading.summary, of: activity, at: Place(reading.path))
    for perimeter in reading.perimeters {
      switch closedPerimeter(perimeter, problems: reading.problems, of: activity, at: Place(reading.path)) {
      case .success(let polygon): survey.activities[reading.activity].polygons.append(polygon)
      case .failure(let refusal):
        hasUnusedInput = true
        findings.append(refusal.finding)
      }
    }
  }

  /// Hands on every log of the survey's folder that can be opened, those of activities and then those of finds, with the way
  /// in which it is to be read, before it is carried over to the survey's frame.
  func eachLog(in folder: String, _ body: (LogFile, ReadOptions) throws -> Void) throws {
    let walked = survey.activities.flatMap { activity in
      activity.logs.map { log in
        (log, logPositions[ListedLog(activity: activity.id, log: log)] ?? positions[activity.id])
      }
    }
    for (log, own) in walked + findLogs.map({ ($0.log, $0.positions) }) {
      var options = ReadOptions()
      options.crs = try own?.crs()
      // What cannot be read was told when the survey was, and keeps no other log of its archive out.
      do {
        try LogReader.eachLog(of: "\(folder)/\(log)") { _ in
        } _: { file in
          do { try body(file, options) } catch is FileUnreadable {}
        }
      } catch is FileUnreadable {}
    }
  }

  /// Whether a log may be used, which lies wholly aside of the hazards or not; told where it does.
  private mutating func isNear(_ reading: LogReading, _ activity: Activity) -> Bool {
    guard let nearest = reading.nearest else { return true }
    let plain = (pair: Projected(nearest.longitude, nearest.latitude), isGeographic: true)
    let numbers = [plain] + (positions[activity.id]?.numbers(of: nearest).map { [$0] } ?? [])
    let finding = places.finding(
      "the log of activity \(activity.id)", at: Place(reading.path), nearest: nearest,
      numbers: numbers)
    guard let finding else { return true }
    findings.append(finding)
    guard finding.level == .error else { return true }
    hasUnusedInput = true
    steps.drop(activity: reading.activity, log: reading.order)
    return false
  }
}
