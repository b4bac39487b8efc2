/// The languages whose letters for north, south, east and west are known.
///
/// They contradict each other: S is south in English and *sever*, north, in Serbian; O is east in German and west in
/// French. A text is therefore read with every language that explains all its letters, and refused where they differ.
public enum Language: String, Hashable, Sendable, CaseIterable {
  case english = "en"
  case serbianLatin = "sr-Latn"
  case serbianCyrillic = "sr-Cyrl"
  case russian = "ru"
  case german = "de"
  /// French, and Spanish and Italian, whose letters are the same.
  case french = "fr"

  /// North, south, east and west, as written.
  var letters: (north: String, south: String, east: String, west: String) {
    switch self {
    case .english: ("N", "S", "E", "W")
    case .serbianLatin: ("S", "J", "I", "Z")
    case .serbianCyrillic: ("С", "Ј", "И", "З")
    case .russian: ("С", "Ю", "В", "З")
    case .german: ("N", "S", "O", "W")
    case .french: ("N", "S", "E", "O")
    }
  }

  /// What a letter or a word means; `nil` where this language does not know it.
  func direction(_ word: String) -> Direction? { Self.directions[self]?[word.lowercased()] }

  /// Latin letters that look like this language's own: C for С, J for Ј, B for В. They count only beside a letter that
  /// is really Cyrillic.
  func directionByLook(_ word: String) -> Direction? {
    switch (self, word) {
    case (.serbianCyrillic, "c"), (.russian, "c"): .north
    case (.serbianCyrillic, "j"): .south
    case (.russian, "b"): .east
    default: nil
    }
  }

  private static let directions: [Language: [String: Direction]] = Dictionary(
    uniqueKeysWithValues: allCases.map { language in
      var known = words[language] ?? [:]
      let letters = language.letters
      known[letters.north.lowercased()] = .north
      known[letters.south.lowercased()] = .south
      known[letters.east.lowercased()] = .east
      known[letters.west.lowercased()] = .west
      return (language, known)
    })

  /// Whole words and the usual abbreviations (северная широта, severne geografske širine), without their points.
  private static let words: [Language: [String: Direction]] = [
    .english: ["north": .north, "south": .south, "east": .east, "west": .west],
    .serbianLatin: [
      "sever": .north, "jug": .south, "istok": .east, "zapad": .west,
      "sgš": .north, "jgš": .south, "igd": .east, "zgd": .west,
    ],
    .serbianCyrillic: [
      "север": .north, "југ": .south, "исток": .east, "запад": .west,
      "сгш": .north, "јгш": .south, "игд": .east, "згд": .west,
    ],
    .russian: [
      "север": .north, "юг": .south, "восток": .east, "запад": .west,
      "сш": .north, "юш": .south, "вд": .east, "зд": .west,
    ],
    .german: ["nord": .north, "süd": .south, "ost": .east, "west": .west],
    .french: ["nord": .north, "sud": .south, "est": .east, "ouest": .west, "oeste": .west, "ovest": .west],
  ]

  /// Every letter and word of every language.
  static let everyWord: Set<String> = Set(directions.values.flatMap(\.keys)).union(["c", "b"])
}

enum Direction: Hashable {
  case north, south, east, west

  var axis: Axis { self == .north || self == .south ? .latitude : .longitude }
  var sign: Double { self == .north || self == .east ? 1 : -1 }
}
