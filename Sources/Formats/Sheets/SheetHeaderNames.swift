import Survey

/// One row read as a header.
struct SheetHeaderNames {
  let names: [String]
  private(set) var columns: [SheetColumn: Int] = [:]
  private(set) var units: [SheetColumn: SheetColumnName.Unit] = [:]
  /// A coordinate that two columns are named for.
  private(set) var twice: SheetColumn?
  private let plain: Set<String>

  init(_ row: SheetRow) {
    names = row.cells.map(\.text)
    let parsed = names.map { SheetColumnName($0) }
    plain = Set(parsed.map(\.plain))
    for (index, name) in parsed.enumerated() {
      guard let column = SheetColumn.named(plain: name.plain) else { continue }
      if columns[column] == nil {
        (columns[column], units[column]) = (index, name.unit)
      } else if column.isCoordinate {
        twice = column
      }
    }
    // "X (easting)" says it in brackets, where only units are looked for.
    if columns[.easting] != nil, columns[.northing] != nil {
      for axis in [SheetColumn.x, .y] { (columns[axis], units[axis]) = (nil, nil) }
    }
  }

  /// Whose names they are. Only IMSMA NG's and Razmin's change what a column means.
  var layout: SheetLayout {
    let has = { (names: String...) in names.allSatisfy(plain.contains) }
    if has("polyid", "pointid", "xcoord", "ycoord") { return .imsma }
    if has("shapeid", "pointid") { return .razmin }
    if has("csname") || has("lateralrms") { return .emlid }
    let leica = ["ptid", "2dcq", "cq2d", "3dcq", "cq3d", "cq"]
    if !plain.isDisjoint(with: leica) { return .leica }
    if has("easting", "northing"), has("pointid") || has("pointname") { return .trimble }
    return .table
  }
}
