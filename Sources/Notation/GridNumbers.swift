/// Bare numbers that are too large for degrees.
enum GridNumbers {
  /// The two numbers; `nil` where both can be degrees.
  static func pair(_ a: AngleDraft, _ b: AngleDraft) throws(NotationError) -> (Double, Double)? {
    guard let first = a.numbers.first, let second = b.numbers.first, max(first.value, second.value) > 180 else {
      return nil
    }
    guard max(first.value, second.value) >= 1000 else {
      // 573,238 479,269: a grid in thousands, or numbers that are neither degrees nor any grid's metres.
      throw NotationError(
        .range, "\(first.text) and \(second.text) are too large for degrees and too small for a grid's metres",
        advice: "look whether a comma or point stands for thousands")
    }
    return (first.value * (a.sign ?? 1), second.value * (b.sign ?? 1))
  }
}

/// Refuses commas that would be decimal mark and separator in one text, and whole numbers around a comma or blank.
func refuseCommasOfBothKinds(_ scalars: [Unicode.Scalar]) throws(NotationError) {
  let text = String(String.UnicodeScalarView(scalars))
  guard scalars.allSatisfy({ $0.isDigit || [",", " ", "-", "+"].contains($0) }) else { return }
  let parts = text.split(separator: ",", omittingEmptySubsequences: false)
  if parts.count == 4, !text.contains(" ") {
    throw NotationError(
      .ambiguous, "commas are decimal mark and separator in one",
      advice: "separate the numbers by a blank or semicolon",
      readings: ["\(parts[0]).\(parts[1]) and \(parts[2]).\(parts[3])", "the four numbers that stand there"])
  }
  let numbers = text.split { $0 == "," || $0 == " " }
  guard numbers.count == 2, numbers.allSatisfy({ $0.count <= 3 }), !numbers.allSatisfy({ $0 == "0" }) else {
    return
  }
  throw NotationError(
    .ambiguous, "two whole numbers", advice: "write decimals, or hemisphere letters",
    readings: ["\(numbers[0]).\(numbers[1]), one number", "\(numbers[0])° and \(numbers[1])°, two angles"])
}
