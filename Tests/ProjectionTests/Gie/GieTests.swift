import Foundation
import Testing

@testable import Projection

/// The folder of files that nobody here wrote, where the environment names one.
let corpus = ProcessInfo.processInfo.environment["RAZMIN_CORPUS"].flatMap { $0.isEmpty ? nil : $0 }

/// The lines at which Debian's gie fails, and the operations that it cannot make.
private struct GieProgram {
  var failing: Set<Int> = []
  var invalid: Set<Int> = []
  var succeeded = 0

  init(_ path: String) throws {
    let text = try run("gie", [path]).text
    failing = Set(text.matches(of: /FAILURE in .*\((\d+)\):/).compactMap { Int($0.1) })
    failing.formUnion(text.matches(of: /expected=\d+ at line (\d+)/).compactMap { Int($0.1) })
    invalid = Set(text.matches(of: /Invalid operation definition in line no\. (\d+)/).compactMap { Int($0.1) })
    succeeded = try #require(text.firstMatch(of: /total:\s*(\d+) tests succeeded/).flatMap { Int($0.1) })
  }

  /// `isOurs` is whether we could make the operation: gie says nothing of round trips where it could not.
  func passes(_ group: GieGroup, _ item: GieCase, isOurs: Bool) throws -> Bool {
    if failing.contains(item.line) { return false }
    switch item.demand {
    case .failure: return true
    case .coordinates: return !invalid.contains(group.line)
    case .roundtrip:
      guard !isOurs, case .operation(let text) = group.subject else { return !invalid.contains(group.line) }
      return try run("cct", text.split(separator: " ").map(String.init)).status == 0
    }
  }
}

/// EPSG's GIGS files and PROJ's own, run through our module and, to compare, through PROJ's program.
@Suite(.enabled(if: corpus != nil, "RAZMIN_CORPUS names no folder")) struct GieTests {
  static let folder = (corpus ?? "") + "/coords-proj"
  static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
    $0.contains(".gie")
  }

  @Test func `there are files`() { #expect(Self.files.count > 20) }

  @Test(arguments: files.sorted()) func `what gie passes, we pass`(name: String) throws {
    let path = Self.folder + "/" + name
    let file = try GieFile(String(contentsOfFile: path, encoding: .utf8))
    let program = try GieProgram(path)
    var counts: [String: Int] = [:]
    var (total, passedByGie) = (0, 0)
    for group in file.groups {
      let verdicts = try group.verdicts { text in file.usesInitRules ? try expandingInit(text) : text }
      for (item, verdict) in zip(group.cases, verdicts) {
        let gie = try program.passes(group, item, isOurs: verdict == .passed)
        total += 1
        if gie { passedByGie += 1 }
        switch verdict {
        case .passed: counts[gie ? "passed" : "passed, gie fails", default: 0] += 1
        case .notApplicable(let reason): counts["not applicable: \(reason)", default: 0] += 1
        case .failed(let reason):
          counts[gie ? "FAILED" : "gie fails too: \(group.kind(of: reason))", default: 0] += 1
          #expect(!gie, "\(name):\(item.line): \(reason)")
        }
      }
    }
    // That gie's words were understood, and its file read as it reads it.
    let skipped = file.groups.filter { $0.requiredGrid != nil }.map(\.cases.count).reduce(0, +)
    #expect(program.succeeded == passedByGie - skipped, "\(name): gie passes \(program.succeeded)")
    #expect(total > 0)
    let rest = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: "; ")
    print("\(name): \(total) cases; \(rest)")
  }

  /// Codes in old pipelines, as PROJ.4 strings, which Razmin itself refuses; so does gie with `use_proj4_init_rules`.
  private func expandingInit(_ text: String) throws -> String {
    var text = text
    while let match = text.firstMatch(of: /\+?init=epsg:(\d+)/) {
      let run = try run("projinfo", ["-o", "PROJ", "-q", "EPSG:\(match.1)"])
      try #require(run.status == 0, "\(match.0)")
      // projinfo adds a shift to WGS 84 that the code itself does not have.
      let words = run.text.split { $0.isWhitespace }.filter { !$0.hasPrefix("+type=") && !$0.hasPrefix("+towgs84=") }
      text.replaceSubrange(match.range, with: words.joined(separator: " "))
    }
    return text
  }
}

extension GieGroup {
  /// Why a case cannot pass in this version of PROJ.
  fileprivate func kind(of reason: String) -> String {
    if reason.contains("File not found") { return "a grid or model that is not here" }
    if reason.contains("inf") { return "no result in this PROJ" }
    if reason.contains(" and not ") { return "another result in this PROJ" }
    return "an operation that this PROJ does not know"
  }
}
