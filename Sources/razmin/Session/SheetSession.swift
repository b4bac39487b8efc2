import ArgumentParser
import Formats
import Geometry
import Positions
import Projection
import Survey
import Traverse

/// Sheets of points, read and placed, on their way to polygons or another sheet.
struct SheetSession {
  /// One file.
  struct Placed {
    var sheet: PointSheet
    var shapes: [SheetShape]
    var singles: [PlacedPoint]
    var use: CoordinateUse?
  }
  private(set) var sheets: [Placed] = []
  /// Whether a piece of a sheet could not be used.
  private(set) var hasErrors = false
  private var georeference: Georeference
  private let crs: String?
  private let gridCode: String?
  private let measured: CivilDate?

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
    let north = try gridCode.map { code throws(ProjectionError) in try ReferenceSystem(code) } ?? system
    rules.convergence = try north?.convergence(preferred: georeference.pinnedOperations)
    let (shapes, singles, findings) = sheet.placed(in: system, by: try conversion?.open(), rules)
    for finding in findings where finding.level > .info { Console.say(finding) }
    hasErrors = hasErrors || findings.contains { $0.level == .error }
    for shape in shapes { tell(shape, in: path) }
    sheets.append(Placed(sheet: sheet, shapes: shapes, singles: singles, use: use))
    return sheet.problems
  }

  private func tell(_ shape: SheetShape, in path: String) {
    guard let polygon = shape.polygon else { return }
    let area = (try? geodesicArea(of: polygon.outer.corners)) ?? 0
    let sigma = shape.areaSigma.map { " ± \(number($0)) (one sigma)" } ?? ""
    let closing = shape.traverse?.misclosure.map { closure in
      ", misclosure \(metres(closure.distance)) in \(metres(closure.length)), 1:\(Int(min(closure.ratio, 1e9)))"
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

  private var outputGrid: String? {
    gridCode ?? crs.flatMap { code in (try? ReferenceSystem(code)).flatMap { $0.isGeographic ? nil : code } }
  }

  /// What IMSMA's X and Y are in: the grid, or else UTM.
  var imsmaGrid: (name: String, coordinates: IMSMASheet.Coordinates) {
    guard let code = outputGrid, let crs = try? ReferenceSystem(code) else { return ("WGS 84", .geographic) }
    return (crs.name, .grid)
  }

  func writeTable(to path: String?, _ table: ([TurningPointRow]) -> SheetTable) throws {
    let maker = try TurningPoints(grid: try outputGrid.map { try grid($0).reversed() }, date: measured)
    var rows: [TurningPointRow] = []
    for placed in sheets {
      for shape in placed.shapes {
        guard let corners = shape.polygon?.outer.corners else { continue }
        let named = shape.points.filter { corners.contains($0.position) && $0.point.type?.isCorner ?? true }
        rows += maker.rows(of: shape.id, corners, names: Array(named.prefix(corners.count)))
      }
      rows += placed.singles.map { single in
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
