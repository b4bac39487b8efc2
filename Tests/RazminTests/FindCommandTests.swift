import Foundation
import Testing

private let sample = "sample-surveys/eod-spot"

@Suite struct MissedFindCommandTests {
  @Test func `validate has a line for each find in released ground, with what missed it`() throws {
    let lines = try razmin("validate", sample).text.split(separator: "\n").map(String.init).filter {
      $0.contains(": find ")
    }
    .filter { !$0.contains("warning") }
    #expect(lines.count == 2)
    for part in [
      "logs/2025-09-12-finds.gpx:3: find 2025-09-12 UXO 1: BLU-97/B,",
      "found 2025-09-12, BLU-97/B (submunition): reopened;",
      "missed by E-002, clearance, 2025-06-10 to 2025-06-10, team 2, 20 cm; walked 0.10 m away;",
      "nearest fix logs/2025-06-10-lanes.gpx:263, 0.22 m away, sigma 0.02 m; E-002 still releases 77.6 m² of DL-CHA-1",
    ] { #expect(lines.first?.contains(part) == true, "\(part) in \(lines)") }
    #expect(lines.last?.contains("find DL-F-11,") == true && lines.last?.contains("fade-out released since") == true)
  }

  @Test func `validate as JSON has the same as members of the findings`() throws {
    let run = try razmin("validate", "--json", sample)
    let findings = try #require(try JSONSerialization.jsonObject(with: run.output) as? [JSON])
    let finds = findings.compactMap { $0["find"] as? JSON }
    #expect(finds.count == 2 && findings.filter { $0["code"] as? String == "find.in-released" }.count == 2)
    let find = try #require(finds.first { $0["id"] as? String == "2025-09-12 UXO 1: BLU-97/B" })
    #expect(find["status"] as? String == "reopened" && find["category"] as? String == "submunition")
    let geometry = try #require(find["geometry"] as? JSON)
    #expect(
      geometry["type"] as? String == "Point" && geometry["coordinates"] as? [Double] == [21.99053403, 43.25010531])
    let work = try #require((find["missed_by"] as? [JSON])?.first)
    #expect(work["activity_id"] as? String == "E-002" && work["team"] as? String == "team 2")
    #expect((work["fix"] as? JSON)?["log"] as? String == "logs/2025-06-10-lanes.gpx")
    let released = try #require((work["releases"] as? [JSON])?.first)
    // What the ledger says that this activity still has: nobody else released that ground.
    let ledger = try json(try razmin("ledger", "--format", "json", sample).output)
    let row = try #require((ledger["activities"] as? [JSON])?.first { $0["activity_id"] as? String == "E-002" })
    #expect(released["hazard_id"] as? String == "DL-CHA-1")
    let (a, b) = (try #require(released["area_m2"] as? Double), try #require(row["released_m2"] as? Double))
    #expect(abs(a - b) < 0.01)
  }

  /// A minified GPX has all of its waypoints on one line.
  @Test func `each find is its own where several stand on one line`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("eod-spot")
    let path = folder + "/logs/2025-09-12-finds.gpx"
    let log = try String(contentsOfFile: path, encoding: .utf8)
    let other = log.replacingOccurrences(of: "UXO 2: БЛУ-97", with: "UXO 4")
      .replacingOccurrences(of: "lat=\"43.25036004\" lon=\"21.99059199\"", with: "lat=\"43.25010801\" lon=\"21.99050\"")
    try #require(other != log)
    try other.replacingOccurrences(of: "\n", with: "").write(toFile: path, atomically: false, encoding: .utf8)
    let run = try razmin("validate", "--json", folder)
    let findings = try #require(try JSONSerialization.jsonObject(with: run.output) as? [JSON])
    let released = findings.filter { $0["code"] as? String == "find.in-released" }
    #expect(released.count == 3)
    for finding in released {
      let id = try #require((finding["find"] as? JSON)?["id"] as? String)
      #expect((finding["message"] as? String)?.hasPrefix("find \(id) lies") == true, "\(finding)")
    }
  }

  @Test func `a log of lanes whose waypoints are finds is one input`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("nis-apron")
    try change(
      folder + "/survey.toml", "[[finds]]\nfile = \"finds.geojson\"",
      "[[finds]]\nlogs = [\"logs/2026-05-05.gpx\"]\nsymbols = \"Danger Area\"\nactivity = \"A-001\"")
    let account = try #require(try json(try razmin("remaining", folder).output)["razmin"] as? JSON)
    let paths = try #require(account["inputs"] as? [JSON]).compactMap { $0["path"] as? String }
    #expect(paths.filter { $0 == "logs/2026-05-05.gpx" }.count == 1 && paths.count == 5, "\(paths)")
  }

  @Test func `without a fade-out the find is open, and said to be`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("eod-spot")
    try change(folder + "/survey.toml", "fadeout_m = 10\n", "")
    let run = try razmin("validate", folder)
    #expect(run.status == 1 && run.text.contains("open for want of fadeout_m"))
  }
}

@Suite struct SpotTaskCommandTests {
  @Test(
    arguments: [
      ("2024-12-01", []), ("2025-04-01", ["recorded", "recorded", "recorded"]),
      ("2025-04-05", ["recorded", "recorded", "in-progress"]),
      ("2025-12-31", ["recorded", "in-progress", "completed"]),
    ] as [(String, [String])])
  func `remaining shows the tasks of a day as points`(day: String, statuses: [String]) throws {
    let run = try razmin("remaining", sample, "--as-of", day)
    let tasks = try parsed(run).filter { $0.properties["layer"] as? String == "spot-task" }
    #expect(tasks.compactMap { $0.properties["status"] as? String } == statuses)
    #expect(tasks.allSatisfy { $0.geometry?["type"] as? String == "Point" })
    for task in tasks {
      let isClosed = task.properties["status"] as? String == "completed"
      #expect(task.properties["open"] as? Bool == !isClosed && (task.properties["closed"] is String) == isClosed)
    }
    let account = try #require(try json(run.output)["razmin"] as? JSON)
    let open = statuses.filter { $0 != "completed" }.count
    #expect(account["spot_tasks"] as? [String: Int] == ["open": open, "closed": statuses.count - open])
  }

  @Test func `a layer is shown where it is asked for`() throws {
    let layers = { (names: String...) in
      try Set(
        parsed(shell("$RAZMIN remaining \(sample) --layer \(names.joined(separator: " "))"))
          .compactMap { $0.properties["layer"] as? String })
    }
    #expect(try layers("spot-task") == ["spot-task"])
    #expect(try layers("remaining", "cleared") == ["remaining", "cleared"])
    #expect(try razmin("remaining", sample, "--layer", "spot").status == 64)
  }

  @Test func `a survey without tasks says nothing of them`() throws {
    for line in ["remaining", "ledger --format json", "ledger --format csv", "ledger", "why --json"] {
      let place = line.hasPrefix("why") ? " 43.33510N 21.87330E" : ""
      let run = try shell("$RAZMIN \(line) sample-surveys/nis-apron\(place)")
      #expect(run.status == 0 && !run.text.lowercased().contains("spot"), "\(line)")
    }
  }

  @Test func `the ledger lists tasks as items, and no area changes`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("eod-spot")
    let with = try razmin("ledger", folder)
    #expect(with.text.contains("Spot tasks: 2 open, 1 closed; items, in no area above\n"))
    try change(folder + "/survey.toml", "[[spot_tasks]]\nfile = \"spot-tasks.geojson\"\n", "")
    let without = try razmin("ledger", folder)
    let head = { (text: String) in text.components(separatedBy: "Spot tasks")[0].components(separatedBy: "Grid")[0] }
    #expect(head(with.text) == head(without.text))
    let object = try json(try razmin("ledger", "--format", "json", sample).output)
    let tasks = try #require(object["spot_tasks"] as? [JSON])
    #expect(tasks.compactMap { $0["id"] as? String } == ["DL-T-1", "DL-T-2", "DL-T-3"])
    #expect(tasks.compactMap { $0["open"] as? Bool } == [true, true, false])
    let table = try razmin("ledger", "--format", "csv", sample).text.components(separatedBy: "\r\n\r\n")
    #expect(table.count == 2 && table[1].hasPrefix("spot_task_id,status,open,recorded,"))
    #expect(table[1].split(separator: "\r\n").count == 4)
  }

  @Test func `a task that cannot be read keeps the account from closing`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("eod-spot")
    try change(folder + "/spot-tasks.geojson", "\"in-progress\"", "\"on hold\"")
    let says = "1 spot task could not be read (spot-tasks.geojson:3): each may be open"
    let ledger = try razmin("ledger", folder)
    #expect(ledger.status == 1 && ledger.text.contains("THE ACCOUNT DOES NOT CLOSE") && ledger.text.contains(says))
    let account = try #require(try json(try razmin("remaining", folder).output)["razmin"] as? JSON)
    let totals = try #require(account["ledger"] as? JSON)
    #expect(totals["closes"] as? Bool == false)
    #expect(totals["unread_spot_tasks"] as? [String] == ["spot-tasks.geojson:3"])
    let why = try razmin("why", folder, "43.25027N 21.99197E")
    #expect(why.status == 2 && why.errors.contains("spot-tasks.geojson:3 could not be read"))
  }

  /// 100 m and more from everything but the task DL-T-2, of which it is 20 m east: 14 m by its sigma.
  @Test(
    arguments: [
      (13.0, nil, 0, []), (15, nil, 1, ["DL-T-2"]), (15, "2024-12-01", 0, []), (15, "2024-12-02", 1, ["DL-T-2"]),
    ]
      as [(Double, String?, Int32, [String])])
  func `check is near an open task by its sigma`(distance: Double, day: String?, status: Int32, near: [String]) throws {
    let scratch = try Scratch()
    try "{\"type\":\"Point\",\"coordinates\":[21.99246662,43.24981998]}"
      .write(toFile: scratch.path + "/p.geojson", atomically: false, encoding: .utf8)
    let asOf = day.map { " --as-of \($0)" } ?? ""
    let run = try shell("$RAZMIN check \(sample) \(scratch.path)/p.geojson --distance \(distance)\(asOf)")
    #expect(run.status == status, "\(run.errors)")
    let checked = try #require(try parsed(run).first?.properties)
    if day != "2024-12-01" {
      #expect(checked["nearest"] as? String == "spot task DL-T-2" && checked["spot_tasks"] as? [String] == near)
      #expect(abs((checked["distance_m"] as? Double ?? 0) - 14.01) < 0.05, "\(checked)")
    }
  }

  @Test func `why names an open task near the place`() throws {
    let run = try razmin("why", sample, "43.24982N 21.99222E")
    #expect(
      run.text.contains(
        "spot task        DL-T-2, Mk 82 (air-dropped bomb), recorded 2024-12-02, in-progress, about 4 m deep,"))
    let record = try json(try razmin("why", "--json", sample, "43.24982N 21.99222E").output)
    #expect((record["spot_tasks"] as? [JSON])?.first?["id"] as? String == "DL-T-2")
    #expect(try !razmin("why", sample, "43.24882N 21.99222E").text.contains("spot task "))
  }

  @Test(arguments: ["kml", "csv", "gpx", "geojsonseq"])
  func `every format has the tasks`(format: String) throws {
    let text = try razmin("remaining", sample, "--format", format).text
    for id in ["DL-T-1", "DL-T-2", "DL-T-3"] { #expect(text.contains(id), "\(id)") }
  }

  @Test func `a sheet of perimeters says that it has no tasks`() throws {
    #expect(try razmin("remaining", sample, "--format", "sheet").errors.contains("spot tasks are points"))
  }
}

@Suite struct OrdnanceCommandTests {
  @Test func `the catalogue is printed with its sources, and its CSV is one that a survey can take`() throws {
    let text = try razmin("ordnance")
    #expect(text.status == 0 && text.text.contains("BLU-97/B  submunition\n") && text.text.contains("  source (V: "))
    let records = try razmin("ordnance", "--format", "json").text.split(separator: "\n").map { try json(Data($0.utf8)) }
    #expect(records.count >= 20 && records.allSatisfy { $0["source"] is String && $0["mark"] is String })
    let scratch = try Scratch()
    let folder = try scratch.copy("eod-spot")
    try razmin("ordnance", "--format", "csv").output.write(to: URL(filePath: folder + "/ordnance.csv"))
    let run = try razmin("validate", folder)
    #expect(run.status == 0 && !run.text.contains("[ordnance.columns]") && run.text.contains("БЛ-755"), "\(run.text)")
  }
}

@Suite struct SpotTaskReturnTests {
  @Test(arguments: [
    ("2024-12-02", "2025-03-17"), ("2025-01-01", "2025-12-31"), ("2025-04-09", "2025-04-09"),
    ("2026-01-01", "2026-12-31"),
  ])
  func `a return counts the spot tasks that the ledger has before and after it`(from: String, to: String) throws {
    let returned = try json(try razmin("ledger", "--format", "json", "--from", from, "--to", to, sample).output)
    let returns = try #require(returned["returns"] as? JSON)
    let total = try #require(returns["spot_tasks"] as? [String: Int])
    let eve = try shell("date -u -d '\(from) -1 day' +%F").text.trimmingCharacters(in: .whitespacesAndNewlines)
    for (day, name) in [(eve, "open_before"), (to, "open_after")] {
      let ledger = try json(try razmin("ledger", "--format", "json", "--as-of", day, sample).output)
      let open = try #require(ledger["spot_tasks"] as? [JSON]).count { $0["open"] as? Bool == true }
      #expect(total[name] == open, "\(day)")
    }
    for (dimension, rows) in try #require(returns["by"] as? [String: [JSON]]) {
      let sum = rows.compactMap { ($0["spot_tasks"] as? [String: Int])?["open_after"] }.reduce(0, +)
      #expect(sum == total["open_after"], "\(dimension)")
      // No row is empty, be it of items alone.
      for row in rows { #expect((row["nominal"] as? JSON)?.isEmpty == false, "\(dimension) \(row)") }
    }
    let csv = try razmin("ledger", "--format", "csv", "--from", from, "--to", to, sample).text
      .split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let header = try #require(csv.first)
    let column = try #require(header.firstIndex(of: "spot_tasks_open_after"))
    #expect(csv[1][column] == total["open_after"].map { "\($0)" })
    let page = try razmin("ledger", "--from", from, "--to", to, sample).text
    #expect(page.contains("spot tasks open after"))
  }
}
