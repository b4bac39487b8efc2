/// Numbers with a fixed count of decimals, as people read them.
enum FixedDecimal {
  /// `nil` where the value is not finite. From 2^53 steps on a double has no decimals of that kind left.
  static func text(_ value: Double, decimals: Int, sign: Character = ".") -> String? {
    guard value.isFinite else { return nil }
    let decimals = min(max(decimals, 0), 9)
    let steps = (value * Double(Digits.power(decimals))).rounded()
    guard abs(steps) < 0x1p53 else { return "\(value)".replacing(".", with: sign) }
    let magnitude = Int(steps).magnitude
    let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: UInt(Digits.power(decimals)))
    let minus = steps < 0 ? "-" : ""
    guard decimals > 0 else { return "\(minus)\(whole)" }
    let digits = "\(rest)"
    return "\(minus)\(whole)\(sign)" + String(repeating: "0", count: decimals - digits.count) + digits
  }
}

extension String {
  fileprivate func replacing(_ old: Character, with new: Character) -> String { String(map { $0 == old ? new : $0 }) }
}
