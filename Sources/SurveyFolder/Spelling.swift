/// The word of a list that a mistyped one most likely stands for; `nil` where none is near.
func nearest(to word: String, among words: [String]) -> String? {
  guard word.utf8.count <= 64 else { return nil }
  let ranked = words.map { ($0, editDistance(word.lowercased(), $0.lowercased())) }
  guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(2, word.utf8.count / 3) else { return nil }
  return best.0
}

/// The fewest insertions, deletions, replacements and exchanges of neighbours that make one word the other: R. Lowrance
/// and R. A. Wagner's distance, restricted to exchanges that nothing is put between.
func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8), Array(b.utf8))
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
