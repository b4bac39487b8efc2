import ArgumentParser
import Formats
import GeoPackage
import Geometry
import LandRelease
import Positions
import Survey

struct Cleared: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Emit the ground within half a swath of each log's track.",
    discussion: """
      The swath only: whether it releases anything is decided by a survey (razmin remaining).
      Example: razmin cleared lanes.gpx --swath 1.0 -o swath.geojson
      """)

  @Argument(help: "GPS logs.", completion: .file())
  var logs: [String]

  @Option(help: "Full width of the searched strip in metres.")
  var swath: Double

  @OptionGroup var rules: RuleOptions

  @Option(help: "geojson, or gpkg, a GeoPackage with its style.") var format = LogOutput.geojson

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file())
  var output: String?

  func validate() throws {
    guard swath.isFinite, swath > 0, swath <= 100 else {
      throw ValidationError("--swath takes a width in metres, more than 0 and no more than 100.")
    }
    if format == .gpkg { try needFile(output) }
  }

  func run() async throws {
    try await ending {
      let steps = try StepStore()
      var (activities, sources, times): ([Activity], [LogSource], [Timestamp]) = ([], [], [])
      let reading = Reading(logs)
      var georeference = try rules.georeference()
      for path in logs {
        try reading.each(path) { file in
          // A swath by itself has no dates and no hazard; the kind is only what a swath is usually of.
          var activity = Activity(
            id: file.path, kind: .clearance, claims: .cleared, start: CivilDate(daysSinceEpoch: 0),
            end: CivilDate(daysSinceEpoch: 0), geometry: .track, place: Place(file.path))
          (activity.swathWidth, activity.rules, activity.sigma) = (swath, try rules.trackRules(), rules.sigma)
          var sink = ClaimSink(activity, index: activities.count, log: 0, dates: nil, into: steps)
          guard let options = try reading.attempt({ try rules.readOptions(for: file, &georeference) }) else { return }
          do throws(FileUnreadable) {
            try file.checkCompression()
            sources.append(try LogReader.read(file, options: options, into: &sink))
          } catch {
            // What it gave before it was refused would be counted as the next log's.
            steps.drop(activity: activities.count, log: 0)
            return reading.refuse(error)
          }
          let summary = try sink.finish().summary
          if let time = summary.lastTime { times.append(time) }
          Console.say(sink.problems, in: file.path)
          reading.use(problems: sink.problems)
          for finding in logFindings(summary, of: activity, at: Place(file.path)) { Console.say(finding) }
          activities.append(activity)
        }
      }
      guard !sources.isEmpty else { return reading.outcome }
      let grounds = try sweptGround(activities, steps: steps, sigmaFactor: 2)
      try write(grounds, sources, georeference, last: times.max())
      return reading.outcome
    }
  }

  private func write(
    _ grounds: [SweptGround], _ sources: [LogSource], _ georeference: Georeference, last: Timestamp?
  ) throws {
    let writer = try FeatureBox(format, output, layers: [.swath])
    for (ground, source) in zip(grounds, sources) {
      let style = LandState.cleared.style(of: .confirmed)
      writer.feature(
        .polygons(ground.polygons),
        [
          "source": .string(source.path), "swath_m": .number(swath), "area_m2": .fixed(ground.area, decimals: 4),
          "assured_m2": .fixed(ground.assuredArea, decimals: 4), "fill": .string(style.fill),
          "fill-opacity": .number(style.opacity), "stroke": .string(style.stroke),
        ], layer: GeoPackageLayer.swath.name, time: last)
      Console.say(
        "\(source.path): \(number(ground.area)) m² within \(swath / 2) m, \(number(ground.assuredArea)) m² assured")
    }
    let inputs = sources.map { JSONValue.object(["path": .string($0.path), "sha256": .string($0.sha256)]) }
    try writer.finish([
      "razmin": [
        "version": .string(Razmin.version), "coordinates": georeference.record, "inputs": .array(inputs),
      ]
    ])
  }
}
