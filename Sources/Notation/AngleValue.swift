extension AngleDraft {
  /// The angle without sign or letter.
  struct Value {
    var degrees: Double
    var precision: AnglePrecision
  }

  /// - Parameter packed: whether a number of four digits and more before its decimals is `dddmm` or `dddmmss`.
  /// - Throws: `position.range` for minutes or seconds of 60 and more.
  func value(packed: Bool) throws(NotationError) -> Value {
    let numbers = packed ? unpacked ?? numbers : numbers
    guard let first = numbers.first, let last = numbers.last else { throw .syntax("a number is missing") }
    for number in numbers.dropFirst() where number.value >= 60 {
      throw NotationError(
        .range, "\(number.text) minutes or seconds: there are fewer than 60", advice: "look at the source again")
    }
    let form = AnglePrecision.Form(rawValue: numbers.count - 1) ?? .seconds
    // In the smallest unit first, so that the result is rounded once.
    var count = first.value
    for number in numbers.dropFirst() { count = count * 60 + number.value }
    return Value(
      degrees: count / Double(form.unitsInDegree), precision: AnglePrecision(form, decimals: last.fraction.count))
  }

  /// The numbers of `dddmm.mmm` and of `dddmmss.s`; `nil` where the number is not packed.
  var unpacked: [Numeral]? {
    guard numbers.count == 1, !hasMarks, let number = numbers.first else { return nil }
    let digits = number.whole
    switch digits.count {
    case 4, 5: return [Numeral(whole: String(digits.dropLast(2))), number.last(2)]
    case 6, 7:
      let minutes = String(digits.dropLast(2).suffix(2))
      return [Numeral(whole: String(digits.dropLast(4))), Numeral(whole: minutes), number.last(2)]
    default: return nil
    }
  }

  /// The same angle, unpacked.
  var asUnpacked: AngleDraft? {
    guard let unpacked else { return nil }
    var copy = self
    copy.numbers = unpacked
    return copy
  }

  /// As it would be written out: 43°19′28.9″.
  var text: String {
    zip(numbers, ["°", "′", "″"]).map { $0.text + $1 }.joined()
  }
}

extension Numeral {
  var text: String { fraction.isEmpty ? whole : whole + "." + fraction }

  func last(_ count: Int) -> Numeral { Numeral(whole: String(whole.suffix(count)), fraction: fraction) }
}
