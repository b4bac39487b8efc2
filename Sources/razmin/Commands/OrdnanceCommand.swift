import ArgumentParser
import Formats
import Ordnance

struct OrdnanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ordnance",
    abstract: "List the types of ordnance that Razmin knows, each with its source.",
    discussion: """
      A survey adds its own with the key ordnance of [survey] (docs/finds.md).
      Example: razmin ordnance --format csv > ordnance.csv
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv }

  @Option(help: "text, json, or csv, which a survey can take as its own catalogue.") var format = Format.text

  func run() async throws {
    try await ending {
      let catalogue: OrdnanceCatalogue
      do throws(OrdnanceError) { catalogue = try OrdnanceCatalogue.builtIn() } catch {
        Console.say("ordnance.csv:\(error.line): \(error.message); install the programme again [\(error.code)]")
        return .ownFault
      }
      var output = try Output.open(nil)
      switch format {
      case .text: try output.write(Array(catalogue.entries.map(\.text).joined(separator: "\n").utf8))
      case .json:
        for entry in catalogue.entries { try output.write(line: entry.record) }
      case .csv:
        let rows = catalogue.entries.map { entry in
          OrdnanceCatalogue.columns.map { csvCell(.string(entry.cells[$0] ?? "")) }
        }
        let lines = ([OrdnanceCatalogue.columns] + rows).map { $0.joined(separator: ",") + "\r\n" }
        try output.write(Array(lines.joined().utf8))
      }
      try output.finish()
      return .done
    }
  }
}

extension OrdnanceEntry {
  fileprivate var text: String {
    var lines = [name + (category.map { "  \($0)" } ?? "")]
    if !aliases.isEmpty { lines.append("  also  \(aliases.joined(separator: ", "))") }
    if let number = submunitionsPerContainer {
      lines.append("  holds  " + (container.map { "\(number) to a \($0)" } ?? "\(number) submunitions"))
    } else if let container {
      lines.append("  in  \(container)")
    }
    if let mass { lines.append("  mass  \(plain(mass)) kg") }
    if let fuze { lines.append("  fuze  \(fuze)") }
    if let source { lines.append("  source\(mark.map { " (\($0.rawValue): \($0.words))" } ?? "")  \(source)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// As the catalogue's file has them.
  fileprivate var cells: [String: String] {
    [
      "name": name, "aliases": aliases.joined(separator: "|"), "category": category ?? "",
      "submunitions_per_container": submunitionsPerContainer.map { "\($0)" } ?? "", "container": container ?? "",
      "mass_kg": mass.map(plain) ?? "", "fuze": fuze ?? "", "source": source ?? "", "mark": mark?.rawValue ?? "",
    ]
  }

  fileprivate var record: JSONObject {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "name": .string(name), "aliases": .array(aliases.map { .string($0) }), "category": text(category),
      "submunitions_per_container": submunitionsPerContainer.map { .int($0) } ?? .null, "container": text(container),
      "mass_kg": mass.map { .number($0) } ?? .null, "fuze": text(fuze), "source": text(source),
      "mark": text(mark?.rawValue),
    ]
  }
}

extension OrdnanceEntry.Mark {
  fileprivate var words: String {
    switch self {
    case .verified: "read at the source"
    case .secondary: "a secondary source"
    case .unchecked: "not checked"
    }
  }
}
