import Geometry
import Notation
import Testing

/// A random place typed in a random style is read as that place, or refused: never as another.
@Suite struct StyleLaws {
  @Test(arguments: 0..<4 as Range<UInt64>) func `never another place`(seed: UInt64) {
    var random = SplitMix(state: seed &+ 300)
    var (read, wrong): (Int, [String]) = (0, [])
    for _ in 0..<2000 {
      let style = Style(&random)
      let latitude = TypedAngle(.latitude, limit: 90, style, &random)
      let longitude = TypedAngle(.longitude, limit: 180, style, &random)
      let pair = style.isLongitudeFirst ? [longitude, latitude] : [latitude, longitude]
      let text = pair[0].text + style.between + pair[1].text
      guard let position = try? parsePosition(text) else { continue }
      guard case .geographic(let place, let precision) = position, latitude.is(place.latitude),
        longitude.is(place.longitude), precision == style.precision
      else {
        wrong.append(text)
        continue
      }
      read += 1
    }
    #expect(wrong == [])
    #expect(read > 1200)
  }

  /// What a typist keeps through one position.
  struct Style {
    let precision: AnglePrecision
    let marks: [String]
    let comma: String
    let letters: (north: String, south: String, east: String, west: String)
    let isLetterFirst, isLetterApart, isLongitudeFirst: Bool
    let between: String

    private static let sets = [
      ("N", "S", "E", "W"), ("n", "s", "e", "w"), ("S", "J", "I", "Z"), ("С", "Ј", "И", "З"), ("С", "Ю", "В", "З"),
      ("north", "south", "east", "west"), ("с.ш.", "ю.ш.", "в.д.", "з.д."), ("sever", "jug", "istok", "zapad"),
    ]
    private static let signs = [
      ["°", "′", "″"], ["° ", "' ", "\""], ["d", "m", "s"], [" deg ", " min ", " sec"], [":", ":", ""], [" ", " ", ""],
      ["-", "-", ""], [".", ".", ""], ["o", "'", "''"], ["", "", ""], ["º", "’", "”"],
    ]

    init(_ random: inout SplitMix) {
      let form = AnglePrecision.Form.allCases.randomElement(using: &random) ?? .degrees
      precision = AnglePrecision(form, decimals: Int.random(in: 0...6, using: &random))
      var marks = Self.signs.randomElement(using: &random) ?? []
      // Without marks there is nothing between degrees and minutes but what is typed for it.
      if form != .degrees, marks[0].isEmpty { marks = Self.signs[0] }
      if form == .degrees, [":", "-", ".", " "].contains(marks[0]) { marks[0] = "" }
      if form == .minutes, marks[1] == marks[0] || marks[1].isEmpty { marks[1] = "" }
      self.marks = marks
      comma = Bool.random(using: &random) ? "." : ","
      letters = Self.sets.randomElement(using: &random) ?? Self.sets[0]
      isLetterFirst = Bool.random(using: &random)
      isLetterApart = Bool.random(using: &random)
      isLongitudeFirst = Bool.random(using: &random)
      between = [" ", ", ", "; ", " / ", ","].randomElement(using: &random) ?? " "
    }
  }

  struct TypedAngle {
    let text: String
    private let degrees: Double

    init(_ axis: Axis, limit: Int64, _ style: Style, _ random: inout SplitMix) {
      let units: [AnglePrecision.Form: Int64] = [.degrees: 1, .minutes: 60, .seconds: 3600]
      let scale = (0..<style.precision.decimals).reduce(Int64(1)) { power, _ in power * 10 }
      let inDegree = units[style.precision.form] ?? 1
      let count = Int64.random(in: 1..<(limit * inDegree * scale), using: &random)
      let isPositive = Bool.random(using: &random)
      degrees = Double(count) / Double(inDegree * scale) * (isPositive ? 1 : -1)
      let (whole, part) = count.quotientAndRemainder(dividingBy: scale)
      var numbers: [Int64]
      switch style.precision.form {
      case .degrees: numbers = [whole]
      case .minutes: numbers = [whole / 60, whole % 60]
      case .seconds: numbers = [whole / 3600, whole / 60 % 60, whole % 60]
      }
      let last = numbers.removeLast()
      // Joined by points, minutes have two digits, as people write them.
      let digits = { (number: Int64) in number < 10 && style.marks[0] == "." ? "0\(number)" : "\(number)" }
      var written = zip(numbers, style.marks).map { digits($0) + $1 }.joined() + digits(last)
      if style.precision.decimals > 0 {
        let fraction = String(part)
        written +=
          style.comma + String(repeating: "0", count: style.precision.decimals - fraction.count) + fraction
      }
      written += style.marks[numbers.count]
      let letter =
        switch (axis, isPositive) {
        case (.latitude, true): style.letters.north
        case (.latitude, false): style.letters.south
        case (.longitude, true): style.letters.east
        case (.longitude, false): style.letters.west
        }
      let blank = style.isLetterApart ? " " : ""
      text = style.isLetterFirst ? letter + blank + written : written + blank + letter
    }

    func `is`(_ other: Double) -> Bool { abs(other - degrees) < 1e-12 }
  }
}
