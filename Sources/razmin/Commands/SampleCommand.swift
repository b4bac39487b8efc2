import ArgumentParser
import Formats
import LandRelease
import Projection
import Simulation
import Survey

struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw random boxes of cleared land for inspection, and print what such a sample can find.",
    discussion: """
      Boxes lie on whole multiples of --box in the survey's grid. They are drawn with a seeded generator, without putting \
      any back, until they hold --fraction of the cleared land; the same seed gives the same boxes everywhere \
      (docs/quality.md). With --detection and --residual the probability is printed that the land passes all the same.
      Example: razmin sample sample-surveys/nis-apron --box 2 --fraction 0.1 --seed 7 --detection 0.9 --residual 5
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, geojson }

  @OptionGroup var survey: SurveyOptions

  @Option(help: "Metres: the side of a box in the survey's grid.") var box: Double
  @Option(help: "The share of the cleared land to be inspected, over 0 to 1.") var fraction: Double
  @Option(help: "A whole number; note it with the result, so that the draw can be repeated.") var seed: UInt64
  @Option(help: "q: the probability that an inspection finds an item where it looks, 0 to 1.") var detection: Double?
  @Option(help: "K: how many items are supposed to be left.") var residual: Int?

  @Option(parsing: .upToNextOption, help: "Only land that these activities cleared.") var activity: [String] = []
  @Option(parsing: .upToNextOption, help: "Only land of these hazards.") var hazard: [String] = []

  @Option(help: "text, json, or geojson: the boxes with the arithmetic as a foreign member.")
  var format = Format.text

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file())
  var output: String?

  func validate() throws {
    guard box >= 0.1, box <= 100_000 else { throw ValidationError("--box takes metres from 0.1 to 100000.") }
    guard fraction > 0, fraction <= 1 else { throw ValidationError("--fraction takes a number over 0, and at most 1.") }
    guard (detection == nil) == (residual == nil) else {
      throw ValidationError("--detection and --residual go together.")
    }
    guard (0...1).contains(detection ?? 0) else { throw ValidationError("--detection takes a number from 0 to 1.") }
    guard (0...SamplingArithmetic.maxResidual).contains(residual ?? 0) else {
      throw ValidationError("--residual takes a number from 0 to \(SamplingArithmetic.maxResidual).")
    }
    guard activity.isEmpty || hazard.isEmpty else {
      throw ValidationError("--activity and --hazard exclude each other.")
    }
  }

  func run() async throws {
    try await ending {
      var session = try await survey.load()
      for (what, asked, known, outcome) in [
        ("activity", activity, session.survey.activities.map(\.id), Outcome.usage),
        ("hazard", hazard, session.survey.hazards.map(\.id), .notFound),
      ] {
        for id in asked where !known.contains(id) {
          Console.say("no \(what) has the id \(id); there are: \(known.sorted().prefix(20).joined(separator: ", "))")
          return outcome
        }
      }
      var cleared: [ReleaseFeature] = []
      let result = try await survey.divide(&session) { feature in
        if feature.layer == .cleared, isAskedFor(feature) { cleared.append(feature) }
      }
      guard !session.survey.hazards(asOf: survey.asOf).isEmpty else {
        Console.say("no hazard is recorded\(survey.asOf.map { " by \($0)" } ?? ""): nothing to inspect")
        return max(session.outcome(result), .answerIsNo)
      }
      guard let grid = result.grid else {
        Console.say("the survey names no grid in which boxes could lie: set grid under [survey], such as EPSG:6316")
        return .refused
      }
      guard !cleared.isEmpty else {
        Console.say("no land is cleared there: nothing to inspect")
        return max(session.outcome(result), .answerIsNo)
      }
      let boxes: [SampleBox]
      do {
        boxes = try sampleBoxes(over: cleared.flatMap(\.polygons), size: box, grid: grid)
      } catch is TooManyBoxes {
        Console.say("over a million boxes: take a larger --box")
        return .usage
      }
      var random = SeededRandom(seed: seed)
      let sample = BoxSample(boxes, fraction: fraction, using: &random)
      let drawn = DrawnSample(
        sample: sample, polygons: try mapped(sample.drawn, grid: grid), size: box, seed: seed, asked: fraction,
        grid: grid, detection: detection, residual: residual)
      var account = result.account(of: session, asOf: survey.asOf, assured: false)
      account["sample"] = .object(drawn.record)
      switch format {
      case .text:
        var output = try Output.open(self.output)
        let page = drawn.text(of: session.survey, asOf: survey.asOf)
        try output.write(Array((page + "\n" + session.foot).utf8))
        try output.finish()
      case .json:
        var output = try Output.open(self.output)
        account["boxes"] = .array(drawn.properties.map { .object($0) })
        try output.write(line: account)
        try output.finish()
      case .geojson:
        var writer = GeoJSONWriter(try Output.open(output))
        for (polygon, properties) in zip(drawn.polygons, drawn.properties) {
          try writer.feature(.polygons([polygon]), properties)
        }
        try writer.finish(["razmin": .object(account)]).finish()
      }
      return session.outcome(result)
    }
  }

  private func isAskedFor(_ feature: ReleaseFeature) -> Bool {
    if !activity.isEmpty { return feature.activities.contains { activity.contains($0.id) } }
    return hazard.isEmpty || hazard.contains(feature.hazard.id)
  }
}
