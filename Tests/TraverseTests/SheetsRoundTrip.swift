import Formats
import Geometry
import Positions
import Projection
import Survey
import Testing

@testable import Traverse

/// A CRS that sheets are in, where, and the operation from there.
struct SheetGrid: Sendable, CustomTestStringConvertible {
  let crs: String, operation: String?
  let place: Geographic
  var testDescription: String { crs }

  static let all = [
    SheetGrid(crs: "EPSG:6316", operation: "EPSG:9495", place: Geographic(21.9033, 43.3247)),
    SheetGrid(crs: "EPSG:6316", operation: "EPSG:3962", place: Geographic(20.2, 44.9)),
    SheetGrid(crs: "EPSG:8682", operation: nil, place: Geographic(21.9033, 43.3247)),
    SheetGrid(crs: "EPSG:32634", operation: nil, place: Geographic(21.9033, 43.3247)),
    SheetGrid(crs: "EPSG:3765", operation: nil, place: Geographic(16.2, 45.5)),
  ]
}

@Suite struct SheetsRoundTrip {
  /// From the grid to WGS 84, as a sheet in it is read.
  private func way(_ grid: SheetGrid) throws -> CoordinateOperation {
    var georeference = Georeference(named: grid.operation.map { [$0] } ?? [])
    let conversion = try georeference.conversion(from: ReferenceSystem(grid.crs), at: roughly(grid))
    return try #require(conversion).choice.operation
  }

  private func roughly(_ grid: SheetGrid) throws -> [Projected] {
    try Georeference(named: grid.operation.map { [$0] } ?? []).rough([grid.place], in: ReferenceSystem(grid.crs))
  }

  @Test(arguments: SheetGrid.all)
  func `what is written in any layout is read as the same polygon to a millimetre`(grid: SheetGrid) throws {
    let operation = try way(grid)
    let maker = try TurningPoints(grid: operation, date: CivilDate(year: 2026, month: 5, day: 3))
    var random = Seeded(state: 11)
    for round in 0..<12 {
      let corners = randomCorners(grid.place, using: &random)
      let rows = maker.rows(of: "A-\(round)", corners)
      #expect(rows.allSatisfy { $0.grid != nil && $0.utm != nil && $0.magneticBearing != nil })
      let zone = 32600 + (rows[0].utm?.zone ?? 0)
      let layouts: [(SheetTable, String?, String?)] = [
        (RazminSheet.table(rows), grid.crs, grid.operation), (RazminSheet.table(rows), nil, grid.operation),
        (IMSMASheet.table(rows, project: "x", coordinates: .grid), grid.crs, grid.operation),
        (IMSMASheet.table(rows, project: "x", coordinates: .utm), "EPSG:\(zone)", nil),
        (IMSMASheet.table(rows, project: "x", coordinates: .geographic), "EPSG:4326", nil),
      ]
      for (table, crs, operation) in layouts {
        for bytes in [table.csv(), table.csv(.init(delimiter: ";", decimal: .comma)), try table.xlsx()] {
          let found = try made(try pointSheet(bytes), crs: crs, operation: operation)
          #expect(found.codes.isEmpty, "\(found.findings)")
          #expect(found.shapes.map(\.id) == ["A-\(round)"] && found.corners.count == corners.count)
          for (a, b) in zip(corners, found.corners) { #expect(apart(a, b) < 0.0015, "\(apart(a, b)) m, \(crs ?? "")") }
        }
      }
    }
  }

  /// What is written is rounded to 1 mm or 1e-4 degree; over 400 m that is another millimetre a leg.
  @Test(arguments: SheetBearing.North.allCases)
  func `the legs alone, in each unit and from each north, lead round the polygon`(counted: SheetBearing.North) throws {
    let day = try #require(CivilDate(year: 2026, month: 5, day: 3))
    let north: BearingReference =
      switch counted {
      case .trueNorth: .trueNorth
      case .grid: .gridNorth
      case .magnetic: .magneticNorth(day)
      }
    let grid = SheetGrid.all[0]
    let convergence = try #require(try ReferenceSystem(grid.crs).convergence(preferred: ["EPSG:9495"]))
    let azimuths = LegAzimuths(convergence: convergence)
    var random = Seeded(state: 23)
    for unit in BearingUnit.allCases {
      for _ in 0..<6 {
        let corners = randomCorners(grid.place, using: &random)
        var text = "shape,no,id,type,lat,lon,from,distance_m,bearing\n"
        text += "P,1,T1,Start Point,\(corners[0].latitude),\(corners[0].longitude),,,\n"
        for index in 1...corners.count {
          let (from, to) = (corners[index - 1], corners[index % corners.count])
          let geodesic = try Geodesic(from: from, to: to)
          let zero = Leg(
            from: "a", to: "b", type: .turning, distance: 1, bearing: 0, unit: unit, reference: north,
            place: Place("x"))
          var bearing = geodesic.azimuth - (try azimuths.direction(of: zero, at: from).correction)
          bearing = (bearing + 720).truncatingRemainder(dividingBy: 360) / 360 * unit.circle
          let id = index < corners.count ? "T\(index + 1)" : "T1"
          text +=
            "P,\(index + 1),\(id),\(id == "T1" ? "Start" : "Turning") Point,,,T\(index),\(geodesic.length),\(bearing)\n"
        }
        let sheet = try pointSheet(text) { $0.bearingUnit = unit }
        #expect(sheet.problems.isEmpty, "\(sheet.problems)")
        let found = try made(sheet) { rules in
          rules.north = counted
          rules.measured = day
          rules.convergence = convergence
        }
        #expect(found.codes.isEmpty, "\(found.findings)")
        #expect(found.corners.count == corners.count)
        for (a, b) in zip(corners, found.corners) { #expect(apart(a, b) < 0.001, "\(apart(a, b)) m in \(unit)") }
        #expect((found.shapes[0].traverse?.misclosure?.distance ?? 1) < 0.001)
        // The raw legs are those of the sheet.
        #expect(found.shapes[0].traverse?.legs.map(\.leg.unit) == Array(repeating: unit, count: corners.count))
      }
    }
  }

  @Test(arguments: ["EPSG:6316", "EPSG:8678", "EPSG:8679"])
  func `the inverse of every operation leads back to the same numbers`(crs: String) throws {
    let (source, target) = (try ReferenceSystem(crs), try ReferenceSystem(ReferenceSystem.wgs84))
    let operations = try candidates(from: source, to: target, over: nil).filter(\.isUsable)
    #expect(operations.count >= 5, "\(operations.map(\.code))")
    var random = Seeded(state: 5)
    let zone = crs == "EPSG:6316" ? 7.0 : crs == "EPSG:8678" ? 6 : 8
    for operation in operations {
      let transformer = try Transformer.open(operation)
      for _ in 0..<50 {
        let pair = (
          zone * 1e6 + Double.random(in: 430_000...570_000, using: &random),
          Double.random(in: 4_600_000...5_080_000, using: &random)
        )
        guard let place = transformer.transform(pair.0, pair.1) else { continue }
        guard let back = transformer.inverse(place.x, place.y), let again = transformer.transform(back.x, back.y) else {
          Issue.record("no way back by \(operation.code)")
          continue
        }
        #expect(abs(back.x - pair.0) < 1e-6 && abs(back.y - pair.1) < 1e-6, "\(operation.code)")
        #expect(abs(again.x - place.x) < 1e-13 && abs(again.y - place.y) < 1e-13, "\(operation.code)")
      }
    }
  }
}
