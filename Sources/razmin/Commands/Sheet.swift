public import ArgumentParser
import Formats
import Geometry
import Positions
import Presets
import Projection
public import Survey
import Traverse

struct Sheet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read sheets of turning points: coordinates, or bearings and distances; emit polygons, or another sheet.",
    discussion: """
      Reads the point sheet of IMSMA NG and the tables of Emlid, Trimble, Leica and Razmin itself, CSV or XLSX (docs/sheets.md). \
      Misclosures are reported; nothing is adjusted unless --adjust.
      Example: razmin sheet turning-points.csv --crs EPSG:6316 --bearings magnetic --measured 2026-05-03 -o area.geojson
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case geojson, sheet, imsma }

  @Argument(help: "Sheets, CSV or XLSX.", completion: .file()) var sheets: [String]

  @Option(help: "What grid coordinates are in, such as EPSG:6316, where the sheet does not say.") var crs: String?
  @Option(help: "The coordinate operation from there, such as EPSG:9495.") var operation: String?
  @Option(help: "The country whose operations are taken; razmin presets lists them.") var preset: String?
  @Option(help: "What bearings are counted from, where the sheet does not say: true, grid or magnetic.")
  var bearings: SheetBearing.North?
  @Option(
    help:
      "The unit of bearings: degrees, mils-6400, mils-6000 or gons, where the sheet does not say; degrees without it.")
  var bearingUnit: BearingUnit?
  @Option(help: "The day on which magnetic bearings were read, and for which they are written (YYYY-MM-DD).")
  var measured: CivilDate?
  @Option(help: "One standard deviation of a position on each axis in metres, where the sheet does not say.")
  var sigma: Double?
  @Option(help: "The misclosure that is tolerated, n of 1:n.") var tolerance = TraverseSheet.defaultTolerance
  @Flag(help: "Spread misclosures over the points by Bowditch's rule; the raw legs stay in the output.") var adjust =
    false
  @Option(help: "The polygon of rows that name none.") var shape: String?
  @Option(help: "The grid of an output sheet, and of grid bearings; --crs where it is a grid.") var grid: String?
  @Option(help: "geojson, sheet (Razmin's table of turning points) or imsma.") var format = Format.geojson
  @Option(help: "The decimal sign: point or comma, where the sheet leaves it open.") var decimal: DecimalSign?
  @Option(help: "The unit of grid coordinates: metre, foot or us-survey-foot.") var unit: LengthUnit?
  @Option(help: "Columns without a telling header, such as id=1,easting=3,northing=2.") var columns: String?
  @Option(help: "The worksheet of an XLSX file; the first without it.") var worksheet: String?
  @Option(name: .shortAndLong, help: "Write to this file; a sheet to NAME.xlsx as XLSX.", completion: .file())
  var output: String?

  func validate() throws {
    guard sigma.map({ $0.isFinite && $0 > 0 }) ?? true else { throw ValidationError("--sigma is a length in metres.") }
    guard tolerance.isFinite, tolerance > 0 else { throw ValidationError("--tolerance takes n of 1:n, above 0.") }
    _ = try parsedColumns(columns)
  }

  func run() async throws {
    try await ending {
      var session = SheetSession(
        georeference: Georeference(
          preset: try preset.map { name throws in try Presets.named(name) }, named: operation.map { [$0] } ?? []),
        crs: crs, gridCode: grid, measured: measured)
      var options = SheetOptions()
      (options.decimal, options.unit, options.worksheet) = (decimal, unit, worksheet)
      (options.columns, options.bearingUnit) = (try parsedColumns(columns), bearingUnit)
      var rules = SheetRules()
      (rules.north, rules.measured, rules.sigma) = (bearings, measured, sigma)
      (rules.tolerance, rules.adjusts, rules.shape) = (tolerance, adjust, shape)
      let reading = Reading(sheets)
      for path in sheets {
        _ = try reading.attempt { try session.read(path, options, rules) }.map { reading.use(problems: $0) }
      }
      guard !session.sheets.isEmpty else { return reading.outcome }
      switch format {
      case .geojson: try session.writeGeoJSON(to: output)
      case .sheet: try session.writeTable(to: output) { RazminSheet.table($0) }
      case .imsma:
        let (name, place) = session.imsmaGrid
        try session.writeTable(to: output) { IMSMASheet.table($0, project: name, coordinates: place) }
      }
      return session.hasErrors ? max(reading.outcome, .unusedInput) : reading.outcome
    }
  }
}

extension SheetBearing.North: ExpressibleByArgument {}
extension BearingUnit: ExpressibleByArgument {}
extension DecimalSign: ExpressibleByArgument {}
extension LengthUnit: ExpressibleByArgument {}
