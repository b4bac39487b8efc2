import Foundation
import Testing

/// A state's grid of shifts, laid where PROJ looks for it: docs/national-grids.md says so to surveyors.
@Suite struct NationalGridTests {
  /// As EPSG:9496 names it.
  static let file = "MGI1901_TO_SRBETRS89_NTv2.gsb"
  /// Seconds; within half a metre of what EPSG:9495 does at Nis, as a true grid would be.
  static let shift = NTv2(latitudeShift: 0.81, longitudeShift: -19.77)

  /// A square of 100 m at Nis, in Balkans zone 7.
  static let corners = [
    (7_573_696.217, 4_798_205.043), (7_573_796.217, 4_798_205.043), (7_573_796.217, 4_798_305.043),
    (7_573_696.217, 4_798_305.043),
  ]

  private func survey(_ scratch: Scratch, extra: String = "") throws -> String {
    let folder = scratch.path + "/survey"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try scratch.write(
      "[survey]\nid = \"GRID-01\"\nname = \"National grid\"\n\(extra)\n"
        + "[[hazards]]\nfile = \"hazards.geojson\"\ncrs = \"EPSG:6316\"\n", to: "survey/survey.toml")
    let ring = (Self.corners + [Self.corners[0]]).map { "[\($0.0), \($0.1)]" }.joined(separator: ", ")
    _ = try scratch.write(
      """
      {"type": "FeatureCollection", "features": [{"type": "Feature",
       "properties": {"id": "H-1", "class": "CHA", "recorded": "2026-05-03", "required_depth_cm": 20},
       "geometry": {"type": "Polygon", "coordinates": [[\(ring)]]}}]}
      """, to: "survey/hazards.geojson")
    return folder
  }

  private func install(_ scratch: Scratch, in folder: String) throws {
    try FileManager.default.createDirectory(atPath: scratch.path + "/" + folder, withIntermediateDirectories: true)
    try Self.shift.bytes.write(to: URL(filePath: scratch.path + "/" + folder + "/" + Self.file))
  }

  /// The corners that came out, longitude and latitude.
  private func ring(_ run: Run) throws -> [[Double]] {
    let geometry = try #require(try parsed(run).first?.geometry)
    let polygons = try #require(geometry["coordinates"] as? [Any])
    let outer = geometry["type"] as? String == "MultiPolygon" ? (polygons.first as? [Any])?.first : polygons.first
    return try #require(outer as? [[Double]])
  }

  /// Metres from the nearest corner that came out to where one should be.
  private func distance(_ ring: [[Double]], _ longitude: Double, _ latitude: Double) -> Double {
    ring.map { hypot(($0[0] - longitude) * 81_100, ($0[1] - latitude) * 111_100) }.min() ?? .infinity
  }

  /// Corners on MGI 1901 itself, longitude and latitude, by PROJ's own program.
  private func geographic() throws -> [(Double, Double)] {
    let lines = Self.corners.map { "\($0.0) \($0.1)" }.joined(separator: "\\n")
    let run = try shell("printf '\(lines)\\n' | cs2cs -f %.12f EPSG:6316 EPSG:3906")
    let pairs = run.text.split(separator: "\n").map { $0.split { " \t".contains($0) }.compactMap { Double($0) } }
    try #require(pairs.count == 4, "cs2cs of proj-bin: \(run.errors)")
    return pairs.map { ($0[1], $0[0]) }
  }

  /// Where Debian's PROJ has its database.
  static let data = "/usr/share/proj"

  @Test(arguments: [
    // In the user's own folder, in that of a user with XDG's rules, and in one that the environment names.
    (".local/share/proj", "HOME=$PWD"), ("proj", "XDG_DATA_HOME=$PWD"), ("grids", "PROJ_DATA=$PWD/grids:\(data)"),
  ])
  func `with the file, the preset's grid operation is taken`(_ folder: String, _ environment: String) throws {
    let scratch = try Scratch()
    let survey = try survey(scratch)
    try install(scratch, in: folder)
    let ledger = try shell("\(environment) $RAZMIN ledger \(survey)", in: scratch.path)
    #expect(ledger.status == 0, "\(ledger.errors)")
    let line = try #require(ledger.text.split(separator: "\n").first { $0.hasPrefix("Read EPSG:6316") })
    #expect(line.contains("9496") && line.contains("accuracy 0.03 m") && line.contains("grids \(Self.file)"), "\(line)")
    let remaining = try shell("\(environment) $RAZMIN remaining \(survey)", in: scratch.path)
    let ring = try ring(remaining)
    for (longitude, latitude) in try geographic() {
      let (east, north) = (longitude + Self.shift.longitudeShift / 3600, latitude + Self.shift.latitudeShift / 3600)
      // Output lies on a lattice of a millimetre.
      #expect(distance(ring, east, north) < 0.002)
    }
  }

  @Test func `without the file, the operation without a grid is taken, half a metre away`() throws {
    let scratch = try Scratch()
    let survey = try survey(scratch)
    let ledger = try shell("HOME=$PWD $RAZMIN ledger \(survey)", in: scratch.path)
    #expect(ledger.status == 0, "\(ledger.errors)")
    let line = try #require(ledger.text.split(separator: "\n").first { $0.hasPrefix("Read EPSG:6316") })
    #expect(line.contains("9495") && line.contains("accuracy 0.46 m") && !line.contains("9496"), "\(line)")
    let ring = try ring(shell("HOME=$PWD $RAZMIN remaining \(survey)", in: scratch.path))
    // Nis, by EPSG:9495.
    #expect(distance(ring, 21.9033, 43.3247) < 0.02)
    let shifted = try #require(try geographic().first)
    let away = distance(
      ring, shifted.0 + Self.shift.longitudeShift / 3600, shifted.1 + Self.shift.latitudeShift / 3600)
    #expect((0.05...1).contains(away), "\(away)")
  }

  @Test func `named and missing, it is refused and not replaced`() throws {
    let scratch = try Scratch()
    let survey = try survey(scratch, extra: "operation = \"EPSG:9496\"")
    let ledger = try shell("HOME=$PWD $RAZMIN ledger \(survey)", in: scratch.path)
    #expect(ledger.status != 0)
    #expect((ledger.errors + ledger.text).contains("crs.missing-grid"))
    #expect((ledger.errors + ledger.text).contains(Self.file))
  }

  @Test func `a path without PROJ's own folder is told from a CRS that does not exist`() throws {
    let scratch = try Scratch()
    let survey = try survey(scratch)
    try install(scratch, in: "grids")
    let ledger = try shell("PROJ_DATA=$PWD/grids $RAZMIN ledger \(survey)", in: scratch.path)
    #expect(ledger.status == 65)
    #expect(ledger.errors.contains("[crs.database]") && ledger.errors.contains("PROJ_DATA"), "\(ledger.errors)")
  }

  @Test(arguments: ["", "operation = \"EPSG:9496\""])
  func `a file that is no grid, or ends before the land, is refused and named`(_ extra: String) throws {
    let scratch = try Scratch()
    let survey = try survey(scratch, extra: extra)
    let path = scratch.path + "/.local/share/proj"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var elsewhere = Self.shift
    (elsewhere.south, elsewhere.north) = (45, 46)
    for bytes in [Data(), Data("not a grid at all".utf8), Self.shift.bytes.prefix(400), elsewhere.bytes] {
      try bytes.write(to: URL(filePath: path + "/" + Self.file))
      let ledger = try shell("HOME=$PWD $RAZMIN ledger \(survey)", in: scratch.path)
      #expect(ledger.status == 65, "\(bytes.count) bytes: \(ledger.text)")
      #expect(ledger.errors.contains("[crs.grid]") && ledger.errors.contains(Self.file), "\(ledger.errors)")
    }
  }

  /// The grid ends at 45 N; the finds are read by the operation of the hazards.
  @Test func `a place outside of the grid is refused by itself, and the grid is named`() throws {
    let scratch = try Scratch()
    let survey = try survey(scratch)
    try install(scratch, in: ".local/share/proj")
    try change(
      survey + "/survey.toml", "crs = \"EPSG:6316\"\n",
      "crs = \"EPSG:6316\"\n[[finds]]\nfile = \"finds.geojson\"\ncrs = \"EPSG:6316\"\n")
    _ = try scratch.write(
      """
      {"type": "FeatureCollection", "features": [{"type": "Feature",
       "properties": {"id": "F-1", "found": "2026-05-05", "type": "submunition"},
       "geometry": {"type": "Point", "coordinates": [7473000, 4990000]}}]}
      """, to: "survey/finds.geojson")
    let ledger = try shell("HOME=$PWD $RAZMIN ledger \(survey)", in: scratch.path)
    #expect(ledger.status != 0)
    #expect(ledger.errors.contains("outside of the grid \(Self.file)"), "\(ledger.errors)")
  }
}
