import Foundation
import Testing

/// Shapefiles in a survey, written by GDAL (Debian: gdal-bin), against the GeoJSON that they were made of.
@Suite struct ShapefileSurveyTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// WGS 84 to EPSG:6316 by the inverse of EPSG:9495, the operation that the sample pins, as PROJ's `projinfo` prints it.
  private static let toZone7 =
    "+proj=pipeline +step +proj=axisswap +order=2,1 +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    + "+step +proj=cart +ellps=WGS84 +step +inv +proj=helmert +x=577.84843 +y=165.45019 +z=390.43652 +rx=-4.93131 "
    + "+ry=0.96052 +rz=13.05072 +s=7.86546 +convention=coordinate_frame +step +inv +proj=cart +ellps=bessel "
    + "+step +proj=pop +v_3 +step +proj=tmerc +lat_0=0 +lon_0=21 +k=0.9999 +x_0=7500000 +y_0=0 +ellps=bessel"

  private static let fromZone7 =
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=0 +lon_0=21 +k=0.9999 +x_0=7500000 +y_0=0 +ellps=bessel "
    + "+step +proj=push +v_3 +step +proj=cart +ellps=bessel +step +proj=helmert +x=577.84843 +y=165.45019 +z=390.43652 "
    + "+rx=-4.93131 +ry=0.96052 +rz=13.05072 +s=7.86546 +convention=coordinate_frame +step +inv +proj=cart +ellps=WGS84 "
    + "+step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg +step +proj=axisswap +order=2,1"

  /// The sample with its hazards as a shapefile.
  private func survey(_ options: String = "") throws -> String {
    let path = try scratch.copy("nis-apron", as: UUID().uuidString)
    let made = try shell("ogr2ogr -q -f 'ESRI Shapefile' \(options) '\(path)/hazards.shp' '\(path)/hazards.geojson'")
    try #require(made.status == 0, "ogr2ogr: \(made.errors)")
    try FileManager.default.removeItem(atPath: path + "/hazards.geojson")
    try change(path + "/survey.toml", "hazards.geojson", "hazards.shp")
    return path
  }
  private func zone7() throws -> String {
    try survey("-s_srs EPSG:4326 -t_srs EPSG:6316 -ct '\(Self.toZone7)'")
  }
  /// One hazard and no log, in EPSG:6316.
  private func small() throws -> String {
    let path = try NisSurvey(scratch, head: "operation = \"EPSG:9495\"").path
    let made = try shell(
      "ogr2ogr -q -f 'ESRI Shapefile' -s_srs EPSG:4326 -t_srs EPSG:6316 -ct '\(Self.toZone7)' '\(path)/hazards.shp' "
        + "'\(path)/hazards.geojson'")
    try #require(made.status == 0, "ogr2ogr: \(made.errors)")
    try change(path + "/survey.toml", "hazards.geojson", "hazards.shp")
    return path
  }
  private func pack(_ path: String, _ order: [String]) throws {
    let names = order.map { "'\($0)'" }.joined(separator: ", ")
    let packed = try shell(
      """
      cd '\(path)' && python3 -c "
      import os, zipfile
      with zipfile.ZipFile('hazards.zip', 'w', zipfile.ZIP_DEFLATED) as z:
          for e in [\(names)]: z.write('hazards.' + e, 'district 7/hazards.' + e); os.remove('hazards.' + e)
      "
      """)
    try #require(packed.status == 0, "python3: \(packed.errors)")
    try change(path + "/survey.toml", "hazards.shp", "hazards.zip")
  }
  /// Exit status and the codes of what is worse than information.
  private func codes(_ path: String, level: String = "error") throws -> [String] {
    let run = try razmin("validate", path)
    return run.text.split(separator: "\n").filter { $0.contains(": \(level): ") }.compactMap {
      $0.split(separator: "[").last.map { String($0.dropLast()) }
    }
  }

  @Test func theLedgerIsThatOfTheGeoJSON() throws {
    // The coordinates of the file were rounded, and so its history is another.
    let account = { (path: String) throws in
      try razmin("ledger", path).text.split(separator: "\n").filter { !$0.hasPrefix("History: ") }
    }
    let expected = try account(samples + "/nis-apron")
    #expect(expected.contains("  The account closes."))
    #expect(try account(try survey()) == expected)
  }

  /// Both ways of an operation differ by a centimetre, so what GDAL wrote is carried back by GDAL for the comparison.
  @Test func onAGridTheLedgerIsThatOfWhatGDALCarriesBack() throws {
    let (path, other) = (try zone7(), try scratch.copy("nis-apron", as: "back"))
    try FileManager.default.removeItem(atPath: other + "/hazards.geojson")
    let back = try shell(
      "ogr2ogr -q -f GeoJSON -lco COORDINATE_PRECISION=12 -s_srs EPSG:6316 -t_srs EPSG:4326 -ct '\(Self.fromZone7)' "
        + "'\(other)/hazards.geojson' '\(path)/hazards.shp'")
    try #require(back.status == 0, "ogr2ogr: \(back.errors)")
    let run = try razmin("ledger", path)
    #expect(run.status == 0, "\(run.errors)")
    let land = { (text: String) in
      text.split(separator: "\n").filter { !$0.hasPrefix("EPSG") && !$0.hasPrefix("Coord") }
    }
    let expected = land(try razmin("ledger", other).text)
    #expect(land(run.text).starts(with: expected.prefix(20)) && expected.count > 20)
  }

  @Test(arguments: [["shp", "dbf", "prj", "shx"], ["prj", "dbf", "shx", "shp"], ["shx", "shp", "prj", "dbf"]])
  func zippedItIsTheSameInAnyOrder(order: [String]) throws {
    let path = try small()
    let expected = try razmin("ledger", path).text
    try pack(path, order)
    let run = try razmin("ledger", path)
    #expect(run.text == expected && run.status == 0, "\(run.errors)")
  }

  @Test func endingsMayBeInCapitalsAndTheIndexMissing() throws {
    let path = try small()
    let expected = try razmin("ledger", path).text
    for (old, new) in [("shp", "SHP"), ("dbf", "DBF"), ("prj", "Prj")] {
      try FileManager.default.moveItem(atPath: path + "/hazards." + old, toPath: path + "/hazards." + new)
    }
    try FileManager.default.removeItem(atPath: path + "/hazards.shx")
    try change(path + "/survey.toml", "hazards.shp", "hazards.SHP")
    #expect(try razmin("ledger", path).text == expected)
  }

  @Test func everyFileThatWasReadIsAmongTheInputs() throws {
    let path = try small()
    let inputs = { () throws -> [String] in
      let made = try json(razmin("remaining", path).output)
      let account = try #require(made["razmin"] as? JSON)
      let listed = try #require(account["inputs"] as? [JSON])
      return listed.compactMap { $0["path"] as? String }.filter { $0.hasPrefix("hazards") }
    }
    #expect(try inputs() == ["hazards.dbf", "hazards.prj", "hazards.shp"])
    try pack(path, ["shp", "dbf", "prj"])
    #expect(try inputs() == ["hazards.zip"])
  }

  /// What becomes of a survey whose shapefile is in EPSG:6316; `crs` is what survey.toml declares.
  @Test(arguments: [
    ("EPSG:6316", "", []), ("EPSG:3909", "", []), ("serbia 7", "", []), ("EPSG:8678", "", ["crs.differs"]),
    ("EPSG:4326", "", ["crs.differs"]), ("EPSG:31277", "", ["crs.differs"]), ("EPSG:32634", "", ["crs.differs"]),
    ("", "rm hazards.prj", ["crs.undeclared"]), ("EPSG:6316", "rm hazards.prj", []),
    ("", "echo > hazards.prj", ["crs.undeclared"]),
    ("", "echo 'LOCAL_CS[\"x\"]' > hazards.prj", ["crs.kind"]), ("", "echo nonsense > hazards.prj", ["crs.unknown"]),
    ("", "sed -i 's/MGI_1901/MGI_1902/g' hazards.prj", ["crs.unidentified"]),
    ("", "sed -i 's/21.0/20.5/' hazards.prj", ["crs.unidentified"]),
    ("EPSG:6316", "sed -i 's/MGI_1901/MGI_1902/g' hazards.prj", []),
    ("", "ln -sf /etc/hostname hazards.prj", ["path.outside-folder"]),
    ("", "mv hazards.shp hazards.txt", ["file.not-found"]),
    ("", "rm hazards.dbf", ["hazard.invalid", "hazard.invalid", "hazard.invalid"]),
    ("", "cp hazards.prj hazards.PRJ; cp hazards.prj hazards.Prj; rm hazards.prj", ["shp.siblings"]),
    ("", "sed -i 's/hazards.shp/hazards.dbf/' survey.toml", ["shp.part"]),
    ("", "truncate -s 150 hazards.shp", ["shp.short", "shp.truncated"]),
  ])
  func theCRSIsKnownOrTheFileIsRefused(crs: String, damage: String, expected: [String]) throws {
    let path = try small()
    if !crs.isEmpty { try change(path + "/survey.toml", "\"hazards.shp\"", "\"hazards.shp\"\ncrs = \"\(crs)\"") }
    if !damage.isEmpty { #expect(try shell("cd '\(path)' && { \(damage); }").status == 0) }
    #expect(try codes(path).sorted() == expected)
    if expected.isEmpty { #expect(try razmin("ledger", path).text.contains("total              54 067.4")) }
  }

  /// Longitude and latitude of nobody knows which datum: on MGI 1901 the same numbers lie half a kilometre away.
  @Test func degreesWithoutAPrjAreNotTakenForWGS84() throws {
    let path = try small()
    let made = try shell(
      "cd '\(path)' && rm hazards.??? && ogr2ogr -q -f 'ESRI Shapefile' -a_srs EPSG:4326 hazards.shp hazards.geojson")
    try #require(made.status == 0, "ogr2ogr: \(made.errors)")
    #expect(try razmin("ledger", path).status == 0)
    try FileManager.default.removeItem(atPath: path + "/hazards.prj")
    #expect(try codes(path) == ["crs.undeclared"])
    #expect(try razmin("ledger", path).status == 65)
  }

  /// A hole that may be ground is ground for a hazard, and for a claim nobody knows.
  @Test func aDoubtfulHoleNeverReleasesLand() throws {
    let ring = { (x: Double, y: Double, size: Double) in
      "((\(x) \(y), \(x) \(y + size), \(x + size) \(y + size), \(x + size) \(y), \(x) \(y)))"
    }
    let parts = "POLYGON\(ring(21.902, 43.324, 0.002).dropLast()),\(ring(21.9025, 43.3245, 0.0005).dropFirst())"
    let text = "id,class,recorded,WKT\nH-1,CHA,2026-01-02,\"\(parts)\"\n"
    let source = try scratch.write(text, to: "rings.csv")
    let path = try NisSurvey(
      scratch, tables: NisSurvey.activity("polygons", "files = [\"rings.shp\"]\nsigma_m = 0.02")
    ).path
    let made = try shell(
      "ogr2ogr -q -f 'ESRI Shapefile' -a_srs EPSG:4326 '\(path)/rings.shp' '\(source)' "
        + "-oo GEOM_POSSIBLE_NAMES=WKT -oo KEEP_GEOM_COLUMNS=NO")
    try #require(made.status == 0, "ogr2ogr: \(made.errors)")
    // The hole, as GDAL turns it: with it the ground around it may be released.
    #expect(try !codes(path, level: "warning").contains("activity.geometry"))
    // Turned to run as its outer ring does.
    let turned = try shell(
      """
      python3 -c "
      d = bytearray(open('\(path)/rings.shp', 'rb').read())
      hole = d[240:320]
      d[240:320] = b''.join(bytes(hole[i:i + 16]) for i in range(64, -1, -16))
      open('\(path)/rings.shp', 'wb').write(d)
      "
      """)
    try #require(turned.status == 0, "python3: \(turned.errors)")
    #expect(try codes(path, level: "warning").contains("activity.geometry"))
    let cleared = try razmin("ledger", path).text.split(separator: "\n").first { $0.hasPrefix("  cleared ") }
    #expect(cleared?.split(separator: " ") == ["cleared", "0.0", "0.0"])
    try change(path + "/survey.toml", "\"hazards.geojson\"", "\"rings.shp\"")
    let run = try razmin("validate", path)
    #expect(run.text.contains("[shp.ring-nesting]"))
  }

  /// Each file of an activity is read in its own CRS, whichever comes first.
  @Test(arguments: [["area.shp", "plain.geojson"], ["plain.geojson", "area.shp"]])
  func aFileGivesItsCRSToNoOther(files: [String]) throws {
    let near = NisSurvey.corners.map { ($0.0 + 0.004, $0.1) }
    let list = files.map { "\"\($0)\"" }.joined(separator: ", ")
    let path = try NisSurvey(
      scratch, head: "operation = \"EPSG:9495\"",
      tables: NisSurvey.activity("polygons", "files = [\(list)]\nsigma_m = 0.02"),
      files: ["plain.geojson": NisSurvey.polygons(near)]
    ).path
    let made = try shell(
      "ogr2ogr -q -f 'ESRI Shapefile' -s_srs EPSG:4326 -t_srs EPSG:6316 -ct '\(Self.toZone7)' '\(path)/area.shp' "
        + "'\(path)/hazards.geojson'")
    try #require(made.status == 0, "ogr2ogr: \(made.errors)")
    #expect(try codes(path) == [])
    #expect(try codes(path, level: "warning").filter { $0.hasPrefix("coordinate") } == [])
    let row = try razmin("ledger", path).text.split(separator: "\n").first { $0.hasPrefix("  A-1 ") }
    // Two areas, of 54 067 m2 each.
    #expect(row?.contains("108 13") ?? false, "\(row ?? "")")
  }

  @Test func asALogItLiesWhereItsPrjSays() throws {
    let source = try scratch.write("name,WKT\nlane,\"LINESTRING(21.9 43.3,21.90001 43.3)\"\n", to: "lane.csv")
    for (name, options) in [
      ("wgs84", "-a_srs EPSG:4326"), ("zone7", "-s_srs EPSG:4326 -t_srs EPSG:6316 -ct '\(Self.toZone7)'"),
    ] {
      let written = try shell(
        "ogr2ogr -q -f 'ESRI Shapefile' \(options) '\(scratch.path)/\(name).shp' '\(source)' -oo GEOM_POSSIBLE_NAMES=WKT"
      )
      try #require(written.status == 0, "ogr2ogr: \(written.errors)")
      let run = try razmin("import", "\(scratch.path)/\(name).shp", "--operation", "EPSG:9495")
      let made = try json(run.output)["features"] as? [JSON]
      let geometry = try #require(made?.first?["geometry"] as? JSON)
      let line = try #require(geometry["coordinates"] as? [[Double]])
      // The two ways of the operation differ by a centimetre.
      #expect(zip(line.joined(), [21.9, 43.3, 21.90001, 43.3]).allSatisfy { abs($0 - $1) < 2e-7 }, "\(name): \(line)")
      let seen = try razmin("inspect", "\(scratch.path)/\(name).shp", "--operation", "EPSG:9495")
      #expect(seen.status == 0 && seen.text.contains("LineString    1"), "\(seen.text)")
    }
    #expect(try razmin("import", "\(scratch.path)/zone7.shp", "--crs", "EPSG:8678").status == 65)
    try FileManager.default.removeItem(atPath: scratch.path + "/zone7.prj")
    let undeclared = try razmin("import", scratch.path + "/zone7.shp")
    #expect(undeclared.status == 65 && undeclared.errors.contains("crs.undeclared"))
    #expect(try razmin("inspect", scratch.path + "/zone7.shp").status == 2)
    #expect(
      try razmin("import", scratch.path + "/zone7.shp", "--crs", "EPSG:6316", "--operation", "EPSG:9495").status == 0)
  }

  @Test func aSurveyTakesItAsALogByItsPrj() throws {
    let ends = "21.9022 43.3250,21.90225 43.3250"
    let source = try scratch.write("name,WKT\nlane,\"LINESTRING(\(ends))\"\n", to: "lane.csv")
    let survey = try NisSurvey(
      scratch, head: "operation = \"EPSG:9495\"", tables: NisSurvey.track("lane.shp"))
    let made = try shell(
      "ogr2ogr -q -f 'ESRI Shapefile' -s_srs EPSG:4326 -t_srs EPSG:6316 -ct '\(Self.toZone7)' '\(survey.path)/lane.shp' "
        + "'\(source)' -oo GEOM_POSSIBLE_NAMES=WKT")
    try #require(made.status == 0, "ogr2ogr: \(made.errors)")
    let run = try razmin("ledger", survey.path)
    #expect(run.text.contains("  cleared                11.1"), "\(run.text) \(run.errors)")
    try FileManager.default.removeItem(atPath: survey.path + "/lane.prj")
    #expect(try codes(survey.path).contains("crs.undeclared"))
  }
}
