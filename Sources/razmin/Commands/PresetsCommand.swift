import ArgumentParser
import Formats
import Presets

struct PresetsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presets",
    abstract: "List the countries whose coordinate systems Razmin knows, and the operations that it takes there.",
    discussion: """
      Boundaries serve to choose coordinate operations, and say nothing of anybody's status.
      Example: razmin presets serbia
      """)

  @Argument(help: "Only these: an id, a name or an ISO code.") var names: [String] = []

  func run() async throws {
    try await ending {
      let shown: [Preset]
      do throws(PresetError) {
        shown = names.isEmpty ? try Presets.all : try names.map { name throws(PresetError) in try Presets.named(name) }
      } catch {
        Console.say("\(error.message) [\(error.code)]")
        return .notFound
      }
      var output = try Output.open(nil)
      try output.write(Array((shown.map(\.text).joined(separator: "\n")).utf8))
      try output.finish()
      return .done
    }
  }
}

extension Preset {
  fileprivate var text: String {
    var lines = ["\(id)  \(name) (\(codes.joined(separator: ", ")))"]
    for (title, entries) in [("official", official), ("legacy", legacy), ("general", general)] {
      lines += entries.map { "  \(title)  \($0.crs)  \($0.what)" }
    }
    lines += operations.map { pin in
      "  \(pin.isOwn ? "takes" : "on request")  \(pin.operation)  from \(pin.source), accuracy \(pin.accuracy) m: \(pin.why)"
    }
    lines += grids.map { "  with its grid  \($0.operation)  from \($0.source), accuracy \($0.accuracy) m: \($0.file)" }
    lines += undecided.map { "  demands a choice  from \($0.source): \($0.why)" }
    lines += cautions.map { "  beware  \($0.operation): \($0.why)" }
    lines += notes.map { "  note  \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }
}
