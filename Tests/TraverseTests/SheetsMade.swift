import Formats
import Geometry
import Glibc
import Positions
import Projection
import Survey
import Testing

@testable import Traverse

typealias Seeded = GeographicLib.Random

/// A sheet from text, as a user would give it.
func pointSheet(_ text: String, _ change: (inout SheetOptions) -> Void = { _ in }) throws -> PointSheet {
  try pointSheet(Array(text.utf8), change)
}

func pointSheet(_ bytes: [UInt8], _ change: (inout SheetOptions) -> Void = { _ in }) throws -> PointSheet {
  var options = SheetOptions()
  change(&options)
  return try PointSheetReader.read(ByteSource(bytes: bytes, path: "sheet.csv"), options: options)
}

/// What a sheet comes to.
struct Made {
  var shapes: [SheetShape], singles: [PlacedPoint], findings: [Finding]
  var codes: [String] { findings.filter { $0.level > .info }.map(\.code) }
  var corners: [Geographic] { shapes.first?.polygon?.outer.corners ?? [] }
}

/// Places a sheet, in a CRS by an operation, or in longitude and latitude.
func made(
  _ sheet: PointSheet, crs: String? = nil, operation: String? = nil, _ change: (inout SheetRules) -> Void = { _ in }
) throws -> Made {
  let system = try sheet.crs(declared: crs)
  var converter: GridConverter?
  var rules = SheetRules()
  if let system {
    var georeference = Georeference(named: operation.map { [$0] } ?? [])
    converter = try georeference.conversion(from: system, at: sheet.samples(in: system))?.open()
    rules.convergence = try system.convergence(preferred: georeference.pinnedOperations)
  }
  change(&rules)
  let (shapes, singles, findings) = sheet.placed(in: system, by: converter, rules)
  return Made(shapes: shapes, singles: singles, findings: findings)
}

func made(
  _ text: String, crs: String? = nil, operation: String? = nil, _ change: (inout SheetRules) -> Void = { _ in }
) throws -> Made {
  try made(try pointSheet(text), crs: crs, operation: operation, change)
}

/// Corners round a place, in drawing order, no two alike.
func randomCorners(_ place: Geographic, using random: inout Seeded) -> [Geographic] {
  let scale = LocalScale(latitude: place.latitude)
  let count = Int.random(in: 3...12, using: &random)
  return (0..<count).map { index in
    let turn = 2 * Double.pi * Double(index) / Double(count)
    let radius = Double.random(in: 20...400, using: &random)
    return Geographic(
      place.longitude + radius * sin(turn) / scale.metresPerLongitude,
      place.latitude + radius * cos(turn) / scale.metresPerLatitude)
  }
}
