extension MGRSReference {
  /// Reads a reference: `34TEN7323797269`, `34T EN 73237 97269`, `4qfj1234`, `ZAB`. Blanks and case do not matter.
  ///
  /// - Throws: `position.syntax` for what is no reference, `position.range` for a square that does not exist: a zone past
  ///   60, letters that the zone does not have, or a square without ground in its band.
  public init(_ text: String) throws(NotationError) {
    guard let reference = try Self.written(Symbols.normalised(text)) else {
      throw .syntax("this is no MGRS reference")
    }
    self = reference
  }

  /// `nil` for what has not the shape of a reference: digits, three letters, digits.
  static func written(_ scalars: [Unicode.Scalar]) throws(NotationError) -> MGRSReference? {
    guard scalars.count(where: { $0.properties.isAlphabetic }) == 3 else { return nil }
    let written = scalars.map(Character.init)
    let text = written.filter { $0 != " " }
    let zone = text.prefix { $0.isDigit }
    let letters = text.dropFirst(zone.count).prefix { !$0.isDigit }
    let digits = text.dropFirst(zone.count + letters.count)
    guard letters.count == 3, letters.allSatisfy({ $0.isLatin }), digits.allSatisfy({ $0.isDigit }), zone.count <= 2,
      written.starts(with: zone), zone.count > 0 || MGRSPolarGrid(band: letters[letters.startIndex].upper) != nil
    else { return nil }
    if ["deg", "min", "sec"].contains(String(letters)) {
      throw NotationError(
        .ambiguous, "\"\(String(letters))\" stands between numbers", advice: "write MGRS letters large, degrees as °",
        readings: ["an MGRS reference", "an angle"])
    }
    guard digits.count.isMultiple(of: 2), digits.count <= 2 * mostDigits else {
      throw NotationError(
        .syntax, "\(digits.count) digits after the letters of an MGRS reference",
        advice: "there are as many for the easting as for the northing, at most \(mostDigits) each")
    }
    let half = digits.count / 2
    guard areHalves(written, half) else {
      throw NotationError(
        .ambiguous, "the blank is not in the middle of the digits", advice: "give easting and northing as many digits",
        readings: ["a blank that means nothing", "an easting and a northing of which digits are missing"])
    }
    return try MGRSReference(
      zone: zone.isEmpty ? nil : Int(String(zone)) ?? 0, letters: letters.map { $0.upper }, digits: half,
      easting: Int64(String(digits.prefix(half))) ?? 0, northing: Int64(String(digits.suffix(half))) ?? 0)
  }

  /// Whether blanks between the digits leave the easting whole: none, or one right after it.
  private static func areHalves(_ written: [Character], _ half: Int) -> Bool {
    guard let start = written.lastIndex(where: { $0.isLatin }) else { return false }
    let groups = written[(start + 1)...].split(separator: " ")
    var count = 0
    return groups.count <= 1
      || groups.contains {
        count += $0.count
        return count == half
      }
  }

  private init(
    zone: Int?, letters: [Character], digits: Int, easting: Int64, northing: Int64
  ) throws(NotationError) {
    guard let band = letters.first, let column = letters.dropFirst().first, let row = letters.last else {
      throw .syntax("this is no MGRS reference")
    }
    let corner: Grid
    if let zone {
      corner = .utm(try Self.corner(zone: zone, band: band, column: column, row: row))
    } else {
      corner = .ups(try Self.polarCorner(band: band, column: column, row: row))
    }
    self.init(
      zone: zone ?? 0, band: band, square: String([column, row]), digits: digits, easting: easting, northing: northing,
      squareCorner: corner)
  }

  private static func corner(
    zone: Int, band: Character, column: Character, row: Character
  ) throws(NotationError) -> UTM {
    guard (1...60).contains(zone) else { throw missing("zone \(zone)", "zones are 1 to 60") }
    guard let bandIndex = MGRSGrid.bands.firstIndex(of: band) else {
      throw missing("band \(band)", "bands are C to X without I and O; A, B, Y and Z have no zone")
    }
    guard let columnIndex = MGRSGrid.columns(zone: zone).firstIndex(of: column) else {
      throw missing("column \(column) in zone \(zone)", "its columns are \(String(MGRSGrid.columns(zone: zone)))")
    }
    guard
      let rowIndex = MGRSGrid.row(row, zone: zone, band: bandIndex - 10, column: columnIndex)
    else { throw missing("square \(column)\(row) in \(zone)\(band)", "look at the letters again") }
    let isNorthern = bandIndex >= 10
    return UTM(
      checked: zone, isNorthern, Double(columnIndex + 1) * MGRSGrid.square,
      Double(rowIndex + (isNorthern ? 0 : 100)) * MGRSGrid.square)
  }

  private static func polarCorner(band: Character, column: Character, row: Character) throws(NotationError) -> UPS {
    guard let grid = MGRSPolarGrid(band: band), let columnIndex = grid.columns.firstIndex(of: column),
      let rowIndex = grid.rows.firstIndex(of: row)
    else { throw missing("square \(column)\(row) in polar band \(band)", "look at the letters again") }
    return UPS(
      checked: grid.isNorthern, grid.firstEasting + Double(columnIndex) * MGRSGrid.square,
      grid.firstNorthing + Double(rowIndex) * MGRSGrid.square)
  }

  private static func missing(_ what: String, _ advice: String) -> NotationError {
    NotationError(.range, "there is no \(what)", advice: advice)
  }
}

extension Character {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isLatin: Bool { ("A"..."Z").contains(self) || ("a"..."z").contains(self) }
  fileprivate var upper: Character { uppercased().first ?? self }
}
