internal import Formats
internal import Geometry
internal import Positions
internal import Projection
internal import Survey
internal import Traverse

/// Whether a file of hazards is a sheet of turning points, by its name.
func isSheet(_ name: String) -> Bool {
  [".csv", ".tsv", ".txt", ".xlsx"].contains { name.lowercased().hasSuffix($0) }
}

/// `[[hazards]]` whose file is a sheet: what a feature would say of itself, the table says for all of its polygons.
func loadSheet(_ section: Section, _ files: FeatureFiles, _ references: References) -> [Hazard] {
  let report = section.report
  var hazards: [Hazard] = []
  var sheet: PointSheet?
  let errors = report.errors {
    // A key that is none may name a file.
    section.check(known: SheetHazards.keys)
    for (key, why) in [
      ("class", "say SHA or CHA for the polygons of the sheet"), ("recorded", "give the day, such as 2026-05-03"),
    ] { section.requireKey(key, why) }
    let hazardClass = section.choice("class", HazardClass.allCases.map { ($0.rawValue, $0) })
    let recorded = section.date("recorded")
    guard let name = section.string("file") else { return }
    sheet = files.sheet(name, section)
    guard let sheet, let hazardClass, let recorded else { return }
    for problem in sheet.problems { tell(problem, of: name, report) }
    let work = SheetHazards(section: section, references: references, name: name)
    guard let shapes = work.shapes(of: sheet) else { return }
    if shapes.isEmpty {
      report.add(
        "sheet.no-polygon", .error, at: section.place("file"), "no row of \"\(name.prefix(200))\" names a polygon",
        advice: "give the polygon's id in a column, or for all rows: id = \"...\"")
    }
    for shape in shapes {
      guard let polygon = shape.polygon else { continue }
      var hazard = Hazard(
        id: shape.id, class: hazardClass, recorded: recorded, polygons: [polygon],
        place: Place(name, line: shape.line))
      hazard.requiredDepth = section.number("required_depth_cm")
      (hazard.municipality, hazard.village) = (section.string("municipality"), section.string("village"))
      (hazard.evidence, hazard.ordnance) = (section.string("evidence"), section.string("ordnance"))
      hazard.areaSigma = shape.areaSigma
      hazards.append(hazard)
    }
  }
  report.unreadHazards += unread(errors, sheet)
  return hazards
}

/// What a polygon may lack by, or be wrong by, is an error; what only looks odd is not.
private func tell(_ problem: Problem, of name: String, _ report: Report) {
  let place = Place(name, line: problem.line)
  switch problem.code {
  case "sheet.title":
    report.add(problem.code, .info, at: place, problem.message, advice: "nothing, where it is a title")
  case "sheet.order", "sheet.type", "sheet.blank-id", "sheet.no-id", "sheet.unit", "xlsx.hidden":
    report.add(
      problem.code, .warning, at: place, problem.message, advice: "look at the sheet: it is used as it is read")
  default:
    report.leaveOut(
      problem.code, .error, at: place, problem.message,
      advice: "mend the sheet, or declare what it leaves open: a hazard is drawn from all of its rows")
  }
}

/// One place for each polygon that errors are about, however many there are; errors about none stand for themselves.
private func unread(_ errors: [Place], _ sheet: PointSheet?) -> [Place] {
  var first: [Int: Int] = [:]
  for shape in sheet?.shapes ?? [] {
    for point in shape.points { first[point.line] = shape.points.first?.line }
  }
  let places = errors.map { place in
    place.file == Section.file ? place : first[place.line].map { Place(place.file, line: $0) } ?? place
  }
  return Set(places).sorted()
}

/// The polygons of one sheet in a survey.
private struct SheetHazards {
  static let keys = [
    "file", "crs", "frame", "id", "class", "recorded", "required_depth_cm", "municipality", "village", "evidence",
    "ordnance",
    "bearings", "bearing_unit", "measured", "sigma_m", "tolerance", "adjust", "decimal", "unit", "columns", "worksheet",
  ]
  let section: Section
  let references: References
  let name: String

  /// `nil`, and reported, where its coordinates cannot be used.
  func shapes(of sheet: PointSheet) -> [SheetShape]? {
    let system: ReferenceSystem?
    do { system = try sheet.crs(declared: section.plainString("crs"), near: references.known) } catch {
      let (code, why) =
        switch error {
        case let error as ProjectionError: (error.code, "\(error.operation): \(error.reason)")
        case let fault as CoordinateFault: (fault.code, fault.message)
        default: ("crs.operation", "\(error)")
        }
      section.report.add(code, .error, at: section.place("file"), why, advice: "declare it: crs = \"EPSG:...\"")
      references.refuseHazards()
      return nil
    }
    guard
      let source = references.source(
        of: section, crs: system?.definition, samples: system.map { sheet.samples(in: $0) } ?? [], isHazard: true)
    else { return nil }
    do {
      var rules = self.rules
      if sheet.needsGridNorth(rules) { rules.convergence = try references.convergence(of: system) }
      let placed = sheet.placed(in: system, by: try source.conversion?.open(), rules)
      for finding in placed.findings {
        var finding = finding
        finding.place = Place(name, line: finding.place.line)
        section.report.add(finding)
      }
      return placed.shapes
    } catch {
      section.report.add(
        "crs.operation", .error, at: section.place("crs"), "\(error)", advice: "see docs/coordinates.md")
      return nil
    }
  }

  private var rules: SheetRules {
    var rules = SheetRules()
    rules.north = section.choice("bearings", SheetBearing.North.allCases.map { ($0.rawValue, $0) })
    (rules.measured, rules.sigma) = (section.date("measured"), section.number("sigma_m", positive: true))
    if let tolerance = section.number("tolerance", positive: true) { rules.tolerance = tolerance }
    rules.adjusts = section.bool("adjust") ?? false
    rules.shape = section.string("id")
    return rules
  }
}

extension FeatureFiles {
  /// A sheet that a table names; `nil`, and reported, where it cannot be read.
  func sheet(_ name: String, _ section: Section) -> PointSheet? {
    guard let path = openable(name, at: section.place("file")) else { return nil }
    do {
      let sheet = try PointSheetReader.read(path: path, options: section.sheetOptions)
      add(FieldSurvey.Input(path: name, sha256: sheet.sha256))
      return sheet
    } catch {
      section.report.add(
        error.code, .error, at: error.line > 0 ? Place(name, line: error.line) : section.place("file"),
        "\"\(name.prefix(200))\": \(error.message)", advice: "nothing of this file is used until it can be read")
      return nil
    }
  }

  /// Corners of the box around the numbers of a sheet, as they stand there, and what they are in; `nil` where that cannot
  /// be read or is not known.
  func sheetCorners(_ name: String, _ section: Section) -> (crs: ReferenceSystem, points: [Projected])? {
    guard let path = quietlyOpenable(name),
      let sheet = try? PointSheetReader.read(path: path, options: section.plainSheetOptions),
      let crs = try? sheet.crs(declared: section.plainString("crs")) ?? ReferenceSystem(ReferenceSystem.wgs84)
    else { return nil }
    let numbers = sheet.samples(in: crs)
    guard !numbers.isEmpty else { return nil }
    let box = Box(numbers)
    return (crs, [Projected(box.minX, box.minY), Projected(box.maxX, box.maxY)])
  }
}

extension Section {
  /// What the table says of how its sheet is to be read; what it says wrongly is reported.
  fileprivate var sheetOptions: SheetOptions {
    var options = plainSheetOptions
    options.decimal = choice("decimal", DecimalSign.allCases.map { ($0.rawValue, $0) })
    options.unit = choice("unit", LengthUnit.allCases.map { ($0.rawValue, $0) })
    options.bearingUnit = choice("bearing_unit", BearingUnit.allCases.map { ($0.rawValue, $0) })
    if let node = table["columns"], options.columns.isEmpty {
      report.add(
        "survey.type", .error, at: place("columns"), "`columns` is \(node.name)",
        advice: "it should name columns by number, from 1: columns = { id = 1, northing = 2, easting = 3 }")
    }
    return options
  }

  fileprivate var plainSheetOptions: SheetOptions {
    var options = SheetOptions()
    options.decimal = plainString("decimal").flatMap { DecimalSign(rawValue: $0) }
    options.unit = plainString("unit").flatMap { LengthUnit(rawValue: $0) }
    options.bearingUnit = plainString("bearing_unit").flatMap { BearingUnit(rawValue: $0) }
    options.worksheet = plainString("worksheet")
    if case .table(let columns)? = table["columns"] {
      for (name, node) in columns {
        // A number that is none is refused by the reader, which knows the names too.
        if case .number(let value) = node {
          options.columns[name] = Int(exactly: value) ?? 0
        } else {
          options.columns[name] = 0
        }
      }
    }
    return options
  }
}
