import ArgumentParser
import Formats
import Geometry
import Positions
import Projection
import Survey
import Topology
import Traverse

/// Sheets of points, read and placed, on their way to polygons or another sheet.
struct SheetSession {
  /// One file.
  struct Placed {
    var sheet: PointSheet
    var shapes: [SheetShape]
    var singles: [PlacedPoint]
    var use: CoordinateUse?
    /// The grid that its coordinates are on, where they are.
    var grid: String?
  }
  private(set) var sheets: [Placed] = []
  /// Whether a piece of a sheet could not be used.
  private(set) var hasErrors = false
  private var georeference: Georeference
  private let crs: String?
  private let gridCode: String?
  private let measured: CivilDate?
  /// The file that each polygon came from.
  private var owners: [String: String] = [:]

  init(georeference: Georeference, crs: String?, gridCode: String?, measured: CivilDate?) {
    (self.georeference, self.crs, self.gridCode, self.measured) = (georeference, crs, gridCode, measured)
  }

  /// Reads one sheet, tells what is to be told, and returns what could not be read of it.
  mutating func read(_ path: String, _ options: SheetOptions, _ rules: SheetRules) throws -> [Problem] {
    let sheet = try PointSheetReader.read(path: path, options: options)
    Console.say("\(path): \(sheet.layout.rawValue), \(sheet.reading)")
    Console.say(sheet.problems, in: path)
    let system: ReferenceSystem?
    do { system = try sheet.crs(declared: crs) } catch let fault as CoordinateFault {
      throw FileUnreadable(path, .refused, code: fault.code, fault.message)
    }
    var conversion: Conversion?
    if let system {
      let samples = sheet.samples(in: system)
      let corners = system.isGeographic ? samples.map { Geographic($0.easting, $0.northing) } : []
      georeference.settle(positions: corners, pairs: system.isGeographic ? [] : [(system, samples)])
      conversion = try georeference.conversion(from: system, at: samples)
    }
    let use = conversion?.use
    if let use { Console.say("\(path): \(use.sentence)") }
    var rules = rules
    let north = try gridCode.map { code throws(ProjectionError) in try ReferenceSystem.named(code) } ?? system
    if sheet.needsGridNorth(rules) {
      rules.convergence = try north?.convergence(preferred: georeference.pinnedOperations)
    }
    var (shapes, singles, findings) = sheet.placed(in: system, by: try conversion?.open(), rules)
    for index in shapes.indices {
      guard let doubt = try doubt(shapes[index], path) else { continue }
      findings.append(doubt)
      (shapes[index].polygon, shapes[index].corners) = (nil, [])
    }
    for finding in findings where finding.level > .info { Console.say(finding) }
    hasErrors = hasErrors || findings.contains { $0.level == .error }
    for shape in shapes { tell(shape, in: path) }
    let grid = system.flatMap { $0.isGeographic ? nil : $0.code ?? $0.definition }
    sheets.append(Placed(sheet: sheet, shapes: shapes, singles: singles, use: use, grid: grid))
    return sheet.problems.filter { $0.code != "sheet.title" }
  }

  /// Why a perimeter that could be drawn is not: what it encloses is not known, or which of two it is.
  private mutating func doubt(_ shape: SheetShape, _ path: String) throws -> Finding? {
    guard let polygon = shape.polygon else { return nil }
    let at = Place(path, line: shape.line)
    let name = "polygon \(shape.id.prefix(64))"
    if let other = owners[shape.id] {
      return Finding(
        "sheet.polygon-twice", .error, at: at, "\(name) is in \(other) already: this one is left out",
        advice: "give each polygon an id of its own, or read the sheets apart")
    }
    owners[shape.id] = path
    guard let reason = try invalidity([polygon]) else { return nil }
    return Finding(
      "sheet.crossing", .error, at: at, "the perimeter of \(name) crosses or touches itself (\(reason))",
      advice: "look at the order of its rows, and at the corners there; it is not drawn")
  }

  private func tell(_ shape: SheetShape, in path: String) {
    guard let polygon = shape.polygon else { return }
    let area = (try? geodesicArea(of: polygon.outer.corners)) ?? 0
    let sigma = shape.areaSigma.map { " ± \(number($0)) (one sigma)" } ?? ""
    let closing = shape.traverse?.misclosure.map { closure in
      ", misclosure \(metres(closure.distance)) in \(metres(closure.length)), \(oneTo(closure.ratio))"
        + (shape.isAdjusted ? ", adjusted" : "")
    }
    Console.say(
      "\(path): \(shape.id): \(polygon.outer.corners.count) corners, \(number(area)) m²\(sigma)\(closing ?? "")")
  }

  /// From WGS 84 to a grid, by the operation that the sheets were read with where it leads there.
  private func grid(_ code: String) throws -> CoordinateOperation {
    let places = sheets.flatMap { $0.shapes.flatMap { $0.points.map(\.position) } + $0.singles.map(\.position) }
    let box = Box(places).grown(by: 0.001)
    return try CoordinateOperation.forAreas(in: code, over: box, preferred: georeference.pinnedOperations)
  }

  /// What was asked for, or else the grid that all sheets are on.
  private var outputGrid: String? {
    let grids = Set(sheets.map(\.grid))
    return gridCode ?? (grids.count == 1 ? grids.first ?? nil : nil)
  }

  /// What IMSMA's X and Y are in.
  var imsmaGrid: (name: String, coordinates: IMSMASheet.Coordinates) {
    guard let code = outputGrid, let crs = try? ReferenceSystem(code) else { return ("WGS 84", .geographic) }
    return (crs.name, .grid)
  }

  func writeTable(to path: String?, _ table: ([TurningPointRow]) -> SheetTable) throws {
    let isEmpty = sheets.allSatisfy { $0.singles.isEmpty && $0.shapes.allSatisfy(\.points.isEmpty) }
    let maker = try TurningPoints(grid: isEmpty ? nil : try outputGrid.map { try grid($0).reversed() }, date: measured)
    var rows: [TurningPointRow] = []
    for placed in sheets {
      for shape in placed.shapes where shape.polygon != nil {
        rows += maker.rows(of: shape.id, shape.corners.map(\.position), names: shape.corners)
      }
      // Points that are listed with a polygon and are no corners of it stand by themselves, as IMSMA has them.
      let others = placed.shapes.flatMap { $0.points.filter { !($0.point.type?.isCorner ?? true) } }
      rows += (others + placed.singles).map { single in
        var row = maker.row(single.position, id: single.point.id)
        (row.type, row.sigma, row.description) = (single.point.type, single.sigma, single.point.description)
        return row
      }
    }
    try writeSheet(table(rows), to: path)
  }
}

/// As XLSX where the file is to be called so, and else as CSV.
func writeSheet(_ table: SheetTable, to path: String?) throws {
  let bytes = path?.lowercased().hasSuffix(".xlsx") == true ? try table.xlsx() : table.csv()
  var output = try Output.open(path)
  try output.write(bytes)
  try output.finish()
}

/// `name=number` pairs of `--columns`.
func parsedColumns(_ text: String?) throws -> [String: Int] {
  var found: [String: Int] = [:]
  for entry in (text ?? "").split(separator: ",") {
    let parts = entry.split(separator: "=")
    guard parts.count == 2, let column = Int(parts[1]), column > 0 else {
      throw ValidationError("--columns takes name=number pairs, such as lat=3,lon=2; the first column is 1.")
    }
    found[String(parts[0])] = column
  }
  return found
}
