/// A position in metres of the Universal Polar Stereographic grid, on WGS 84; the pole is 2 000 000, 2 000 000.
public struct UPS: Hashable, Sendable {
  public let isNorthern: Bool
  public let easting, northing: Double

  /// - Throws: `position.range` outside 800...3200 km in the south and 1300...2700 km in the north, which is where the
  ///   MGRS has squares.
  public init(isNorthern: Bool, easting: Double, northing: Double) throws(NotationError) {
    let limits = isNorthern ? 1_300_000.0...2_700_000.0 : 800_000.0...3_200_000.0
    guard limits.contains(easting), limits.contains(northing) else {
      throw NotationError(
        .range, "easting \(easting) and northing \(northing) are outside the polar grid",
        advice: "a polar grid's numbers lie around 2 000 000; elsewhere name the UTM zone")
    }
    self.init(checked: isNorthern, easting, northing)
  }

  /// For numbers known to be inside the limits.
  init(checked isNorthern: Bool, _ easting: Double, _ northing: Double) {
    (self.isNorthern, self.easting, self.northing) = (isNorthern, easting, northing)
  }

  /// `north 2173854.98 2985980.58`.
  public func formatted(decimals: Int = 0) -> String {
    let hemisphere = isNorthern ? "north" : "south"
    return "\(hemisphere) \(fixed(easting, decimals: decimals)) \(fixed(northing, decimals: decimals))"
  }
}
