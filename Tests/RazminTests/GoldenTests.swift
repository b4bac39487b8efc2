import Foundation
import Testing

private let surveys = [
  "nis-apron", "village-strike", "three-years", "turning-points", "receivers", "two-returns", "gaps-and-overlaps",
  "eod-spot",
]

/// An output that is stored beside its sample: `expected/ledger-2022-12-31.txt` is `razmin ledger` as of that day,
/// `ledger-2022-01-01-to-2022-12-31.txt` its return for that year.
struct Golden: Sendable, CustomTestStringConvertible {
  let survey, name: String

  var testDescription: String { "\(survey) \(name)" }
  var path: String { "sample-surveys/\(survey)/expected/\(name).txt" }

  var arguments: [String] {
    let parts = name.split(separator: "-", maxSplits: 1).map(String.init)
    let days = parts.count > 1 ? parts[1].split(separator: "-to-").map(String.init) : []
    let when = days.count > 1 ? ["--from", days[0], "--to", days[1]] : days.flatMap { ["--as-of", $0] }
    return [parts[0], "sample-surveys/\(survey)"] + when + (Self.parameters[parts[0]] ?? [])
  }

  /// What a command needs besides, since it has no default.
  private static let parameters = [
    "quality": ["--width", "1.0"],
    "sample": ["--box", "2", "--fraction", "0.1", "--seed", "7", "--detection", "0.9", "--residual", "5"],
  ]

  /// The sample with gaps has gaps.
  var status: Int32 { name.hasPrefix("quality") ? 1 : 0 }

  static let all: [Golden] = surveys.flatMap { survey in
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(samples)/\(survey)/expected")) ?? []
    return names.sorted().filter { $0.hasSuffix(".txt") }.map { Golden(survey: survey, name: String($0.dropLast(4))) }
  }
}

@Test func `every sample has its ledger and its findings stored`() {
  for survey in surveys {
    let names = Golden.all.filter { $0.survey == survey }.map(\.name)
    #expect(names.contains("ledger") && names.contains("validate"), "\(survey)")
  }
  #expect(Golden.all.filter { $0.name.hasPrefix("ledger-") }.count >= 4)
  #expect(Golden.all.filter { $0.name.contains("-to-") }.count >= 2)
}

@Test(arguments: Golden.all)
func `a sample gives its stored output`(golden: Golden) throws {
  let command = golden.arguments
  let run = try razmin(arguments: command)
  #expect(run.status == golden.status)
  let stored = try String(contentsOfFile: repository + "/" + golden.path, encoding: .utf8)
  #expect(
    run.text == stored,
    "see what changed and why, then: .build/debug/razmin \(command.joined(separator: " ")) > \(golden.path)")
}
