import Survey

/// Lets the first thousand problems of a code through and counts the rest, so that a file of nothing but damage does not
/// fill the memory.
struct ProblemLimit {
  static let most = 1000
  private var counts: [String: Int] = [:]

  mutating func allows(_ problem: Problem) -> Bool {
    counts[problem.code, default: 0] += 1
    return counts[problem.code, default: 0] <= Self.most
  }

  /// One problem for each code that came more often.
  var rest: [Problem] {
    counts.filter { $0.value > Self.most }.sorted { $0.key < $1.key }.map {
      Problem($0.key, line: 0, "\($0.value - Self.most) more of these are not listed one by one")
    }
  }
}
