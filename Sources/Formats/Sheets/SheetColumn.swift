/// What a column of a sheet of points holds; the raw values are the words of `SheetOptions.columns`.
enum SheetColumn: String, CaseIterable {
  case shape, number, id, type, easting, northing, x, y, latitude, longitude
  /// A position in one cell, such as an MGRS reference.
  case position
  case crs, height, sigma
  case sigmaEast = "sigma-east"
  case sigmaNorth = "sigma-north"
  /// Of both horizontal axes together: `sqrt(east² + north²)`.
  case sigmaLateral = "sigma-lateral"
  /// Of the axes together, by a rule that the file does not state.
  case quality
  case distance, bearing
  case bearingTrue = "bearing-true"
  case bearingMagnetic = "bearing-magnetic"
  case bearingGrid = "bearing-grid"
  case from, description, code
  /// The unit of Emlid's antenna heights.
  case antennaUnit = "antenna-unit"

  var isCoordinate: Bool {
    switch self {
    case .easting, .northing, .x, .y, .latitude, .longitude, .position: true
    default: false
    }
  }

  /// Whether its cells are numbers, so that they tell the decimal sign.
  var isNumber: Bool { isCoordinate && self != .position || isAngleOrSigma || self == .height || self == .distance }

  /// Whether no value of it reaches 1000, so that `43.325` cannot be 43 thousand.
  var isAngleOrSigma: Bool {
    switch self {
    case .latitude, .longitude, .bearing, .bearingTrue, .bearingMagnetic, .bearingGrid, .sigma, .sigmaEast, .sigmaNorth,
      .sigmaLateral, .quality:
      true
    default: false
    }
  }

  /// By the name in a header; `nil` where it is not known.
  static func named(_ header: String) -> SheetColumn? { named(plain: SheetColumnName(header).plain) }

  /// By the plain name (`SheetColumnName`).
  static func named(plain: String) -> SheetColumn? {
    if let column = names[plain] { return column }
    // The sheets of fixes know latitude and its like in three languages.
    let known = CSVColumns(header: [plain])
    let same: [(CSVColumns.Kind, SheetColumn)] = [
      (.lat, .latitude), (.lon, .longitude), (.ele, .height), (.sigma, .sigma), (.sde, .sigmaEast), (.sdn, .sigmaNorth),
      (.hrms, .sigmaLateral),
    ]
    return same.first { known[$0.0] != nil }?.1
  }

  /// English, Serbian in both scripts, Russian; the programs' own names by these sources.
  ///
  /// IMSMA NG: its eleven columns. Emlid: the header of a Reach export shown at
  /// https://community.emlid.com/t/how-is-the-tilt-compensation-stored/41572, whose `Lateral RMS` is the root of the sum
  /// of the squares of `Easting RMS` and `Northing RMS`. Trimble: the fields of Trimble Access, "Import data to the job"
  /// (https://help.trimblegeospatial.com/TrimbleAccess/latest/en/Job-import-file-formats.htm). Leica: the example of an
  /// export in the LS10/LS15 user manual (`PtID East North Height Code`), and its coordinate quality CQ.
  private static let names: [String: SheetColumn] = {
    let table: [(SheetColumn, String)] = [
      (.shape, "polyid shapeid shape polygonid polygon poligon полигон"),
      (.number, "pointno pointnumber no nr rbr rednibroj рбр редниброј"),
      (.id, "pointid pointname ptid point name id p tacka tačka тачка точка oznaka ознака naziv назив имя"),
      (.type, "pointtype type tiptačke tiptacke типтачке"),
      (.easting, "easting east e istok исток восток eastingcoordinate"),
      (.northing, "northing north n sever север northingcoordinate"),
      (.x, "x xcoord xcoordinate"), (.y, "y ycoord ycoordinate"),
      (.position, "mgrs usng coordinates coordinate koordinate koordinata координате координаты position location"),
      (.crs, "csname crs coordinatesystem"),
      (.height, "elev z h hgt orthoheight orthometricheight"),
      (.quality, "2dcq cq2d cq 3dcq cq3d hprec hzprec hprecision horizontalprecision"),
      (.distance, "distance dist leg leglength rastojanje растојање расстояние"),
      (.bearing, "bearing azimuth azimut азимут brg"),
      (.bearingTrue, "bearingtrue truebearing trueazimuth"),
      (.bearingMagnetic, "bearingmagnetic magneticbearing magneticazimuth"),
      (.bearingGrid, "bearinggrid gridbearing gridazimuth"),
      (.from, "frpointid frpoint frompointid frompoint from"),
      (.description, "pointdesc description desc d remark remarks note comment opis опис описание napomena напомена"),
      (.code, "code featurecode pointcode"), (.antennaUnit, "antennaheightunits"),
    ]
    let pairs = table.flatMap { column, names in names.split(separator: " ").map { (String($0), column) } }
    return Dictionary(pairs) { first, _ in first }
  }()
}
