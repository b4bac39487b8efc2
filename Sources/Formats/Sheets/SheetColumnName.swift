import Survey

/// A name in a header, taken apart: `Northing (US ft)`, `easting_m` and `Easting` differ only in their unit.
struct SheetColumnName {
  enum Unit: Equatable {
    case length(LengthUnit)
    /// `ft`, which does not say whose foot.
    case someFoot
    case degrees, gon
    /// Named, and not one that is read here.
    case unknown(String)
  }
  /// Lower case, letters and digits only, without what stands in brackets and without the unit.
  let plain: String
  let unit: Unit?

  init(_ header: String) {
    var words: [String] = [""]
    var brackets = ""
    var depth = 0
    for character in header.prefix(200).lowercased() {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case _ where character.isLetter || character.isNumber || character == "°":
        if depth > 0 { brackets.append(character) } else { words[words.count - 1].append(character) }
      default: words.append("")
      }
    }
    words.removeAll(where: \.isEmpty)
    var unit = Self.units[brackets]
    // A unit may also end the name, as one word or as several (`us survey feet`).
    for count in stride(from: min(3, words.count - 1), through: 1, by: -1) where unit == nil {
      unit = Self.units[words.suffix(count).joined()]
      if unit != nil { words.removeLast(count) }
    }
    (plain, self.unit) = (words.joined(), unit)
  }

  private static let units: [String: Unit] = {
    let table: [(Unit, String)] = [
      (.length(.metre), "m meter meters metre metres м метр метра"),
      (.length(.foot), "ift intft ftint internationalfeet internationalfoot internationalft"),
      (.length(.usSurveyFoot), "usft ftus sft ussft usfeet usfoot ussurveyfeet ussurveyfoot surveyfeet"),
      (.someFoot, "ft feet foot"),
      (.degrees, "deg dd degree degrees decimaldegrees °"),
      (.gon, "gon grad gr"),
    ]
    let unknown = ["km", "dm", "cm", "mm", "yd", "yard", "yards", "chain", "link", "mil", "mils", "rad"]
    let pairs = table.flatMap { unit, names in names.split(separator: " ").map { (String($0), unit) } }
    return Dictionary(pairs + unknown.map { ($0, .unknown($0)) }) { first, _ in first }
  }()
}
