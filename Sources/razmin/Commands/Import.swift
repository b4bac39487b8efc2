import ArgumentParser
import Formats
import GeoPackage
import Geometry
import Survey

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read GPS logs of any known format and emit their tracks and waypoints.",
    discussion: """
      A track is split where its receiver paused and at gaps of time or distance; spikes are left out of lines and \
      counted. --points lists every fix with what became of it.
      --into keeps a survey's folder, or logs, in a store: one GeoPackage file (docs/store.md). Every command that takes a \
      survey takes it, and answers the same. What is in it already is not stored twice.
      Example: razmin import lanes.nmea finds.gpx -o tracks.geojson
      """)

  @Argument(help: "GPS logs; with --into also a survey's folder.", completion: .file())
  var logs: [String]

  @Option(help: "Store the logs, or the survey's folder, in this GeoPackage file.", completion: .file())
  var into: String?

  @Flag(help: "Emit every fix as a point, with its quality, sigma and marks.")
  var points = false

  @OptionGroup var rules: RuleOptions

  @Option(help: "geojson, or gpkg, a GeoPackage with a layer for tracks and one for waypoints.")
  var format = LogOutput.geojson

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file())
  var output: String?

  @Flag(help: "With --into: take an operation though a better one is known whose grid is not installed.")
  var allowMissingGrid = false

  func validate() throws {
    guard into != nil else {
      guard !allowMissingGrid else { throw ValidationError("--allow-missing-grid goes with --into.") }
      return format == .gpkg ? try needFile(output) : ()
    }
    // What is stored is as it was read; nobody's wish is passed over.
    guard !points, output == nil, format == .geojson, rules.isPlain else {
      throw ValidationError("--into takes --operation, --preset, --crs and --columns alone.")
    }
  }

  func run() async throws {
    try await ending {
      if let into {
        return try await StoreImport(
          store: into, rules: rules, allowsMissingGrid: allowMissingGrid, jobs: availableProcessors()
        ).run(logs)
      }
      let writer = try FeatureBox(format, output, layers: GeoPackageLayer.logs(points: points))
      var sources: [LogSource] = []
      let reading = Reading(logs)
      var georeference = try rules.georeference()
      for path in logs {
        try reading.each(path) { file in
          var sink = ImportSink(
            file.path, rules: try rules.trackRules(), sigma: rules.sigma, points: points, to: writer)
          let bar = ProgressBar(file.path)
          let size = file.size ?? fileSize(path)
          guard let options = try reading.attempt({ try rules.readOptions(for: file, &georeference) }) else { return }
          do throws(FileUnreadable) {
            sources.append(
              try LogReader.read(file, options: options, into: &sink) { bar.show($0, of: size) })
          } catch {
            return reading.refuse(error)
          }
          try sink.finish()
          Console.say(sink.problems, in: file.path)
          reading.use(problems: sink.problems)
        }
      }
      guard !sources.isEmpty else { return reading.outcome }
      let inputs = sources.map { source in
        var input: JSONObject = [
          "path": .string(source.path), "format": .string(source.format),
          "creator": source.creator.map { .string($0) } ?? .null, "sha256": .string(source.sha256),
        ]
        if !source.parts.isEmpty {
          input["parts"] = .array(source.parts.map { ["path": .string($0.path), "sha256": .string($0.sha256)] })
        }
        if let archive = source.archiveSHA256 { input["archive_sha256"] = .string(archive) }
        return JSONValue.object(input)
      }
      try writer.finish([
        "razmin": [
          "version": .string(Razmin.version), "coordinates": georeference.record, "inputs": .array(inputs),
        ]
      ])
      return reading.outcome
    }
  }
}
