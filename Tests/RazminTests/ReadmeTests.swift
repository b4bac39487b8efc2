import Foundation
import Testing

/// The commands that a page shows, each with the lines that it says they print; `...` stands for what was left out.
private func shown(_ page: String) -> [(command: String, lines: [String])] {
  let text = (try? String(contentsOfFile: repository + "/" + page, encoding: .utf8)) ?? ""
  return text.components(separatedBy: "```console\n").dropFirst().flatMap { block in
    let session = block.components(separatedBy: "\n```").first ?? ""
    return ("\n" + session).components(separatedBy: "\n$ ").dropFirst().map { part in
      let lines = part.components(separatedBy: "\n")
      return (lines[0], Array(lines.dropFirst()))
    }
  }
}

@Test(arguments: [("README.md", 5), ("docs/coordinates.md", 6)])
func `the commands of a page print what it shows`(page: String, least: Int) throws {
  let shown = shown(page)
  #expect(shown.count >= least)
  for (command, lines) in shown {
    // What a command writes goes where the next run does not find it.
    let scratch = try Scratch()
    let line = command.replacingOccurrences(of: "razmin ", with: "\"$RAZMIN\" ")
      .replacingOccurrences(of: "-o ", with: "-o \(scratch.path)/")
    let run = try shell("{ " + line + "; } 2>&1")
    // A page may show a refusal, which its lines then say, or one row of several that is refused.
    #expect(page == "README.md" ? run.status == 0 : [0, 2, 65].contains(run.status), "\(command)")
    var printed = run.text.components(separatedBy: "\n")[...]
    for line in lines where line != "..." {
      let index = try #require(printed.firstIndex(of: line), "\(command) does not print: \(line)")
      printed = printed[(index + 1)...]
    }
  }
}
