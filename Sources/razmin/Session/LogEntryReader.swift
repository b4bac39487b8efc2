import Formats
import Geometry
import LandRelease
import Survey
import SurveyFolder

/// What became of one log of an activity.
struct LogReading: Sendable {
  /// Indices of the activity, and of the log among all of its logs.
  var activity, order: Int
  /// From the survey's folder; of a member of an archive behind the archive's own.
  var path: String
  var source: LogSource?
  /// Files that were read with it.
  var parts: [FieldSurvey.Input] = []
  /// The archive that it came in.
  var archive: FieldSurvey.Input?
  var refusal: FileUnreadable?
  var summary = TrackSummary()
  var perimeters: [PerimeterWalk] = []
  var problems: [Problem] = []
  /// Where the log comes nearest to a hazard, if it comes near none.
  var nearest: Geographic?
}

/// Reads the logs of a survey, each for its activity.
struct LogEntryReader: Sendable {
  var folder: String
  var survey: FieldSurvey
  var steps: StepStore
  /// How logs are to be read that are not simply in longitude and latitude, by activity.
  var positions: [String: LogPositions]
  var logPositions: [ListedLog: LogPositions]
  var zone: TimeZoneRules
  var places: HazardPlaces

  /// Every log of the entry but the copies.
  func read(_ entry: LogEntry) throws -> [LogReading] {
    var readings: [LogReading] = []
    var index = -1
    do {
      try LogReader.eachLog(of: "\(folder)/\(entry.path)") { refusal in
        readings.append(
          LogReading(activity: entry.activity, order: entry.order, path: plain(refusal.path), refusal: refusal))
      } _: { file in
        index += 1
        guard !entry.copies.contains(index) else { return }
        readings.append(try read(file, entry, order: entry.order + index))
      }
    } catch let error as FileUnreadable {
      readings.append(LogReading(activity: entry.activity, order: entry.order, path: entry.path, refusal: error))
    }
    return readings
  }

  private func read(_ file: LogFile, _ entry: LogEntry, order: Int) throws -> LogReading {
    let activity = survey.activities[entry.activity]
    let positions = logPositions[ListedLog(activity: activity.id, log: entry.path)] ?? positions[activity.id]
    let dates = DateWindow(activity.start, activity.end, zone: zone)
    var sink = FrameSink(
      NearestSink(ClaimSink(activity, index: entry.activity, log: order, dates: dates, into: steps), places),
      try positions?.frame())
    var options = ReadOptions()
    options.crs = try positions?.crs()
    var reading = LogReading(activity: entry.activity, order: order, path: plain(file.path))
    do throws(FileUnreadable) {
      try file.checkCompression()
      let source = try LogReader.read(file, options: options, into: &sink)
      reading.source = source
      if source.archiveSHA256 == nil {
        reading.parts = source.parts.map { FieldSurvey.Input(path: plain($0.path), sha256: $0.sha256) }
      }
      reading.archive = source.archiveSHA256.map { FieldSurvey.Input(path: entry.path, sha256: $0) }
    } catch {
      // A file may be refused at its end, after some of it had been handed on.
      steps.drop(activity: entry.activity, log: order)
      reading.refusal = error
      return reading
    }
    (reading.summary, reading.perimeters) = try sink.inner.inner.finish()
    (reading.problems, reading.nearest) = (sink.inner.inner.problems, sink.inner.nearest)
    return reading
  }

  private func plain(_ path: String) -> String { String(path.dropFirst(folder.count + 1)) }
}
