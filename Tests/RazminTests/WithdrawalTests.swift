import Foundation
import Testing

/// A line of SQL on a store, as any SQLite program runs it.
private func edit(_ store: String, _ statement: String) throws {
  let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
  let run = try shell("python3 -c \"\(script)\" '\(store)' \"\(statement)\"")
  try #require(run.status == 0, "\(run.errors)")
}

/// A copy of the sample, and a store that it was imported into.
private func imported(_ sample: String, _ scratch: Scratch) throws -> (folder: String, store: String) {
  let (folder, store) = (try scratch.copy(sample), scratch.path + "/store.gpkg")
  let run = try razmin("import", folder, "--into", store)
  try #require(run.status == 0 && !run.errors.contains("history.withdrawn"), "\(run.errors)")
  return (folder, store)
}

/// Takes the lines that hold a text out of a file.
private func drop(_ text: String, from path: String) throws {
  let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
  var kept = lines.filter { !$0.contains(text) }
  try #require(kept.count == lines.count - 1)
  // The last feature has no comma behind it.
  if let end = kept.firstIndex(of: "]}"), kept[end - 1].hasSuffix(",") { kept[end - 1].removeLast() }
  try kept.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
}

@Suite struct WithdrawalTests {
  @Test func `a hazard that is gone from the survey is named at the import, and by validate from then on`() throws {
    let scratch = try Scratch()
    let (folder, store) = try imported("two-returns", scratch)
    let whole = try Data(contentsOf: URL(filePath: folder + "/hazards.geojson"))
    try drop("\"R-3\"", from: folder + "/hazards.geojson")
    let again = try razmin("import", folder, "--into", store)
    let told = again.lines.filter { $0.hasSuffix("[history.withdrawn]") }
    #expect(again.status == 0 && told.count == 1, "\(again.errors)")
    #expect(told[0].contains("warning: hazard R-3 is in the store, and not in the survey any more"), "\(told)")
    #expect(told[0].contains("put it back") && told[0].contains("an activity that cancels it"))
    let (bytes, validated) = (FileManager.default.contents(atPath: store), try razmin("validate", store))
    #expect(
      validated.text.contains("events:13: warning: hazard R-3 is withdrawn without a release"), "\(validated.text)")
    #expect(validated.status == 0)
    #expect(try razmin("validate", store, "--strict").status == 1)
    // Nothing is taken back twice.
    let third = try razmin("import", folder, "--into", store)
    #expect(third.errors.contains("nothing new") && !third.errors.contains("[history."), "\(third.errors)")
    #expect(FileManager.default.contents(atPath: store) == bytes)
    // Put back, it is as if nothing had happened, but for the history.
    try whole.write(to: URL(filePath: folder + "/hazards.geojson"))
    #expect(!(try razmin("import", folder, "--into", store).errors.contains("[history.")))
    #expect(!(try razmin("validate", store).text.contains("[history.")))
    #expect(try razmin("history", store).lines.contains { $0.hasPrefix("razmin: history: 14 events") })
  }

  /// Of each kind: what is taken out, and what is said of it.
  @Test(arguments: [
    ("two-returns", "hazards.geojson", "\"R-1\"", "hazard R-1 is"),
    ("village-strike", "finds.geojson", "\"S-002\"", "find S-002 is"),
    ("eod-spot", "spot-tasks.geojson", "\"DL-T-2\"", "spot task DL-T-2 is"),
  ]) func `what is gone is named by its kind`(sample: String, file: String, line: String, words: String) throws {
    let scratch = try Scratch()
    let (folder, store) = try imported(sample, scratch)
    try drop(line, from: folder + "/" + file)
    let again = try razmin("import", folder, "--into", store)
    #expect(again.errors.contains("warning: \(words) in the store, and not in the survey any more"), "\(again.errors)")
  }

  @Test func `activities and more than ten of a kind are counted`() throws {
    let scratch = try Scratch()
    let (folder, store) = (scratch.path + "/made", scratch.path + "/store.gpkg")
    let made = try razmin("simulate", "--hazards", "40", "--fixes", "1000", "--seed", "5", "--out", folder)
    try #require(made.status == 0, "\(made.errors)")
    #expect(try razmin("import", folder, "--into", store).status == 0)
    let survey = try String(contentsOfFile: folder + "/survey.toml", encoding: .utf8)
    let cut = try #require(survey.range(of: "[[activities]]"))
    try String(survey[..<cut.lowerBound]).write(toFile: folder + "/survey.toml", atomically: false, encoding: .utf8)
    let gone = try razmin("import", folder, "--into", store)
    let told = try #require(
      gone.lines.first { $0.hasSuffix("[history.withdrawn]") && $0.contains("activit") }, "\(gone.errors)")
    #expect(told.contains("warning: 42 activities (S-001, S-002, A-H00000, "), "\(told)")
    #expect(told.contains("A-H00007 and 32 more) are in the store, and not in the survey any more"), "\(told)")
  }

  /// A file that cannot be read tells nothing: what was in it is not taken back.
  @Test(arguments: [
    ("two-returns", "file = \"hazards.geojson\"", "file = \"hazard.geojson\""),
    ("two-returns", "file = \"finds.geojson\"", "file = \"find.geojson\""),
    ("two-returns", "[[finds]]", "[[find]]"),
    (
      "two-returns", "kind = \"clearance\"\nclaims = \"cleared\"\nstart = 2021",
      "kind = \"x\"\nclaims = \"cleared\"\nstart = 2021"
    ),
    ("two-returns", "date = 2020-11-20", "date = 2018-11-20"),
    ("eod-spot", "file = \"spot-tasks.geojson\"", "file = \"spot-task.geojson\""),
  ])
  func `what could not be read is not withdrawn`(sample: String, old: String, new: String) throws {
    let scratch = try Scratch()
    let (folder, store) = try imported(sample, scratch)
    let before = try razmin("history", store).text
    try change(folder + "/survey.toml", old, new)
    let again = try razmin("import", folder, "--into", store)
    #expect(again.status == 2 && !again.errors.contains("[history."), "\(again.errors)")
    #expect(try razmin("history", store).text == before)
    #expect(!(try razmin("validate", store).text.contains("[history.")))
  }

  /// One event is changed, one cannot be read any more, the last one is gone.
  @Test(arguments: [
    ("update events set date='2020-06-20' where number=4", 4),
    ("update events set kind='x' where number=12", 12),
    ("update events set date='never' where number=7", 7),
    ("delete from events where number=3", 3),
    (
      "insert into events select null, number, kind, about, id, date, organisation, role, corrects, record, hash "
        + "from events where number=2", 13
    ),
    ("delete from events where number=12", 0),
  ]) func `where an event was changed its number is named`(statement: String, event: Int) throws {
    let scratch = try Scratch()
    let (_, store) = try imported("two-returns", scratch)
    try edit(store, statement)
    for command in [
      ["validate"], ["history"], ["ledger"], ["remaining"], ["diff", "2020-12-31", "2021-12-31"],
    ] {
      let run = try razmin(arguments: [command[0], store] + command.dropFirst())
      #expect(
        run.status == 65 && run.output.isEmpty && run.errors.contains("[store.damaged]"), "\(command) \(run.errors)")
      let names = run.errors.contains("events:\(event): error: event \(event) is not what was told")
      #expect(names == (event > 0) && run.errors.contains("[history.broken]") == names, "\(command) \(run.errors)")
    }
    // It takes what is near, and not the history.
    #expect(try razmin("why", store, "43.7001N 21.5001E").status == 0)
  }

  /// Who also tells the sum of the table anew is found out by the chain.
  @Test func `a chain that is broken behind a sound sum is refused, and told by validate`() throws {
    let scratch = try Scratch()
    let (_, store) = try imported("two-returns", scratch)
    let run = try shell(
      "python3 Tests/Tools/reseal_events.py '\(store)' \"update events set date='2020-06-20' where number=4\"")
    try #require(run.status == 0, "\(run.errors)")
    for command in ["ledger", "remaining", "strikes"] {
      let run = try razmin(command, store)
      #expect(run.status == 65 && run.output.isEmpty, "\(run.errors)")
      #expect(run.errors.contains("event 4 is not what was told: the store was damaged"), "\(run.errors)")
      #expect(run.errors.contains("[history.broken]"))
    }
    let validated = try razmin("validate", store)
    #expect(
      validated.status == 1 && validated.text.contains("events:4: error"), "\(validated.text) \(validated.errors)")
    #expect(validated.text.contains("[history.broken]"))
  }
}
