import ArgumentParser
import Formats
import Geometry
import LandRelease
import Survey

struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say of one place what is recorded: its state, since when and by what, and what would change it.",
    discussion: """
      Never says that a place is safe: it says what the survey records.
      Example: razmin why sample-surveys/nis-apron "43.33510N 21.87330E"
      """)

  @OptionGroup var survey: SurveyOptions
  @OptionGroup var place: TypedPosition
  @Flag(help: "Print the answer as JSON.") var json = false

  func run() async throws {
    try await ending {
      let position: Geographic
      do { position = try place.read() } catch let fault as CoordinateFault {
        Console.say("\(fault.message) [\(fault.code)]")
        return .refused
      }
      let session = try await survey.load(.near(position))
      if let finding = session.far("this position", position) {
        Console.say(finding)
        return .refused
      }
      let answer = try why(session.survey, steps: session.steps, at: position, asOf: survey.asOf)
      let report = WhyReport(answer: answer, session: session, asOf: survey.asOf)
      var output = try Output.open(nil)
      if json {
        try output.write(line: report.record)
      } else {
        try output.write(Array(report.text.utf8))
      }
      try output.finish()
      for place in session.unread {
        Console.say("\(place) could not be read: there may be more to this place than is said here")
      }
      return session.hasUnusedInput ? .unusedInput : .done
    }
  }
}
