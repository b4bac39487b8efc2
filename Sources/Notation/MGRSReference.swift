/// A square of the Military Grid Reference System: 100 km wide without digits, 1 m with five for each axis.
///
///     let square = try MGRSReference("34TEN7323797269")
///     square.size        // 1 metre
///     square.centre      // zone 34 north, 573237.5, 4797269.5
///
/// A reference is an area and no point: say so with `size` where its centre is used as a position.
public struct MGRSReference: Hashable, Sendable {
  /// 1...60, or 0 for the polar grid.
  public let zone: Int
  /// C...X, or A, B, Y and Z at the poles.
  public let band: Character
  /// The two letters of the 100 km square.
  public let square: String
  /// For each axis, 0...11.
  public let digits: Int
  /// The digits, as whole numbers of `size` from the corner of the 100 km square.
  public let eastingDigits, northingDigits: Int64
  private let squareCorner: Grid

  /// The metres of a corner or a centre.
  public enum Grid: Hashable, Sendable {
    case utm(UTM)
    case ups(UPS)
  }

  /// Micrometres; no reference has more.
  public static let mostDigits = 11

  /// Metres along a side.
  public var size: Double { 100_000 / Double(powerOfTen(digits)) }

  /// For parts that are known to fit each other.
  ///
  /// - Parameter squareCorner: the south-west corner of the 100 km square.
  init(
    zone: Int, band: Character, square: String, digits: Int, easting: Int64, northing: Int64, squareCorner: Grid
  ) {
    (self.zone, self.band, self.square, self.digits) = (zone, band, square, digits)
    (eastingDigits, northingDigits, self.squareCorner) = (easting, northing, squareCorner)
  }

  /// The south-west corner.
  public var corner: Grid { moved(0) }

  /// The middle of the square: what GeoConvert gives for a reference.
  public var centre: Grid { moved(0.5) }

  /// Nothing leaves the grid here, as the whole square lies in it.
  private func moved(_ steps: Double) -> Grid {
    let (east, north) = ((Double(eastingDigits) + steps) * size, (Double(northingDigits) + steps) * size)
    return switch squareCorner {
    case .utm(let utm): .utm(utm.moved(east: east, north: north))
    case .ups(let ups): .ups(ups.moved(east: east, north: north))
    }
  }

  /// `34TEN7323797269`, as GeoConvert writes it.
  public var text: String { joined("") }

  /// `34T EN 73237 97269`, easier on the eye.
  public var spacedText: String { joined(" ") }

  private func joined(_ blank: String) -> String {
    var parts = [zone == 0 ? "\(band)" : "\(padded(Int64(zone), to: 2))\(band)", square]
    if digits > 0 { parts += [padded(eastingDigits, to: digits), padded(northingDigits, to: digits)] }
    return parts.joined(separator: blank)
  }
}

extension UTM {
  fileprivate func moved(east: Double, north: Double) -> UTM {
    UTM(checked: zone, isNorthern, easting + east, northing + north)
  }
}

extension UPS {
  fileprivate func moved(east: Double, north: Double) -> UPS {
    UPS(checked: isNorthern, easting + east, northing + north)
  }
}
