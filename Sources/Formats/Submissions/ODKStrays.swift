import Survey

/// Answers that are no position in a column of positions: whether it is one is known only at the end.
struct ODKStrays {
  private static let mostLines = 1000
  /// By column: positions, other answers, and the lines of the first of those.
  private var columns: [Int: (positions: Int, others: Int, lines: [Int])] = [:]

  mutating func take(_ text: String, column: Int, line: Int) {
    guard !text.isEmpty else { return }
    var found = columns[column] ?? (0, 0, [])
    if GeoText(text) != nil {
      found.positions += 1
    } else {
      found.others += 1
      if found.lines.count < Self.mostLines { found.lines.append(line) }
    }
    columns[column] = found
  }

  /// A column is one of positions where half of its answers are; a note may look like one now and then.
  func report(_ header: ODKColumns, into sink: inout some LogSink, counting counts: inout RecordCounts) {
    for (question, column) in header.others {
      guard let found = columns[column], found.positions > 0, found.positions >= found.others else { continue }
      counts.seen += found.others
      counts.add(aside: "odk.coordinate", found.others)
      for line in found.lines {
        sink.add(
          Problem(
            "odk.coordinate", line: line,
            "the answer to \"\(question.prefix(40))\" is no position, as the others are: it is not used"))
      }
    }
  }
}
