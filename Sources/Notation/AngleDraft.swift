/// One angle by its shape alone, before languages say what its letters mean.
struct AngleDraft {
  var words: [String] = []
  var axis: Axis?
  var sign: Double?
  /// Degrees, minutes, seconds.
  var numbers: [Numeral] = []
  /// Whether a mark or a joint says that its numbers are degrees, minutes and seconds.
  var hasMarks = false
  /// How many numbers stand apart; 27.15.45 is one.
  var written = 0

  /// How points and the letters `s` and `o` are taken.
  struct Taking: Hashable {
    /// Points stand between degrees, minutes and seconds: 18.24 is 18°24′. So does a lone comma, where points are not
    /// the custom.
    var pointsJoin = false
    /// `o` after degrees and `s` after seconds are marks, and no letters.
    var wordsMark = false
  }

  var hasLetters: Bool { !words.isEmpty || axis != nil }

  /// A number alone, which might as well be metres.
  var isBare: Bool { !hasLetters && !hasMarks && numbers.count == 1 }

  /// `nil` where the lexemes are not one angle taken this way.
  init?(_ lexemes: ArraySlice<Lexeme>, _ taking: Taking) {
    var rest = lexemes
    guard readWords(&rest, signs: true) else { return nil }
    var pointsJoined = false
    var spelled = false
    while case .number(let groups, let fraction)? = rest.first {
      guard let read = Self.numerals(groups, fraction, taking), numbers.last?.fraction.isEmpty != false else {
        return nil
      }
      pointsJoined = pointsJoined || read.count > 1
      numbers += read
      written += 1
      rest.removeFirst()
      if let mark = Self.mark(rest, after: numbers.count, spelled: spelled, taking) {
        guard mark.mark.rawValue == numbers.count - 1 else { return nil }
        (hasMarks, spelled) = (true, mark.spelled)
        rest.removeFirst()
      }
      if rest.first == .join {
        hasMarks = true
        rest.removeFirst()
        guard rest.first?.isNumber == true else { return nil }
      }
    }
    // Points join all numbers of an angle or none: 40 7.38 is 40°07.38′.
    guard (1...3).contains(numbers.count), !pointsJoined || written == 1 && !hasMarks, readWords(&rest, signs: false),
      rest.isEmpty
    else { return nil }
  }

  /// Letters, words and a sign before or after the numbers.
  private mutating func readWords(_ rest: inout ArraySlice<Lexeme>, signs: Bool) -> Bool {
    while let lexeme = rest.first {
      switch lexeme {
      case .direction(let word): words.append(word)
      case .axis(let written):
        guard axis == nil else { return false }
        axis = written
      case .minus where signs, .plus where signs:
        guard sign == nil else { return false }
        sign = lexeme == .plus ? 1 : -1
      default: return words.count <= 1
      }
      rest.removeFirst()
    }
    return words.count <= 1
  }

  private static func numerals(_ groups: [String], _ fraction: String?, _ taking: Taking) -> [Numeral]? {
    var wholes = groups
    var last = fraction
    if taking.pointsJoin, groups.count == 1, let minutes = fraction {
      (wholes, last) = (groups + [minutes], nil)
    }
    if !taking.pointsJoin, fraction == nil, groups.count > 1 { last = wholes.removeLast() }
    // Minutes and seconds between points have two digits each, or people would not know them from decimals.
    guard let first = wholes.first, taking.pointsJoin || fraction == nil || wholes.count == 1,
      wholes.dropFirst().allSatisfy({ $0.count == 2 })
    else { return nil }
    var numerals = [Numeral(whole: first)] + wholes.dropFirst().map { Numeral(whole: $0) }
    numerals[numerals.count - 1].fraction = last ?? ""
    return numerals
  }

  private static func mark(
    _ rest: ArraySlice<Lexeme>, after count: Int, spelled: Bool, _ taking: Taking
  ) -> (mark: AngleMark, spelled: Bool)? {
    switch rest.first {
    case .mark(let mark, let spelled): (mark, spelled)
    // Minutes must follow: 1o alone may be a 10.
    case .direction("o") where taking.wordsMark && count == 1 && rest.dropFirst().first?.isNumber == true:
      (.degree, true)
    case .direction("s") where taking.wordsMark && count == 3 && spelled: (.second, true)
    default: nil
    }
  }
}
