import Formats
import Geometry
import Positions
import Projection
import Survey
import Testing

@testable import Traverse

/// What sheets that are not quite as they should be come to.
@Suite struct SheetsTable {
  private let header = "shape,no,id,type,lat,lon,from,distance,bearing,sigma\n"
  /// A square of 100 m or so, two corners by coordinates.
  private let start = "P,1,A,Start Point,43.3247,21.9033,,,,\nP,2,B,Turning Point,43.3256,21.9033,,,,\n"

  private func made(_ rows: String, _ change: (inout SheetRules) -> Void = { _ in }) throws -> Made {
    try TraverseTests.made(header + rows) {
      $0.north = .trueNorth
      change(&$0)
    }
  }

  @Test func `a corner that cannot be placed leaves the perimeter open`() throws {
    for row in [
      "P,3,C,Turning Point,,,,,,\nP,4,D,Turning Point,43.3247,21.9045,,,,\n",
      "P,3,C,Turning Point,0,0,,,,\nP,4,D,Turning Point,43.3247,21.9045,,,,\n",
      "P,3,C,Turning Point,93.3,21.9,,,,\nP,4,D,Turning Point,43.3247,21.9045,,,,\n",
      "P,3,C,Turning Point,,,X,100,90,\nP,4,D,Turning Point,43.3247,21.9045,,,,\n",
      "P,3,C,Turning Point,,,B,0,90,\nP,4,D,Turning Point,43.3247,21.9045,,,,\n",
    ] {
      let found = try made(start + row)
      #expect(found.shapes[0].polygon == nil && found.codes.contains("sheet.corner-missing"), "\(row) \(found.codes)")
    }
  }

  @Test func `a bearing without its north is not used, nor a magnetic one without its day`() throws {
    let rows = start + "P,3,C,Turning Point,,,B,100,90,\n"
    for north in [SheetBearing.North?.none, .magnetic] {
      let found = try made(rows) { $0.north = north }
      #expect(found.shapes[0].polygon == nil && found.codes.contains("sheet.bearing-undeclared"))
    }
    #expect(try made(rows).shapes[0].polygon != nil)
    #expect(try made(rows) { $0.north = .grid }.codes.contains("traverse.no-grid"))
  }

  @Test func `benchmarks and their like are no corners, and what is not known to be one is not drawn`() throws {
    let rows = start + "P,3,C,Turning Point,43.3256,21.9045,,,,\n"
    for type in ["Benchmark", "Reference Point", "Evidence Point"] {
      let found = try made(rows + "P,4,X,\(type),43.33,21.91,,,,\n")
      #expect(found.corners.count == 3 && found.shapes[0].points.count == 4, "\(type)")
    }
    for row in ["P,4,X,Turning pt,43.33,21.91,,,,\n", "P,4,BM1,,43.33,21.91,,,,\n", "P,4,rp,,43.33,21.91,,,,\n"] {
      let found = try made(rows + row)
      #expect(found.shapes[0].polygon == nil && found.codes == ["sheet.type"], "\(row) \(found.codes)")
    }
  }

  @Test func `a corner that lost its polygon is told`() throws {
    let found = try made(start + "P,3,C,Turning Point,43.3256,21.9045,,,,\n,4,D,Turning Point,43.3247,21.9045,,,,\n")
    #expect(found.codes == ["sheet.stray-corner"] && found.singles.count == 1)
    let all = "id,type,lat,lon\nA,TP,43.3247,21.9033\nB,TP,43.3256,21.9033\nC,TP,43.3256,21.9045\n"
    #expect(try TraverseTests.made(all).codes == ["sheet.stray-corner"])
    let named = try TraverseTests.made(all) { $0.shape = "Q" }
    #expect(named.codes.isEmpty && named.shapes.map(\.id) == ["Q"] && named.corners.count == 3 && named.singles.isEmpty)
  }

  @Test func `a declared polygon is not made beside those that the sheet names`() throws {
    let found = try made(start + "P,3,C,Turning Point,43.3256,21.9045,,,,\n,,E,Evidence Point,43.3250,21.9040,,,,\n") {
      $0.shape = "P"
    }
    #expect(found.codes == ["sheet.shape-declared"] && found.shapes.count == 1 && found.singles.count == 1)
  }

  @Test func `a gap in the numbers of a declared polygon is told`() throws {
    let found = try TraverseTests.made("no,id,lat,lon\n1,A,43.3247,21.9033\n2,B,43.3256,21.9033\n4,D,43.3256,21.9045\n")
    {
      $0.shape = "Q"
    }
    #expect(found.codes == ["sheet.numbering"])
  }

  @Test func `a second corner of one name is not taken for a closing leg`() throws {
    let rows =
      start + "P,3,C,Turning Point,,,B,100,90,\nP,4,C,Turning Point,,,C,110,180,\nP,5,E,Turning Point,,,C,50,180,\n"
    let found = try made(rows)
    #expect(found.shapes[0].polygon == nil && found.codes.contains("sheet.corner-twice"))
    // By coordinates both stay, and the reader says that the id is there twice.
    let both = try made(
      start + "P,3,C,Turning Point,43.3256,21.9045,,,,\nP,4,C,Turning Point,43.3247,21.9045,,,,\n"
        + "P,5,E,Turning Point,,,A,50,90,\n")
    #expect(both.corners.count == 5)
  }

  @Test func `a single point is not taken for the corner of its name`() throws {
    let rows = start + "P,3,C,Turning Point,,,B,100,90,\n"
    let found = try made(rows + ",,C,Evidence Point,43.3300,21.9100,,,,\n")
    #expect(found.shapes[0].polygon == nil && found.codes.contains("sheet.ambiguous-id"))
    #expect(try made(rows + ",,D,Evidence Point,43.3300,21.9100,,,,\n").corners.count == 3)
  }

  @Test func `ids repeat from polygon to polygon`() throws {
    let one = start + "P,3,C,Turning Point,,,B,100,90,\n"
    let other =
      one.split(separator: "\n").map { "Q" + $0.dropFirst() }.joined(separator: "\n")
      .replacing("B,100,90", with: "B,100,45") + "\n"
    let found = try made(one + other)
    #expect(found.shapes.compactMap(\.polygon).count == 2)
    #expect(apart(found.shapes[0].corners[2].position, found.shapes[1].corners[2].position) > 70)
    // A point of another polygon is nobody to measure from.
    #expect(
      try made(
        one + "Q,1,X,Start Point,43.32,21.90,,,,\nQ,2,Y,Turning Point,,,C,50,10,\n"
          + "Q,3,Z,Turning Point,,,Y,50,100,\n"
      ).shapes[1].polygon == nil)
  }

  @Test func `legs of points that have coordinates are a check`() throws {
    // 0.0009 degrees of latitude are 100.0 m at 43.3 degrees.
    let fits = start.replacing("21.9033,,,,\nP,2", with: "21.9033,,,,0.01\nP,2")
    let rows = "P,3,C,Turning Point,43.3256,21.9045,B,97.4,90,0.01\n"
    #expect(try made(fits + rows).codes.isEmpty)
    for wrong in ["B,90,90", "B,97.4,92", "B,97.4,270"] {
      #expect(try made(fits + rows.replacing("B,97.4,90", with: wrong)).codes == ["sheet.leg-differs"], "\(wrong)")
    }
    // The distance alone, where the north is not known.
    #expect(try made(fits + rows) { $0.north = nil }.codes.isEmpty)
    #expect(try made(fits + rows.replacing("97.4", with: "90")) { $0.north = nil }.codes == ["sheet.leg-differs"])
  }

  @Test func `single points by legs are placed with or without a polygon, and never lost`() throws {
    let rows = ",,BM,Benchmark,43.3247,21.9033,,,,\n,,E1,Evidence Point,,,BM,100,0,\n,,E2,Evidence Point,,,E1,10,90,\n"
    let found = try made(rows)
    #expect(found.codes.isEmpty && found.singles.map(\.point.id) == ["BM", "E1", "E2"])
    #expect(abs(found.singles[1].position.latitude - 43.3256) < 1e-5)
    #expect(try made(rows + ",,E3,Evidence Point,,,nobody,10,90,\n").codes == ["traverse.unknown-point"])
  }

  @Test func `from the row before, where nothing else is said, and it is told`() throws {
    let found = try made(start + "P,3,C,Turning Point,,,,100,90,\n")
    #expect(found.corners.count == 3 && found.codes.contains("sheet.from-assumed"))
  }

  @Test func `the area's sigma is that of the formula, and none where legs led`() throws {
    let rows = start + "P,3,C,Turning Point,43.3256,21.9045,,,,\nP,4,D,Turning Point,43.3247,21.9045,,,,\n"
    let found = try made(rows) { $0.sigma = 0.5 }
    let expected = try areaSigma(of: found.corners, sigma: 0.5)
    #expect(found.shapes[0].areaSigma == expected && abs(expected - 70) < 3)
    #expect(try made(rows).shapes[0].areaSigma == nil)
    let led = try made(start + "P,3,C,Turning Point,,,B,100,90,\nP,4,D,Turning Point,,,C,100,180,\n") { $0.sigma = 0.5 }
    #expect(led.corners.count == 4 && led.shapes[0].areaSigma == nil)
    #expect(led.shapes[0].corners.map(\.sigma) == [0.5, 0.5, nil, nil])
  }

  @Test func `a misclosure is told, spread only on request, and the raw legs stay`() throws {
    let rows =
      "P,1,A,Start Point,43.3247,21.9033,,,,\nP,2,B,Turning Point,,,A,100,0,\nP,3,C,Turning Point,,,B,100,90,\n"
      + "P,4,D,Turning Point,,,C,100,180,\nP,1,A,Start Point,,,D,103,270,\n"
    let plain = try made(rows)
    #expect(plain.codes == ["traverse.misclosure"] && plain.corners.count == 4 && !plain.shapes[0].isAdjusted)
    let closure = try #require(plain.shapes[0].traverse?.misclosure)
    #expect(abs(closure.distance - 3) < 0.01 && abs(closure.length - 403) < 1e-6)
    let adjusted = try made(rows) { $0.adjusts = true }
    #expect(adjusted.shapes[0].isAdjusted && adjusted.shapes[0].traverse?.legs == plain.shapes[0].traverse?.legs)
    // Bowditch: each corner by the misclosure times its way, against it: here to the east.
    let scale = LocalScale(latitude: 43.3247)
    for (index, share) in [0, 100, 200, 300].enumerated() {
      let moved = adjusted.corners[index].longitude - plain.corners[index].longitude
      #expect(abs(moved * scale.metresPerLongitude - closure.distance * Double(share) / 403) < 0.002, "\(index)")
    }
    let open = try made(start + "P,3,C,Turning Point,,,B,100,90,\n") { $0.adjusts = true }
    #expect(open.codes.contains("traverse.nothing-closes") && !open.shapes[0].isAdjusted && open.corners.count == 3)
  }

  @Test func `a unit that the header names is not overruled, and mils are not guessed`() throws {
    let text =
      "shape,id,lat,lon,from,distance,bearing (gon)\nP,A,43.3247,21.9033,,,\nP,B,,,A,100,100\nP,C,,,B,100,200\n"
    let found = try TraverseTests.made(text) { $0.north = .trueNorth }
    #expect(found.corners.count == 3 && abs(found.corners[1].latitude - 43.3247) < 1e-7)
    #expect(throws: FileUnreadable.self) { try pointSheet(text) { $0.bearingUnit = .milsNATO } }
    #expect(throws: FileUnreadable.self) { try pointSheet(text.replacing("gon", with: "mils")) }
    let mils = try pointSheet(text.replacing("gon", with: "mils").replacing("100,100", with: "100,1600")) {
      $0.bearingUnit = .milsNATO
    }
    #expect(mils.points[1].bearings == [SheetBearing(1600, unit: .milsNATO)] && mils.problems.isEmpty)
    let plain = text.replacing(" (gon)", with: "").replacing("100,100", with: "100,1600")
    #expect(try pointSheet(plain).problems.map(\.code).contains("sheet.number"))
    #expect(try pointSheet(plain) { $0.bearingUnit = .milsNATO }.problems.isEmpty)
  }

  @Test func `grid coordinates: undeclared, swapped, in feet, beside degrees`() throws {
    let square = [(7573696.0, 4798205.0), (7573796.0, 4798205.0), (7573796.0, 4798305.0)]
    func text(_ header: String, _ scale: Double = 1) -> String {
      header + square.enumerated().map { "\nP,T\($0),\($1.0 * scale),\($1.1 * scale)" }.joined() + "\n"
    }
    #expect(throws: CoordinateFault.self) { try TraverseTests.made(text("shape,id,x,y")) }
    let plain = try TraverseTests.made(text("shape,id,x,y"), crs: "EPSG:6316", operation: "EPSG:9495")
    #expect(plain.corners.count == 3)
    // X is the northing: refused, with what is wrong.
    let error = #expect(throws: ProjectionError.self) {
      try TraverseTests.made(text("shape,id,y,x"), crs: "EPSG:6316", operation: "EPSG:9495")
    }
    #expect(error?.code == "coordinate.swapped")
    let feet = try TraverseTests.made(
      text("shape,id,easting (ift),northing (ift)", 1 / 0.3048), crs: "EPSG:6316", operation: "EPSG:9495")
    for (a, b) in zip(plain.corners, feet.corners) { #expect(apart(a, b) < 1e-6) }
    // Both kinds: a row may have one of them, and they must not be apart.
    let both =
      "shape,id,easting,northing,latitude,longitude\nP,A,7573696.217,4798205.043,43.3247,21.9033\n"
      + "P,B,,,43.3256,21.9033\nP,C,7573796,4798305,,\n"
    #expect(try TraverseTests.made(both, crs: "EPSG:6316", operation: "EPSG:9495").corners.count == 3)
    let far = try TraverseTests.made(both, crs: "EPSG:6316", operation: "EPSG:3962")
    #expect(far.codes == ["sheet.two-positions", "sheet.corner-missing"] && far.shapes[0].polygon == nil)
  }

  @Test func `a CRS that the file names counts only by its whole name`() throws {
    let rows = "Name,Easting,Northing,CS name,shape\nA,7573696,4798205,NAME,P\n"
    for (name, code) in [
      ("MGI 1901 / Balkans zone 7 (E-N)", "EPSG:6316"), ("EPSG:6316", "EPSG:6316"),
      ("WGS 84 / UTM zone 34N", "EPSG:32634"),
    ] {
      #expect(try pointSheet(rows.replacing("NAME", with: name)).crs(declared: nil)?.code == code, "\(name)")
    }
    for name in ["Balkans zone 7", "MGI 1901 / Balkans zone", "local site", "+proj=utm +zone=34"] {
      #expect(throws: CoordinateFault.self, "\(name)") {
        try pointSheet(rows.replacing("NAME", with: name)).crs(declared: nil)
      }
    }
  }

  /// Hundreds of thousands of rows must not take hours.
  @Test func `a sheet as large as any is read in its stride`() throws {
    var text = header
    for shape in 0..<10_000 {
      for corner in 0..<3 {
        text +=
          "S\(shape),\(corner + 1),T\(corner),Turning Point,43.\(3000 + corner),21.\(9000 + corner * corner),,,,\n"
      }
    }
    let found = try made(text)
    #expect(found.shapes.count == 10_000 && found.shapes.allSatisfy { $0.polygon != nil })
  }
}
