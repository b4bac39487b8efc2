import Formats
import LandRelease
import Store
import Survey
import SurveyFolder

/// Puts a survey's folder, or logs, into a store.
struct StoreImport {
  /// The path of its file.
  var store: String
  var rules: RuleOptions
  var jobs: Int

  func run(_ paths: [String]) async throws -> Outcome {
    let folders = paths.filter(isDirectory)
    guard let folder = folders.first else {
      Console.say("logs alone: not yet")
      return .usage
    }
    guard paths.count == 1 else {
      Console.say("--into takes one survey's folder, or logs, and not both at once")
      return .usage
    }
    return try await survey(folder)
  }

  private func survey(_ folder: String) async throws -> Outcome {
    let wishes = rules.wishes
    let session = try await SurveySession.load(folder, wishes, jobs: jobs)
    for finding in session.findings where finding.level >= .warning { Console.say(finding) }
    let content = try session.content(wishes)
    let runs = session.steps.runs
    let changed = try StoreFailed.naming(store) {
      try StoreWriter.change(store) { writer in
        try writer.replace(content, lastChange: session.lastChange) { try session.steps.numbers(of: runs[$0]) }
      }
    }
    let survey = "survey \(content.survey.id)"
    Console.say(changed.isEmpty ? "\(store): \(survey): nothing new" : "\(store): \(survey): \(list(changed))")
    return session.hasUnusedInput ? .unusedInput : .done
  }

  private func list(_ changed: [String]) -> String { "stored \(changed.joined(separator: ", "))" }
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
