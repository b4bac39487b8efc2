import Formats
import History
import LandRelease
import Store
import Survey
import SurveyFolder

/// Puts a survey's folder, or logs, into a store.
struct StoreImport {
  /// The path of its file.
  var store: String
  var rules: RuleOptions
  var allowsMissingGrid: Bool
  var jobs: Int

  func run(_ paths: [String]) async throws -> Outcome {
    guard let folder = paths.first(where: isDirectory) else { return try logs(paths) }
    guard paths.count == 1 else {
      Console.say("--into takes one survey's folder, or logs, and not both at once")
      return .usage
    }
    return try await survey(folder)
  }

  private var isStore: Bool { StoreReader.isStore(store) }

  private func survey(_ folder: String) async throws -> Outcome {
    var wishes = rules.wishes
    wishes.allowsMissingGrid = allowsMissingGrid
    let session = try await SurveySession.load(folder, wishes, jobs: jobs)
    for finding in session.findings where finding.level >= .warning { Console.say(finding) }
    var content = try session.content(wishes)
    let accounts = isStore ? try SurveySession.accounts(in: store) : StoredAccounts([])
    let bar = ProgressBar("reckoning accounts")
    let runs = session.steps.runs
    let sealed = StepStore(
      runs: zip(runs, content.runs).enumerated().map { index, pair in
        Run(
          activity: pair.0.activity, log: pair.0.log, sequence: pair.0.sequence, box: pair.0.box, count: pair.0.count,
          day: pair.0.day, number: index, seal: pair.1.sha256)
      }, source: { index throws(LandReleaseError) in try session.steps.numbers(of: runs[index]) })
    try await rememberAccounts(session.survey, steps: sealed, in: accounts, jobs: jobs) { bar.show($0, of: $1) }
    content.accounts = accounts.used
    content.boxes = try session.storedBoxes()
    var (told, added) = (History(), [Event]())
    let stored = try changing { writer in
      var stored = try writer.replace(content, lastChange: session.lastChange) { events in
        told = History(events)
        told.tell(session.survey.facts, unread: session.partlyRead)
        added = Array(told.events[events.count...])
        return told.events.map(\.stored)
      } points: {
        try session.steps.numbers(of: runs[$0])
      }
      var logs = 0
      try session.eachLog(in: folder) { file, options in
        let path = String(file.path.dropFirst(folder.count + 1))
        if try add(file, as: path, options, to: writer) != nil { logs += 1 }
      }
      if logs > 0 { stored.append("\(logs) log\(logs == 1 ? "" : "s")") }
      return stored
    }
    withdrawals(among: added).forEach(Console.say)
    say("survey \(content.survey.id)", stored)
    told.summary.say()
    return session.hasUnusedInput ? .unusedInput : .done
  }

  /// Logs that claim nothing: they are kept.
  private func logs(_ paths: [String]) throws -> Outcome {
    let reading = Reading(paths)
    var georeference = try rules.georeference()
    try changing { writer in
      for path in paths {
        try reading.each(path) { file in
          guard let options = try reading.attempt({ try rules.readOptions(for: file, &georeference) }) else { return }
          do {
            let recorder = try add(file, as: file.path, options, to: writer)
            let problems = recorder?.problems ?? []
            Console.say(problems, in: file.path)
            say(file.path, recorder.map { ["\($0.fixes) fixes, \($0.waypoints) waypoints"] } ?? [])
            reading.use(problems: problems)
          } catch let error as FileUnreadable { reading.refuse(error) }
        }
      }
    }
    return reading.outcome
  }

  /// `nil` where a log of these bytes is there already.
  private func add(
    _ file: LogFile, as path: String, _ options: ReadOptions, to writer: StoreWriter
  ) throws -> LogRecorder? {
    var bytes = try file.open()
    _ = try bytes.head()
    let sha256 = try bytes.finish().sha256
    guard try !writer.holds(log: sha256) else { return nil }
    try file.checkCompression()
    return try writer.add(log: path, sha256: sha256, crs: options.crs?.name) { recorder in
      try LogReader.read(file, options: options, into: &recorder)
    }
  }

  private func changing<Result>(_ work: (StoreWriter) throws -> Result) throws -> Result {
    try StoreFailed.naming(store) { try StoreWriter.change(store, work) }
  }

  private func say(_ what: String, _ stored: [String]) {
    Console.say("\(store): \(what): " + (stored.isEmpty ? "nothing new" : "stored \(stored.joined(separator: ", "))"))
  }
}

extension SurveySession {
  /// The last day of anything in the survey, as a GeoPackage writes times: no clock is looked at.
  fileprivate var lastChange: String {
    "\(survey.lastDay(asOf: nil).map { "\($0)" } ?? "1970-01-01")T00:00:00.000Z"
  }
}

extension RuleOptions {
  /// How the coordinates of a survey's files are to be carried over.
  fileprivate var wishes: SurveyFolder.Wishes {
    var wishes = SurveyFolder.Wishes()
    (wishes.operations, wishes.preset) = (operation.map { [$0] } ?? [], preset)
    return wishes
  }
}
