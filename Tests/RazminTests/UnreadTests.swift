import Foundation
import Testing

/// One record of the sample, damaged; what the account must then say.
struct Damage: Sendable, CustomTestStringConvertible {
  let file, old, new, says: String

  init(_ file: String, _ old: String, _ new: String, _ says: String) {
    (self.file, self.old, self.new, self.says) = (file, old, new, says)
  }
  var testDescription: String { "\(file): \(old) -> \(new)" }
}

private let hazard = "1 hazard could not be read"

private let damages = [
  Damage("survey.toml", "file = \"hazards.geojson\"", "file = \"hazard.geojson\"", "\(hazard) (survey.toml:12)"),
  Damage("survey.toml", "file = \"hazards.geojson\"", "", "\(hazard) (survey.toml:11)"),
  Damage("survey.toml", "file = \"hazards.geojson\"", "file = \"survey.toml\"", "\(hazard) (survey.toml:1)"),
  Damage("survey.toml", "file = \"hazards.geojson\"", "file = \"h.gpkg\"", "\(hazard) (survey.toml:12)"),
  Damage("survey.toml", "[[hazards]]", "[[hazard]]", "\(hazard) (survey.toml:11)"),
  Damage("survey.toml", "[[hazards]]", "[hazards]", "\(hazard) (survey.toml:11)"),
  Damage("hazards.geojson", "\"SHA\"", "\"ABC\"", "\(hazard) (hazards.geojson:2)"),
  Damage("hazards.geojson", "2023-04-12", "2023-14-12", "\(hazard) (hazards.geojson:2)"),
  Damage("hazards.geojson", "\"id\": \"STR-SHA-1\"", "\"id\": null", "\(hazard) (hazards.geojson:2)"),
  Damage("hazards.geojson", "\"Polygon\"", "\"LineString\"", "\(hazard) (hazards.geojson:2)"),
  Damage("hazards.geojson", "20.13332571, 43.21569145", "20.13332571, 433.21569145", "\(hazard) (hazards.geojson:2)"),
  Damage("hazards.geojson", "\n]}", "", "\(hazard) (hazards.geojson:"),
  Damage("finds.geojson", "2024-07-08", "2024-07-38", "1 find could not be read (finds.geojson:6)"),
  Damage("finds.geojson", "20.13572884", "\"20.13572884\"", "1 find could not be read (finds.geojson:6)"),
  Damage("survey.toml", "finds.geojson", "find.geojson", "1 find could not be read (survey.toml:62)"),
  Damage("survey.toml", "[[finds]]", "[[find]]", "1 find could not be read (survey.toml:61)"),
]

@Test(arguments: damages)
func `a hazard or a find that cannot be read keeps the account from closing`(damage: Damage) throws {
  let scratch = try Scratch()
  let folder = try scratch.copy("village-strike")
  try change(folder + "/" + damage.file, damage.old, damage.new)
  let ledger = try razmin("ledger", folder)
  #expect(ledger.status == 1, "\(ledger.errors)")
  #expect(ledger.text.contains("THE ACCOUNT DOES NOT CLOSE") && ledger.text.contains(damage.says), "\(ledger.text)")
  #expect(!ledger.text.contains("The account closes"))
  #expect(ledger.errors.contains("does not close: \(damage.says)"))

  let object = try razmin("ledger", "--format", "json", folder)
  #expect(object.status == 1)
  let totals = try #require(try json(object.output)["ledger"] as? JSON)
  #expect(totals["closes"] as? Bool == false)
  #expect(((totals["unread_hazards"] ?? totals["unread_finds"]) as? [String])?.count == 1)
}

@Test func `a second record with the id of a hazard keeps the account from closing`() throws {
  let scratch = try Scratch()
  let folder = try scratch.copy("three-years")
  try change(folder + "/hazards.geojson", "\"Y-SHA-2\"", "\"Y-SHA-1\"")
  let run = try razmin("ledger", "--format", "json", folder)
  #expect(run.status == 1)
  let totals = try #require(try json(run.output)["ledger"] as? JSON)
  #expect(totals["unread_hazards"] as? [String] == ["hazards.geojson:4"])
}

@Test func `a hazard without ground keeps the account from closing`() throws {
  let scratch = try Scratch()
  let folder = try scratch.copy("broken/no-depth")
  let path = folder + "/hazards.geojson"
  let text = try String(contentsOfFile: path, encoding: .utf8)
  let start = try #require(text.range(of: "[[["))
  let end = try #require(text.range(of: "]]]"))
  let line = "[[[21.875, 43.336], [21.876, 43.336], [21.877, 43.336], [21.875, 43.336]]]"
  try (text[..<start.lowerBound] + line + text[end.upperBound...]).write(
    toFile: path, atomically: false, encoding: .utf8)
  let run = try razmin("ledger", folder)
  #expect(run.status == 1)
  #expect(run.text.contains("1 hazard could not be read (hazards.geojson:2)"))
  let remaining = try razmin("remaining", folder)
  #expect(remaining.status == 1)
  let account = try #require(try json(remaining.output)["razmin"] as? JSON)
  #expect((account["ledger"] as? JSON)?["unread_hazards"] as? [String] == ["hazards.geojson:2"])
  #expect(try razmin("validate", folder).status == 1)
}

@Test func `a damaged gzip claims nothing, and says so`() throws {
  let scratch = try Scratch()
  let survey = try scratch.copy("nis-apron")
  let log = survey + "/logs/2026-05-05.gpx"
  _ = try shell("gzip -nk \(log) && mv \(log).gz \(log)")
  let sound = try razmin("ledger", survey, "--format", "json")
  // A byte in the last tenth: what stands before it would still claim.
  _ = try shell(
    "python3 -c 'import sys; p = sys.argv[1]; b = bytearray(open(p, \"rb\").read()); b[-len(b) // 10] ^= 0xff; "
      + "open(p, \"wb\").write(b)' \(log)")
  let damaged = try razmin("ledger", survey, "--format", "json")
  #expect(sound.status == 0 && damaged.status == 2)
  let claimed = { (run: Run) in
    let rows = try #require(try json(run.output)["activities"] as? [JSON])
    return try #require(rows.first { $0["activity_id"] as? String == "A-001" }?["released_m2"] as? Double)
  }
  #expect(try claimed(sound) > 300)
  #expect(try claimed(damaged) == 0)
  #expect(damaged.errors.contains("gzip.corrupt"))
}

/// A depth that a hazard asks for must never be passed over for the survey's own, lower one.
@Test(arguments: [
  (#""required_depth_cm": 80"#, "0 of it"), (#""required_d": 80"#, "0 of it"), (#""REQUIRED_DEPTH_CM": 80"#, "0 of it"),
  (#""Required_D": 80, "required_depth_cm": 50"#, "hazard.invalid"), (#""req_depth": 80"#, "hazard.invalid"),
  (#""required_depth_cm": "eighty""#, "hazard.invalid"), (#""Dubina": 80"#, "hazard.invalid"),
  (#""required_d": 50, "required_depth_cm": 50"#, "as before"), (#""colour": "red""#, "as before"),
])
func `the depth of a hazard is found, or the hazard is refused`(property: String, expected: String) throws {
  let scratch = try Scratch()
  let survey = try scratch.copy("nis-apron")
  let before = try cleared(razmin("ledger", survey, "--format", "json"))
  let file = survey + "/hazards.geojson"
  let text = try String(contentsOfFile: file, encoding: .utf8)
  try text.replacingOccurrences(of: "\"class\":", with: property + ", \"class\":")
    .write(toFile: file, atomically: true, encoding: .utf8)
  let run = try razmin("ledger", survey, "--format", "json")
  switch expected {
  case "0 of it": #expect(try run.status == 0 && cleared(run) == 0)
  case "as before": #expect(try run.status == 0 && cleared(run) == before && before > 1000)
  default: #expect(run.status == 1 && run.errors.contains("[\(expected)]"), "\(run.errors)")
  }
}

private func cleared(_ run: Run) throws -> Double {
  let ledger = try #require(try json(run.output)["ledger"] as? JSON)
  return try #require((ledger["nominal"] as? JSON)?["cleared_m2"] as? Double)
}
