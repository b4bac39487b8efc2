extension MGRSReference {
  /// The square that holds a position. Digits are cut off and not rounded, as the standard demands.
  ///
  /// - Parameters:
  ///   - latitude: of the same position, in degrees; the band is taken from it.
  ///   - digits: for each axis, 0...11; 5 is a metre.
  /// - Throws: `position.range` outside the squares of the latitude's band.
  public init(utm: UTM, latitude: Double, digits: Int) throws(NotationError) {
    guard latitude >= -90, latitude <= 90 else { throw Self.outside("latitude \(latitude)") }
    // On the equator, and a rounding beside it, the hemisphere decides.
    let band = min(max(Int((latitude / 8).rounded(.down)), utm.isNorthern ? 0 : -10), utm.isNorthern ? 9 : -1)
    // Upper limits belong to the last square: it alone is closed on that side.
    let easting = Micrometres(utm.easting, below: 900_000)
    let northing = Micrometres(utm.northing, below: utm.isNorthern ? 9_500_000 : 10_000_000)
    let (column, row) = (easting.square - 1, northing.square - (utm.isNorthern ? 0 : 100))
    let columns = MGRSGrid.columns(zone: utm.zone)
    guard columns.indices.contains(column), MGRSGrid.bandRows(band, column: column).contains(row) else {
      throw Self.outside("northing \(utm.northing) at latitude \(latitude)")
    }
    let letters = [columns[column], MGRSGrid.rowLetter(row, zone: utm.zone)]
    let corner = UTM(
      checked: utm.zone, utm.isNorthern, Double(easting.square) * MGRSGrid.square,
      Double(northing.square) * MGRSGrid.square)
    try self.init(
      zone: utm.zone, band: MGRSGrid.bands[band + 10], square: String(letters), digits: digits, easting, northing,
      .utm(corner))
  }

  /// The polar square that holds a position.
  ///
  /// - Parameter digits: for each axis, 0...11; 5 is a metre.
  public init(ups: UPS, digits: Int) throws(NotationError) {
    let limit = ups.isNorthern ? 2_700_000.0 : 3_200_000.0
    let easting = Micrometres(ups.easting, below: limit)
    let northing = Micrometres(ups.northing, below: limit)
    let band = MGRSPolarGrid.band(isNorthern: ups.isNorthern, easting: Double(easting.square) * MGRSGrid.square)
    guard let grid = MGRSPolarGrid(band: band) else { throw Self.outside("easting \(ups.easting)") }
    let column = easting.square - Int(grid.firstEasting / MGRSGrid.square)
    let row = northing.square - Int(grid.firstNorthing / MGRSGrid.square)
    guard grid.columns.indices.contains(column), grid.rows.indices.contains(row) else {
      throw Self.outside("easting \(ups.easting) and northing \(ups.northing)")
    }
    let corner = UPS(
      checked: ups.isNorthern, Double(easting.square) * MGRSGrid.square, Double(northing.square) * MGRSGrid.square)
    try self.init(
      zone: 0, band: band, square: String([grid.columns[column], grid.rows[row]]), digits: digits, easting, northing,
      .ups(corner))
  }

  private init(
    zone: Int, band: Character, square: String, digits: Int, _ easting: Micrometres, _ northing: Micrometres,
    _ corner: Grid
  ) throws(NotationError) {
    guard (0...Self.mostDigits).contains(digits) else {
      throw NotationError(.range, "\(digits) digits for each axis", advice: "0 to \(Self.mostDigits); 5 is a metre")
    }
    self.init(
      zone: zone, band: band, square: square, digits: digits, easting: easting.cut(to: digits),
      northing: northing.cut(to: digits), squareCorner: corner)
  }

  private static func outside(_ what: String) -> NotationError {
    NotationError(.range, "\(what) is outside the MGRS", advice: "look whether zone and hemisphere are right")
  }
}

/// Metres as whole micrometres, so that digits are cut off in decimals and not in binary fractions.
private struct Micrometres {
  private let count: Int64

  /// - Parameter metres: 0...10 000 000.
  init(_ metres: Double, below limit: Double) {
    let whole = Int64((metres * 1e6).rounded(.down))
    count = metres == limit ? whole - 1 : whole
  }

  private static let inSquare: Int64 = 100_000_000_000

  /// The index of the 100 km square.
  var square: Int { Int(count / Self.inSquare) }

  /// The first digits of what lies beyond the square's corner.
  func cut(to digits: Int) -> Int64 { count % Self.inSquare / powerOfTen(MGRSReference.mostDigits - digits) }
}
