import Foundation
import Testing

/// GeoPackages in and out, as a user meets them. GDAL writes what is read here; what is written, GDAL reads in
/// `Tests/Oracle/writers.py`, and QGIS in `make qgis-check`.
@Suite struct GeoPackageTests {
  @Test(arguments: ["nis-apron", "three-years"]) func theSameBytesWhateverTheThreads(survey: String) throws {
    let scratch = try Scratch()
    for jobs in ["1", "4"] {
      let run = try razmin(
        "remaining", samples + "/" + survey, "--jobs", jobs, "--format", "gpkg", "-o", "\(jobs).gpkg", in: scratch.path)
      #expect(run.status == 0 || run.status == 2, "\(run.errors)")
    }
    let first = try Data(contentsOf: URL(filePath: scratch.path + "/1.gpkg"))
    #expect(first.count > 100_000)
    #expect(try Data(contentsOf: URL(filePath: scratch.path + "/4.gpkg")) == first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["1.gpkg", "4.gpkg"])
  }

  @Test func aDatabaseIsNoStream() throws {
    let log = samples + "/nis-apron/logs/2026-05-05.gpx"
    for run in [
      try razmin("remaining", samples + "/nis-apron", "--format", "gpkg"),
      try razmin("import", log, "--format", "gpkg"),
      try razmin("cleared", log, "--swath", "1", "--format", "gpkg"),
    ] {
      #expect(run.status == 64)
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("name a file with -o"))
    }
    #expect(try razmin("import", log, "--format", "gpkg", "-o", "/dev/null").status == 74)
  }

  /// A former file stays as it was where the new one cannot be made.
  @Test func neverHalfAFile() throws {
    let scratch = try Scratch()
    try Data("before".utf8).write(to: URL(filePath: scratch.path + "/out.gpkg"))
    let log = samples + "/nis-apron/logs/2026-05-05.gpx"
    let run = try shell(
      "ulimit -f 40; trap '' XFSZ; $RAZMIN import \(log) --points --format gpkg -o out.gpkg", in: scratch.path)
    #expect(run.status == 74, "\(run.errors)")
    #expect(try String(contentsOfFile: scratch.path + "/out.gpkg", encoding: .utf8) == "before")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["out.gpkg"])
  }

  /// The ledger of a survey whose hazards GDAL has put into a GeoPackage is that of the GeoJSON.
  @Test(
    arguments: [
      "-t_srs EPSG:4326", "-t_srs EPSG:4326 -nlt PROMOTE_TO_MULTI -lco GEOMETRY_NAME=shape -lco FID=number",
      "-t_srs EPSG:4326 -dim XYZM -lco SPATIAL_INDEX=NO", "-t_srs EPSG:32634", "-t_srs EPSG:3857",
      "-t_srs EPSG:4326 -dsco VERSION=1.0", "-t_srs EPSG:4326 -nlt CURVEPOLYGON",
    ])
  func hazardsThatGDALWrote(options: String) throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    let wanted = try razmin("ledger", folder)
    try toGeoPackage("hazards", options, in: folder)
    let run = try razmin("ledger", folder)
    guard !options.contains("CURVE") else {
      #expect(run.status == 1)
      return #expect(run.errors.contains("hazards.gpkg:1: error: row 1: its geometry is a curve"), "\(run.errors)")
    }
    #expect(run.status == wanted.status, "\(run.errors)")
    // How the file's CRS was read is told besides, where it is no longitude and latitude.
    // Coordinates that were carried there and back differ by a bit, and so the history does.
    let lines = { (run: Run) in
      run.text.split(separator: "\n").filter { !$0.hasPrefix("Read EPSG:") && !$0.hasPrefix("History: ") }
    }
    #expect(lines(run) == lines(wanted))
  }

  private func toGeoPackage(_ name: String, _ options: String, in folder: String, changing: Bool = true) throws {
    let convert = try shell("ogr2ogr \(options) \(name).gpkg \(name).geojson 2>&1", in: folder)
    #expect(convert.status == 0, "\(convert.text)")
    if changing { try edit(folder, "\(name).geojson", "\(name).gpkg") }
  }

  private func edit(_ folder: String, _ old: String, _ new: String) throws {
    let path = folder + "/survey.toml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test func oneOfSeveralLayers() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    let wanted = try razmin("ledger", folder)
    try toGeoPackage("hazards", "-nln recorded", in: folder)
    let add = "ogr2ogr -update -nln finds hazards.gpkg finds.geojson"
    #expect(try shell(add, in: folder).status == 0)
    let unclear = try razmin("ledger", folder)
    #expect(unclear.status == 1)
    #expect(unclear.errors.contains("has several layers: \"recorded\", \"finds\""), "\(unclear.errors)")
    #expect(unclear.errors.contains("[gpkg.layers]"))
    try edit(folder, "file = \"hazards.gpkg\"", "file = \"hazards.gpkg\"\nlayer = \"hazards\"")
    #expect(try razmin("ledger", folder).errors.contains("has no layer \"hazards\""))
    try edit(folder, "layer = \"hazards\"", "layer = \"recorded\"")
    try edit(folder, "file = \"finds.geojson\"", "file = \"hazards.gpkg\"\nlayer = \"finds\"")
    let run = try razmin("ledger", folder)
    #expect(run.text == wanted.text, "\(run.errors)")
  }

  /// What a program holds beside the file is neither read nor forgotten.
  @Test func aFileThatIsOpenElsewhere() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    try toGeoPackage("hazards", "-nln h", in: folder)
    let wanted = try razmin("ledger", folder)
    let script = """
      import sqlite3, os
      d = sqlite3.connect("hazards.gpkg")
      d.execute("PRAGMA journal_mode = WAL")
      d.execute("CREATE TABLE note(a)")
      d.commit()
      os._exit(0)
      """
    try script.write(toFile: folder + "/open.py", atomically: true, encoding: .utf8)
    #expect(try shell("python3 open.py; test -s hazards.gpkg-wal", in: folder).status == 0)
    let run = try razmin("ledger", folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("[gpkg.open]"), "\(run.errors)")
    // Closed properly, it is only a file that was once in that state; and nothing appears beside it.
    let close =
      "python3 -c \"import sqlite3; d = sqlite3.connect('hazards.gpkg'); d.execute('SELECT * FROM note').fetchall(); d.close()\""
    #expect(try shell(close, in: folder).status == 0)
    let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(!before.contains("hazards.gpkg-wal"))
    let bytes = try Data(contentsOf: URL(filePath: folder + "/hazards.gpkg"))
    #expect(bytes[18] == 2)
    #expect(try razmin("ledger", folder).text == wanted.text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
    #expect(try Data(contentsOf: URL(filePath: folder + "/hazards.gpkg")) == bytes)
  }

  /// SQLite keeps its log beside the file itself, where a link to it does not show it.
  @Test func aFileBehindALinkThatIsOpenElsewhere() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    try toGeoPackage("hazards", "-nln h", in: folder)
    let script = """
      import sqlite3, os
      os.mkdir("data")
      os.rename("hazards.gpkg", "data/real.gpkg")
      os.symlink("data/real.gpkg", "hazards.gpkg")
      d = sqlite3.connect("data/real.gpkg")
      d.execute("PRAGMA journal_mode = WAL")
      d.execute("CREATE TABLE note(a)")
      d.commit()
      os._exit(0)
      """
    try script.write(toFile: folder + "/open.py", atomically: true, encoding: .utf8)
    #expect(try shell("python3 open.py; test -s data/real.gpkg-wal", in: folder).status == 0)
    let run = try razmin("ledger", folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("[gpkg.open]"), "\(run.errors)")
    #expect(try shell("rm data/real.gpkg-*", in: folder).status == 0)
    #expect(!(try razmin("ledger", folder).errors.contains("[gpkg.open]")))
  }

  /// A depth that is there and cannot be read is not taken for one that is not there.
  @Test(
    arguments: [
      ("ALTER TABLE h ADD COLUMN required_depth_cm DEFAULT x'3530'", "hazard.invalid"),
      ("ALTER TABLE h ADD COLUMN Required_Depth_CM AS (50)", "gpkg.column"),
      ("ALTER TABLE h ADD COLUMN note AS (id || 'x')", nil),
      ("ALTER TABLE h ADD COLUMN photo BLOB DEFAULT x'FFD8'", nil),
    ] as [(String, String?)])
  func valuesThatAreNotRead(sql: String, code: String?) throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    let wanted = try razmin("ledger", folder)
    try toGeoPackage("hazards", "-nln h", in: folder)
    let script = """
      import os, sqlite3
      d = sqlite3.connect("hazards.gpkg")
      for (t,) in d.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
          d.execute(f'DROP TRIGGER "{t}"')
      d.executescript(os.environ["CHANGE"])
      d.commit()
      """
    try script.write(toFile: folder + "/change.py", atomically: true, encoding: .utf8)
    #expect(try shell("CHANGE=\"\(sql)\" python3 change.py", in: folder).status == 0)
    let run = try razmin("ledger", folder)
    if let code {
      #expect(run.status == 1)
      #expect(run.errors.contains("[\(code)]"), "\(run.errors)")
    } else {
      #expect(run.text == wanted.text, "\(run.errors)")
    }
  }

  /// The tracks of a log, through GDAL into a GeoPackage on a grid, are where they were.
  @Test(arguments: ["EPSG:4326", "EPSG:32634"]) func logsThatGDALWrote(crs: String) throws {
    let scratch = try Scratch()
    let log = samples + "/nis-apron/logs/2026-05-05.gpx"
    #expect(try shell("ogr2ogr -t_srs \(crs) t.gpkg \(log) tracks waypoints", in: scratch.path).status == 0)
    let run = try razmin("import", "t.gpkg", "--points", in: scratch.path)
    #expect(run.status == 0, "\(run.errors)")
    // Tables come one after the other: their order is GDAL's.
    let ours = try positions(run.output).sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
    let wanted = try positions(try razmin("import", log, "--points").output).sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
    #expect(ours.count == wanted.count && !ours.isEmpty)
    for (a, b) in zip(ours, wanted) { #expect(abs(a[0] - b[0]) < 2e-8 && abs(a[1] - b[1]) < 2e-8) }
  }

  private func positions(_ json: Data) throws -> [[Double]] {
    let root = try JSONSerialization.jsonObject(with: json) as? [String: Any]
    return (root?["features"] as? [[String: Any]] ?? []).compactMap {
      ($0["geometry"] as? [String: Any])?["coordinates"] as? [Double]
    }
  }

  /// What `import` wrote, `import` reads: every fix with its time, quality and sigma.
  @Test func aLogThroughAGeoPackage() throws {
    let scratch = try Scratch()
    let log = samples + "/nis-apron/logs/2026-05-06-morning.nmea"
    #expect(try razmin("import", log, "--points", "--format", "gpkg", "-o", "a.gpkg", in: scratch.path).status == 0)
    let first = try shell(
      "$RAZMIN inspect \(log) | grep -E '^  (fixes|time|sigma|  rtk|  dgps|  auto)'", in: scratch.path)
    let second = try shell(
      "$RAZMIN inspect a.gpkg | grep -E '^  (fixes|time|sigma|  rtk|  dgps|  auto)'", in: scratch.path)
    func words(_ text: String) -> [[Substring]] { text.split(separator: "\n").map { $0.split(separator: " ") } }
    #expect(!words(first.text).isEmpty)
    #expect(words(second.text) == words(first.text))
  }
}
