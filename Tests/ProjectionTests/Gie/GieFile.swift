import Foundation

/// One demand of a file for PROJ's test program gie, with all that holds for it.
struct GieCase {
  enum Demand {
    case coordinates([Double])
    case failure
    /// So many times there and back, and metres.
    case roundtrip(Int, Double)
  }
  let line: Int
  let accepted: [Double]
  let isBackwards: Bool
  /// Metres.
  let tolerance: Double
  let demand: Demand
}

/// An operation, and what is demanded of it.
struct GieGroup {
  enum Subject {
    case operation(String)
    case systems(String, String)
  }
  let line: Int
  let subject: Subject
  var requiredGrid: String?
  var cases: [GieCase] = []
}

/// The commands of a gie file, read as its manual says: <https://proj.org/en/stable/apps/gie.html>.
struct GieFile {
  private(set) var groups: [GieGroup] = []
  private(set) var usesInitRules = false
  private var accepted: [Double] = []
  private var tolerance = 0.0005
  private var isBackwards = false
  private var sourceSystem: String?

  private static let tags = [
    "<gie-strict>", "</gie-strict>", "<gie>", "</gie>", "operation", "crs_src", "crs_dst", "use_proj4_init_rules",
    "accept", "expect", "roundtrip", "banner", "verbose", "direction", "tolerance", "ignore", "require_grid", "echo",
    "skip",
  ]

  /// What the file says that no reader of these cases has had to know yet.
  enum Unread: Error { case tag(String, line: Int) }

  init(_ text: String) throws {
    var isInside = false
    var isStrict = false
    var open: (tag: String, arguments: String, line: Int)?
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, raw) in zip(1..., lines) {
      let line = raw.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      let tag = Self.tags.first { line.hasPrefix($0) }
      if !isInside {
        if tag == "<gie>" || tag == "<gie-strict>" { (isInside, isStrict) = (true, tag == "<gie-strict>") }
        continue
      }
      if isStrict, var command = open, command.arguments.hasSuffix("\\") {
        command.arguments = command.arguments.dropLast() + " " + line
        command.line = number
        open = command
      } else if let tag {
        if let command = open { try take(command.tag, command.arguments, command.line) }
        open = (tag, String(line.dropFirst(tag.count)), number)
        if tag.hasPrefix("</") { (isInside, open) = (false, nil) }
      } else if line.isEmpty || isDecoration(line) || isStrict {
        if let command = open { try take(command.tag, command.arguments, command.line) }
        open = nil
      } else if let command = open {
        open = (command.tag, command.arguments + " " + line, command.line)
      }
    }
  }

  private func isDecoration(_ line: String) -> Bool { line.count >= 5 && Set(line.prefix(5)).count == 1 }

  private mutating func take(_ tag: String, _ arguments: String, _ line: Int) throws {
    let words = arguments.split { $0.isWhitespace }.map(String.init)
    switch tag {
    case "operation": begin(GieGroup(line: line, subject: .operation(words.joined(separator: " "))))
    case "crs_src": sourceSystem = words.first
    case "crs_dst":
      begin(GieGroup(line: line, subject: .systems(sourceSystem ?? "", words.first ?? "")))
    case "use_proj4_init_rules": usesInitRules = words.first == "true"
    case "require_grid": groups[groups.count - 1].requiredGrid = words.first
    case "direction": isBackwards = "iIrR".contains(words.first?.first ?? "f")
    case "tolerance": tolerance = metres(words) ?? 0.0005
    case "accept": accepted = numbers(words)
    case "expect": add(words.first == "failure" ? .failure : .coordinates(numbers(words)), line)
    case "roundtrip":
      add(.roundtrip(words.first.flatMap { Int($0) } ?? 100, metres(Array(words.dropFirst())) ?? tolerance), line)
    case "banner", "verbose", "echo": break
    default: throw Unread.tag(tag, line: line)
    }
  }

  private mutating func begin(_ group: GieGroup) {
    groups.append(group)
    (tolerance, isBackwards) = (0.0005, false)
  }

  private mutating func add(_ demand: GieCase.Demand, _ line: Int) {
    groups[groups.count - 1].cases.append(
      GieCase(line: line, accepted: accepted, isBackwards: isBackwards, tolerance: tolerance, demand: demand))
  }

  /// Digits may be grouped by low lines.
  private func numbers(_ words: [String]) -> [Double] {
    var found: [Double] = []
    for word in words.prefix(4) {
      guard let value = word == "HUGE_VAL" ? .infinity : Double(word.filter { $0 != "_" }) else { break }
      found.append(value)
    }
    return found
  }

  /// `10 cm`, or `1cm`, which gie itself takes for a metre.
  private func metres(_ words: [String]) -> Double? {
    let text = words.prefix(2).joined()
    let unit = text.reversed().prefix { $0.isLetter && $0 != "e" }.reversed()
    guard let value = Double(text.dropLast(unit.count)) else { return nil }
    let scales = ["km": 1e3, "m": 1, "dm": 0.1, "cm": 0.01, "mm": 1e-3, "um": 1e-6, "nm": 1e-9]
    return value * (scales[String(unit)] ?? 1)
  }
}
