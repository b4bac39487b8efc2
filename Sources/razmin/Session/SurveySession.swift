import Formats
import Geometry
import LandRelease
import Survey
import SurveyFolder

/// A survey folder with its logs read: all that a partition needs.
struct SurveySession {
  var survey: FieldSurvey
  let steps: StepStore
  var findings: [Finding]
  /// Whether some input could not be used.
  var hasUnusedInput: Bool
  /// Where hazards and finds stand that could not be used.
  var unreadHazards: [Place] = [], unreadFinds: [Place] = []
  /// How logs are to be read that are not simply in longitude and latitude, by activity.
  private var positions: [String: LogPositions] = [:]
  private var places: HazardPlaces

  /// Reads `survey.toml`, the files it names, and the logs of its activities, `jobs` logs at once.
  static func load(_ path: String, _ wishes: SurveyFolder.Wishes, jobs: Int) async throws -> SurveySession {
    let folder = SurveyFolder.load(path, wishes: wishes)
    guard let survey = folder.survey else {
      throw SurveyRefused(findings: folder.fatal)
    }
    var session = SurveySession(
      survey: survey, steps: try StepStore(), findings: folder.findings,
      hasUnusedInput: folder.isIncomplete, places: folder.places)
    (session.unreadHazards, session.unreadFinds) = (folder.unreadHazards, folder.unreadFinds)
    session.positions = folder.positions
    try await session.readLogs(in: path, jobs: jobs)
    session.survey.inputs.sort()
    return session
  }

  private struct Entry: Sendable {
    var activity, log: Int
    var path: String
  }

  private struct Reading: Sendable {
    var entry: Entry
    var source: LogSource?
    var refusal: FileUnreadable?
    var summary = TrackSummary()
    var perimeters: [[Geographic]] = []
    var problems: [Problem] = []
    /// Where the log comes nearest to a hazard, if it comes near none.
    var nearest: Geographic?
  }

  private mutating func readLogs(in folder: String, jobs: Int) async throws {
    let entries = survey.activities.enumerated().flatMap { index, activity in
      activity.logs.enumerated().map { Entry(activity: index, log: $0, path: $1) }
    }
    let (survey, steps, positions, places) = (survey, steps, positions, places)
    // The loader has seen to it that the zone is known.
    let zone = (try? TimeZoneRules(survey.timeZone)) ?? .utc
    let read: @Sendable (Entry) throws -> Reading = { entry in
      let activity = survey.activities[entry.activity]
      let dates = DateWindow(activity.start, activity.end, zone: zone)
      var sink = FrameSink(
        NearestSink(
          ClaimSink(activity, index: entry.activity, log: entry.log, dates: dates, into: steps), places),
        try positions[activity.id]?.frame())
      var options = ReadOptions()
      options.crs = try positions[activity.id]?.crs()
      var reading = Reading(entry: entry)
      do throws(FileUnreadable) {
        reading.source = try LogReader.read("\(folder)/\(entry.path)", options: options, into: &sink)
      } catch { reading.refusal = error }
      (reading.summary, reading.perimeters) = try sink.inner.inner.finish()
      (reading.problems, reading.nearest) = (sink.inner.inner.problems, sink.inner.nearest)
      return reading
    }
    let bar = ProgressBar("reading logs")
    var readings: [Reading] = []
    try await withThrowingTaskGroup(of: Reading.self) { group in
      var waiting = entries[...]
      for _ in 0..<max(1, jobs) { if let entry = waiting.popFirst() { group.addTask { try read(entry) } } }
      while let reading = try await group.next() {
        readings.append(reading)
        bar.show(readings.count, of: entries.count)
        if let entry = waiting.popFirst() { group.addTask { try read(entry) } }
      }
    }
    for reading in readings.sorted(by: { ($0.entry.activity, $0.entry.log) < ($1.entry.activity, $1.entry.log) }) {
      take(reading)
    }
    findings += repeatedLogs(readings.compactMap { reading in reading.source.map { (reading.entry.path, $0.sha256) } })
  }

  private mutating func take(_ reading: Reading) {
    let activity = survey.activities[reading.entry.activity]
    if let refusal = reading.refusal {
      hasUnusedInput = true
      findings.append(
        Finding(
          "log.unreadable", .error, at: Place(reading.entry.path, line: refusal.line),
          "\(refusal.message) (\(refusal.code))" + candidates(refusal, near: places.isEmpty ? nil : places.all),
          advice: "activity \(activity.id) claims nothing by this log"))
      return
    }
    if let source = reading.source {
      survey.inputs.append(FieldSurvey.Input(path: reading.entry.path, sha256: source.sha256))
    }
    if !reading.problems.isEmpty { hasUnusedInput = true }
    findings += reading.problems.map { problem in
      Finding(
        problem.code, .warning, at: Place(reading.entry.path, line: problem.line), problem.message,
        advice: "the rest of the log is used")
    }
    guard isNear(reading, activity) else { return }
    findings += logFindings(reading.summary, of: activity, at: Place(reading.entry.path))
    for perimeter in reading.perimeters {
      switch closedPerimeter(perimeter, of: activity, at: Place(reading.entry.path)) {
      case .success(let polygon): survey.activities[reading.entry.activity].polygons.append(polygon)
      case .failure(let refusal):
        hasUnusedInput = true
        findings.append(refusal.finding)
      }
    }
  }

  /// Whether a log may be used, which lies wholly aside of the hazards or not; told where it does.
  private mutating func isNear(_ reading: Reading, _ activity: Activity) -> Bool {
    guard let nearest = reading.nearest else { return true }
    let plain = (pair: Projected(nearest.longitude, nearest.latitude), isGeographic: true)
    let numbers = [plain] + (positions[activity.id]?.numbers(of: nearest).map { [$0] } ?? [])
    let finding = places.finding(
      "the log of activity \(activity.id)", at: Place(reading.entry.path), nearest: nearest,
      numbers: numbers)
    guard let finding else { return true }
    findings.append(finding)
    guard finding.level == .error else { return true }
    hasUnusedInput = true
    steps.drop(activity: reading.entry.activity, log: reading.entry.log)
    return false
  }
}
