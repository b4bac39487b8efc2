import Survey

extension SheetHeader {
  /// Throws `sheet.unit` for units that are not read, that do not fit the column or its neighbour, or that the user
  /// contradicts.
  func checkUnits(_ options: SheetOptions, _ path: String) throws(FileUnreadable) {
    for (column, unit) in units.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let fits =
        switch unit {
        case .length, .someFoot: column.isLength
        case .degrees: column.isAngle || column == .x || column == .y
        case .gon: column.isBearing
        // There are two mils: the header alone does not say which.
        case .unknown(let name): !column.isNumber || column.isBearing && isMil(name) && isMil(options.bearingUnit)
        }
      guard fits else {
        throw refusedUnit(
          path,
          column.isBearing && unit == .unknown("mil") || unit == .unknown("mils")
            ? "the \(column.rawValue) is in mils: declare which, mils-6400 or mils-6000"
            : "the \(column.rawValue) is in a unit that is not read: convert it to metres or degrees")
      }
      if column.isBearing, let named = bearingUnit(column), let declared = options.bearingUnit, named != declared {
        throw refusedUnit(
          path,
          "the header says that the \(column.rawValue) is in \(named.rawValue), and \(declared.rawValue) is declared")
      }
    }
    if let declared = options.unit {
      let named = units.filter { $0.key.isCoordinate }.values
      let contradicts = named.contains { unit in
        unit == .someFoot ? declared == .metre : unit != .degrees && unit != .length(declared)
      }
      if contradicts {
        throw refusedUnit(path, "the header names another unit than \(declared.rawValue), which is declared")
      }
    }
    for (one, other) in [(SheetColumn.easting, SheetColumn.northing), (.x, .y)]
    where units[one] != units[other] {
      throw refusedUnit(path, "\(one.rawValue) and \(other.rawValue) are in different units: mend the header")
    }
  }

  private func refusedUnit(_ path: String, _ message: String) -> FileUnreadable {
    FileUnreadable(path, .refused, code: "sheet.unit", message)
  }

  private func isMil(_ name: String) -> Bool { name == "mil" || name == "mils" }
  private func isMil(_ unit: BearingUnit?) -> Bool { unit == .milsNATO || unit == .milsSoviet }

  /// Of a column of bearings; `nil` where the header does not say.
  func bearingUnit(_ column: SheetColumn) -> BearingUnit? {
    switch units[column] {
    case .degrees: .degrees
    case .gon: .gons
    default: nil
    }
  }

  /// Of a column of lengths; `nil` where neither the header nor the user says.
  func lengthUnit(_ column: SheetColumn, options: SheetOptions) -> LengthUnit? {
    switch units[column] {
    case .length(let unit): unit
    // EPSG's "foot" is the international one; who means the other says so by `unit`.
    case .someFoot: options.unit == .usSurveyFoot ? .usSurveyFoot : .foot
    case nil: options.unit
    default: nil
    }
  }
}

extension SheetColumn {
  var isBearing: Bool { self == .bearing || self == .bearingTrue || self == .bearingMagnetic || self == .bearingGrid }
  var isAngle: Bool { isBearing || self == .latitude || self == .longitude }
  var isLength: Bool { isNumber && !isAngle }
}
