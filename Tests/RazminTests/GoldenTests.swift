import Foundation
import Testing

private let surveys = ["nis-apron", "village-strike", "three-years", "turning-points", "receivers", "eod-spot"]

/// An output that is stored beside its sample: `expected/ledger-2022-12-31.txt` is `razmin ledger` as of that day.
struct Golden: Sendable, CustomTestStringConvertible {
  let survey, name: String

  var testDescription: String { "\(survey) \(name)" }
  var path: String { "sample-surveys/\(survey)/expected/\(name).txt" }

  var arguments: [String] {
    let parts = name.split(separator: "-", maxSplits: 1).map(String.init)
    return [parts[0], "sample-surveys/\(survey)"] + (parts.count > 1 ? ["--as-of", parts[1]] : [])
  }

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
}

@Test(arguments: Golden.all)
func `a sample gives its stored output`(golden: Golden) throws {
  let command = golden.arguments
  let run =
    try command.count > 2 ? razmin(command[0], command[1], command[2], command[3]) : razmin(command[0], command[1])
  #expect(run.status == 0)
  let stored = try String(contentsOfFile: repository + "/" + golden.path, encoding: .utf8)
  #expect(
    run.text == stored,
    "see what changed and why, then: .build/debug/razmin \(command.joined(separator: " ")) > \(golden.path)")
}
