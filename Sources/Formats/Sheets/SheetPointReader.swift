import Survey

/// Makes points of the rows of a sheet.
struct SheetPointReader {
  let header: SheetHeader
  let decimal: DecimalSign?
  let options: SheetOptions
  private(set) var points: [SheetPoint] = []
  private(set) var problems: [Problem] = []
  /// What the rows with grid coordinates call their CRS; empty where one does not.
  private var crsNames: [String: Int] = [:]
  /// The first line with each spelling of a polygon's id, blanks included.
  private var spellings: [String: [String: Int]] = [:]
  private var antennaUnit: (text: String, line: Int)?

  init(header: SheetHeader, decimal: DecimalSign?, options: SheetOptions) {
    (self.header, self.decimal, self.options) = (header, decimal, options)
  }

  mutating func add(_ row: SheetRow) {
    let fits = header.fits(row)
    if !fits {
      problem(
        "sheet.fields", row,
        "the row has \(row.cells.count) fields, the header \(header.width): what stands under which name is not certain, "
          + "and its coordinates are not used; is the delimiter also the decimal sign?")
    }
    let number = wholeNumber(row)
    var point = SheetPoint(
      shape: text(.shape, row), number: number, id: text(.id, row) ?? number.map { "\($0)" } ?? "", type: type(row),
      fromPoint: text(.from, row), description: text(.description, row), line: row.line)
    if fits {
      point.grid = coordinates(.easting, .northing, .eastingNorthing, row) ?? coordinates(.x, .y, .xy, row)
      point.geographic = coordinates(.longitude, .latitude, .longitudeLatitude, row)
      point.notation = text(.position, row)
      point.sigma = sigma(row)
      point.height = length(.height, row)
      point.distance = length(.distance, row)
      point.bearings = bearings(row)
      if !point.hasPosition, !point.hasLeg {
        problem("sheet.coordinate", row, "point \"\(point.id)\" has no position that can be used, and no leg to it")
      }
    }
    if point.id.isEmpty { problem("sheet.no-id", row, "the row has no id of a point") }
    note(point, row)
    points.append(point)
  }

  /// The one name that all rows with grid coordinates give their CRS.
  mutating func crsName() -> String? {
    guard crsNames.count > 1 else { return crsNames.keys.first.flatMap { $0.isEmpty ? nil : $0 } }
    let names = crsNames.sorted { $0.value < $1.value }.prefix(4)
    problems.append(
      Problem(
        "sheet.crs", line: names.map(\.value).max() ?? 0,
        "the rows do not name one CRS: "
          + names.map { "\($0.key.isEmpty ? "none" : "\"\($0.key.prefix(80))\"") from line \($0.value)" }
          .joined(separator: ", ") + "; split the sheet, or declare its CRS"))
    return nil
  }

  /// What only shows when all rows are read.
  mutating func finish() {
    for (id, written) in spellings.sorted(by: { $0.key < $1.key }) where written.count > 1 {
      problems.append(
        Problem(
          "sheet.blank-id", line: written.values.max() ?? 0,
          "polygon \"\(id.prefix(80))\" is written with and without blanks round its id: taken as one polygon"))
    }
    if let antennaUnit {
      problems.append(
        Problem(
          "sheet.unit", line: antennaUnit.line,
          "antenna heights are in \"\(antennaUnit.text)\": sigmas are taken as metres, coordinates as the CRS has them")
      )
    }
  }

  private mutating func note(_ point: SheetPoint, _ row: SheetRow) {
    if point.grid != nil {
      let name = text(.crs, row) ?? ""
      if crsNames[name] == nil { crsNames[name] = row.line }
    }
    if let shape = point.shape, let index = header.columns[.shape] {
      let raw = row[index].raw
      if spellings[shape]?[raw] == nil { spellings[shape, default: [:]][raw] = row.line }
    }
    if antennaUnit == nil, let unit = text(.antennaUnit, row), SheetColumnName("x (\(unit))").unit != .length(.metre) {
      antennaUnit = (unit, row.line)
    }
  }

  mutating func problem(_ code: String, _ row: SheetRow, _ message: String) {
    problems.append(Problem(code, line: row.line, message))
  }

  func text(_ column: SheetColumn, _ row: SheetRow) -> String? {
    guard let index = header.columns[column] else { return nil }
    let text = row[index].text
    return text.isEmpty ? nil : text
  }

  private func type(_ row: SheetRow) -> PointType? {
    if header.columns[.type] != nil { return text(.type, row).flatMap { PointType($0) } }
    return text(.code, row).flatMap { PointType($0) }
  }

  private mutating func wholeNumber(_ row: SheetRow) -> Int? {
    guard let text = text(.number, row) else { return nil }
    if let value = SheetNumber.value(text, decimal: decimal), let whole = Int(exactly: value) { return whole }
    problem("sheet.number", row, "point number \"\(text.prefix(40))\" is no whole number: the point is kept without it")
    return nil
  }

  /// A number that may be missing; what is there and no number is a problem.
  mutating func number(_ column: SheetColumn, _ row: SheetRow) -> Double? {
    guard let index = header.columns[column], !row[index].isEmpty else { return nil }
    if let value = row[index].value(decimal) { return value }
    problem(
      "sheet.number", row,
      "\(column.rawValue) \"\(row[index].text.prefix(40))\" is no number: the point is kept without it")
    return nil
  }
}

extension SheetCell {
  /// `nil` where it is no finite number.
  func value(_ decimal: DecimalSign?) -> Double? {
    switch self {
    case .text: return SheetNumber.value(text, decimal: decimal)
    case .number(let raw):
      let bytes = Array(raw.utf8)
      return bytes.span.decimal(0..<bytes.count)
    }
  }
}
