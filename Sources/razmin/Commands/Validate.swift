import ArgumentParser
import Formats
import LandRelease
import Store
import Survey

struct Validate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a planner should know about a survey, a log or a GeoJSON file.",
    discussion: """
      Prints one finding a line: place, level, message, advice and code. Ends with 1 where there is an error (with \
      --strict: or a warning).
      Example: razmin validate sample-surveys/three-years
      """)

  @OptionGroup var survey: SurveyOptions

  @Flag(help: "Make warnings count.")
  var strict = false

  @Flag(help: "Print the findings as JSON.")
  var json = false

  func run() async throws {
    try await ending {
      let isSurvey = isDirectory(survey.survey) || StoreReader.isStore(survey.survey)
      let (findings, unused) = try await isSurvey ? surveyFindings() : fileFindings(survey.survey)
      var text = ""
      if json {
        var writer = JSONWriter()
        writer.write(.array(findings.map { .object($0.record) }))
        writer.endLine()
        text = String(decoding: writer.bytes, as: UTF8.self)
      } else {
        text = findings.map(Console.line).joined()
      }
      var output = try Output.open(nil)
      try output.write(Array(text.utf8))
      try output.finish()
      let worst = findings.map(\.level).max() ?? .info
      let fails = worst == .error || (strict && worst == .warning)
      return fails ? .answerIsNo : unused ? .unusedInput : .done
    }
  }

  private func surveyFindings() async throws -> ([Finding], unused: Bool) {
    var session: SurveySession
    do { session = try await survey.load() } catch let refused as SurveyRefused where !refused.isMissing {
      return (refused.findings, true)
    }
    _ = try await survey.divide(&session, minimum: nil)
    return (session.findings, session.hasUnusedInput)
  }

  /// The problems of a single file, or of each in an archive, each as a warning.
  private func fileFindings(_ path: String) throws -> ([Finding], unused: Bool) {
    var findings: [Finding] = []
    try LogReader.eachLog(of: path) { refusal in
      findings.append(
        Finding(
          "log.unreadable", .error, at: Place(refusal.path), "\(refusal.message) (\(refusal.code))",
          advice: "the rest of the archive is used"))
    } _: { file in
      findings += try Inspection.read(file, options: ReadOptions()).problems.map {
        Finding(
          $0.code, .warning, at: Place(file.path, line: $0.line), $0.message, advice: "the rest of the file is used")
      }
    }
    return (findings, !findings.isEmpty)
  }
}
