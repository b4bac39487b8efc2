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
      to the required depth (fadeout-open), and what of it no hazard covers (fadeout-outside: a proposed extension). Ends \
      with 1 while anything is open.
      Example: razmin fadeout sample-surveys/village-strike
      """)

  @OptionGroup var survey: SurveyOptions

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func run() async throws {
    try await ending {
      let session = try await survey.load()
      for finding in session.findings where finding.level >= .warning { Console.say(finding) }
      let areas: [FadeoutArea]
      do {
        areas = try await fadeout(session.survey, steps: session.steps, asOf: survey.asOf, jobs: survey.jobs)
      } catch let error as NoFadeoutDistance {
        Console.say(
          "\(error.finds) finds, and the survey gives no fade-out distance: set fadeout_m under [survey] to the national "
            + "standard's; none is assumed [find.no-fadeout]")
        return .answerIsNo
      }
      var writer = GeoJSONWriter(try Output.open(output))
      for (layer, ground) in [
        ("fadeout-required", \FadeoutArea.required), ("fadeout-open", \.open), ("fadeout-outside", \.outside),
      ] {
        for area in areas where !area[keyPath: ground].polygons.isEmpty {
          try writer.feature(
            .polygons(area[keyPath: ground].polygons), area.properties(layer, area[keyPath: ground].area))
        }
      }
      try writer.finish(["razmin": .object(account(of: session.survey, areas))]).finish()
      let open = areas.reduce(0) { $0 + $1.open.area }
      Console.say(
        areas.isEmpty ? "no find asks for a fade-out" : "\(areas.flatMap(\.finds).count) finds: \(summary(of: areas))")
      // A find that could not be read might ask for more.
      for place in session.unreadFinds { Console.say("\(place) could not be read: its fade-out is not known") }
      return max(
        session.hasUnusedInput ? .unusedInput : .done,
        open > 0 || !session.unreadFinds.isEmpty ? .answerIsNo : .done)
    }
  }

  private func summary(of areas: [FadeoutArea]) -> String {
    let metres = { (ground: KeyPath<FadeoutArea, FadeoutArea.Ground>) in
      "\(Int(areas.reduce(0) { $0 + $1[keyPath: ground].area }.rounded(.up))) m2"
    }
    return "\(metres(\.required)) required, \(metres(\.open)) open, \(metres(\.outside)) outside every hazard"
  }

  private func account(of survey: FieldSurvey, _ areas: [FadeoutArea]) -> JSONObject {
    [
      "version": .string(Razmin.version), "survey": .string(survey.id), "name": .string(survey.name),
      "as_of": self.survey.asOf.map { .string("\($0)") } ?? .null,
      "fadeout_m": survey.fadeout.map { .number($0) } ?? .null, "sigma_factor": .number(survey.sigmaFactor),
      "open_m2": .fixed(areas.reduce(0) { $0 + $1.open.area }, decimals: 4),
      "coordinates": .array(survey.coordinates.map { .object($0.record) }),
      "inputs": .array(survey.inputs.map { .object(["path": .string($0.path), "sha256": .string($0.sha256)]) }),
    ]
  }
}

extension FadeoutArea {
  fileprivate func properties(_ layer: String, _ area: Double) -> JSONObject {
    let style =
      switch layer {
      case "fadeout-open": ("#B5179E", 0.4)
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
