/// Reads UTM and UPS: a zone or a hemisphere, and two numbers of metres.
///
/// - Returns: `nil` where the text has not that shape.
/// - Throws: `position.ambiguous` where the letter of the zone leaves the hemisphere open.
func gridPosition(_ scalars: [Unicode.Scalar], language: Language?) throws(NotationError) -> WrittenPosition? {
  for commas in CommaUse.uses(in: scalars) {
    guard let text = GridText(scalars, commas: commas), text.numbers.allSatisfy({ $0.value <= 10_000_000 }),
      text.numbers.contains(where: { $0.value >= 1000 })
    else { continue }
    if let zone = text.zone {
      let northern = try ZoneLetter(text.letter, language).isNorthern(zone, text.easting, text.northing)
      return .utm(try UTM(zone: zone, isNorthern: northern, easting: text.easting, northing: text.northing))
    }
    guard text.numbers.allSatisfy({ $0.value >= 800_000 }) else { continue }
    let northern = try ZoneLetter(text.letter, language).isNorthernPole(text.easting)
    return .ups(try UPS(isNorthern: northern, easting: text.easting, northing: text.northing))
  }
  return nil
}

/// A grid position by its shape: `34N 573238 4797269`, `573238 mE 4797269 mN zone 34T`, `north 2173855 2985981`.
struct GridText {
  /// `nil` at the poles.
  let zone: Int?
  /// What stands with the zone, in lower case.
  let letter: String
  /// As written.
  let numbers: [Numeral]
  /// Whether labels said that the northing comes first.
  let isNorthingFirst: Bool

  var easting: Double { (isNorthingFirst ? numbers.last : numbers.first)?.value ?? .nan }
  var northing: Double { (isNorthingFirst ? numbers.first : numbers.last)?.value ?? .nan }

  private enum Item { case number(Numeral), word(String) }

  init?(_ scalars: [Unicode.Scalar], commas: CommaUse) {
    guard var items = Self.items(scalars, commas)?[...], items.count >= 3 else { return nil }
    if let head = Self.designator(items.first, items.dropFirst().first) {
      items = items.dropFirst(head.zone == nil ? 1 : 2)
      (zone, letter) = head
    } else if let tail = Self.designator(items.dropLast().last, items.last) {
      items = items.dropLast(2)
      (zone, letter) = tail
    } else if case .word(let word)? = items.last {
      items = items.dropLast()
      (zone, letter) = (nil, word)
    } else {
      return nil
    }
    var numbers: [Numeral] = []
    var labels: [Axis] = []
    for item in items {
      switch item {
      case .number(let number):
        guard labels.isEmpty || labels.count == numbers.count else { return nil }
        numbers.append(number)
      case .word(let word):
        if word == "m" { continue }
        guard let label = Self.labels[word], labels.count == numbers.count - 1 else { return nil }
        labels.append(label)
      }
    }
    guard numbers.count == 2, labels.isEmpty || labels.count == 2 && labels[0] != labels[1] else { return nil }
    (self.numbers, isNorthingFirst) = (numbers, labels.first == .latitude)
  }

  /// A zone of one or two digits with its letter, or a letter alone.
  private static func designator(_ first: Item?, _ second: Item?) -> (zone: Int?, letter: String)? {
    switch (first, second) {
    case (.number(let number)?, .word(let word)?) where number.fraction.isEmpty && number.whole.count <= 2:
      Int(number.whole).map { ($0, word) }
    case (.word(let word)?, .number(let number)?) where number.whole.count > 2: (nil, word)
    default: nil
    }
  }

  private static let labels: [String: Axis] = [
    "e": .longitude, "me": .longitude, "east": .longitude, "easting": .longitude,
    "n": .latitude, "mn": .latitude, "north": .latitude, "northing": .latitude,
  ]

  /// Numbers and words; `nil` where anything else stands there.
  private static func items(_ scalars: [Unicode.Scalar], _ commas: CommaUse) -> [Item]? {
    var items: [Item] = []
    var rest = scalars[...]
    while let scalar = rest.first {
      if scalar.isDigit {
        guard let number = number(&rest, commas) else { return nil }
        items.append(.number(number))
      } else if scalar.properties.isAlphabetic {
        let run = rest.prefix { $0.properties.isAlphabetic }
        rest = rest.dropFirst(run.count)
        let word = String(String.UnicodeScalarView(run)).lowercased()
        if !["utm", "ups", "zone", "zona", "зона"].contains(word) { items.append(.word(word)) }
      } else if [" ", ",", ";", ":", "="].contains(scalar) {
        rest = rest.dropFirst()
      } else {
        return nil
      }
    }
    return items
  }

  private static func number(_ rest: inout ArraySlice<Unicode.Scalar>, _ commas: CommaUse) -> Numeral? {
    func digits() -> String {
      let run = rest.prefix { $0.isDigit }
      rest = rest.dropFirst(run.count)
      return String(String.UnicodeScalarView(run))
    }
    var number = Numeral(whole: digits())
    if let mark = rest.first, mark == "." || mark == "," && commas == .decimal, rest.dropFirst().first?.isDigit == true
    {
      rest = rest.dropFirst()
      number.fraction = digits()
    }
    return number.whole.count + number.fraction.count <= 17 ? number : nil
  }
}
