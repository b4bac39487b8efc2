import ArgumentParser
import Formats
import LandRelease
import Survey

struct FadeoutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fadeout",
    abstract: "Show the ground round finds that a clearance must have reached, and what of it is still open.",
    discussion: """
      Emits the ground within fadeout_m and k sigma of each find (layer fadeout-required), what of it is not surely cleared \
      to the required depth (fadeout-open), what of it the account keeps all the same (fadeout-remaining), and what of it no \
      hazard covers (fadeout-outside: a proposed extension). Ends with 1 while anything is open or remains.
      Example: razmin fadeout sample-surveys/village-strike
      """)

  @OptionGroup var survey: SurveyOptions

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func run() async throws {
    try await ending {
      let session = try await survey.load()
      for finding in session.findings where finding.level >= .warning { Console.say(finding) }
      let found: Fadeout
      do {
        found = try await fadeout(session.survey, steps: session.steps, asOf: survey.asOf, jobs: survey.jobs)
      } catch let error as NoFadeoutDistance {
        Console.say(
          "\(error.finds) finds, and the survey gives no fade-out distance: set fadeout_m under [survey] to the national "
            + "standard's; none is assumed [find.no-fadeout]")
        return .answerIsNo
      }
      var writer = GeoJSONWriter(try Output.open(output))
      for (layer, ground) in [
        ("fadeout-required", \FadeoutArea.required), ("fadeout-open", \.open), ("fadeout-remaining", \.remaining),
        ("fadeout-outside", \.outside),
      ] {
        for area in found.areas where !area[keyPath: ground].polygons.isEmpty {
          try writer.feature(
            .polygons(area[keyPath: ground].polygons), area.properties(layer, area[keyPath: ground].area))
        }
      }
      try writer.finish(["razmin": .object(account(of: session, found))]).finish()
      Console.say(found.areas.isEmpty ? "no find asks for a fade-out" : summary(of: found))
      // A find or a hazard that could not be read might ask for more.
      let unread = session.unreadFinds + session.unreadHazards
      for place in unread { Console.say("\(place) could not be read: what it asks for is not known") }
      return max(
        session.hasUnusedInput ? .unusedInput : .done, found.isClosed && unread.isEmpty ? .done : .answerIsNo)
    }
  }

  private func summary(of found: Fadeout) -> String {
    let metres = { (area: Double) in "\(Int(area.rounded(.up))) m2" }
    let finds = "\(found.finds.count) find\(found.finds.count == 1 ? "" : "s")"
    return "\(finds): \(metres(found.required)) required, \(metres(found.open)) open, "
      + "\(metres(found.remaining)) remaining by the account, \(metres(found.outside)) outside every hazard"
  }

  private func account(of session: SurveySession, _ found: Fadeout) -> JSONObject {
    session.head(asOf: survey.asOf) + [

      "fadeout_m": session.survey.fadeout.map { .number($0) } ?? .null,
      "sigma_factor": .number(session.survey.sigmaFactor),
      "required_m2": .fixed(found.required, decimals: 4), "open_m2": .fixed(found.open, decimals: 4),
      "remaining_m2": .fixed(found.remaining, decimals: 4), "outside_m2": .fixed(found.outside, decimals: 4),
      "coordinates": .array(session.survey.coordinates.map { .object($0.record) }),
      "inputs": session.inputs,
    ]
  }
}

extension FadeoutArea {
  fileprivate func properties(_ layer: String, _ area: Double) -> JSONObject {
    let style =
      switch layer {
      case "fadeout-open": ("#B5179E", 0.4)
      case "fadeout-remaining": ("#FF0000", 0.4)
      case "fadeout-outside": ("#F4A718", 0.3)
      default: ("#4361EE", 0.1)
      }
    return [
      "layer": .string(layer), "finds": .array(finds.map { .string($0) }), "area_m2": .fixed(area, decimals: 4),
      "required_depth_cm": requiredDepth.map { .number($0) } ?? .null,
      "missed_by": .array(missedBy.map { .string($0) }), "fill": .string(style.0), "fill-opacity": .number(style.1),
      "stroke": .string(style.0),
    ]
  }
}
