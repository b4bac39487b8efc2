/// A piece of a written angle.
enum Lexeme: Hashable {
  /// Digits in groups with points between them, and the digits after a decimal comma.
  case number(groups: [String], fraction: String?)
  case mark(AngleMark, spelled: Bool)
  /// A letter or word for north, south, east or west, in lower case; `s` and a small `o` may be marks as well, a large
  /// `O` stays one.
  case direction(String)
  case axis(Axis)
  case minus, plus
  /// Between the numbers of one angle: a colon, or a hyphen without blanks.
  case join
  /// Between the two angles.
  case separator
}

/// What a number counts: degrees, minutes or seconds, by its index among the numbers of an angle.
enum AngleMark: Int, Hashable { case degree, minute, second }

/// What commas are, where they stand between digits.
enum CommaUse: CaseIterable { case separator, decimal }

extension Lexeme {
  var isNumber: Bool { if case .number = self { true } else { false } }

  /// Words that are not directions.
  static let words: [String: Lexeme] = {
    var words: [String: Lexeme] = [:]
    for word in ["d", "deg", "degs", "degree", "degrees", "stepeni", "степени", "град", "г"] {
      words[word] = .mark(.degree, spelled: true)
    }
    for word in ["m", "min", "mins", "minute", "minutes", "minuta", "минута", "мин"] {
      words[word] = .mark(.minute, spelled: true)
    }
    for word in ["sec", "secs", "second", "seconds", "sekundi", "секунди", "сек"] {
      words[word] = .mark(.second, spelled: true)
    }
    for word in ["lat", "latitude", "širina", "ширина", "широта"] { words[word] = .axis(.latitude) }
    for word in ["lon", "long", "lng", "longitude", "dužina", "дужина", "долгота"] { words[word] = .axis(.longitude) }
    return words
  }()

  /// A run of letters as words, longest first: `sN` is a mark and a letter. `nil` where it is no such words.
  static func reading(_ run: Substring) -> [Lexeme]? {
    if run.isEmpty { return [] }
    for count in stride(from: min(run.count, 12), to: 0, by: -1) {
      let word = String(run.prefix(count))
      guard let lexeme = words[word] ?? (Language.everyWord.contains(word) ? .direction(word) : nil),
        let rest = reading(run.dropFirst(count))
      else { continue }
      return [lexeme] + rest
    }
    return nil
  }
}
