import Geometry
import Survey

/// A geopoint, geotrace or geoshape as ODK writes them: `latitude longitude altitude accuracy`, several parted by `;`
/// (docs.getodk.org/form-question-types, "location widgets"). The last two numbers may be missing.
struct GeoText {
  struct Point {
    var position: Geographic
    var altitude, accuracy: Double?

    /// A place that was tapped on a map has accuracy 0 and was not measured. Any other accuracy is Android's radius of
    /// 68 %, about 1.5 times the sigma of one axis: taken as it is, it errs on the careful side.
    func fix(line: Int) -> Fix {
      var fix = Fix(position, elevation: altitude, line: line)
      if let accuracy { if accuracy > 0 { fix.sigma = accuracy } else { fix.quality = .manual } }
      return fix
    }
  }

  private(set) var points: [Point] = []
  /// Items that are no position, cut short.
  private(set) var bad: [String] = []
  /// As many positions as the answer seems to have.
  let written: Int
  /// Several points are a way, even where only one of them can be used.
  let isTrace: Bool

  /// Without a point yet.
  init(isTrace: Bool, written: Int) { (self.isTrace, self.written) = (isTrace, written) }

  mutating func add(_ point: Point) { points.append(point) }
  mutating func addBad(_ text: String) { bad.append(text) }

  /// `nil` where the text is something else: the first item must be two decimal fractions, alone with a third number.
  init?(_ text: String) {
    guard text.utf8.contains(UInt8(ascii: ".")), text.utf8.first.map({ $0 < 0x40 }) ?? false else { return nil }
    let items = text.split(separator: ";").map { $0.split(whereSeparator: \.isWhitespace) }.filter { !$0.isEmpty }
    guard let first = items.first else { return nil }
    written = items.count
    isTrace = items.count > 1
    guard (isTrace ? 2...4 : 3...4).contains(first.count), first.allSatisfy({ Self.number($0) != nil }),
      first.prefix(2).allSatisfy({ $0.contains(".") })
    else { return nil }
    for item in items {
      if let point = Self.point(item) {
        points.append(point)
      } else {
        bad.append(String(item.joined(separator: " ").prefix(60)))
      }
    }
  }

  private static func point(_ item: [Substring]) -> Point? {
    let numbers = item.map(number)
    guard (2...4).contains(numbers.count), let latitude = numbers[0], let longitude = numbers[1] else { return nil }
    let position = Geographic(longitude, latitude)
    guard isPlace(position) else { return nil }
    return Point(
      position: position, altitude: numbers.count > 2 ? numbers[2] : nil, accuracy: numbers.count > 3 ? numbers[3] : nil
    )
  }

  /// 0, 0 is what forms export where nothing was measured.
  static func isPlace(_ position: Geographic) -> Bool {
    position.isOnEarth && (position.longitude != 0 || position.latitude != 0)
  }

  static func number(_ text: some StringProtocol) -> Double? {
    let bytes = Array(text.utf8)
    return bytes.span.decimal(bytes.span.trimmed(0..<bytes.count))
  }
}
