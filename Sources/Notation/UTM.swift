/// A position in metres of the Universal Transverse Mercator grid, on WGS 84.
public struct UTM: Hashable, Sendable {
  /// 1...60.
  public let zone: Int
  public let isNorthern: Bool
  public let easting, northing: Double

  /// - Throws: `position.range` outside zones 1...60, eastings 100...900 km, which is where the MGRS has squares, and
  ///   northings 0...10 000 km.
  public init(zone: Int, isNorthern: Bool, easting: Double, northing: Double) throws(NotationError) {
    guard (1...60).contains(zone) else {
      throw NotationError(.range, "there is no UTM zone \(zone)", advice: "zones are 1 to 60")
    }
    guard (100_000...900_000).contains(easting), (0...10_000_000).contains(northing) else {
      throw NotationError(
        .range, "easting \(easting) and northing \(northing) are outside the UTM grid",
        advice: "the easting comes first, 100 000 to 900 000; the northing is 0 to 10 000 000")
    }
    self.init(checked: zone, isNorthern, easting, northing)
  }

  /// For numbers known to be inside the limits.
  init(checked zone: Int, _ isNorthern: Bool, _ easting: Double, _ northing: Double) {
    (self.zone, self.isNorthern, self.easting, self.northing) = (zone, isNorthern, easting, northing)
  }

  /// `34N 573237.798 4797269.339`, and `34south` in the other hemisphere: `34S` would be read as band S by many.
  public func formatted(decimals: Int = 0) -> String {
    "\(zone)\(isNorthern ? "N" : "south") \(fixed(easting, decimals: decimals)) \(fixed(northing, decimals: decimals))"
  }
}

/// The zone of a position by the rules for Norway and Svalbard; `nil` south of 80 S, from 84 N on, and for what is not
/// on the earth, where the polar grid takes its place.
///
/// Source: NGA.SIG.0012, section 3; as GeographicLib's `UTMUPS::StandardZone`.
public func standardUTMZone(latitude: Double, longitude: Double) -> Int? {
  guard latitude >= -80, latitude < 84, abs(longitude) <= 180 else { return nil }
  let degree = longitude == 180 ? -180 : Int(longitude.rounded(.down))
  let zone = (degree + 186) / 6
  // 32V is widened to the west, as far as 3 E.
  if latitude >= 56, latitude < 64, zone == 31, degree >= 3 { return 32 }
  // In band X zones 32, 34 and 36 are left out.
  if latitude >= 72, (0..<42).contains(degree) { return 2 * ((degree + 183) / 12) + 1 }
  return zone
}
