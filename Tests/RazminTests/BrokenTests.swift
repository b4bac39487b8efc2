import Foundation
import Testing

/// A folder of `sample-surveys/broken`: what to run there, and how that must end.
struct BrokenSample: Sendable, CustomTestStringConvertible {
  let name: String
  var command: [String] = []
  var status: Int32 = -1
  var codes: [String] = []
  /// Every line for people: those of standard error, and those of standard output that end with a code.
  var says: [String] = []

  var testDescription: String { name }
  var folder: String { "\(samples)/broken/\(name)" }

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: "\(samples)/broken")) ?? [])
    .filter { $0 != "README.md" }.sorted()

  init(_ name: String) throws {
    self.name = name
    for line in try String(contentsOfFile: "\(samples)/broken/\(name)/expected.txt", encoding: .utf8).split(
      separator: "\n")
    {
      let (key, value) = try split(line)
      switch key {
      case "command": command = value.split(separator: " ").map(String.init)
      case "status": status = try #require(Int32(value))
      case "code": codes.append(value)
      case "says": says.append(value)
      default: Issue.record("\(name)/expected.txt: \(line)")
      }
    }
  }
}

private func split(_ line: Substring) throws -> (String, String) {
  let colon = try #require(line.firstRange(of: ": "), "\(line)")
  return (String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
}

@Test(arguments: BrokenSample.names)
func `a damaged input is answered as expected_txt says`(name: String) throws {
  let sample = try BrokenSample(name)
  try #require(sample.command.count == 3 && sample.command[0] == "razmin")
  let before = try contents(of: sample.folder)
  let run = try razmin(sample.command[1], sample.command[2], in: sample.folder)
  #expect(run.status == sample.status)
  let said =
    run.lines
    + run.text.split(separator: "\n").filter { $0.hasSuffix("]") && $0.contains(" [") }.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  #expect(
    said == sample.says,
    "if the new words are better, put them into expected.txt:\n\(said.map { "says: " + $0 }.joined(separator: "\n"))")
  for code in Set(sample.codes) {
    let named = said.filter { $0.hasSuffix("[\(code)]") }.count
    #expect(named == sample.codes.filter { $0 == code }.count, "\(code)")
  }
  #expect(try contents(of: sample.folder) == before)
}

@Test func `every damaged input is in the list, and the list names no other`() throws {
  let readme = try String(contentsOfFile: "\(samples)/broken/README.md", encoding: .utf8)
  let listed = readme.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap {
    $0.split(separator: "`").dropFirst().first.map(String.init)
  }
  #expect(listed == BrokenSample.names)
  #expect(listed.count >= 20)
}
