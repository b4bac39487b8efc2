import Foundation
import Testing

private let commands = [
  "import", "inspect", "cleared", "remaining", "ledger", "validate", "convert", "fadeout", "why", "check", "diff",
  "history", "boxes", "lanes", "cmrs", "strikes", "quality", "sample", "sheet", "presets", "ordnance", "simulate",
]

@Test(arguments: [""] + commands)
func `the help of every command has an example`(command: String) throws {
  let run = try shell("\"$RAZMIN\" \(command) --help")
  #expect(run.status == 0 && run.errors.isEmpty)
  #expect(run.text.contains("Example: razmin \(command)"), "\(run.text)")
}

@Test func `the help lists every command that is tested here`() throws {
  let help = try razmin("--help").text
  let listed = help.components(separatedBy: "SUBCOMMANDS:\n").last?.split(separator: "\n").compactMap { line in
    line.hasPrefix("  ") && !line.hasPrefix("   ") && !line.contains("See '")
      ? line.split(separator: " ").first.map(String.init) : nil
  }
  #expect(listed == commands)
}

@Test func `the version is said`() throws {
  let run = try razmin("--version")
  #expect(run.status == 0)
  #expect(run.text.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil, "\(run.text)")
}

@Test(arguments: ["bash", "zsh", "fish"])
func `completions know every command`(name: String) throws {
  let run = try razmin("--generate-completion-script", name)
  #expect(run.status == 0)
  for command in commands { #expect(run.text.contains(command), "\(command)") }
  #expect(run.text.contains("as-of"))
}

@Test(arguments: [
  ("nis-apron/logs/2026-05-05.gpx", "GPX 1.1", 1454, 1, 3),
  ("nis-apron/logs/2026-05-06-morning.nmea", "NMEA 0183", 712, 0, 2),
  ("nis-apron/logs/2026-05-06-afternoon.nmea", "NMEA 0183", 830, 0, 2),
  ("three-years/logs/2023-04-18-perimeter.csv", "CSV", 301, 0, 1),
])
func `a log is imported whole`(log: String, format: String, fixes: Int, waypoints: Int, lines: Int) throws {
  let run = try razmin("import", log, in: samples)
  #expect(run.status == 0)
  let found = try parsed(run)
  #expect(found.filter { $0.properties["kind"] as? String == "waypoint" }.count == waypoints)
  let tracks = found.filter { $0.properties["kind"] as? String == "track" }
  #expect(tracks.count == 1)
  #expect(tracks.first?.properties["fixes"] as? Int == fixes)
  #expect(tracks.first?.properties["lines"] as? Int == lines)
  let drawn = tracks.first?.geometry?["coordinates"] as? [Any]
  #expect(tracks.first?.geometry?["type"] as? String == (lines == 1 ? "LineString" : "MultiLineString"))
  #expect(lines == 1 || drawn?.count == lines)

  let points = try parsed(try razmin("import", "--points", log, in: samples))
  #expect(points.count == fixes + waypoints)
  #expect(points.allSatisfy { $0.geometry?["type"] as? String == "Point" && $0.properties["source"] as? String == log })

  let inspected = try json(try razmin("inspect", "--json", log, in: samples).output)
  #expect(inspected["format"] as? String == format)
  #expect(inspected["fixes"] as? Int == fixes && inspected["waypoints"] as? Int == waypoints)
}

@Test(arguments: ["nis-apron/logs/2026-05-06-morning.nmea", "three-years/logs/2023-04-18-perimeter.csv"])
func `points that were emitted are read again as the same fixes`(log: String) throws {
  let scratch = try Scratch()
  let first = try razmin("import", "--points", log, in: samples)
  let file = try scratch.write(first.text, to: "points.geojson")
  let second = try razmin("import", "--points", file)
  #expect(second.status == 0, "\(second.errors)")
  func kept(_ run: Run) throws -> [[String]] {
    try parsed(run).map { point in
      let position = try #require(point.geometry?["coordinates"] as? [Double])
      return ["\(position)"] + ["time", "quality", "mark", "step"].map { "\(point.properties[$0] ?? "")" }
    }
  }
  #expect(try kept(first) == kept(second))
}

@Test func `inspect gives a program one object a file`() throws {
  let run = try shell("\"$RAZMIN\" inspect --json nis-apron/logs/*.nmea village-strike/hazards.geojson", in: samples)
  #expect(run.status == 0)
  let lines = run.text.split(separator: "\n").map { Data($0.utf8) }
  #expect(lines.count == 3)
  let log = try json(lines[1])
  #expect(
    Set(log.keys) == [
      "path", "format", "creator", "bytes", "sha256", "tracks", "segments", "fixes", "waypoints", "routes",
      "route_points", "fixes_by_quality", "fixes_by_mark", "steps_by_mark", "time_start", "time_end", "sigma_min_m",
      "sigma_max_m", "sigma_assumed", "gaps", "stays", "repeats", "records", "bounds", "problems",
      "would_not_claim",
    ])
  #expect(log["fixes_by_quality"] as? [String: Int] == ["rtk-fixed": 687, "rtk-float": 25])
  #expect((log["gaps"] as? [JSON])?.first?["seconds"] as? Double == 15)
  let areas = try json(lines[2])
  #expect(areas["features"] as? Int == 1 && areas["geometries"] as? [String: Int] == ["Polygon": 1])
}

@Test func `inspect says what is damaged, and where`() throws {
  let run = try razmin("inspect", "--json", "\(samples)/broken/nmea-checksum/log.nmea")
  let problems = try #require(try json(run.output)["problems"] as? [JSON])
  #expect(problems.filter { $0["code"] as? String == "nmea.checksum" }.map { $0["line"] as? Int } == [13, 26])
}

/// 40 m walked straight to the east along the equator: a strip of 40 m by the swath, with two half discs.
@Test func `the ground of a straight lane is a strip with round ends`() throws {
  let scratch = try Scratch()
  // A degree of longitude on the equator is 111 319.491 m.
  let rows = (0...40).map { "2026-05-05T10:00:\($0 < 10 ? "0" : "")\($0)Z,0,\(Double($0) / 111_319.491 + 20)" }
  let log = try scratch.write("time,lat,lon\n" + rows.joined(separator: "\n") + "\n", to: "lane.csv")
  for swath in [1.0, 2.0] {
    let run = try razmin("cleared", log, "--swath", "\(swath)", "--sigma", "0.1")
    #expect(run.status == 0)
    let found = try parsed(run)
    #expect(found.count == 1)
    func strip(_ width: Double) -> Double { 40 * width + .pi * width * width / 4 }
    let area = try #require(found.first?.properties["area_m2"] as? Double)
    // Never more, two lattice steps aside; at most 2 cm across its boundary less.
    let boundary = 80 + .pi * swath
    #expect(area <= strip(swath) + boundary * 0.003 && area >= strip(swath) - boundary * 0.02)
    let assured = try #require(found.first?.properties["assured_m2"] as? Double)
    #expect(assured <= strip(swath - 0.4) + boundary * 0.003 && assured >= strip(swath - 0.4) - boundary * 0.02)
  }
}

@Test func `layers and the assured state choose what is shown`() throws {
  func layers(_ options: String) throws -> Set<String> {
    let run = try shell("\"$RAZMIN\" remaining village-strike \(options)", in: samples)
    #expect(run.status == 0)
    return Set(try parsed(run).compactMap { $0.properties["layer"] as? String })
  }
  #expect(try layers("") == ["remaining", "cleared", "reduced", "cancelled"])
  #expect(try layers("--layer remaining cleared") == ["remaining", "cleared"])
  // Nobody noted how surely the cancelled boxes were drawn.
  #expect(try layers("--assured") == ["remaining", "cleared", "reduced"])
  #expect(try layers("--as-of 2023-01-01").isEmpty)
}

@Test func `a ledger is also a table and an object`() throws {
  let csv = try razmin("ledger", "--format", "csv", "\(samples)/three-years")
  let rows = csv.text.components(separatedBy: "\r\n").filter { !$0.isEmpty }.map { $0.components(separatedBy: ",") }
  #expect(rows.map { $0[0] } == ["hazard_id", "Y-CHA-1", "Y-SHA-1", "Y-SHA-2", "total"])
  #expect(Set(rows.map(\.count)) == [rows[0].count])
  let object = try json(try razmin("ledger", "--format", "json", "\(samples)/three-years").output)
  #expect((object["hazards"] as? [JSON])?.map { $0["hazard_id"] as? String } == ["Y-CHA-1", "Y-SHA-1", "Y-SHA-2"])
  #expect((object["activities"] as? [JSON])?.count == 8)
  #expect((object["ledger"] as? JSON)?["closes"] as? Bool == true)
  let nominal = try #require((object["ledger"] as? JSON)?["nominal"] as? [String: Double])
  let net = try #require(rows.last.flatMap { Double($0[5]) })
  #expect(abs((nominal["recorded_m2"] ?? 0) - net) < 1)
}

@Test func `a made-up survey depends on its seed alone, and its account closes`() throws {
  let scratch = try Scratch()
  for (name, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
    let run = try razmin(
      "simulate", "--hazards", "2", "--fixes", "2000", "--seed", seed, "--out", name, in: scratch.path)
    #expect(run.status == 0, "\(run.errors)")
  }
  let (a, b, c) = (
    try contents(of: scratch.path + "/a"), try contents(of: scratch.path + "/b"), try contents(of: scratch.path + "/c")
  )
  #expect(a == b)
  #expect(a != c)
  #expect(a["survey.toml"] != nil)
  let ledger = try razmin("ledger", "a", in: scratch.path)
  #expect(ledger.status == 0, "\(ledger.errors)")
  #expect(ledger.text.contains("The account closes."))
}
