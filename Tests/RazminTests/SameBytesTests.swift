import Foundation
import Testing

private let surveys = ["nis-apron", "village-strike", "three-years", "receivers"]

/// `remaining` of each sample as it is, computed once.
private let plain = Dictionary(
  uniqueKeysWithValues: surveys.map { survey in
    (survey, Result { () throws -> Run in try razmin("remaining", "sample-surveys/\(survey)") })
  })

private func remaining(_ survey: String) throws -> Run { try #require(plain[survey]).get() }

@Test(arguments: surveys)
func `the number of threads changes no byte`(survey: String) throws {
  let whole = try remaining(survey)
  #expect(whole.status == 0)
  for jobs in ["1", "2", "7"] {
    let run = try razmin("remaining", "\(samples)/\(survey)", "--jobs", jobs)
    #expect(run.output == whole.output && run.errors == whole.errors, "\(jobs)")
  }
}

@Test(arguments: surveys)
func `the folder's place and name are in no output`(survey: String) throws {
  let scratch = try Scratch()
  let copy = try scratch.copy(survey, as: "elsewhere")
  let there = try razmin("remaining", copy)
  let here = try remaining(survey)
  #expect(there.output == here.output && there.errors == here.errors)
  let findings = try razmin("validate", copy)
  #expect(findings.output == FileManager.default.contents(atPath: copy + "/expected/validate.txt"))
}

@Test(arguments: surveys)
func `the order of the activities in survey_toml changes no polygon`(survey: String) throws {
  let scratch = try Scratch()
  let copy = try scratch.copy(survey)
  let text = try String(contentsOfFile: copy + "/survey.toml", encoding: .utf8)
  let parts = text.components(separatedBy: "\n[[activities]]\n")
  // What follows the last activity stays where it is.
  let last = try #require(parts.last)
  let tail = last.range(of: "\n[[finds]]").map { String(last[$0.lowerBound...]) } ?? ""
  let activities = parts.dropFirst().dropLast() + [String(last.dropLast(tail.count))]
  #expect(activities.count > 1)
  try ([parts[0]] + activities.reversed()).joined(separator: "\n[[activities]]\n").appending(tail)
    .write(toFile: copy + "/survey.toml", atomically: false, encoding: .utf8)
  let (before, after) = (try remaining(survey), try razmin("remaining", copy))
  #expect(after.status == 0)
  #expect(try features(before).count > 3)
  #expect(try features(before).sorted() == features(after).sorted())
}

@Test func `logs that are compressed give the same polygons`() throws {
  let scratch = try Scratch()
  let copy = try scratch.copy("nis-apron")
  #expect(try shell("gzip -n logs/*", in: copy).status == 0)
  for name in ["2026-05-05.gpx", "2026-05-06-morning.nmea", "2026-05-06-afternoon.nmea"] {
    try change(copy + "/survey.toml", "\(name)\"", "\(name).gz\"")
  }
  let (plain, compressed) = (try remaining("nis-apron"), try razmin("remaining", copy))
  #expect(compressed.status == 0)
  #expect(try features(plain) == features(compressed))
}

@Test func `a log listed twice is counted once`() throws {
  let scratch = try Scratch()
  let copy = try scratch.copy("nis-apron")
  try FileManager.default.copyItem(atPath: copy + "/logs/2026-05-05.gpx", toPath: copy + "/logs/again.gpx")
  try change(copy + "/survey.toml", "[\"logs/2026-05-05.gpx\"]", "[\"logs/2026-05-05.gpx\", \"logs/again.gpx\"]")
  let (once, twice) = (try remaining("nis-apron"), try razmin("remaining", copy))
  let (alone, again) = (try parsed(once), try parsed(twice))
  #expect(alone.count == again.count)
  for (a, b) in zip(alone, again) {
    #expect(a.properties["activity_ids"] as? [String] == b.properties["activity_ids"] as? [String])
    let areas = [a, b].compactMap { $0.properties["area_m2"] as? Double }
    // The outline's 2 cm may fall on other corners.
    #expect(areas.count == 2 && abs(areas[0] - areas[1]) < 0.01, "\(areas)")
  }
  #expect(twice.errors.contains("[log.duplicate]"))
}

@Test func `importing and computing again give the same bytes`() throws {
  for line in ["import nis-apron/logs/*", "import --points nis-apron/logs/*", "cleared three-years/logs/* --swath 1"] {
    let (first, second) = (try shell("\"$RAZMIN\" \(line)", in: samples), try shell("\"$RAZMIN\" \(line)", in: samples))
    #expect(first.status == 0)
    #expect(first.output == second.output && first.errors == second.errors)
  }
}

/// First safety rule of the raw material: it is read, and never written to.
@Test(arguments: surveys)
func `no command changes a byte of a survey folder`(survey: String) throws {
  let scratch = try Scratch()
  let copy = try scratch.copy(survey)
  let before = try contents(of: copy)
  for command in ["remaining", "validate"] { #expect(try razmin(command, copy).status == 0) }
  for log in before.keys.filter({ $0.hasPrefix("logs/") }) {
    #expect(try razmin("import", copy + "/" + log).status == 0)
    #expect(try razmin("inspect", copy + "/" + log).status == 0)
    #expect(try razmin("cleared", copy + "/" + log, "--swath", "1").status == 0)
  }
  #expect(try contents(of: copy) == before)
}
