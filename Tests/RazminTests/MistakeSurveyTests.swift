import Foundation
import Testing

/// The corners of the hazard at Nis in Balkans zone 7, by EPSG:9495, to a metre.
private let zone7 = [
  (7_573_592.0, 4_798_126.0), (7_573_835.0, 4_798_129.0), (7_573_832.0, 4_798_351.0), (7_573_589.0, 4_798_348.0),
]

@Suite struct MistakenHazards {
  private func refused(_ survey: NisSurvey, _ code: String, _ says: String) throws {
    for command in ["remaining", "ledger"] {
      let run = try survey.run(command)
      #expect(run.status == 65, "\(run.errors)")
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("[\(code)]") && run.errors.contains(says), "\(run.errors)")
    }
  }

  @Test func `declared, they are carried over by 9495 and every output says so`() throws {
    let survey = try NisSurvey(Scratch(), hazard: "crs = \"EPSG:6316\"", corners: zone7)
    let ledger = try survey.run("ledger")
    #expect(ledger.status == 0, "\(ledger.errors)")
    #expect(ledger.text.contains("Read EPSG:6316 (MGI 1901 / Balkans zone 7) by EPSG:9495"), "\(ledger.text)")
    let remaining = try json(survey.run("remaining").output)
    let account = try #require(remaining["razmin"] as? JSON)
    let use = try #require((account["coordinates"] as? [JSON])?.first)
    #expect(use["code"] as? String == "EPSG:9495" && use["accuracy_m"] as? Double == 0.46)
    #expect(use["grids"] as? [String] == [] && use["crs"] as? String == "EPSG:6316")
  }

  @Test(arguments: [
    ("", zone7, "crs.undeclared", "EPSG:9141"),
    ("crs = \"EPSG:9141\"", zone7, "crs.ballpark", "EPSG:9141"),
    ("crs = \"EPSG:6316\"", zone7.map { ($0.1, $0.0) }, "coordinate.swapped", "the axes are swapped"),
    ("crs = \"EPSG:6316\"", zone7.map { ($0.0 - 7e6, $0.1) }, "coordinate.prefix", "the leading 7"),
    ("crs = \"EPSG:6316\"", NisSurvey.corners, "coordinate.degrees", "is in metres"),
    ("crs = \"EPSG:32634\"", zone7, "coordinate.zone", "the prefix 7"),
    ("crs = \"EPSG:8679\"", zone7, "coordinate.zone", "whose prefix is 8"),
    ("crs = \"EPSG:6316\"\nframe = \"ETRS89\"", zone7, "crs.frame", "ETRS89"),
    ("crs = \"EPSG:631\"", zone7, "crs.unknown", "no such CRS"),
    // Pristina: what is there is too far apart, and the measure of it is said.
    (
      "crs = \"EPSG:6316\"", zone7.map { ($0.0 - 60_000, $0.1 - 74_000) }, "crs.choice",
      "EPSG:3962 (5 m) 9"
    ),
  ])
  func `a mistake refuses the survey`(
    _ hazard: String, _ corners: [(Double, Double)], _ code: String, _ says: String
  ) throws {
    try refused(NisSurvey(Scratch(), hazard: hazard, corners: corners), code, says)
  }

  @Test(arguments: [
    ("operation = \"EPSG:9143\"\ngrid = \"EPSG:6316\"", "crs.area", "is for Kosovo only"),
    ("operation = \"EPSG:9496\"", "crs.missing-grid", "MGI1901_TO_SRBETRS89_NTv2.gsb"),
    ("operation = [\"EPSG:6205\"]", "crs.area", "North Macedonia"),
    ("preset = \"croatia\"", "crs.choice", "EPSG:3962 (5 m) 9.3 m away"),
    ("preset = \"atlantis\"", "survey.preset", "atlantis"),
  ])
  func `an operation of another place refuses it`(_ head: String, _ code: String, _ says: String) throws {
    try refused(NisSurvey(Scratch(), head: head, hazard: "crs = \"EPSG:6316\"", corners: zone7), code, says)
  }

  @Test func `9143 is not for planar areas in Serbia either`() throws {
    try refused(
      NisSurvey(Scratch(), head: "operation = \"EPSG:9143\"\ngrid = \"EPSG:6316\""), "crs.area", "is for Kosovo only")
  }

  @Test func `two zones in one file refuse it`() throws {
    let survey = try NisSurvey(Scratch(), hazard: "crs = \"EPSG:6316\"", corners: zone7)
    let other = NisSurvey.feature(
      zone7.map { ($0.0 - 1e6, $0.1) }, NisSurvey.properties.replacingOccurrences(of: "H-1", with: "H-2"))
    try change(survey.path + "/hazards.geojson", "]}\n", ",\n\(other)]}\n")
    try refused(survey, "coordinate.zone", "the prefix 6")
  }

  @Test func `the old crs member is taken where it says what was declared, and refused elsewhere`() throws {
    let member = "\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"urn:ogc:def:crs:EPSG::6316\"}},"
    let sound = try NisSurvey(Scratch(), hazard: "crs = \"EPSG:6316\"", corners: zone7, member: member)
    #expect(try sound.run("ledger").status == 0)
    let other = try NisSurvey(Scratch(), hazard: "crs = \"EPSG:3909\"", corners: zone7, member: member)
    let run = try other.run("ledger")
    #expect(
      run.status == 1 && run.errors.contains("[geojson.crs]") && run.text.contains("DOES NOT CLOSE"), "\(run.errors)")
    #expect(!run.text.contains("H-1"))
    let silent = try NisSurvey(Scratch(), member: member)
    #expect(try silent.run("ledger").errors.contains("[geojson.crs]"))
  }

  @Test func `a deprecated code is warned of`() throws {
    let run = try NisSurvey(Scratch(), hazard: "crs = \"EPSG:3909\"", corners: zone7).run("ledger")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("[crs.deprecated]") && run.errors.contains("EPSG:6316"), "\(run.errors)")
  }

  @Test func `longitude and latitude exchanged are refused in a preset, and asked about without one`() throws {
    let turned = NisSurvey.corners.map { ($0.1, $0.0) }
    try refused(NisSurvey(Scratch(), head: "preset = \"serbia\"", corners: turned), "coordinate.swapped", "Serbia")
    let run = try NisSurvey(Scratch(), corners: turned).run("ledger")
    #expect(run.status == 0 && run.errors.contains("[coordinate.swapped]"), "\(run.errors)")
    #expect(try NisSurvey(Scratch(), corners: turned).run("ledger", "--strict").status == 1)
    // A grid of the place finds no operation there.
    #expect(try NisSurvey(Scratch(), head: "grid = \"EPSG:6316\"", corners: turned).run("ledger").status == 65)
  }
}

@Suite struct MistakenLogs {
  private let degrees = NisSurvey.lane("lon,lat", from: (21.9030, 43.3250), step: 1e-5)

  private func survey(_ log: String, _ more: String = "") throws -> NisSurvey {
    try NisSurvey(Scratch(), tables: NisSurvey.track("a.csv", more), files: ["a.csv": log])
  }

  private func cleared(_ survey: NisSurvey) throws -> Double { try #require(survey.totals()["cleared_m2"] as? Double) }

  @Test func `a lane on the hazard clears it, from degrees and from zone 7`() throws {
    let plain = try survey(degrees)
    #expect(try plain.run("ledger").status == 0)
    #expect(try cleared(plain) > 50)
    let lane = NisSurvey.lane("easting,northing", from: (7_573_673, 4_798_238), step: 0.81)
    let grid = try survey(lane, "crs = \"EPSG:6316\"")
    let run = try grid.run("ledger")
    #expect(run.status == 0 && run.text.contains("by EPSG:9495"), "\(run.errors)")
    #expect(abs(try cleared(grid) - cleared(plain)) < 2)
  }

  @Test func `a grid that nobody names is refused with candidates and their distances to the hazards`() throws {
    let survey = try survey(NisSurvey.lane("easting,northing", from: (7_573_673, 4_798_238), step: 0.81))
    let run = try survey.run("ledger")
    #expect(run.status == 2)
    #expect(run.errors.contains("EPSG:6316 (MGI 1901 / Balkans zone 7): on the hazards"), "\(run.errors)")
    #expect(run.errors.contains("EPSG:9141 (KOSOVAREF01 / Balkans zone 7): "), "\(run.errors)")
    #expect(run.errors.contains(" m SE of the hazards") && run.errors.contains("(crs.undeclared)"), "\(run.errors)")
    #expect(try cleared(survey) == 0)
    // By itself it is refused, under whatever names its columns go.
    for header in ["easting,northing", "x,y", "lon,lat"] {
      let log = NisSurvey.lane(header, from: (7_573_673, 4_798_238), step: 0.81)
      let scratch = try Scratch()
      _ = try scratch.write(log, to: "a.csv")
      for command in ["import --points", "cleared --swath 1", "inspect"] {
        let run = try shell("\"$RAZMIN\" \(command) a.csv", in: scratch.path)
        #expect(run.status == 65 && run.output.isEmpty, "\(command) \(header): \(run.errors)")
        #expect(
          run.errors.contains("EPSG:6316 (MGI 1901 / Balkans zone 7): 43.3") && run.errors.contains("[crs.undeclared]"))
      }
    }
  }

  /// Where a log lies, what is said of it, and how `ledger` ends.
  @Test(arguments: [
    // A leading 7 stripped, read as UTM 34N: 1 042 m.
    (
      "easting,northing", (573_673.0, 4_798_238.0), 0.81, "crs = \"EPSG:32634\"",
      "EPSG:6316 (MGI 1901 / Balkans zone 7, its leading 7 left out)", Int32(0)
    ),
    // Two kilometres to the north.
    ("lon,lat", (21.9030, 43.3450), 1e-5, "", "N of the hazards", 0),
    // Latitude and longitude under each other's name, in Arabia: not used.
    ("lat,lon", (21.9030, 43.3250), 1e-5, "", "latitude, longitude: the two are swapped", 2),
    ("lon,lat", (21.9030, 44.3250), 1e-5, "", "N of the hazards", 2),
  ])
  func `a log aside of every hazard is told, and clears nothing`(
    _ header: String, _ start: (Double, Double), _ step: Double, _ crs: String, _ says: String, _ status: Int32
  ) throws {
    let survey = try survey(NisSurvey.lane(header, from: start, step: step), crs)
    let run = try survey.run("ledger")
    #expect(run.status == status, "\(run.errors)")
    #expect(run.errors.contains("[coordinate.far]") && run.errors.contains(says), "\(run.errors)")
    #expect(try cleared(survey) == 0)
    #expect(try survey.run("ledger", "--strict").status == 1)
    let remaining = try survey.run("remaining")
    #expect(!remaining.text.contains("\"layer\":\"cleared\""))
  }

  @Test(arguments: [
    (NisSurvey.lane("easting,northing", from: (573_673, 4_798_238), step: 0.81), "EPSG:6316", "coordinate.prefix"),
    (NisSurvey.lane("northing,easting", from: (7_573_673, 4_798_238), step: 0.81), "EPSG:6316", "coordinate.swapped"),
    (NisSurvey.lane("easting,northing", from: (6_573_673, 4_798_238), step: 0.81), "EPSG:6316", "coordinate.zone"),
    (NisSurvey.lane("easting,northing", from: (21.9030, 43.3250), step: 1e-5), "EPSG:6316", "coordinate.degrees"),
    (NisSurvey.lane("lon,lat", from: (21.9030, 43.3250), step: 1e-5), "EPSG:6316", "csv.columns"),
  ])
  func `numbers that cannot be in the CRS of the log claim nothing`(_ log: String, _ crs: String, _ code: String) throws
  {
    let survey = try survey(log, "crs = \"\(crs)\"")
    let run = try survey.run("ledger")
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.errors.contains(code), "\(run.errors)")
    #expect(try cleared(survey) == 0)
  }

  @Test func `0, 0 is no fix`() throws {
    let survey = try survey(degrees + "0,0,2026-05-03T09:01:00Z\n")
    let run = try survey.run("ledger")
    #expect(run.status == 2 && run.errors.contains("[coordinate.null-island]"), "\(run.errors)")
    #expect(try cleared(survey) > 50)
  }

  @Test func `commas and points are read alike in a declared grid`() throws {
    let rows = NisSurvey.lane("easting,northing", from: (7_573_673, 4_798_238), step: 0.81)
    let comma = rows.replacingOccurrences(of: ",", with: ";").replacingOccurrences(of: ".", with: ",")
    let (point, other) = (try survey(rows, "crs = \"EPSG:6316\""), try survey(comma, "crs = \"EPSG:6316\""))
    #expect(try cleared(point) == cleared(other) && cleared(point) > 50)
  }

  @Test func `ETRS89 is carried over, and what says nothing is doubted`() throws {
    let plain = try survey(degrees).run("ledger")
    #expect(plain.text.contains("a position whose frame nobody declared may be 1.0"), "\(plain.text)")
    let declared = try survey(degrees, "frame = \"ETRS89\"").run("ledger")
    #expect(declared.status == 0 && declared.text.contains("ETRS89 to WGS 84 at 2026.3"), "\(declared.text)")
    let unknown = try survey(degrees, "frame = \"MGI 1901\"").run("ledger")
    #expect(unknown.status == 2 && unknown.errors.contains("[survey.value]"), "\(unknown.errors)")
  }
}

@Suite struct MistakenFiles {
  private func survey(_ corners: [(Double, Double)], _ more: String = "") throws -> NisSurvey {
    try NisSurvey(
      Scratch(), tables: NisSurvey.activity("polygons", "files = [\"p.geojson\"]\n\(more)"),
      files: ["p.geojson": NisSurvey.polygons(corners)])
  }

  @Test func `polygons 60 km away are not used, polygons 2 km away are told`() throws {
    let far = try survey(NisSurvey.corners.map { ($0.0 + 0.75, $0.1) }).run("ledger")
    #expect(far.status == 2 && far.errors.contains("60.8 km or more E of the hazards"), "\(far.errors)")
    #expect(!far.text.contains("processed outside") || !far.text.contains("53 9"), "\(far.text)")
    let near = try survey(NisSurvey.corners.map { ($0.0, $0.1 - 0.02) }).run("ledger")
    #expect(near.status == 0 && near.errors.contains("km or more S of the hazards"), "\(near.errors)")
    #expect(near.errors.contains("[coordinate.far]"))
  }

  @Test func `polygons of another zone, or of no declared grid, claim nothing`() throws {
    for (corners, more, code) in [
      (zone7.map { ($0.0 + 1e6, $0.1) }, "crs = \"EPSG:6316\"", "coordinate.zone"), (zone7, "", "crs.undeclared"),
      (zone7, "crs = \"EPSG:9141\"", "crs.ballpark"),
    ] {
      let survey = try survey(corners, more)
      let run = try survey.run("ledger")
      #expect(run.status == 2 && run.errors.contains(code), "\(run.errors)")
      #expect(try survey.totals()["cleared_m2"] as? Double == 0)
    }
  }

  @Test func `finds that lie elsewhere keep the account from closing`() throws {
    let find = """
      {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "F-1", "found": "2026-05-04"},
      "geometry": {"type": "Point", "coordinates": [43.3250, 21.9030]}}]}
      """
    let survey = try NisSurvey(
      Scratch(), tables: "[[finds]]\nfile = \"finds.geojson\"", files: ["finds.geojson": find])
    let run = try survey.run("ledger")
    #expect(run.status == 1 && run.text.contains("THE ACCOUNT DOES NOT CLOSE"), "\(run.text)")
    #expect(run.errors.contains("[coordinate.far]") && run.errors.contains("the two are swapped"), "\(run.errors)")
  }
}
