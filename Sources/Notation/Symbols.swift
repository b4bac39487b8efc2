/// The signs that people and their keyboards put for blanks, minus, degrees, minutes and seconds, each brought to one:
/// a blank, `-`, `°`, `'` and `"`.
enum Symbols {
  /// The longest text that is looked at, in Unicode scalars; no position needs a quarter of it.
  static let longest = 256

  static func normalised(_ text: String) throws(NotationError) -> [Unicode.Scalar] {
    guard text.utf8.count <= 4 * longest else { throw tooLong }
    var scalars: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      guard let plain = plain(scalar) else { continue }
      if plain.value < 0x20 || plain.value == 0x7F {
        throw .syntax("a control character stands in the text")
      }
      // Two single strokes are one double stroke.
      if plain == "'", scalars.last == "'" { scalars[scalars.count - 1] = "\"" } else { scalars.append(plain) }
    }
    guard scalars.count <= longest else { throw tooLong }
    while scalars.last == " " { scalars.removeLast() }
    let start = scalars.firstIndex { $0 != " " } ?? scalars.endIndex
    guard start < scalars.endIndex else { throw .syntax("the text is empty") }
    return Array(scalars[start...])
  }

  private static var tooLong: NotationError { .syntax("the text is longer than \(longest) characters") }

  /// `nil` for marks without width, which say nothing.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x09, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
    // Not those that turn the order around: the text was seen otherwise than it stands.
    case 0x200B...0x200E, 0x202A, 0x202C, 0x2060, 0x2066, 0x2068, 0x2069, 0xFEFF: nil
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: "-"
    case 0xB0, 0xBA, 0x2DA, 0x2070, 0x2218, 0x1D52: "°"
    case 0x27, 0x60, 0xB4, 0x2B9, 0x2BC, 0x2CA, 0x2018, 0x2019, 0x201B, 0x2032, 0x2035, 0x5F3, 0xFF07: "'"
    case 0x22, 0x2BA, 0x2DD, 0x201C...0x201F, 0x2033, 0x2036, 0x5F4, 0xFF02: "\""
    default: scalar
    }
  }
}
