/// A spelling without what people write differently: case, blanks, hyphens and other marks; Cyrillic letters and Latin
/// letters with marks as the plain Latin ones, by the Serbian alphabets, which correspond letter by letter.
///
///     folded("БЛУ-97/Б") == folded("blu 97 b")
public func folded(_ spelling: String) -> String {
  var plain = ""
  for character in spelling.lowercased() {
    if let latin = latin[character] {
      plain += latin
    } else if character.isLetter || character.isNumber {
      plain.append(character)
    }
  }
  return plain
}

private let latin: [Character: String] = [
  "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "е": "e", "ж": "z", "з": "z", "и": "i", "ј": "j",
  "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
  "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s", "й": "j", "э": "e", "ё": "e",
  "č": "c", "ć": "c", "š": "s", "ž": "z", "đ": "dj",
]

/// Kinds of ordnance in the words of IMAS, which a record may write as it likes.
public enum OrdnanceCategory {
  /// What two spellings of one category share: folded, and without the `s` of a plural.
  ///
  ///     OrdnanceCategory.key("Sub-munitions") == OrdnanceCategory.key("submunition")
  public static func key(_ category: String) -> String {
    let plain = folded(category)
    return plain.hasSuffix("s") && plain.utf8.count > 3 ? String(plain.dropLast()) : plain
  }

  /// Categories that are known to be no remnant of cluster munitions: those of the shipped catalogue, and mines of any kind.
  public static let others = [
    "cluster munition container", "air-dropped bomb", "rocket", "anti-personnel mine", "anti-vehicle mine", "mine",
    "landmine", "projectile", "mortar bomb", "hand grenade",
  ]

  static let otherKeys = Set(others.map(key))
}

extension Find {
  /// Whether it is a submunition, or may be one: a category that nobody knows says nothing.
  public var isClusterEvidence: Bool { isSubmunition || !hasKnownCategory }

  /// Not where the record gives none, nor where it gives a word that says nothing, such as `unknown`.
  var hasKnownCategory: Bool {
    guard let category else { return false }
    // A type that a catalogue knows has a known category, of the survey's own words or not.
    return isSubmunition || ordnance != nil || OrdnanceCategory.otherKeys.contains(OrdnanceCategory.key(category))
  }

  private var isSubmunition: Bool { category.map { OrdnanceCategory.key($0).contains("submunition") } ?? false }
}
