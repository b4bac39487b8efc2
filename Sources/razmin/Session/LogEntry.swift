import Formats
import Survey

/// A log that an activity lists: a file, or an archive of several.
struct LogEntry: Sendable {
  /// Index of the activity, and of the log among all logs of its activity, members of archives counted.
  var activity, order: Int
  /// From the survey's folder.
  var path: String
  /// Of each log in it: its path, and its identity where it can be read.
  var logs: [(path: String, identity: String?)] = []
  /// The indices of the logs in it that came before.
  var copies: Set<Int> = []

  init(activity: Int, order: Int, path: String) { (self.activity, self.order, self.path) = (activity, order, path) }

  /// With the identities of its logs; what cannot be read is told when it is read in earnest.
  func identified(in folder: String) -> LogEntry {
    var entry = self
    try? LogReader.eachLog(of: "\(folder)/\(path)") { _ in
    } _: { file in
      entry.logs.append((String(file.path.dropFirst(folder.count + 1)), try? file.identity()))
    }
    return entry
  }
}

/// Marks each log whose bytes came before, in the survey's order: it is not read, and claims nothing.
///
/// In another activity it counts as a copy only where the two worked on the same days: a log of two days may be listed by
/// the activity of each, and its fixes are then parted by their dates.
func marking(
  copiesAmong entries: [LogEntry], of activities: [Activity]
) -> (entries: [LogEntry], findings: [Finding]) {
  var (marked, findings): ([LogEntry], [Finding]) = ([], [])
  var seen: [String: [(path: String, activity: Activity)]] = [:]
  var next: [Int: Int] = [:]
  for var entry in entries {
    let activity = activities[entry.activity]
    entry.order = next[entry.activity, default: 0]
    next[entry.activity, default: 0] += max(1, entry.logs.count)
    for (index, log) in entry.logs.enumerated() {
      guard let identity = log.identity else { continue }
      let first = seen[identity]?.first { $0.activity.start <= activity.end && activity.start <= $0.activity.end }
      if let first {
        entry.copies.insert(index)
        findings.append(repeatedLog(log.path, of: first.path))
      } else {
        seen[identity, default: []].append((log.path, activity))
      }
    }
    marked.append(entry)
  }
  return (marked, findings)
}

/// Runs `work` on every element, `jobs` at once; the results come in the elements' order.
func eachInTurn<Element: Sendable, Result: Sendable>(
  _ elements: [Element], jobs: Int, _ bar: ProgressBar, _ work: @escaping @Sendable (Element) throws -> Result
) async throws -> [Result] {
  var results: [(Int, Result)] = []
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    var waiting = Array(elements.enumerated())[...]
    for _ in 0..<max(1, jobs) {
      if let (index, element) = waiting.popFirst() { group.addTask { (index, try work(element)) } }
    }
    while let result = try await group.next() {
      results.append(result)
      bar.show(results.count, of: elements.count)
      if let (index, element) = waiting.popFirst() { group.addTask { (index, try work(element)) } }
    }
  }
  return results.sorted { $0.0 < $1.0 }.map { $0.1 }
}
