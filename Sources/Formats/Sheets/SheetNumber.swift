import Survey

/// What kind of number a text could be, before its decimal sign is known.
enum SheetNumber: Equatable {
  case empty
  /// Digits only.
  case whole
  /// One point or comma; `1.234` could also be a thousand and more.
  case fraction(DecimalSign, couldBeThousands: Bool)
  /// `7 573 696,217`, `1.234.567`, `1,234.5`.
  case grouped
  /// `7.57E+06`.
  case exponent
  case other

  var isNumeric: Bool { self != .empty && self != .other }

  init(_ text: String) {
    // No number is longer, and cutting a text of megabytes into groups costs memory.
    guard text.utf8.count <= 100 else {
      self = .other
      return
    }
    var digits = text.unicodeScalars[...]
    if let sign = digits.first, "+-\u{2212}".unicodeScalars.contains(sign) { digits.removeFirst() }
    if let e = digits.firstIndex(where: { $0 == "e" || $0 == "E" }), e > digits.startIndex {
      let power = digits[e...].dropFirst().drop { $0 == "+" || $0 == "-" }
      let mantissa = digits[..<e]
      let isNumber = !power.isEmpty && power.allSatisfy(Self.isDigit)
      self = isNumber && mantissa.allSatisfy { Self.isDigit($0) || $0 == "." || $0 == "," } ? .exponent : .other
      return
    }
    let separators = digits.filter { !Self.isDigit($0) }
    guard digits.count > separators.count, separators.allSatisfy(Self.separators.contains) else {
      self = digits.isEmpty && text.isEmpty ? .empty : .other
      return
    }
    let groups = digits.split(omittingEmptySubsequences: false) { !Self.isDigit($0) }.map(Array.init)
    switch separators.count {
    case 0: self = .whole
    case 1 where separators.first == "." || separators.first == ",":
      let isLong = !(1...3).contains(groups[0].count) || groups[0].first == "0"
      self = .fraction(
        separators.first == "." ? .point : .comma, couldBeThousands: !isLong && groups[1].count == 3)
    default:
      // The last group may be the fraction, behind another sign than the others.
      let last = separators.last
      let hasFraction = separators.count > 1 && separators.filter { $0 == last }.count == 1
      let whole = hasFraction ? groups.dropLast() : groups[...]
      let isGrouped = (1...3).contains(groups[0].count) && whole.dropFirst().allSatisfy { $0.count == 3 }
      self = isGrouped ? .grouped : .other
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
  // A no-break space, a narrow one, a thin one; the apostrophes of Switzerland.
  private static let separators = Set(".,'\u{2019} \u{a0}\u{202f}\u{2009}".unicodeScalars)

  /// The number in `text`; `nil` where it is none, or too large.
  static func value(_ text: String, decimal: DecimalSign?) -> Double? {
    let kind = SheetNumber(text)
    switch kind {
    case .whole, .exponent: break
    case .fraction(let sign, _): if sign != (decimal ?? .point) { return nil }
    case .empty, .grouped, .other: return nil
    }
    let plain = text.hasPrefix("\u{2212}") ? "-" + text.dropFirst() : text
    let bytes = Array(plain.utf8)
    return bytes.span.decimal(0..<bytes.count, point: UInt8(ascii: decimal == .comma ? "," : "."))
  }
}
