import ArgumentParser
import Formats
import Glibc
import Survey

struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what is in a log: format, device, time span, fixes by quality, gaps, spikes, problems.",
    discussion: "Example: razmin inspect sample-surveys/nis-apron/logs/*")

  @Argument(help: "GPS logs or GeoJSON files.", completion: .file())
  var logs: [String]

  @Flag(help: "One JSON object a line for programs, with every problem.")
  var json = false

  @Flag(help: "A small picture of each log's track; on a terminal it is always shown.")
  var picture = false

  @OptionGroup var rules: RuleOptions

  func run() async throws {
    try await ending {
      var output = try Output.open(nil)
      let reading = Reading(logs)
      var georeference = try rules.georeference()
      for path in logs {
        try reading.each(path, keepsCopies: true) { file in
          let bar = ProgressBar(file.path)
          let size = file.size ?? fileSize(path)
          let found: Inspection
          // What is in a shapefile can be seen where its CRS cannot be used.
          guard
            let options = try reading.attempt({ try rules.readOptions(for: file, &georeference) })
              ?? (Inspection.namesCRS(file) ? ReadOptions() : nil)
          else { return }
          do throws(FileUnreadable) {
            found = try Inspection.read(
              file, options: options, rules: (try? rules.trackRules()) ?? TrackRules()
            ) { bar.show($0, of: size) }
          } catch {
            return reading.refuse(error)
          }
          reading.use(problems: found.problems)
          if json {
            try output.write(line: found.record)
          } else {
            try output.write(Array(found.text.utf8))
            if picture || isatty(1) == 1 { try output.write(Array(found.picture.text.utf8)) }
          }
        }
      }
      try output.finish()
      return reading.outcome
    }
  }
}
