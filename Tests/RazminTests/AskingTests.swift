import Foundation
import Testing

@Suite struct AskingTests {
  @Test func `fade-out is drawn, and its opening is the exit status`() throws {
    let run = try razmin("fadeout", "village-strike", in: samples)
    #expect(run.status == 1)
    let found = try parsed(run)
    let required = found.filter { $0.properties["layer"] as? String == "fadeout-required" }
    #expect(required.flatMap { $0.properties["finds"] as? [String] ?? [] }.sorted().count == 5)
    #expect(found.contains { $0.properties["layer"] as? String == "fadeout-open" })
    #expect(run.errors.contains("5 finds: "))
    let none = try razmin("fadeout", "three-years", in: samples)
    #expect(none.status == 0 && none.errors.contains("no find asks for a fade-out"))
    let unsaid = try razmin("fadeout", "broken/find-no-fadeout", in: samples)
    #expect(unsaid.status == 1 && unsaid.errors.contains("[find.no-fadeout]"))
  }

  @Test func `why names the work, the log and the fix`() throws {
    let run = try razmin("why", "nis-apron", "43.33510N 21.87330E", in: samples)
    #expect(run.status == 0)
    #expect(run.text.contains("cleared since 2026-05-06, hazard NIS-CHA-1, by A-002"), "\(run.text)")
    #expect(run.text.contains("nearest fix logs/2026-05-06-morning.nmea:334, 0.40 m away, sigma 0.01 m"))
    // The line that it names holds that fix.
    let log = try String(contentsOfFile: samples + "/nis-apron/logs/2026-05-06-morning.nmea", encoding: .utf8)
    let line = try #require(log.split(whereSeparator: \.isNewline).dropFirst(333).first)
    #expect(line.contains("GGA") && line.contains(",4320.10") && line.contains(",02152.39"), "\(line)")
    let before = try razmin("why", "nis-apron", "43.33510N 21.87330E", "--as-of", "2026-05-05", in: samples)
    #expect(before.text.contains("remaining since 2026-03-16"))
  }

  @Test func `why takes a position that says what it is, and no other`() throws {
    let by = try [
      razmin("why", "nis-apron", "43.33510N 21.87330E", "--json", in: samples),
      razmin("why", "nis-apron", "--lat", "43.33510", "--lon", "21.87330", "--json", in: samples),
    ].map(\.text)
    #expect(by[0] == by[1])
    // The same place to a metre as MGRS.
    let mgrs = try razmin("convert", "--to", "mgrs", "43.33510N", "21.87330E").text
    let asked = try razmin("why", "nis-apron", mgrs.trimmingCharacters(in: .whitespacesAndNewlines), in: samples)
    #expect(asked.status == 0 && asked.text.contains("A-002"), "\(mgrs) \(asked.errors)")
    let bare = try razmin("why", "nis-apron", "43.33510", "21.87330", in: samples)
    #expect(bare.status == 65 && bare.errors.contains("[crs.undeclared]"))
    #expect(try razmin("why", "nis-apron", in: samples).status == 64)
  }

  @Test func `check finds the stretches of a road, and its answer is the exit status`() throws {
    let scratch = try Scratch()
    let road = scratch.path + "/road.geojson"
    try """
    {"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"name":"road"},"geometry":
      {"type":"LineString","coordinates":[[20.130,43.215],[20.140,43.217]]}},
    {"type":"Feature","properties":{"name":"house"},"geometry":{"type":"Point","coordinates":[20.13,43.22]}},
    {"type":"Feature","properties":{"name":"site"},"geometry":{"type":"Polygon","coordinates":
      [[[20.12,43.21],[20.15,43.21],[20.15,43.22],[20.12,43.22],[20.12,43.21]]]}}]}
    """.write(toFile: road, atomically: true, encoding: .utf8)
    let run = try razmin("check", "village-strike", road, "--distance", "50", in: samples)
    #expect(run.status == 1)
    let found = try parsed(run)
    let checked = found.filter { $0.properties["layer"] as? String == "checked" }
    #expect(checked.map { $0.properties["near"] as? Bool } == [true, false, true])
    #expect(checked.compactMap { $0.properties["distance_m"] as? Double }.map { $0.rounded() } == [0, 365, 0])
    #expect(found.count(where: { $0.properties["layer"] as? String == "near" }) == 1)
    let elsewhere = try razmin("check", "nis-apron", road, "--distance", "50", in: samples)
    #expect(elsewhere.status == 65 && elsewhere.errors.contains("[coordinate.far]"))
    let house = scratch.path + "/house.geojson"
    try #"{"type":"Point","coordinates":[20.13,43.22]}"#.write(toFile: house, atomically: true, encoding: .utf8)
    let far = try razmin("check", "village-strike", house, "--distance", "50", in: samples)
    #expect(far.status == 0 && far.errors.contains("0 of 1"))
    let swapped = scratch.path + "/swapped.geojson"
    try #"{"type":"Point","coordinates":[43.216,20.136]}"#.write(toFile: swapped, atomically: true, encoding: .utf8)
    let exchanged = try razmin("check", "village-strike", swapped, "--distance", "50", in: samples)
    #expect(exchanged.status == 65 && exchanged.errors.contains("swapped"), "\(exchanged.errors)")
    let nothing = scratch.path + "/nothing.geojson"
    try """
    {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null},
    {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[20.13,43.22]}}]}
    """.write(toFile: nothing, atomically: true, encoding: .utf8)
    let lost = try razmin("check", "village-strike", nothing, "--distance", "50", in: samples)
    #expect(lost.status == 1 && lost.errors.contains("[check.no-geometry]"), "\(lost.errors)")
    for word in ["safe", "clear of"] { #expect(!(far.text + far.errors).lowercased().contains(word)) }
    let log = try razmin("check", "nis-apron", "nis-apron/logs/2026-05-05.gpx", "--distance", "2", in: samples)
    #expect(log.status == 1 && log.errors.contains("3 of 3"), "\(log.errors)")
    #expect(try razmin("check", "nis-apron", "nowhere.geojson", "--distance", "2", in: samples).status == 66)
    #expect(try razmin("check", "nis-apron", road, "--distance=-1", in: samples).status == 64)
  }
}

@Test func `the table of areas is a CSV by municipality and village, and adds up but for rounding`() throws {
  let run = try razmin("ledger", "village-strike", "--format", "article7", in: samples)
  let rows = run.text.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  #expect(rows.first?.first == "Municipality" && rows.last?.first == "Total")
  #expect(rows.first?.suffix(3) == ["Amount known (m²)", "Amount suspected (m²)", "Total amount (m²)"])
  #expect(rows.allSatisfy { $0.count == 8 })
  for column in 2...7 {
    let numbers = rows.dropFirst().compactMap { Int($0[column]) }
    let (sum, total) = (numbers.dropLast().reduce(0, +), try #require(numbers.last))
    let rounding = column < 5 ? 0 : rows.count - 3
    #expect(numbers.count == rows.count - 1 && (total...total + rounding).contains(sum), "\(column): \(sum), \(total)")
  }
}

@Test func `what is checked may be in any CRS that it names`() throws {
  let scratch = try Scratch()
  try """
  {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"road"},"geometry":
  {"type":"LineString","coordinates":[[20.130,43.215],[20.140,43.217]]}}]}
  """.write(toFile: scratch.path + "/road.geojson", atomically: true, encoding: .utf8)
  let made = try shell(
    "ogr2ogr -t_srs EPSG:32634 road.gpkg road.geojson && ogr2ogr -t_srs EPSG:32634 road.shp road.geojson",
    in: scratch.path)
  try #require(made.status == 0, "\(made.errors)")
  for file in ["road.geojson", "road.gpkg", "road.shp"] {
    let run = try razmin("check", samples + "/village-strike", file, "--distance", "50", in: scratch.path)
    #expect(run.status == 1)
    let length = try #require(try parsed(run).first?.properties["near_length_m"] as? Double)
    #expect(abs(length - 603.8) < 0.02, "\(file): \(length)")
  }
  _ = try shell("rm road.prj", in: scratch.path)
  let undeclared = try razmin("check", samples + "/village-strike", "road.shp", "--distance", "50", in: scratch.path)
  #expect(undeclared.status == 65 && undeclared.errors.contains("[crs.undeclared]"), "\(undeclared.errors)")
  let declared = try razmin(
    "check", samples + "/village-strike", "road.shp", "--distance", "50", "--crs", "EPSG:32634", in: scratch.path)
  #expect(declared.status == 1)
}
