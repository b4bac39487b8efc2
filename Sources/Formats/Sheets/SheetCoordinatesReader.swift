import Survey

extension SheetPointReader {
  /// A pair of which both are there; `nil` where both are missing, and with a problem where one is missing or no
  /// coordinate.
  mutating func coordinates(
    _ first: SheetColumn, _ second: SheetColumn, _ axes: SheetCoordinates.Axes, _ row: SheetRow
  ) -> SheetCoordinates? {
    guard let x = header.columns[first], let y = header.columns[second] else { return nil }
    if row[x].isEmpty, row[y].isEmpty { return nil }
    guard let one = coordinate(first, row[x], row), let other = coordinate(second, row[y], row) else { return nil }
    let unit = axes == .longitudeLatitude ? nil : header.lengthUnit(first, options: options)
    return SheetCoordinates(axes, one, other, unit: unit)
  }

  private mutating func coordinate(_ column: SheetColumn, _ cell: SheetCell, _ row: SheetRow) -> SheetValue? {
    let text = cell.raw.withoutOuterBlanks
    if case .text = cell, SheetNumber(text) == .exponent {
      problem(
        "sheet.coordinate", row,
        "\(column.rawValue) \"\(text.prefix(40))\" is written with an exponent, which keeps only some of its digits: format "
          + "the column as a number and export again")
      return nil
    }
    if let value = cell.value(decimal) { return .number(value, text: text) }
    // Degrees and minutes, or letters and digits of a grid: not numbers, but positions all the same.
    if case .text = cell, text.contains(where: \.isNumber), !text.hasPrefix("#"), !text.hasPrefix("=") {
      return .text(text)
    }
    problem(
      "sheet.coordinate", row,
      text.isEmpty
        ? "the \(column.rawValue) is missing" : "\(column.rawValue) \"\(text.prefix(40))\" is no coordinate")
    return nil
  }

  /// In metres where a unit is known.
  mutating func length(_ column: SheetColumn, _ row: SheetRow) -> Double? {
    number(column, row).map { $0 * (header.lengthUnit(column, options: options)?.metres ?? 1) }
  }

  /// One standard deviation of each axis. Where east and north are given apart, the larger; where a figure covers both by
  /// a rule that is not stated, the whole of it: no axis is worse.
  mutating func sigma(_ row: SheetRow) -> Double? {
    let (east, north) = (length(.sigmaEast, row), length(.sigmaNorth, row))
    var sigma = length(.sigma, row)
    if sigma == nil, let east, let north { sigma = max(east, north) }
    if sigma == nil { sigma = length(.sigmaLateral, row).map { $0 / 2.0.squareRoot() } }
    if sigma == nil { sigma = length(.quality, row) }
    // Nothing is measured with a sigma of zero: the program did not know it.
    guard let sigma, sigma > 0 else { return nil }
    return sigma
  }

  mutating func bearings(_ row: SheetRow) -> [SheetBearing] {
    let columns: [(SheetColumn, SheetBearing.North?)] = [
      (.bearing, nil), (.bearingTrue, .trueNorth), (.bearingMagnetic, .magnetic), (.bearingGrid, .grid),
    ]
    var bearings: [SheetBearing] = []
    for (column, north) in columns {
      guard let value = number(column, row) else { continue }
      let unit = header.bearingUnit(column) ?? options.bearingUnit ?? .degrees
      guard unit.degrees(value) != nil else {
        problem(
          "sheet.number", row,
          "the \(column.rawValue) \(value) is outside the circle of \(unit.circle) \(unit.rawValue): the point is kept "
            + "without it")
        continue
      }
      bearings.append(SheetBearing(value, north, unit: unit))
    }
    return bearings
  }
}
