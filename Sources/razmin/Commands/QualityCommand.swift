import ArgumentParser
import Formats
import LandRelease
import Survey

struct QualityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "Show how well a clearance covers its ground: holes, overlaps, depth, and what each team did.",
    discussion: """
      Lists ground that remains inside or between cleared ground and is wider than --width (layer hole), square metres that \
      were worked by several teams or on several days, what each team and activity cleared, and where a clearance did not \
      reach the depth asked for. Ends with 1 where there is a hole or a shallow clearance.
      Example: razmin quality sample-surveys/gaps-and-overlaps --width 1.0
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, geojson }

  @OptionGroup var survey: SurveyOptions

  @Option(help: "Metres: ground between cleared ground that is wider than this is a hole. The national standard says.")
  var width: Double

  @Flag(help: "Look for holes in what is surely cleared (edges less k sigma) instead of the nominal state.")
  var assured = false

  @Option(help: "text, json, or geojson: the holes with the rest as a foreign member.")
  var format = Format.text

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file())
  var output: String?

  func validate() throws {
    guard width >= 0.05, width <= 1000 else { throw ValidationError("--width takes metres from 0.05 to 1000.") }
  }

  func run() async throws {
    try await ending {
      var session = try await survey.load()
      let bar = ProgressBar("looking for holes")
      var (result, quality) = try await coverageQuality(
        session.survey, steps: session.steps, width: width, options: survey.options(assured: assured),
        progress: { bar.show($0, of: $1) })
      survey.settle(&result, with: &session)
      var account = result.account(of: session, asOf: survey.asOf, assured: assured)
      account["width_m"] = .number(width)
      account["quality"] = .object(quality.record)
      switch format {
      case .text:
        var output = try Output.open(self.output)
        let page = quality.text(of: session.survey, asOf: survey.asOf, width: width, assured: assured)
        try output.write(Array((page + "\n" + session.foot).utf8))
        try output.finish()
      case .json:
        var output = try Output.open(self.output)
        account["holes"] = .array(quality.holes.map { .object($0.record) })
        try output.write(line: account)
        try output.finish()
      case .geojson:
        var writer = GeoJSONWriter(try Output.open(output))
        for hole in quality.holes { try writer.feature(.polygons(hole.polygons), hole.properties) }
        try writer.finish(["razmin": .object(account)]).finish()
      }
      Console.say(quality.summary(width: width))
      let isGood = quality.holes.isEmpty && !quality.isShallow
      return max(session.outcome(result), isGood ? .done : .answerIsNo)
    }
  }
}
