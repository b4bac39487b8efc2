import Foundation
import Testing

/// The commands that the README shows, each with the lines that it says they print; `...` stands for what was left out.
private let shown: [(command: String, lines: [String])] = {
  let readme = (try? String(contentsOfFile: repository + "/README.md", encoding: .utf8)) ?? ""
  return readme.components(separatedBy: "```console\n$ ").dropFirst().map { block in
    let lines = (block.components(separatedBy: "\n```").first ?? "").components(separatedBy: "\n")
    return (lines[0], Array(lines.dropFirst()))
  }
}()

@Test func `the commands of the README print what it shows`() throws {
  #expect(shown.count >= 5)
  for (command, lines) in shown {
    // What a command writes goes where the next run does not find it.
    let scratch = try Scratch()
    let line = command.replacingOccurrences(of: "razmin ", with: "\"$RAZMIN\" ")
      .replacingOccurrences(of: "-o ", with: "-o \(scratch.path)/")
    let run = try shell(line + " 2>&1")
    #expect(run.status == 0, "\(command)")
    var printed = run.text.components(separatedBy: "\n")[...]
    for line in lines where line != "..." {
      let index = try #require(printed.firstIndex(of: line), "\(command) does not print: \(line)")
      printed = printed[(index + 1)...]
    }
  }
}
