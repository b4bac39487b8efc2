/// Cuts a normalised text into lexemes.
struct Lexer {
  private let scalars: [Unicode.Scalar]
  private let commas: CommaUse
  private var at = 0
  private var lexemes: [Lexeme] = []

  /// No number of a position has more digits than this.
  private static let mostDigits = 17
  /// A run of letters longer than any word is not tried.
  private static let longestRun = 24

  /// - Throws: `position.syntax` at the first sign that no written angle has.
  static func lexemes(of scalars: [Unicode.Scalar], commas: CommaUse) throws(NotationError) -> [Lexeme] {
    var lexer = Lexer(scalars: scalars, commas: commas)
    while lexer.at < scalars.count { try lexer.step() }
    return lexer.lexemes
  }

  private init(scalars: [Unicode.Scalar], commas: CommaUse) { (self.scalars, self.commas) = (scalars, commas) }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    scalars.indices.contains(at + offset) ? scalars[at + offset] : nil
  }

  private mutating func step() throws(NotationError) {
    guard let scalar = peek() else { return }
    if scalar.isDigit { return try number() }
    if scalar.properties.isAlphabetic { return try word() }
    switch scalar {
    case " ": break
    case "°": lexemes.append(.mark(.degree, spelled: false))
    case "'": lexemes.append(.mark(.minute, spelled: false))
    case "\"": lexemes.append(.mark(.second, spelled: false))
    case ",", ";", "/", "|": lexemes.append(.separator)
    case ":", "=":
      // "lat: 43.3" and "N=43.3" are labels, "43:19" is an angle.
      switch lexemes.last {
      case .axis, .direction: break
      case .number where scalar == ":", .mark where scalar == ":": lexemes.append(.join)
      default: throw unknown(scalar)
      }
    case "+": lexemes.append(.plus)
    case "-": try lexemes.append(hyphen())
    case "(", "[":
      guard at == 0 else { throw unknown(scalar) }
    case ")", "]":
      guard at == scalars.count - 1, ["(", "["].contains(scalars.first) else { throw unknown(scalar) }
    default: throw unknown(scalar)
    }
    at += 1
  }

  private func unknown(_ scalar: Unicode.Scalar) -> NotationError { .syntax("\"\(scalar)\" has no meaning here") }

  private func hyphen() throws(NotationError) -> Lexeme {
    let tightBefore = at > 0 && peek(-1) != " "
    let digitAfter = peek(1)?.isDigit == true
    switch lexemes.last {
    case .number where tightBefore && digitAfter, .mark where tightBefore && digitAfter: return .join
    case .number, .mark:
      guard digitAfter, !tightBefore else { throw .syntax("a hyphen stands where it is neither sign nor joint") }
      return .minus
    default: return .minus
    }
  }

  /// A run of digits, points and commas.
  private mutating func number() throws(NotationError) {
    var numbers: [(groups: [String], fraction: String?)] = []
    var (groups, fraction) = ([digits()], String?.none)
    while let mark = peek(), mark == "." || mark == ",", peek(1)?.isDigit == true {
      at += 1
      let next = digits()
      switch (mark, commas) {
      case (".", _) where fraction == nil: groups.append(next)
      case (",", .decimal) where fraction == nil: fraction = next
      case (",", .separator):
        numbers.append((groups, fraction))
        groups = [next]
      default: throw .syntax("a number has more than one decimal mark")
      }
    }
    numbers.append((groups, fraction))
    for (index, number) in numbers.enumerated() {
      guard number.groups.reduce(number.fraction?.count ?? 0, { $0 + $1.count }) <= Self.mostDigits else {
        throw .syntax("a number has more than \(Self.mostDigits) digits")
      }
      if index > 0 { lexemes.append(.separator) }
      lexemes.append(.number(groups: number.groups, fraction: number.fraction))
    }
  }

  private mutating func digits() -> String {
    var text = ""
    while let scalar = peek(), scalar.isDigit {
      text.unicodeScalars.append(scalar)
      at += 1
    }
    return text
  }

  /// A run of letters. Points after letters belong to abbreviations (с.ш., с. ш.) and say nothing.
  private mutating func word() throws(NotationError) {
    var run = ""
    let first = peek()
    // A point before a digit is a decimal point whose zero is left out: N .5.
    while let scalar = peek(), scalar.properties.isAlphabetic || scalar == "." && peek(1)?.isDigit != true {
      if scalar != "." { run += scalar.properties.lowercaseMapping }
      at += 1
      if scalar == ".", peek() == " ", let next = peek(1), ["ш", "д"].contains(next) { at += 1 }
    }
    guard run.unicodeScalars.count <= Self.longestRun, let words = Lexeme.reading(run[...]) else {
      throw .syntax("\"\(run)\" is no letter or word for a direction, degrees, minutes or seconds")
    }
    // A large O is no degree sign: rather the zero of 1O.
    lexemes += run == "o" && first == "O" ? [.direction("O")] : words
  }
}

extension Unicode.Scalar {
  /// 0 to 9, and no other script's digits.
  var isDigit: Bool { ("0"..."9").contains(self) }
}
