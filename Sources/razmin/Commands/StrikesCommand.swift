import ArgumentParser
import Formats
import LandRelease
import Survey

struct StrikesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strikes",
    abstract: "Draw the ground that recorded strikes may have contaminated.",
    discussion: """
      Emits an ellipse for each strike (layer strike-footprint), by the size that the survey's own table gives its weapon, \
      grown by k sigma; a circle where nobody knows the heading. It is a suspicion, and releases nothing.
      Example: razmin strikes sample-surveys/village-strike
      """)

  @OptionGroup var survey: SurveyOptions

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func run() async throws {
    try await ending {
      let session = try await survey.load()
      for finding in session.findings where finding.level >= .warning { Console.say(finding) }
      let footprints = try strikeFootprints(session.survey, asOf: survey.asOf)
      var writer = GeoJSONWriter(try Output.open(output))
      for footprint in footprints { try writer.feature(.polygons(footprint.polygons), footprint.properties) }
      try writer.finish(["razmin": .object(session.account(asOf: survey.asOf))]).finish()
      let outside = footprints.count { $0.outside > 0 }
      Console.say(
        "\(footprints.count) of \(session.survey.strikes.count) strikes have a footprint, \(outside) of them outside the "
          + "recorded hazards or in part")
      for place in session.unreadStrikes { Console.say("\(place) could not be read: a strike may be missing") }
      let read = session.outcome(unreadIn: "footprints")
      let told = session.survey.strikes.count { strike in survey.asOf.map { strike.recorded <= $0 } ?? true }
      return footprints.count == told ? read : max(read, .unusedInput)
    }
  }
}
