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
  section.check(known: SheetHazards.keys)
  let report = section.report
  var hazards: [Hazard] = []
  report.unreadHazards += report.errors {
    for (key, why) in [
      ("class", "say SHA or CHA for the polygons of the sheet"), ("recorded", "give the day, such as 2026-05-03"),
    ] { section.requireKey(key, why) }
    let hazardClass = section.choice("class", HazardClass.allCases.map { ($0.rawValue, $0) })
    let recorded = section.date("recorded")
    guard let name = section.string("file"), let sheet = files.sheet(name, section), let hazardClass, let recorded
    else {
      return
    }
    for problem in sheet.problems {
      report.leaveOut(
        problem.code, problem.code == "sheet.title" ? .info : .error, at: Place(name, line: problem.line),
        problem.message, advice: "mend the sheet: a hazard is drawn from all of its rows, or not at all")
    }
    let work = SheetHazards(section: section, references: references, name: name)
    for shape in work.shapes(of: sheet) {
      guard let polygon = shape.polygon else { continue }
      var hazard = Hazard(
        id: shape.id, class: hazardClass, recorded: recorded, polygons: [polygon],
        place: Place(name, line: shape.line))
      hazard.requiredDepth = section.number("required_depth_cm")
      (hazard.municipality, hazard.village) = (section.string("municipality"), section.string("village"))
      (hazard.evidence, hazard.areaSigma) = (section.string("evidence"), shape.areaSigma)
      hazards.append(hazard)
    }
  }
  return hazards
}

/// The polygons of one sheet in a survey.
private struct SheetHazards {
  static let keys = [
    "file", "crs", "frame", "id", "class", "recorded", "required_depth_cm", "municipality", "village", "evidence",
    "bearings", "bearing_unit", "measured", "sigma_m", "tolerance", "adjust", "decimal", "unit", "worksheet",
  ]
  let section: Section
  let references: References
  let name: String

  func shapes(of sheet: PointSheet) -> [SheetShape] {
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
      return []
    }
    guard
      let source = references.source(
        of: section, crs: system?.definition, samples: system.map { sheet.samples(in: $0) } ?? [], isHazard: true)
    else { return [] }
    do {
      var rules = self.rules
      rules.convergence = try references.convergence(of: system)
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
      return []
    }
  }

  private var rules: SheetRules {
    var rules = SheetRules()
    rules.north = section.choice("bearings", SheetBearing.North.allCases.map { ($0.rawValue, $0) })
    if let unit = section.choice("bearing_unit", BearingUnit.allCases.map({ ($0.rawValue, $0) })) { rules.unit = unit }
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

  /// Some numbers of a sheet, as they stand there.
  func sheetCorners(_ name: String, _ section: Section) -> [Projected] {
    guard let path = quietlyOpenable(name),
      let sheet = try? PointSheetReader.read(path: path, options: section.sheetOptions)
    else { return [] }
    let crs = (try? sheet.crs(declared: section.plainString("crs"))) ?? nil
    let wgs84 = try? ReferenceSystem(ReferenceSystem.wgs84)
    let numbers = (crs ?? wgs84).map { sheet.samples(in: $0) } ?? []
    let box = Box(numbers)
    return numbers.isEmpty ? [] : [Projected(box.minX, box.minY), Projected(box.maxX, box.maxY)]
  }
}

extension Section {
  fileprivate var sheetOptions: SheetOptions {
    var options = SheetOptions()
    options.decimal = plainString("decimal").flatMap { DecimalSign(rawValue: $0) }
    options.unit = plainString("unit").flatMap { LengthUnit(rawValue: $0) }
    options.worksheet = plainString("worksheet")
    return options
  }
}
