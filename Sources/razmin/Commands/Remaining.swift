public import ArgumentParser
import Formats
public import LandRelease
import Survey

struct Remaining: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Divide recorded hazards into what remains and what was cleared, reduced or cancelled.",
    discussion: "Example: razmin remaining sample-surveys/nis-apron --as-of 2026-05-05 -o remaining.geojson")

  @OptionGroup var survey: SurveyOptions

  @Option(parsing: .upToNextOption, help: "Only these layers: remaining, cleared, reduced, cancelled.")
  var layer: [LandState] = []

  @Flag(help: "Show what is surely released (edges less k sigma) instead of the nominal state.")
  var assured = false

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func run() async throws {
    try await ending {
      var session = try await survey.load()
      let shown = Set(layer.isEmpty ? LandState.allCases : layer)
      let grid = session.survey.grid
      var writer = GeoJSONWriter(try Output.open(output))
      let result = try await survey.divide(&session, assured: assured) { feature in
        guard shown.contains(feature.layer) else { return }
        try writer.feature(.polygons(feature.polygons), feature.properties(grid: grid))
      }
      let account = result.account(of: session.survey, asOf: survey.asOf, assured: assured)
      try writer.finish(["razmin": .object(account)]).finish()
      Console.say(result.ledger.summary)
      return session.outcome(result)
    }
  }
}

extension LandState: ExpressibleByArgument {}
