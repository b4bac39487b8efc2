import ArgumentParser
import Formats
import LandRelease
import Survey

struct LedgerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Print the account of a survey's land, by hazard, by activity and in total.",
    discussion: "Example: razmin ledger sample-surveys/three-years --as-of 2023-12-31")

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv, article7 }

  @OptionGroup var survey: SurveyOptions

  @Option(help: "text, json, csv, or article7: what remains by municipality and village, as CSV.")
  var format = Format.text

  @Flag(help: "Make warnings count: exit status 1 where there is one.")
  var strict = false

  func run() async throws {
    try await ending {
      var session = try await survey.load()
      let result = try await survey.divide(&session)
      let ledger = result.ledger
      var output = try Output.open(nil)
      switch format {
      case .text:
        try output.write(Array(ledger.text(of: session.survey, asOf: survey.asOf, grid: result.grid).utf8))
      case .csv: try output.write(Array((ledger.csv + session.survey.spotTaskCSV(asOf: survey.asOf)).utf8))
      case .article7: try output.write(Array(AreaTable(ledger).csv.utf8))
      case .json:
        var account = result.account(of: session.survey, asOf: survey.asOf, assured: false)
        account["hazards"] = .array(ledger.hazardRecords.map { .object($0) })
        account["activities"] = .array(ledger.activityRecords.map { .object($0) })
        if !session.survey.spotTasks.isEmpty {
          let tasks = session.survey.spotTasks(asOf: survey.asOf)
          account["spot_tasks"] = .array(tasks.map { .object($0.record(asOf: survey.asOf)) })
        }
        account["findings"] = .array(session.findings.map { .object($0.record) })
        try output.write(line: account)
      }
      try output.finish()
      return session.outcome(result, strict: strict)
    }
  }
}

extension Finding {
  var record: JSONObject {
    [
      "code": .string(code), "level": .string(level.rawValue), "file": .string(place.file), "line": .int(place.line),
      "message": .string(message), "advice": .string(advice),
    ]
  }
}
