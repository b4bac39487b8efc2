import Geometry
import Notation

/// Random places, every second one near a border of the grids: bands, zones, Norway, Svalbard, poles.
struct RandomPlaces {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  /// To 1e-9 degrees, so that the text beside it is the same place.
  mutating func next() -> (place: Geographic, typed: String) {
    var latitude = Double.random(in: -90...90, using: &random)
    var longitude = Double.random(in: -180...180, using: &random)
    let near = pow(10, -Int.random(in: 0...6, using: &random))
    let offset = Double.random(in: -1...1, using: &random) * near
    switch Int.random(in: 0..<10, using: &random) {
    case 0: latitude = min(max(Double(Int.random(in: -11...11, using: &random)) * 8 + offset, -90), 90)
    case 1: longitude = min(max(Double(Int.random(in: -60...60, using: &random)) * 3 + offset, -180), 180)
    case 2: (longitude, latitude) = (.random(in: 0...42, using: &random), .random(in: 54...86, using: &random))
    case 3: latitude = [84, -80, 72, 56, 64, 0][Int.random(in: 0..<6, using: &random)] + offset
    case 4: latitude = 90 - abs(offset)
    case 5: latitude = abs(offset) - 90
    default: break
    }
    let (north, east) = (Int64((latitude * 1e9).rounded()), Int64((longitude * 1e9).rounded()))
    let typed = [north, east].map { ($0 < 0 ? "-" : "") + decimal($0.magnitude, places: 9) }
    return (Geographic(Double(east) / 1e9, Double(north) / 1e9), typed.joined(separator: " "))
  }

  private func decimal(_ steps: UInt64, places: Int) -> String {
    let digits = String(steps)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// 10 to a whole power of at most 0.
  private func pow(_ base: Double, _ exponent: Int) -> Double {
    (0..<(-exponent)).reduce(1) { value, _ in value / base }
  }

  /// A line of UTM or UPS as GeoConvert reads it: each zone over all of its grid, not only its own six degrees.
  mutating func gridLine() -> String {
    let (zone, isNorthern) = (Int.random(in: 0...60, using: &random), Bool.random(using: &random))
    let hemisphere = isNorthern ? "north" : "south"
    if zone == 0 || Int.random(in: 0..<8, using: &random) == 0 {
      let range = isNorthern ? 1_300_000.0...2_700_000.0 : 800_000.0...3_200_000.0
      let (easting, northing) = (metres(range), metres(range))
      return "\(hemisphere) \(easting) \(northing)"
    }
    let northing = metres(isNorthern ? 0...9_500_000 : 1_000_000...10_000_000)
    return "\(zone)\(hemisphere) \(metres(100_000...900_000)) \(northing)"
  }

  /// With six decimals, and often on or beside the border of a 100 km square.
  private mutating func metres(_ range: ClosedRange<Double>) -> String {
    var micrometres = Int64(Double.random(in: range, using: &random) * 1e6)
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      micrometres = (micrometres + 50_000_000_000) / 100_000_000_000 * 100_000_000_000
      let offset = Int64([-1, 0, 0, 1, 1000].randomElement(using: &random) ?? 0)
      micrometres = min(max(micrometres + offset, Int64(range.lowerBound * 1e6)), Int64(range.upperBound * 1e6))
    default: break
    }
    return decimal(micrometres.magnitude, places: 6)
  }
}
