/// A number as written, its digits kept: they say how precise it is, and whether minutes could be meant.
struct Numeral: Hashable {
  var whole: String
  /// The digits after the decimal mark; empty without one.
  var fraction = ""

  /// Nearest to the digits; infinite never, as the whole text is short.
  var value: Double { Double(fraction.isEmpty ? whole : whole + "." + fraction) ?? .nan }
}

/// A number of at least 0 with exactly so many decimals, 9 at most, halves away from zero, without locale or exponent.
///
/// - Parameter value: below 9e15 / 10^decimals, so that every digit printed is meant.
func fixed(_ value: Double, decimals: Int) -> String {
  let places = min(max(decimals, 0), 9)
  let scale = powerOfTen(places)
  let scaled = (value * Double(scale)).rounded()
  guard scaled >= 0, scaled < 9.2e18 else { return "\(value)" }
  let steps = Int64(scaled)
  return "\(steps / scale)" + (places == 0 ? "" : "." + padded(steps % scale, to: places))
}

/// Digits with zeros in front.
func padded(_ number: Int64, to width: Int) -> String {
  let digits = "\(number)"
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// 10 to a power of 0...18.
func powerOfTen(_ exponent: Int) -> Int64 {
  (0..<min(max(exponent, 0), 18)).reduce(1) { power, _ in power * 10 }
}
