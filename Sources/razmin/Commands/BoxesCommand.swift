import ArgumentParser
import Formats
import LandRelease
import Survey

struct BoxesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boxes",
    abstract: "Lay the survey's grid of boxes over recorded hazards, and show what was done in each.",
    discussion: """
      Emits every box that touches a recorded hazard (layer box). Corners lie on whole multiples of the size in the survey's \
      grid, so two teams' boxes coincide. Percents are rounded down. Statuses and colours come from the legend that the \
      survey names, and from nowhere else (docs/grid.md).
      Example: razmin boxes sample-surveys/village-strike
      """)

  @OptionGroup var survey: SurveyOptions

  @Option(parsing: .upToNextOption, help: "Only over these hazards, by id.")
  var hazard: [String] = []

  @Option(help: "The size of a box in metres, instead of box_m under [grid].")
  var box: Double?

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func run() async throws {
    try await ending {
      let session = try await survey.load()
      for finding in session.findings where finding.level >= .warning { Console.say(finding) }
      let grid = session.survey.grid
      // A find that could not be read might give its box another status.
      let legend = session.unreadFinds.isEmpty ? session.survey.boxes?.legend : nil
      guard let size = box ?? session.survey.boxes?.box else {
        Console.say("how large is a box? Give --box, or set box_m under [grid] [grid.box]")
        return .usage
      }
      var writer = GeoJSONWriter(try Output.open(output))
      var counts: [String: Int] = [:]
      let made = try boxes(session.survey, steps: session.steps, over: hazard, size: size, asOf: survey.asOf) { box in
        let properties = box.properties(grid: grid, legend: legend)
        if let status = properties["status"]?.text { counts[status, default: 0] += 1 }
        try writer.feature(.polygons(box.polygons), properties)
      }
      let account = session.account(
        asOf: survey.asOf, operation: made.operation, ["box_m": .number(size), "boxes": .int(made.count)])
      try writer.finish(["razmin": .object(account)]).finish()
      if session.survey.boxes?.legend == nil {
        Console.say(
          "the survey names no legend, so boxes have neither status nor colour: legend under [grid] [grid.no-legend]")
      }
      let statuses = (legend?.rows ?? []).map { ", \(counts[$0.status] ?? 0) \($0.status)" }.joined()
      Console.say("\(made.count) box\(made.count == 1 ? "" : "es")\(statuses)")
      let elsewhere = made.findsElsewhere.map(\.id)
      if !elsewhere.isEmpty {
        let names = elsewhere.prefix(10).joined(separator: ", ") + (elsewhere.count > 10 ? ", ..." : "")
        Console.say("\(elsewhere.count) find\(elsewhere.count == 1 ? " lies" : "s lie") in no box: \(names)")
      }
      return session.outcome(unreadIn: "boxes", made.findings)
    }
  }
}

extension SurveySession {
  /// How a command ends that shows what is recorded, and what it does not show of that.
  func outcome(unreadIn what: String, _ findings: [Finding] = []) -> Outcome {
    findings.forEach(Console.say)
    for place in unreadHazards { Console.say("\(place) could not be read: the \(what) do not show it") }
    for place in unreadFinds { Console.say("\(place) could not be read: what it says of the \(what) is not known") }
    return hasUnusedInput || findings.contains { $0.level == .error } ? .unusedInput : .done
  }
}
