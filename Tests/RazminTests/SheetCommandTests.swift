import Foundation
import Testing

private let folder = "sample-surveys/turning-points"
private let imsma = "\(folder)/sheets/imsma.csv"
private let emlid = "\(folder)/sheets/emlid.csv"

/// `razmin sheet`, with what the samples leave open.
private func sheet(_ options: String, in place: String = repository) throws -> Run {
  try shell("$RAZMIN sheet --operation EPSG:9495 \(options)", in: place)
}

private func polygons(_ run: Run) throws -> [(properties: JSON, geometry: JSON?)] {
  try parsed(run).filter { $0.geometry?["type"] as? String == "Polygon" }
}

private func ring(_ feature: (properties: JSON, geometry: JSON?)) throws -> [[Double]] {
  try #require((feature.geometry?["coordinates"] as? [[[Double]]])?.first)
}

@Suite struct SheetCommandTests {
  private let magnetic = "--crs EPSG:6316 --bearings magnetic --measured 2026-04-14"
  private let emlidArea = 5503.9

  @Test func `bearings and distances become a polygon, with its legs as they were measured`() throws {
    let run = try sheet("\(imsma) \(magnetic)")
    #expect(run.status == 0)
    let found = try polygons(run)
    try #require(found.count == 1)
    let properties = found[0].properties
    #expect(properties["id"] as? String == "GL-SHA-1" && properties["corners"] as? Int == 8)
    #expect(properties["adjusted"] as? Bool == false && properties["area_sigma_m2"] is NSNull)
    #expect(abs((properties["misclosure_m"] as? Double ?? 0) - 0.5) < 0.01)
    let legs = try #require(properties["legs"] as? [JSON])
    #expect(legs.count == 10)
    #expect(legs[0]["bearing"] as? Double == 61.5 && legs[0]["distance_m"] as? Double == 156)
    #expect(legs[0]["north"] as? String == "magnetic" && legs[0]["model"] as? String == "WMM2025")
    #expect(abs((legs[0]["correction_deg"] as? Double ?? 0) - 5.6) < 0.01)
    #expect(try ring(found[0]).count == 9)
    #expect(try parsed(run).filter { $0.geometry?["type"] as? String == "Point" }.count == 10)
    #expect(run.lines.contains { $0.contains("misclosure 0.5 m in 342 m, 1:684") })
  }

  @Test func `adjusting is done on request only, and the raw legs stay`() throws {
    let plain = try polygons(try sheet("\(imsma) \(magnetic)"))[0]
    let adjusted = try polygons(try sheet("\(imsma) \(magnetic) --adjust"))[0]
    #expect(adjusted.properties["adjusted"] as? Bool == true)
    #expect(try ring(plain) != ring(adjusted) && ring(plain)[0] == ring(adjusted)[0])
    for key in ["legs", "misclosure_m"] {
      #expect("\(plain.properties[key] ?? 0)" == "\(adjusted.properties[key] ?? 1)", "\(key)")
    }
  }

  @Test func `what nobody declared is refused`() throws {
    let scratch = try Scratch()
    let bare = try scratch.write(
      "PolyID,PointID,X,Y\nP,A,7573696,4798205\nP,B,7573796,4798205\nP,C,7573796,4798305\n", to: "a.csv")
    let undeclared = try sheet(bare)
    #expect(undeclared.status == 65 && undeclared.output.isEmpty)
    for word in ["[crs.undeclared]", "EPSG:6316", "EPSG:9141"] { #expect(undeclared.errors.contains(word), "\(word)") }
    #expect(try sheet("\(bare) --crs EPSG:6316").status == 0)
    for options in ["", "--bearings magnetic"] {
      let run = try sheet("\(imsma) --crs EPSG:6316 \(options)")
      #expect(run.status == 2 && run.errors.contains("[sheet.bearing-undeclared]"))
      #expect(try polygons(run).isEmpty)
    }
    // X is the northing.
    let swapped = try sheet(
      "\(try scratch.write("PolyID,PointID,Y,X\nP,A,7573696,4798205\nP,B,7573796,4798205\nP,C,7573796,4798305\n", to: "b.csv")) --crs EPSG:6316"
    )
    #expect(swapped.status == 65 && swapped.errors.contains("[coordinate.swapped]"))
    let columns = try sheet("\(scratch.path)/b.csv --crs EPSG:6316 --columns shape=1,id=2,easting=3,northing=4")
    #expect(columns.status == 0)
  }

  @Test func `exit statuses`() throws {
    let scratch = try Scratch()
    #expect(try sheet("\(scratch.path)/none.csv").status == 66)
    #expect(try sheet("").status == 64)
    #expect(try sheet("\(imsma) --sigma 0").status == 64)
    #expect(try sheet("\(imsma) --bearings north").status == 64)
    #expect(try sheet("\(imsma) --crs EPSG:1").status == 65)
    #expect(try sheet(scratch.write("a,b\n1,2\n", to: "x.csv")).status == 65)
    // One that can be used and one that cannot.
    let both = try sheet("\(imsma) \(scratch.path)/x.csv \(magnetic)")
    #expect(both.status == 2 && both.errors.contains("[sheet.columns]"))
    #expect(try polygons(both).count == 1)
    #expect(try sheet("\(imsma) \(magnetic) -o /nowhere/a.geojson").status == 74)
  }

  @Test(arguments: ["csv", "xlsx"])
  func `what is written as a sheet is read as the same polygons`(ending: String) throws {
    let scratch = try Scratch()
    let first = try polygons(try sheet("\(imsma) \(magnetic)"))[0]
    for (format, declared) in [("sheet", ""), ("imsma", "--crs EPSG:6316")] {
      let file = "\(scratch.path)/\(format).\(ending)"
      let written = try sheet("\(imsma) \(magnetic) --format \(format) -o \(file)")
      #expect(written.status == 0)
      let run = try sheet("\(file) \(declared)")
      #expect(run.status == 0, "\(run.errors)")
      let again = try polygons(run)
      try #require(again.count == 1)
      let (a, b) = (try ring(first), try ring(again[0]))
      #expect(a.count == b.count && first.properties["id"] as? String == again[0].properties["id"] as? String)
      for (p, q) in zip(a, b) { #expect(abs(p[0] - q[0]) < 2e-8 && abs(p[1] - q[1]) < 2e-8) }
      // The benchmark and the reference point are still there.
      let ids = try parsed(run).compactMap {
        $0.geometry?["type"] as? String == "Point" ? $0.properties["id"] as? String : nil
      }
      #expect(ids.contains("BM") && ids.contains("RP"))
      // And what is read again is written as the same bytes.
      let once = try sheet("\(file) \(declared) --format \(format)")
      let twice = try sheet("\(file) \(declared) --format \(format)")
      #expect(once.output == twice.output && !once.output.isEmpty)
    }
  }

  @Test func `Razmin's table is a fixed point`() throws {
    let scratch = try Scratch()
    _ = try sheet("\(emlid) --shape GL-CHA-1 --format sheet --measured 2026-06-01 -o \(scratch.path)/a.csv")
    let run = try sheet("\(scratch.path)/a.csv --format sheet --measured 2026-06-01 -o \(scratch.path)/b.csv")
    #expect(run.status == 0)
    let (a, b) = (
      try String(contentsOfFile: scratch.path + "/a.csv", encoding: .utf8),
      try String(contentsOfFile: scratch.path + "/b.csv", encoding: .utf8)
    )
    #expect(a == b && a.contains("EPSG:6316") && a.contains("2026-06-01"))
  }

  @Test func `the accuracy of corners becomes that of the area`() throws {
    let found = try polygons(try sheet("\(emlid) --shape GL-CHA-1"))[0]
    #expect(abs((found.properties["area_m2"] as? Double ?? 0) - emlidArea) < 0.1)
    // By hand from the sheet: half the root of the sum of (sigma times the distance of the neighbours), squared.
    let corners = [(352.31, 120.87), (401.08, 143.52), (433.65, 98.21), (421.37, 41.94), (374.02, 49.66)]
    let sigmas = [0.013, 0.014, 0.015, 0.34, 0.019]
    var sum = 0.0
    for index in 0..<5 {
      let (a, b) = (corners[(index + 4) % 5], corners[(index + 1) % 5])
      sum += sigmas[index] * sigmas[index] * ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1))
    }
    #expect(abs((found.properties["area_sigma_m2"] as? Double ?? 0) - sum.squareRoot() / 2) < 0.02)
  }

  @Test func `a perimeter that crosses itself, or comes twice, is not drawn`() throws {
    let scratch = try Scratch()
    let bow = try scratch.write(
      "shape,id,lat,lon\nP,A,43.30,21.90\nP,B,43.31,21.91\nP,C,43.30,21.91\nP,D,43.31,21.90\n", to: "bow.csv")
    let run = try sheet(bow)
    #expect(run.status == 2 && run.errors.contains("[sheet.crossing]"))
    #expect(try polygons(run).isEmpty && parsed(run).count == 4)
    let square = try scratch.write(
      "shape,id,lat,lon\nP,A,43.30,21.90\nP,B,43.31,21.90\nP,C,43.31,21.91\n", to: "one.csv")
    let other = try scratch.write(
      "shape,id,lat,lon\nP,A,43.40,21.90\nP,B,43.41,21.90\nP,C,43.41,21.91\n", to: "two.csv")
    let both = try sheet("\(square) \(other)")
    #expect(both.status == 2 && both.errors.contains("[sheet.polygon-twice]"))
    #expect(try polygons(both).count == 1)
  }

  @Test func `a lost corner keeps the ledger from closing, and is one hazard`() throws {
    let scratch = try Scratch()
    let copy = try scratch.copy("turning-points")
    try change(copy + "/sheets/imsma.csv", ",,,44.4,53.0,IP1,", ",,,,53.0,IP1,")
    let run = try razmin("ledger", copy)
    #expect(run.status == 1)
    #expect(run.text.contains("1 hazard could not be read (sheets/imsma.csv:4)"), "\(run.text)")
    #expect(run.errors.contains("[sheet.coordinate]") && run.errors.contains("[sheet.corner-missing]"))
  }

  @Test func `a survey's sheets are refused where nobody says what they are in`() throws {
    let scratch = try Scratch()
    let copy = try scratch.copy("turning-points")
    let toml = copy + "/survey.toml"
    for (old, new, code, status) in [
      ("bearings = \"magnetic\"\nmeasured = 2026-04-14\n", "", "sheet.bearing-undeclared", 1 as Int32),
      ("id = \"GL-CHA-1\"\n", "", "sheet.no-polygon", 1), ("class = \"CHA\"\n", "", "survey.missing-key", 1),
      ("crs = \"EPSG:6316\"\n", "", "crs.undeclared", 65),
    ] {
      let before = try String(contentsOfFile: toml, encoding: .utf8)
      try change(toml, old, new)
      let run = try razmin("ledger", copy)
      #expect(run.status == status && run.errors.contains("[\(code)]"), "\(code): \(run.status) \(run.errors)")
      try before.write(toFile: toml, atomically: false, encoding: .utf8)
    }
  }

  @Test func `what remains comes out as a sheet, and back in with the same areas`() throws {
    let scratch = try Scratch()
    let file = scratch.path + "/remaining.xlsx"
    let run = try razmin("remaining", folder, "--format", "sheet", "--magnetic", "2026-06-01", "-o", file)
    #expect(run.status == 0)
    let plain = try parsed(try razmin("remaining", folder))
    var expected: [String: Double] = [:]
    for feature in plain {
      let key = "\(feature.properties["hazard_id"] ?? "") \(feature.properties["layer"] ?? "")"
      expected[key, default: 0] += feature.properties["area_m2"] as? Double ?? 0
    }
    var found: [String: Double] = [:]
    for feature in try polygons(try sheet(file)) {
      let words = try #require(feature.properties["id"] as? String).split(separator: " ")
      let key = words.prefix(2).joined(separator: " ")
      let area = feature.properties["area_m2"] as? Double ?? 0
      found[key, default: 0] += words.contains("hole") ? -area : area
    }
    #expect(expected.keys.sorted() == found.keys.sorted() && expected.count >= 3)
    // Corners are written to 1e-8 degree, a millimetre; perimeters here are some 400 m.
    for (key, area) in expected { #expect(abs((found[key] ?? 0) - area) < 0.5, "\(key)") }
  }
}
