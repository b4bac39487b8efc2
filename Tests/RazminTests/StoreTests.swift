import Foundation
import Testing

/// Samples, and surveys with something missing, each of which can be stored.
private let surveys =
  ["nis-apron", "village-strike", "three-years", "receivers", "turning-points", "eod-spot"]
  + [
    "activity-dates", "duplicate-id", "find-no-fadeout", "fix-outside-dates", "hazard-bow-tie", "missing-file",
    "no-depth", "outside-folder", "perimeter-open", "ring-too-few", "unknown-key",
  ].map { "broken/\($0)" }

private let commands = [
  ["remaining"], ["remaining", "--assured"], ["remaining", "--format", "csv"], ["remaining", "--format", "sheet"],
  ["ledger"], ["ledger", "--format", "json", "--as-of", "2025-12-31"], ["ledger", "--format", "article7"],
  ["ledger", "--strict"], ["validate", "--json"], ["fadeout"], ["why", "43.33510N 21.87330E"], ["why", "43N 20E"],
  ["why", "43.33510N 21.87330E", "--json"],
  ["check", "sample-surveys/village-strike/hazards.geojson", "--distance", "100"],
]

private func razminOn(_ survey: String, _ command: [String]) throws -> Run {
  try shell("\"$RAZMIN\" \(([command[0], survey] + command.dropFirst()).map { "'\($0)'" }.joined(separator: " "))")
}

private func same(_ one: Run, _ other: Run, but name: String, for another: String) -> Bool {
  one.status == other.status && one.output == other.output
    && one.errors == other.errors.replacingOccurrences(of: name, with: another)
}

/// A store of a sample.
private func stored(_ survey: String, in scratch: Scratch) throws -> String {
  let store = scratch.path + "/store.gpkg"
  let run = try razmin("import", "sample-surveys/\(survey)", "--into", store)
  try #require(run.status == 0 || run.status == 2, "\(run.errors)")
  return store
}

@Test(arguments: surveys)
func `a folder and its store give the same answers, byte for byte`(survey: String) throws {
  let scratch = try Scratch()
  let store = try stored(survey, in: scratch)
  // The account and the findings tell a survey with something missing.
  for command in survey.hasPrefix("broken/") ? [["ledger", "--format", "json"], ["validate", "--json"]] : commands {
    let (folder, file) = (try razminOn("sample-surveys/\(survey)", command), try razminOn(store, command))
    #expect(folder.status != 64 && folder.status != 66, "\(command): \(folder.errors)")
    #expect(same(folder, file, but: store, for: "sample-surveys/\(survey)"), "\(command): \(file.errors)")
  }
}

@Test func `importing again changes no byte, and logs of the survey are not stored twice`() throws {
  let scratch = try Scratch()
  let store = try stored("nis-apron", in: scratch)
  let before = FileManager.default.contents(atPath: store)
  let again = try razmin("import", "sample-surveys/nis-apron", "--into", store)
  #expect(again.status == 0 && again.errors.contains("nothing new"))
  let logs = try shell("\"$RAZMIN\" import sample-surveys/nis-apron/logs/* --into \(store)")
  #expect(logs.status == 0 && logs.lines.filter { $0.hasSuffix("nothing new") }.count == 3, "\(logs.errors)")
  #expect(FileManager.default.contents(atPath: store) == before)
  #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["store.gpkg"])
}

@Test func `a log that is listed for its finds alone is stored with its waypoints, once`() throws {
  let scratch = try Scratch()
  let store = try stored("eod-spot", in: scratch)
  let query = { (sql: String) in
    try shell(
      "python3 -c \"import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]), sep='\\n')\" '\(store)' \"\(sql)\""
    ).text
  }
  let path = "logs/2025-09-12-finds.gpx"
  let sum = try shell("sha256sum sample-surveys/eod-spot/\(path)").text.prefix(64)
  let size = try #require(FileManager.default.contents(atPath: samples + "/eod-spot/" + path)).count
  #expect(
    try query("SELECT sha256, bytes, format FROM logs WHERE path = '\(path)'") == "('\(sum)', \(size), 'GPX 1.1')\n")
  let names = try query("SELECT w.name FROM waypoints w JOIN logs l ON l.fid = w.log WHERE l.path = '\(path)'")
  #expect(names.contains("UXO"), "\(names)")
  // As docs/store.md tells how to ask.
  let asked = try query(
    "SELECT DISTINCT l.path FROM logs l JOIN inputs i ON i.sha256 = l.sha256 JOIN finds f ON f.file IN (i.path, l.path)"
  )
  #expect(asked == "('\(path)',)\n")
  let before = FileManager.default.contents(atPath: store)
  #expect(try razmin("import", "sample-surveys/eod-spot", "--into", store).errors.contains("nothing new"))
  #expect(FileManager.default.contents(atPath: store) == before)
}

@Test func `a survey that was changed replaces what was stored of it`() throws {
  let scratch = try Scratch()
  let copy = try scratch.copy("three-years")
  let store = scratch.path + "/store.gpkg"
  #expect(try razmin("import", copy, "--into", store).status == 0)
  let before = try razmin("ledger", store)
  try change(copy + "/survey.toml", "required_depth_cm = 20", "required_depth_cm = 5")
  let again = try razmin("import", copy, "--into", store)
  #expect(again.status == 0 && !again.errors.contains("nothing new"), "\(again.errors)")
  let after = try razmin("ledger", store)
  // The store's history goes on, with a correction; the folder's begins anew.
  let account = { (run: Run) in run.text.split(separator: "\n").filter { !$0.hasPrefix("History: ") } }
  #expect(account(after) == account(try razmin("ledger", copy)) && account(after) != account(before))
  #expect(try razmin("history", store).text.contains("corrected 1"))
  #expect(!(try razmin("validate", store).text.contains("[history.")))
}

@Test func `logs alone make a store that holds no survey, until one comes`() throws {
  let scratch = try Scratch()
  let store = scratch.path + "/store.gpkg"
  let log = "sample-surveys/nis-apron/logs/2026-05-05.gpx"
  let first = try razmin("import", log, "--into", store)
  #expect(first.status == 0 && first.errors.contains("stored 1454 fixes, 1 waypoints"), "\(first.errors)")
  let none = try razmin("remaining", store)
  #expect(none.status == 65 && none.errors.contains("[store.empty]") && none.output.isEmpty)
  #expect(try razmin("import", "sample-surveys/nis-apron", "--into", store).errors.contains("2 logs"))
  #expect(try razmin("remaining", store).status == 0)
  #expect(try razmin("import", log, "--into", store).errors.contains("nothing new"))
}

/// What is refused, with its status and code; the file is then as it was.
@Test(arguments: [
  ("text", "import sample-surveys/nis-apron --into", 65, "store.not-a-store"),
  ("package", "import sample-surveys/nis-apron --into", 65, "store.not-a-store"),
  ("package", "remaining", 65, "store.not-a-store"),
  ("newer", "remaining", 65, "store.newer"),
  ("newer", "import sample-surveys/nis-apron --into", 65, "store.newer"),
  ("older", "remaining", 65, "store.older"),
  ("older", "import sample-surveys/nis-apron --into", 65, "store.older"),
  ("store", "import sample-surveys/three-years --into", 65, "store.other-survey"),
  ("store", "import sample-surveys/nis-apron sample-surveys/nis-apron/logs/2026-05-05.gpx --into", 64, "not both"),
  ("store", "remaining --operation EPSG:9495", 64, "store.wishes"),
  ("store", "ledger --preset serbia", 64, "store.wishes"),
  ("store", "ledger --allow-missing-grid", 64, "store.wishes"),
  ("edited", "remaining", 65, "store.damaged"),
  ("edited", "why --lat 43.3351 --lon 21.8733", 65, "store.damaged"),
  ("added", "remaining", 65, "store.damaged"),
  ("added", "why --lat 43.3351 --lon 21.8733", 65, "store.damaged"),
  ("added", "validate", 65, "store.damaged"),
  ("edited", "import sample-surveys/nis-apron --into", 65, "store.damaged"),
  ("trigger", "import sample-surveys/nis-apron --into", 65, "store.damaged"),
  ("store", "import sample-surveys/nis-apron --points --into", 64, "--into takes"),
  ("store", "import sample-surveys/nis-apron --sigma 1 --into", 64, "--into takes"),
  ("view", "remaining", 65, "store.damaged"),
  ("cut", "remaining", 65, "store.damaged"),
  ("gone/store", "import sample-surveys/nis-apron --into", 74, "store.not-written"),
])
func `a store that may not be used is refused, and left as it is`(
  file: String, command: String, status: Int32, words: String
) throws {
  let scratch = try Scratch()
  let path = scratch.path + "/\(file).gpkg"
  let sql = { (statement: String) in
    try FileManager.default.moveItem(atPath: stored("nis-apron", in: scratch), toPath: path)
    let run = try shell(
      "python3 -c \"import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()\" '\(path)' \"\(statement)\""
    )
    try #require(run.status == 0, "\(run.errors)")
  }
  switch file {
  case "text": _ = try scratch.write("no database", to: "text.gpkg")
  case "package":
    #expect(try razmin("remaining", "sample-surveys/nis-apron", "--format", "gpkg", "-o", path).status == 0)
  case "newer": try sql("UPDATE razmin_store SET version = 3")
  case "older": try sql("UPDATE razmin_store SET version = 1")
  case "edited": try sql("UPDATE activities SET depth_cm = 999")
  case "added": try sql("INSERT INTO activity_logs (activity, number, path) VALUES ('A-001', 9, 'x')")
  case "trigger": try sql("CREATE TRIGGER t AFTER INSERT ON inputs BEGIN DELETE FROM inputs; END")
  case "view":
    try sql("ALTER TABLE finds RENAME TO other")
    let run = try shell(
      "python3 -c \"import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('CREATE VIEW finds AS SELECT * FROM other'); c.commit()\" '\(path)'"
    )
    try #require(run.status == 0, "\(run.errors)")
  case "cut":
    let whole = try #require(FileManager.default.contents(atPath: stored("nis-apron", in: scratch)))
    try whole.prefix(whole.count / 2).write(to: URL(filePath: path))
  case "store": _ = try stored("nis-apron", in: scratch)
  default: break
  }
  let before = FileManager.default.contents(atPath: path)
  let run = try shell("\"$RAZMIN\" \(command) '\(path)'")
  #expect(run.status == status && run.errors.contains(words), "\(run.status) \(run.errors)")
  #expect(run.output.isEmpty && FileManager.default.contents(atPath: path) == before)
}

@Test func `the same wishes as at the import are no others`() throws {
  let scratch = try Scratch()
  let store = scratch.path + "/store.gpkg"
  #expect(try razmin("import", "sample-surveys/nis-apron", "--preset", "serbia", "--into", store).status == 0)
  let run = try razmin("ledger", store, "--preset", "serbia")
  #expect(run.status == 0)
  #expect(run.output == (try razmin("ledger", "sample-surveys/nis-apron", "--preset", "serbia")).output)
}

@Test func `a disk that is full leaves the store as it was`() throws {
  let scratch = try Scratch()
  let store = try stored("nis-apron", in: scratch)
  let answer = try razmin("ledger", store)
  let copy = try scratch.copy("nis-apron")
  try change(copy + "/survey.toml", "fadeout_m = ", "fadeout_m = 1")
  // A file may grow to so many units of 1 KiB: enough for walked steps in a temporary file, not for the store.
  for blocks in [100, 110, 130, 150] {
    let run = try shell("trap '' XFSZ; ulimit -f \(blocks); \"$RAZMIN\" import '\(copy)' --into '\(store)'")
    #expect(run.status == 74 && run.errors.contains("[store.not-written]"), "\(blocks): \(run.status) \(run.errors)")
    #expect(try razmin("ledger", store).output == answer.output)
  }
  #expect(try razmin("import", copy, "--into", store).status == 0)
}

@Test func `two imports at once end well, or one says that the other is at work`() throws {
  let scratch = try Scratch()
  let run = try shell(
    """
    for i in 1 2 3 4; do "$RAZMIN" import sample-surveys/nis-apron --into '\(scratch.path)/s.gpkg' & p="$p $!"; done
    for i in $p; do wait $i; echo $?; done
    """)
  #expect(run.text.split(separator: "\n").allSatisfy { $0 == "0" || $0 == "65" }, "\(run.text) \(run.errors)")
  #expect(run.errors.contains("3 logs"))
  let answers = try [scratch.path + "/s.gpkg", "sample-surveys/nis-apron"].map { try razmin("ledger", $0).output }
  #expect(answers[0] == answers[1])
}

@Test func `an import that is killed leaves the store before it, or after it`() throws {
  let run = try shell("python3 Tests/Tools/store_kill.py \"$RAZMIN\" sample-surveys/two-returns 40")
  #expect(run.status == 0, "\(run.errors)")
}

@Test(arguments: ["nis-apron", "village-strike", "turning-points"])
func `GDAL opens a store without a word of warning`(survey: String) throws {
  let scratch = try Scratch()
  let store = try stored(survey, in: scratch)
  let run = try shell("ogrinfo -al -so '\(store)'")
  #expect(run.status == 0 && run.errors.isEmpty && !run.text.lowercased().contains("warning"), "\(run.errors)")
  for layer in ["hazards", "claims", "finds", "tracks", "activities", "runs", "survey"] {
    #expect(run.text.contains("Layer name: \(layer)"))
  }
}

/// One bit of a store after another is turned over: what comes is a refusal, or what came before.
@Test func `a damaged store is refused, or answers as before`() throws {
  let scratch = try Scratch()
  let store = try stored("village-strike", in: scratch)
  let whole = try #require(FileManager.default.contents(atPath: store))
  let commands = [["ledger", "--format", "json"], ["why", "43.21555N 20.13650E"]]
  let answers = try commands.map { try razminOn(store, $0) }
  try #require(answers.allSatisfy { $0.status == 0 })
  var refusals = 0
  var state: UInt64 = 7
  for _ in 0..<80 {
    var bytes = whole
    for _ in 0..<4 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes[Int(state >> 33) % bytes.count] ^= UInt8(1 << (state >> 61))
    }
    try bytes.write(to: URL(filePath: store))
    for (command, answer) in zip(commands, answers) {
      let run = try razminOn(store, command)
      if run.status == 65 || run.status == 66 {
        refusals += 1
        #expect(run.output.isEmpty && run.errors.contains("["), "\(run.errors)")
      } else {
        #expect(run.status == answer.status && run.output == answer.output, "\(run.status) \(run.errors)")
      }
    }
  }
  #expect(refusals > 10 && refusals < 160)
}

/// Of a store only what is near is used to answer about a place; of a folder everything.
@Test(arguments: [3, 4, 5])
func `why says the same of a place with what is near it as with everything`(seed: Int) throws {
  let scratch = try Scratch()
  let (survey, store) = (scratch.path + "/survey", scratch.path + "/store.gpkg")
  let made = try razmin("simulate", "--hazards", "30", "--fixes", "4000", "--seed", "\(seed)", "--out", survey)
  try #require(made.status == 0, "\(made.errors)")
  #expect(try razmin("import", survey, "--into", store).status == 0)
  let hazards = try json(#require(FileManager.default.contents(atPath: survey + "/hazards.geojson")))
  let finds = try json(#require(FileManager.default.contents(atPath: survey + "/finds.geojson")))
  let all = (try #require(hazards["features"] as? [JSON])) + (try #require(finds["features"] as? [JSON]))
  let corners = all.compactMap { feature -> [Double]? in
    let geometry = feature["geometry"] as? JSON
    return (geometry?["coordinates"] as? [[[Double]]])?.first?.first ?? geometry?["coordinates"] as? [Double]
  }
  #expect(corners.count > 30)
  var (state, held) = (UInt64(seed), 0)
  func chance() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53)
  }
  for _ in 0..<14 {
    let corner = corners[Int(chance() * Double(corners.count))]
    let place = ["\(corner[1] + (chance() - 0.3) * 6e-4)", "\(corner[0] + (chance() - 0.3) * 6e-4)"]
    let command = { (path: String) in try razmin("why", path, "--lat", place[0], "--lon", place[1], "--json") }
    let (whole, near) = (try command(survey), try command(store))
    #expect(whole.status == 0 && whole.output == near.output && whole.errors == near.errors, "\(place)")
    if !whole.text.contains("\"works\":[]") { held += 1 }
  }
  #expect(held > 3)
}
