public import ArgumentParser
import Geometry
import Glibc
import LandRelease
public import Survey
import SurveyFolder

/// Which survey, and how it is to be read.
struct SurveySource: ParsableArguments {
  @Argument(
    help: "A survey folder, with survey.toml in it, or a store made by razmin import --into.", completion: .file())
  var survey: String

  @Option(help: "How many threads work; the output is the same whatever their number.")
  var jobs: Int = availableProcessors()

  @Option(help: "The coordinate operation of the survey's files, such as EPSG:9495, instead of what survey.toml says.")
  var operation: [String] = []

  @Option(help: "The country whose operations are taken; razmin presets lists them.") var preset: String?

  @Flag(help: "Take an operation though a better one is known whose grid is not installed.")
  var allowMissingGrid = false

  func validate() throws {
    guard (1...1024).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 1024.") }
  }

  /// The survey; of a store no more than is asked for.
  func load(_ extent: SurveySession.Extent = .whole) async throws -> SurveySession {
    var wishes = SurveyFolder.Wishes()
    (wishes.operations, wishes.preset, wishes.allowsMissingGrid) = (operation, preset, allowMissingGrid)
    return try await SurveySession.load(survey, wishes, jobs: jobs, extent)
  }
}

/// What every command that computes a partition takes.
struct SurveyOptions: ParsableArguments {
  @OptionGroup var source: SurveySource

  @Option(help: "Take only what was recorded, done and found on or before this day (YYYY-MM-DD).")
  var asOf: CivilDate?

  var survey: String { source.survey }
  var jobs: Int { source.jobs }

  /// The survey; of a store no more than is asked for.
  func load(_ extent: SurveySession.Extent = .whole) async throws -> SurveySession { try await source.load(extent) }

  /// Divides a survey's land, and with a period follows it through that; adds what was found out to the session, and says
  /// findings of `minimum` and above. With a memory, no features are given.
  func divide(
    _ session: inout SurveySession, assured: Bool = false, from: CivilDate? = nil, to: CivilDate? = nil,
    memory: (any AccountMemory)? = nil, minimum: Finding.Level? = .warning,
    emit: (ReleaseFeature) throws -> Void = { _ in }
  ) async throws -> PartitionResult {
    let bar = ProgressBar("dividing land")
    var options = options(assured: assured, from: from, to: to)
    options.memory = memory
    var result = try await partition(
      session.survey, steps: session.steps, options: options, progress: { bar.show($0, of: $1) },
      emit: emit)
    settle(&result, with: &session, minimum: minimum)
    return result
  }

  func options(assured: Bool, from: CivilDate? = nil, to: CivilDate? = nil) -> PartitionOptions {
    var options = PartitionOptions()
    (options.asOf, options.from, options.assured, options.jobs) = (to ?? asOf, from, assured, jobs)
    return options
  }

  /// Tells the session what dividing found out, and the ledger what could not be read.
  func settle(_ result: inout PartitionResult, with session: inout SurveySession, minimum: Finding.Level? = .warning) {
    session.findings += result.findings
    let unread = result.ledger.unreadHazards.filter { !session.unreadHazards.contains($0) }
    result.ledger.unreadHazards = (session.unreadHazards + unread).sorted()
    (result.ledger.unreadFinds, result.ledger.unreadSpotTasks) = (session.unreadFinds, session.unreadSpotTasks)
    if let minimum { for finding in session.findings where finding.level >= minimum { Console.say(finding) } }
  }
}

extension CivilDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension SurveySession {
  /// How a command ends whose answer is the account itself.
  func outcome(_ result: PartitionResult, strict: Bool = false) -> Outcome {
    var outcome = hasUnusedInput ? Outcome.unusedInput : .done
    for obstacle in result.ledger.obstacles {
      Console.say("the account does not close: \(obstacle)")
      outcome = max(outcome, .answerIsNo)
    }
    if strict, findings.contains(where: { $0.level >= .warning }) { outcome = max(outcome, .answerIsNo) }
    return outcome
  }
}

func availableProcessors() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
