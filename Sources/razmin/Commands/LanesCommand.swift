import ArgumentParser
import Formats
import LandRelease
import Survey

struct LanesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lanes",
    abstract: "Lay numbered lanes over a hazard, and show how far each was searched.",
    discussion: """
      Emits the lanes, clipped to the hazard (layer lane), numbered from 1 from the left of whoever looks along the heading. \
      The heading is in degrees from true north, or with --grid-north from the north of the survey's grid, and holds at the \
      middle of the hazard. Percents are rounded down.
      Example: razmin lanes sample-surveys/nis-apron --hazard NIS-CHA-1 --heading 75 --width 5
      """)

  @OptionGroup var survey: SurveyOptions

  @Option(help: "The hazard, by id.") var hazard: String

  @Option(help: "The way in which the lanes run, in degrees.") var heading: Double

  @Option(help: "The width of a lane in metres.") var width: Double

  @Flag(help: "The heading is from grid north, not from true north.") var gridNorth = false

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func validate() throws {
    guard heading.isFinite, abs(heading) <= 360 else { throw ValidationError("--heading takes degrees, to 360.") }
    guard width.isFinite, width > 0 else { throw ValidationError("--width takes metres above 0.") }
  }

  func run() async throws {
    try await ending {
      let session = try await survey.load()
      for finding in session.findings where finding.level >= .warning { Console.say(finding) }
      let made = try lanes(
        session.survey, steps: session.steps, over: hazard,
        heading: gridNorth ? .gridNorth(heading) : .trueNorth(heading), width: width, asOf: survey.asOf)
      var writer = GeoJSONWriter(try Output.open(output))
      for lane in made.lanes { try writer.feature(.polygons(lane.polygons), lane.properties(hazard: hazard)) }
      let account = session.account(
        asOf: survey.asOf,
        [
          "hazard": .string(hazard), "width_m": .number(width), "heading_deg": .number(heading),
          "heading_from": gridNorth ? "grid north" : "true north",
          "true_heading_deg": .fixed(made.trueHeading, decimals: 4),
          "convergence_deg": made.convergence.map { .fixed($0, decimals: 4) } ?? .null,
        ])
      try writer.finish(["razmin": .object(account)]).finish()
      Console.say("\(made.lanes.count) lanes of \(width) m in hazard \(hazard)")
      return session.outcome(unreadIn: "lanes")
    }
  }
}
