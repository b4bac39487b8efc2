import Geometry
public import Notation
public import Projection

/// How positions are written: in a CRS, as two numbers, or in a notation, on WGS 84.
public enum PositionOutput: Hashable, Sendable {
  case crs(ReferenceSystem, isAuthorityOrder: Bool)
  case angles(AnglePrecision, Language)
  case utm, ups
  case mgrs(digits: Int)

  /// What positions have to be carried to before they are written.
  public var crs: String {
    if case .crs(let crs, _) = self { crs.definition } else { ReferenceSystem.wgs84 }
  }

  /// What the columns of a pair are called.
  public var columnNames: [String] {
    guard case .crs(let crs, let isAuthorityOrder) = self else { return ["position"] }
    let names = crs.isGeographic ? ["longitude", "latitude"] : ["easting", "northing"]
    return isAuthorityOrder && crs.isNorthFirst ? names.reversed() : names
  }

  /// Those of a pair, where nobody said: a tenth of a millimetre in degrees, a millimetre on a grid.
  public func decimals(_ wanted: Int?) -> Int {
    guard wanted == nil, case .crs(let crs, _) = self, !crs.isGeographic else { return wanted ?? 9 }
    return 3
  }

  /// Writes a pair of `crs`, east first; `nil` where the notation has no place for it.
  ///
  /// `decimals` of the last unit: by default a tenth of a millimetre in degrees, a millimetre on a grid.
  public func write(_ first: Double, _ second: Double, decimals: Int?) -> [String]? {
    let place = Geographic(first, second)
    switch self {
    case .crs(let crs, let isAuthorityOrder):
      let places = self.decimals(decimals)
      let pair = [fixed(first, places), fixed(second, places)]
      return isAuthorityOrder && crs.isNorthFirst ? pair.reversed() : pair
    case .angles(let precision, let language):
      let used = AnglePrecision(precision.form, decimals: decimals ?? precision.decimals)
      return [place.formatted(as: used, language: language)]
    case .utm: return UTM(place).map { [$0.formatted(decimals: decimals ?? 3)] }
    case .ups: return UPS(place).map { [$0.formatted(decimals: decimals ?? 3)] }
    case .mgrs(let digits): return MGRSReference(place, digits: digits).map { [$0.text] }
    }
  }
}

/// A number with so many decimals, rounded to nearest, without the platform's formatter.
func fixed(_ value: Double, _ decimals: Int) -> String {
  let places = min(max(decimals, 0), 12)
  var scale: Int64 = 1
  for _ in 0..<places { scale *= 10 }
  let scaled = (value.magnitude * Double(scale)).rounded()
  guard scaled < 0x1p62 else { return "\(value)" }
  let count = Int64(scaled)
  let (whole, part) = count.quotientAndRemainder(dividingBy: scale)
  let digits = String(part)
  let fraction = places == 0 ? "" : "." + String(repeating: "0", count: places - digits.count) + digits
  return (value < 0 && count > 0 ? "-" : "") + "\(whole)" + fraction
}
