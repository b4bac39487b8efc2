import ArgumentParser
import Formats
import LandRelease
import Store
import Survey

struct Validate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a planner should know about a survey, a log or a GeoJSON file.",
    discussion: """
      Prints one finding a line: place, level, message, advice and code; of a survey then every find in released ground, \
      with what missed it and what else that work releases. Ends with 1 where there is an error (with \
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
      let answer = try await isSurvey ? surveyAnswer() : Answer(fileFindings(survey.survey))
      let findings = answer.findings
      var text = ""
      if json {
        var writer = JSONWriter()
        writer.write(.array(answer.records.map { .object($0) }))
        writer.endLine()
        text = String(decoding: writer.bytes, as: UTF8.self)
      } else {
        text = (findings.map(Console.line) + answer.lines).joined()
      }
      var output = try Output.open(nil)
      try output.write(Array(text.utf8))
      try output.finish()
      answer.session?.history.say()
      let worst = findings.map(\.level).max() ?? .info
      let fails = worst == .error || (strict && worst == .warning)
      return fails ? .answerIsNo : answer.unused ? .unusedInput : .done
    }
  }

  private struct Answer {
    var findings: [Finding]
    var unused: Bool
    var missed: [MissedFind] = []
    var session: SurveySession?

    init(_ answer: (findings: [Finding], unused: Bool)) { (findings, unused) = answer }

    var lines: [String] { session.map { session in missed.map { $0.line(in: session) } } ?? [] }

    /// The finding of a find in released ground has the find itself as a member; both are in the order of the survey.
    var records: [JSONObject] {
      var finds = missed[...]
      return findings.map { finding in
        var record = finding.record
        if finding.code == "find.in-released", let find = finds.popFirst(), let session {
          record["find"] = .object(find.record(in: session))
        }
        return record
      }
    }
  }

  private func surveyAnswer() async throws -> Answer {
    var session: SurveySession
    do { session = try await survey.load(.withHistory) } catch let refused as SurveyRefused where !refused.isMissing {
      return Answer((refused.findings, true))
    }
    let result = try await survey.divide(&session, minimum: nil)
    var answer = Answer((session.findings, session.hasUnusedInput))
    (answer.missed, answer.session) = (result.missed, session)
    return answer
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
