import Glibc
import Survey

/// Words for people, on standard error.
enum Console {
  static func say(_ text: String) { write("razmin: \(shown(text))\n") }

  static func say(_ finding: Finding) {
    write(line(finding))
  }

  /// A finding as one line.
  static func line(_ finding: Finding) -> String {
    shown("\(finding.place): \(finding.level.rawValue): \(finding.message); \(finding.advice) [\(finding.code)]") + "\n"
  }

  /// The problems of one log, no more than ten of a code, the rest counted.
  static func say(_ problems: [Problem], in path: String) {
    var counts: [String: Int] = [:]
    for problem in problems {
      counts[problem.code, default: 0] += 1
      if counts[problem.code, default: 0] <= 10 {
        write(shown("\(Place(path, line: problem.line)): warning: \(problem.message) [\(problem.code)]") + "\n")
      }
    }
    for (code, count) in counts.sorted(by: { $0.key < $1.key }) where count > 10 {
      let rest = "\(count - 10) more of these; razmin inspect --json lists them all"
      write(shown("\(path): warning: \(rest) [\(code)]") + "\n")
    }
  }

  fileprivate static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe Glibc.write(2, bytes, bytes.count)
  }

  static var isTerminal: Bool { isatty(2) == 1 }
}

/// A bar on a terminal for work that takes longer than a second; silent elsewhere.
final class ProgressBar {
  private let label: String
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var lastPercent = -1

  init(_ label: String) { (self.label, isShown) = (label, Console.isTerminal) }

  func show(_ done: Int, of all: Int) {
    guard isShown, all > 0, start.duration(to: .now) > .seconds(1) else { return }
    let percent = min(100, done * 100 / all)
    guard percent != lastPercent else { return }
    lastPercent = percent
    let filled = percent * 30 / 100
    Console.write(
      "\r\(label) [\(String(repeating: "#", count: filled))\(String(repeating: " ", count: 30 - filled))] \(percent)%")
  }

  deinit { if lastPercent >= 0 { Console.write("\r\u{1B}[K") } }
}
