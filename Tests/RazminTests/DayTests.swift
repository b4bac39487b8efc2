import Foundation
import Testing

private func quality(_ survey: String) throws -> JSON {
  let run = try razmin("quality", survey, "--width", "1.0", "--format", "json")
  try #require(run.status == 0 || run.status == 1, "\(run.errors)")
  return try #require(try json(run.output)["quality"] as? JSON)
}

private func column(_ rows: Any?, _ name: String) throws -> [Double] {
  try #require(rows as? [JSON]).map { try #require($0[name] as? Double) }
}

/// The sample with the logs of its two activities listed by one.
private func joined(in scratch: Scratch) throws -> String {
  let folder = try scratch.copy("nis-apron")
  try change(folder + "/survey.toml", "end = 2026-05-05", "end = 2026-05-06")
  let text = try String(contentsOfFile: folder + "/survey.toml", encoding: .utf8)
  let start = try #require(text.range(of: "# NMEA carries")).lowerBound
  let end = try #require(text.range(of: "[[finds]]")).lowerBound
  var one = text
  one.removeSubrange(start..<end)
  one = one.replacingOccurrences(
    of: "[\"logs/2026-05-05.gpx\"]",
    with: "[\"logs/2026-05-05.gpx\", \"logs/2026-05-06-morning.nmea\", \"logs/2026-05-06-afternoon.nmea\"]")
  try one.write(toFile: folder + "/survey.toml", atomically: false, encoding: .utf8)
  return folder
}

@Test func `logs of several days in one activity give the days that an activity for each gave`() throws {
  let scratch = try Scratch()
  let (one, apart) = (try quality(joined(in: scratch)), try quality("sample-surveys/nis-apron"))
  let (rows, others) = (one["teams"] as? [JSON] ?? [], apart["teams"] as? [JSON] ?? [])
  #expect(rows.map { $0["day"] as? String } == ["2026-05-05", "2026-05-06"])
  #expect(others.map { $0["day"] as? String } == ["2026-05-05", "2026-05-06"])
  for name in ["newly_cleared_m2", "reprocessed_m2", "outside_m2"] {
    for (mine, other) in zip(try column(rows, name), try column(others, name)) {
      #expect(abs(mine - other) < 0.1, "\(name) \(mine) \(other)")
    }
  }
  #expect(try abs(column(rows, "reprocessed_m2")[1] - 2.0) < 0.1)
  let released = try column(one["activities"], "released_m2").reduce(0, +)
  #expect(try abs(column(rows, "newly_cleared_m2").reduce(0, +) - released) < 2e-4)
  #expect(try abs(column(one["several_days"], "area_m2")[0] - column(apart["several_days"], "area_m2")[0]) < 0.1)
}

@Test func `the ledger knows nothing of days, and a store tells the same ones as its folder`() throws {
  let scratch = try Scratch()
  let folder = try joined(in: scratch)
  let store = scratch.path + "/one.gpkg"
  #expect(try razmin("import", folder, "--into", store).status == 0)
  let ledger = try json(razmin("ledger", folder, "--format", "json").output)
  #expect(try #require(ledger["activities"] as? NSArray) == #require(quality(folder)["activities"] as? NSArray))
  for line in [
    "quality --width 1.0", "quality --width 1.0 --format json", "boxes --box 10",
    "lanes --hazard NIS-CHA-1 --heading 75 --width 5", "ledger", "remaining",
  ] {
    let parts = line.split(separator: " ", maxSplits: 1)
    let runs = try [folder, store].map { path in
      try shell("\"$RAZMIN\" \(parts[0]) '\(path)' \(parts.count > 1 ? String(parts[1]) : "")")
    }
    #expect(runs[0].output == runs[1].output && !runs[0].output.isEmpty && runs[0].status == runs[1].status, "\(line)")
  }
  let days = try parsed(razmin("boxes", store, "--box", "10")).compactMap { $0.properties["days"] as? [String] }
  let (first, second) = ("2026-05-05/2026-05-05", "2026-05-06/2026-05-06")
  #expect(Set(days) == [[], [first], [second], [first, second]])
}

@Test(arguments: [true, false])
func `a log across local midnight is of two days, and without times of nobody knows which`(isTimed: Bool) throws {
  let scratch = try Scratch()
  // From 23:59:40 to 00:00:19 in Belgrade.
  let rows = (0..<40).map { second in
    let clock = second < 20 ? "21:59:\(40 + second)" : "22:00:\(second < 30 ? "0" : "")\(second - 20)"
    let time = "2026-05-03T\(clock)Z"
    return "\(21.9030 + Double(second) * 1e-5),43.3250\(isTimed ? "," + time : "")\n"
  }
  let survey = try NisSurvey(
    scratch, head: "time_zone = \"Europe/Belgrade\"",
    tables: NisSurvey.track("a.csv").replacingOccurrences(of: "end = 2026-05-03", with: "end = 2026-05-04"),
    files: ["a.csv": "lon,lat\(isTimed ? ",time" : "")\n" + rows.joined()])
  let found = try quality(survey.path)
  let days = try #require(found["teams"] as? [JSON])
  let released = try column(found["activities"], "released_m2")
  #expect(released.count == 1 && released[0] > 60)
  #expect(try abs(column(days, "newly_cleared_m2").reduce(0, +) - released[0]) < 2e-4)
  if isTimed {
    #expect(days.map { $0["day"] as? String } == ["2026-05-03", "2026-05-04"])
    // The step across midnight is of the later day: 19 steps and 20.
    let areas = try column(days, "newly_cleared_m2")
    #expect(areas[0] > 30 && areas[1] > 28 && areas[0] < 36 && areas[1] < 36, "\(areas)")
  } else {
    #expect(days.map { $0["day"] is NSNull } == [true])
    #expect(days.map { $0["end"] as? String } == ["2026-05-04"])
  }
}
