import ArgumentParser
import Formats
import Geometry
import LandRelease
import Positions
import Presets
import Survey
import SurveyFolder

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether roads, places or sites come near what remains.",
    discussion: """
      Takes routes, points and areas from GeoJSON, KML, shapefiles, GeoPackages, GPX and every other log, and asks how near each comes to ground \
      that is not surely released, to finds that were not disposed of and to open spot tasks. Emits each with its distance (layer checked) \
      and the stretches within --distance (layer near). Ends with 1 where anything comes near. It says what is recorded; \
      what is recorded nowhere it cannot know.
      Example: razmin check sample-surveys/village-strike road.geojson --distance 100
      """)

  @OptionGroup var survey: SurveyOptions
  @Argument(help: "A file of routes, places or sites.", completion: .file()) var file: String
  @Option(help: "Metres within which something is near.") var distance: Double
  @Option(help: "What the file's coordinates are in, such as EPSG:6316, where it does not say.") var crs: String?

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func validate() throws {
    guard distance >= 0, distance <= 1e6 else { throw ValidationError("--distance takes metres, 0 or more.") }
  }

  func run() async throws {
    try await ending {
      let reading = Reading([file])
      var session = try await survey.load()
      // The file is carried over as the survey's own are.
      var georeference = Georeference(
        preset: try session.survey.preset.map { name throws in try Presets.named(name) },
        named: session.survey.operations)
      let shapes = try CheckedShapes.read(file, crs: crs, &georeference, reading)
      guard !shapes.isEmpty else {
        if reading.outcome == .done { Console.say("\(file): holds no route, place or site") }
        return max(reading.outcome, .refused)
      }
      var ground = RemainingGround()
      _ = try await survey.divide(&session, assured: true, minimum: .warning) { ground.add($0) }
      let k = session.survey.sigmaFactor
      for find in session.survey.finds where isThere(find) { ground.add(find, sigmaFactor: k) }
      for task in session.survey.spotTasks where task.isOpen(asOf: survey.asOf) { ground.add(task, sigmaFactor: k) }
      let answers = try shapes.map { ($0, try $0.asked(ground, within: distance)) }
      if let finding = slip(answers, session) {
        Console.say(finding)
        return .refused
      }
      var writer = GeoJSONWriter(try Output.open(output))
      var near = 0
      for (shape, asked) in answers {
        near += asked.isNear ? 1 : 0
        try writer.feature(
          shape.shape, asked.properties(of: shape, in: file, hasSpotTasks: !session.survey.spotTasks.isEmpty))
        for (part, stretch) in asked.stretches {
          try writer.feature(.lines([stretch.positions]), shape.properties(stretch, part: part, in: file))
        }
      }
      try writer.finish(["razmin": .object(account(of: session, georeference))]).finish()
      Console.say(
        "\(near) of \(shapes.count) come within \(plain(distance)) m of what is not surely released, as recorded")
      for place in session.unread {
        Console.say("\(place) could not be read: something may be nearer than is said here")
      }
      if reading.outcome != .done {
        Console.say("\(file): not all of it could be read: something in it may be nearer than is said here")
      }
      let isUnknown = reading.outcome != .done || !session.unread.isEmpty
      let unused = session.hasUnusedInput ? Outcome.unusedInput : .done
      return max(reading.outcome, unused, near > 0 || isUnknown ? .answerIsNo : .done)
    }
  }

  /// What is to be said where everything is so far from all hazards that it must be a slip.
  private func slip(_ answers: [(CheckedShape, CheckedAnswer)], _ session: SurveySession) -> Finding? {
    guard answers.allSatisfy({ $0.1.distance > HazardPlaces.far }) else { return nil }
    let nearest = answers.flatMap(\.0.positions).min {
      session.places.distance(to: $0) < session.places.distance(to: $1)
    }
    return nearest.flatMap { session.far("what is checked", $0) }
  }

  /// Whether a find was made by the day that is asked about, and not disposed of by then.
  private func isThere(_ find: Find) -> Bool {
    guard let asOf = survey.asOf else { return find.disposed == nil }
    return find.found <= asOf && find.disposed.map { $0 > asOf } ?? true
  }

  private func account(of session: SurveySession, _ georeference: Georeference) -> JSONObject {
    session.head(asOf: survey.asOf) + [
      "within_m": .number(distance),
      "shows": "assured", "coordinates": georeference.record, "sigma_factor": .number(session.survey.sigmaFactor),
      "inputs": session.inputs,
    ]
  }
}
