import ArgumentParser
import Formats
import History
import Survey

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract:
      "List what was told of a survey, in the order in which it was told, each sealed by the hash of all before it.",
    discussion: """
      The head, the last hash, stands in every output. With --since and the head of an earlier one, lists what came after it, and \
      ends with 1 where that head is not in the history: something before it was changed. With --as-of, lists the events about \
      that day and the days before it, and those without a day; the head is that of all.
      Example: razmin history sample-surveys/three-years
      """)

  @OptionGroup var survey: SurveyOptions
  @Option(help: "A head from an earlier output (64 hexadecimal digits).") var since: String?
  @Flag(
    help: "Print a line of JSON for each event: with the hash before it, what its own is made of (docs/history.md).")
  var json = false

  func run() async throws {
    try await ending {
      let session = try await survey.load(.withHistory)
      for finding in session.findings where finding.level == .error { Console.say(finding) }
      var events = session.told.events[...]
      if let since {
        guard let index = events.firstIndex(where: { $0.hash == since.lowercased() }) else {
          Console.say("no event has the hash \(shown(since)): what was told before it is not what is told now")
          return .answerIsNo
        }
        events = events[(index + 1)...]
      }
      let known = events.filter { event in
        guard let asOf = survey.asOf, let date = event.fact.date else { return true }
        return date <= asOf
      }
      var output = try Output.open(nil)
      if json {
        for event in known { try output.write(Array("\(event.sealedLine)\n".utf8)) }
      } else {
        try output.write(Array(aligned(known.map(\.cells), indent: 0).utf8))
      }
      try output.finish()
      session.history.say()
      return session.hasUnusedInput ? .unusedInput : .done
    }
  }
}

extension Event {
  fileprivate var cells: [String] {
    let what = kind == .told ? "" : "\(kind.rawValue) \(corrects.map { "\($0)" } ?? "")"
    return [
      fact.date.map { "\($0)" } ?? "-", "\(number)", "\(fact.subject.kind.rawValue) \(fact.subject.id)", what,
      fact.organisation ?? "", String(hash.prefix(16)),
    ]
  }
}
