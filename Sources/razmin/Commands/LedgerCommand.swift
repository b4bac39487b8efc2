import ArgumentParser
import Formats
import LandRelease
import Survey

struct LedgerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Print the account of a survey's land, by hazard, by activity and in total.",
    discussion: """
      With --from and --to, what was released, recorded and reopened in that period, by municipality, village, hazard, \
      class, ordnance and organisation (docs/returns.md).
      Example: razmin ledger sample-surveys/three-years --as-of 2023-12-31
      Example: razmin ledger sample-surveys/three-years --from 2024-01-01 --to 2024-12-31
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv, article7 }

  @OptionGroup var survey: SurveyOptions

  @Option(help: "text, json, csv, or article7: what remains by municipality and village, as CSV.")
  var format = Format.text

  @Option(help: "The first day of a return for a period (YYYY-MM-DD); needs --to.") var from: CivilDate?

  @Option(help: "The last day of that period.") var to: CivilDate?

  @Flag(help: "Make warnings count: exit status 1 where there is one.")
  var strict = false

  func validate() throws {
    guard from != nil || to != nil else { return }
    guard let from, let to else { throw ValidationError("A period needs both --from and --to.") }
    guard from <= to else { throw ValidationError("--from \(from) is later than --to \(to).") }
    guard survey.asOf == nil else { throw ValidationError("A period ends with --to: leave out --as-of.") }
    guard format != .article7 else { throw ValidationError("Article 7 is a state, not a period: use --as-of.") }
  }

  func run() async throws {
    try await ending {
      var session = try await survey.load()
      let memory = from == nil ? try session.accounts() : nil
      let result = try await survey.divide(&session, from: from, to: to, memory: memory)
      if let returns = result.returns { try write(returns, result, session) } else { try write(result, session) }
      if format == .csv || format == .article7 { session.history.say() }
      return session.outcome(result, strict: strict)
    }
  }

  private func write(_ returns: Returns, _ result: PartitionResult, _ session: SurveySession) throws {
    var output = try Output.open(nil)
    switch format {
    case .csv: try output.write(Array(returns.csv(of: session.survey).utf8))
    case .json:
      var account = result.account(of: session, asOf: to, assured: false)
      account["returns"] = .object(returns.record(of: session.survey))
      account["findings"] = .array(session.findings.map { .object($0.record) })
      try output.write(line: account)
    case .text, .article7: try output.write(Array(returns.text(of: session, ledger: result.ledger).utf8))
    }
    try output.finish()
  }

  private func write(_ result: PartitionResult, _ session: SurveySession) throws {
    let ledger = result.ledger
    var output = try Output.open(nil)
    switch format {
    case .text:
      try output.write(Array(ledger.text(of: session, asOf: survey.asOf, grid: result.grid).utf8))
    case .csv: try output.write(Array((ledger.csv + session.survey.spotTaskCSV(asOf: survey.asOf)).utf8))
    case .article7: try output.write(Array(AreaTable(ledger).csv.utf8))
    case .json:
      var account = result.account(of: session, asOf: survey.asOf, assured: false)
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
