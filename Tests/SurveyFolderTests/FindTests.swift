import FoundationEssentials
import Geometry
import Survey
import SurveyFolder
import Testing

/// The sound survey with its table of finds replaced by another, and more files.
private func load(_ table: String, _ files: [String: String] = [:]) throws -> SurveyFolder.LoadResult {
  var all = Sound.broken("survey.toml", "[[finds]]\nfile = \"finds.geojson\"", table)
  try #require(!all.isEmpty)
  for (name, text) in files { all[name] = text }
  return try Folder(all).load()
}

private func gpx(_ waypoints: String...) -> String {
  "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n" + waypoints.joined(separator: "\n") + "\n</gpx>"
}

private func wpt(_ name: String?, symbol: String? = nil, time: String? = "2026-05-03T10:00:00Z") -> String {
  "<wpt lat=\"43.3005\" lon=\"21.9005\">" + (time.map { "<time>\($0)</time>" } ?? "")
    + (name.map { "<name>\($0)</name>" } ?? "") + (symbol.map { "<sym>\($0)</sym>" } ?? "") + "</wpt>"
}

extension SurveyFolder.LoadResult {
  fileprivate var finds: [Find] { survey?.finds ?? [] }
  fileprivate func codes(_ level: Finding.Level) -> [String] { findings.filter { $0.level == level }.map(\.code) }
}

@Suite struct WaypointFindTests {
  private static let log = gpx(
    wpt("UXO 1: BLU-97/B", symbol: "Danger Area"), wpt("BM 1", symbol: "Benchmark"), wpt("uxo 2", symbol: "Flag"),
    wpt("P7", symbol: "danger area"))

  @Test(arguments: [
    ("", ["UXO 1: BLU-97/B", "BM 1", "uxo 2", "P7"]), ("symbols = [\"Danger Area\"]", ["UXO 1: BLU-97/B", "P7"]),
    ("names = \"UXO*\"", ["UXO 1: BLU-97/B", "uxo 2"]),
    ("names = [\"?7\", \"BM*\"]\nsymbols = \"Flag\"", ["BM 1", "uxo 2", "P7"]), ("names = \"mine\"", []),
  ])
  func `a rule takes by symbol or by name, and the rest is told`(rules: String, taken: [String]) throws {
    let result = try load("[[finds]]\nlogs = [\"logs/f.gpx\"]\n\(rules)", ["logs/f.gpx": Self.log])
    #expect(result.finds.map(\.id) == taken)
    #expect(result.unreadFinds.isEmpty && result.codes(.error).isEmpty)
    let told = result.findings.filter { $0.code == "find.not-taken" }
    #expect(told.map(\.level) == (taken.count == 4 ? [] : [taken.isEmpty ? .warning : .info]))
    if taken.count < 4 { #expect(told[0].message.hasPrefix("\(4 - taken.count) of 4 waypoints"), "\(told[0].message)") }
    #expect(result.survey?.inputs.contains { $0.path == "logs/f.gpx" } == true)
  }

  @Test(
    arguments: [
      ("2026-05-03T21:59:59Z", "2026-05-03"), ("2026-05-03T22:00:00Z", "2026-05-04"), (nil, "2026-06-01"),
    ] as [(String?, String)])
  func `the day is that of the survey's zone, or the table's`(time: String?, day: String) throws {
    let result = try load(
      "[[finds]]\nlogs = [\"logs/f.gpx\"]\nfound = 2026-06-01", ["logs/f.gpx": gpx(wpt("A", time: time))])
    #expect(result.finds.map { "\($0.found)" } == [day])
  }

  @Test(
    arguments: [
      ("1980-01-06T10:00:00Z", "2026-06-01", "2026-06-01", .warning), ("1970-01-01T10:00:00Z", nil, nil, .error),
      ("2004-10-16T10:00:00Z", "2026-06-01", "2026-06-01", .warning), ("2004-10-16T10:00:00Z", nil, "2004-10-16", nil),
      ("2005-10-16T10:00:00Z", "2026-06-01", "2005-10-16", nil),
      ("2004-10-16T10:00:00Z", "2003-06-01", "2004-10-16", nil),
    ] as [(String, String?, String?, Finding.Level?)])
  func `a clock that was reset makes no day`(time: String, found: String?, day: String?, level: Finding.Level?) throws {
    let result = try load(
      "[[finds]]\nlogs = [\"logs/f.gpx\"]" + (found.map { "\nfound = \($0)" } ?? ""),
      ["logs/f.gpx": gpx(wpt("A", time: time))])
    #expect(result.finds.map { "\($0.found)" } == (day.map { [$0] } ?? []))
    #expect(result.findings.filter { $0.code == "find.date" }.map(\.level) == (level.map { [$0] } ?? []))
    #expect(result.unreadFinds.isEmpty == (day != nil))
    #expect(!result.findings.contains { $0.code == "find.not-taken" })
  }

  @Test(
    arguments: [
      (":", "UXO 1: BLU-97/B", "BLU-97/B", "submunition"), (":", "UXO 2", "Mk 82", "air-dropped bomb"),
      (" - ", "3 - Mk 118 - broken", "Mk 118 - broken", nil), (":", "UXO 4: ", "Mk 82", "air-dropped bomb"),
    ] as [(String, String, String, String?)])
  func `a name may say the type behind a separator`(separator: String, name: String, type: String, category: String?)
    throws
  {
    let result = try load(
      "[[finds]]\nlogs = [\"logs/f.gpx\"]\nseparator = \"\(separator)\"\ntype = \"Mk 82\"\nprefix = \"d1 \"\nactivity = \"A-1\"",
      ["logs/f.gpx": gpx(wpt(name))])
    let find = try #require(result.finds.first)
    #expect(find.type == type && find.category == category && find.activity == "A-1")
    #expect(find.id == "d1 " + name.trimmed)
  }

  @Test(arguments: [
    (wpt("A", time: nil), "has no time"), (wpt(nil), "without a name"), (wpt("  "), "without a name"),
    ("<wpt lat=\"143.3\" lon=\"21.9\"><time>2026-05-03T10:00:00Z</time><name>A</name></wpt>", ""),
    ("<rte><name>r</name>" + wpt("A").replacing("wpt", with: "rtept") + "</rte>", "1 named points of routes"),
    (
      wpt("A") + "<wpt lat=\"21.9005\" lon=\"43.3005\"><time>2026-05-03T10:00:00Z</time><name>B</name></wpt>",
      "would fall on the hazards as latitude, longitude"
    ),
    ("<wpt lat=\"0\" lon=\"0\"><time>2026-05-03T10:00:00Z</time><name>A</name></wpt>", ""),
    (
      wpt("A") + "<wpt lat=\"43.30051\" lon=\"21.9005\"><time>2026-05-03T10:00:00Z</time><name>A</name></wpt>",
      "used before"
    ),
  ])
  func `a waypoint that cannot be a find keeps the account open`(waypoint: String, says: String) throws {
    let result = try load("[[finds]]\nlogs = [\"logs/f.gpx\"]", ["logs/f.gpx": gpx(waypoint)])
    #expect(result.unreadFinds.map(\.file) == ["logs/f.gpx"] && result.unreadFinds.allSatisfy { $0.line > 0 })
    #expect(result.findings.contains { $0.level == .error && $0.message.contains(says) }, "\(result.findings)")
  }

  @Test func `a list that a receiver handed out twice counts once`() throws {
    let result = try load(
      "[[finds]]\nlogs = [\"logs/1.gpx\", \"logs/2.gpx\"]",
      ["logs/1.gpx": gpx(wpt("A")), "logs/2.gpx": gpx(wpt("A"), wpt("B"))])
    #expect(result.finds.map(\.id) == ["A", "B"] && result.unreadFinds.isEmpty)
    #expect(result.findings.first { $0.code == "find.repeated" }?.place == Place("logs/2.gpx"))
  }

  @Test(arguments: [
    ("logs = []", "survey.missing-key"), ("logs = [\"logs/none.gpx\"]", "file.not-found"), ("logs = 1", "survey.type"),
    ("logs = [\"logs/f.gpx\"]\nsymbols = 1", "survey.type"),
    ("logs = [\"logs/f.gpx\"]\nfile = \"x\"", "survey.unknown-key"),
    ("logs = [\"logs/f.gpx\"]\nfiles = [\"x\"]", "survey.unknown-key"),
    ("file = \"logs/f.gpx\"", "file.format"),
  ])
  func `a table of finds that cannot be read is unread finds`(keys: String, code: String) throws {
    let result = try load("[[finds]]\n\(keys)", ["logs/f.gpx": Self.log])
    #expect(result.codes(.error) == [code], "\(result.findings)")
    #expect(!result.unreadFinds.isEmpty)
  }
}

extension String {
  fileprivate var trimmed: String { String(String(reversed().drop { $0 == " " }.reversed())) }
}

/// Fade-out 25 m, k 2.5: a disc that reaches farther than one can be drawn truly is asked for by nobody.
@Test(arguments: [("0.5", true), ("1990", true), ("1990.1", false), ("10000", false)])
func `a find that asks for more ground than can be drawn keeps the account open`(sigma: String, isUsed: Bool) throws {
  let result = try Folder(Sound.broken("finds.geojson", "\"sigma_m\": 0.5", "\"sigma_m\": \(sigma)")).load()
  #expect(result.finds.count == (isUsed ? 1 : 0))
  #expect(result.codes(.error) == (isUsed ? [] : ["find.reach"]), "\(result.findings)")
  #expect(result.unreadFinds == (isUsed ? [] : [Place("finds.geojson", line: 2)]))
}

@Suite struct TableFindTests {
  private static let header = "id;lat;lon;found;type;depth_cm;activity;sigma_m;condition;disposed;disposal\r\n"

  @Test func `a table with semicolons and decimal commas is read`() throws {
    let result = try load(
      "[[finds]]\nfile = \"f.csv\"",
      ["f.csv": Self.header + "Ф-1;43,3005;21,9005;3.5.2026.;Mk-118;12,5;A-1;0,5;цела;2026-05-04;in place\r\n"])
    #expect(result.findings.isEmpty, "\(result.findings)")
    let find = try #require(result.finds.first)
    #expect(find.id == "Ф-1" && find.position == Geographic(21.9005, 43.3005) && "\(find.found)" == "2026-05-03")
    #expect(find.depth == 12.5 && find.sigma == 0.5 && find.activity == "A-1" && find.condition == "цела")
    #expect(find.ordnance == "Mk 118" && find.category == "submunition" && find.place == Place("f.csv", line: 2))
    #expect(find.disposed == CivilDate("2026-05-04") && find.disposal == "in place")
  }

  @Test(arguments: [
    "sep=;\r\n", "SEP=;\n", "\"sep=;\"\r\n", "\u{FEFF}sep=;\r\n",
  ])
  func `a first line that names the separator is Excel's`(first: String) throws {
    let row = "F;43,3005;21,9005;3.5.2026.;a, b, c;12,5;A-1;0,5;;;\r\n"
    let result = try load("[[finds]]\nfile = \"f.csv\"", ["f.csv": first + Self.header + row])
    #expect(result.codes(.error).isEmpty && result.unreadFinds.isEmpty, "\(result.findings)")
    let find = try #require(result.finds.first)
    #expect(find.position == Geographic(21.9005, 43.3005) && find.type == "a, b, c" && find.depth == 12.5)
    #expect(find.place == Place("f.csv", line: 3))
  }

  @Test(
    arguments: [
      ("2026-05-03T23:30:00Z", "2026-05-04"), ("2026-05-03T23:30:00+02:00", "2026-05-03"),
      ("2026-05-03T23:30:00", "2026-05-03"), ("2026-05-03 08:00", "2026-05-03"),
      ("6/13/2026 8:00:00 AM", "2026-06-13"), ("13/6/2026", "2026-06-13"), ("5/5/2026", "2026-05-05"),
      ("6/5/2026 8:00:00 AM", nil), ("13/13/2026", nil), ("6/13/26", nil), ("6/13/2026 morning", nil),
    ] as [(String, String?)])
  func `a date with a time is its day, where only one can be meant`(found: String, day: String?) throws {
    let result = try load(
      "[[finds]]\nfile = \"f.csv\"", ["f.csv": "id,lat,lon,found\nF,43.3005,21.9005,\(found)\n"])
    #expect(result.finds.map { "\($0.found)" } == (day.map { [$0] } ?? []), "\(result.findings)")
    #expect(result.unreadFinds.isEmpty == (day != nil))
  }

  @Test(arguments: [true, false])
  func `a table in UTF-16 is read`(isBig: Bool) throws {
    let units = Array("\u{FEFF}id;lat;lon;found\r\nŠ;43,3005;21,9005;3.5.2026.\r\n".utf16)
    let bytes = units.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    let folder = try Folder(Sound.broken("survey.toml", "finds.geojson", "f.csv"))
    try Data(bytes).write(to: URL(filePath: folder.path + "/survey/f.csv"))
    #expect(folder.load().survey?.finds.map(\.id) == ["Š"], "\(folder.load().findings)")
  }

  @Test func `eastings and northings want a CRS, and land where it says`() throws {
    // 21.9005, 43.3005 by PROJ's EPSG:9495, to a centimetre.
    let table = "id,easting,northing,found\nF,7573498.19,4795514.24,2026-05-03\n"
    let named = try load("[[finds]]\nfile = \"f.csv\"\ncrs = \"EPSG:6316\"", ["f.csv": table])
    let place = try #require(named.finds.first?.position)
    #expect(abs(place.longitude - 21.9005) < 2e-7 && abs(place.latitude - 43.3005) < 2e-7, "\(place)")
    let unnamed = try load("[[finds]]\nfile = \"f.csv\"", ["f.csv": table])
    #expect(unnamed.codes(.error) == ["crs.undeclared"] && unnamed.finds.isEmpty && unnamed.unreadFinds.count == 1)
  }

  @Test(arguments: [
    ("F;43,3005;21,9005;05/03/2026;;;;;;;", "find.invalid"), ("F;43,3005;;2026-05-03;;;;;;;", "sheet.coordinate"),
    ("F;43,3005;x;2026-05-03;;;;;;;", "sheet.coordinate"), ("F;93,3005;21,9;2026-05-03;;;;;;;", "coordinate.range"),
    ("F;43,3005;21,9005;2026-05-03;;deep;;;;;", "find.invalid"), (";43,3005;21,9005;2026-05-03;;;;;;;", "find.invalid"),
    ("F;0;0;2026-05-03;;;;;;;", "coordinate.null-island"),
    ("F;43,3005;21,9005;2026-05-03;;;;10001;;;", "find.invalid"),
    ("F;43,3005;21,9005;2026-05-03;;;;;;2026-05-02;", "find.invalid"),
    ("F;21,9005;43,3005;2026-05-03;;;;;;;", "coordinate.far"),
    ("F;44,3005;21,9005;2026-05-03;;;;;;;", "coordinate.far"),
  ])
  func `a row that cannot be a find is told with its line, and the others are used`(row: String, code: String) throws {
    let good = "G;43,3005;21,9005;2026-05-03;;;;;;;\r\n"
    let result = try load("[[finds]]\nfile = \"f.csv\"", ["f.csv": Self.header + good + row + "\r\n"])
    #expect(result.finds.map(\.id) == ["G"])
    #expect(result.codes(.error) == [code], "\(result.findings)")
    #expect(result.unreadFinds == [Place("f.csv", line: 3)])
  }

  @Test(arguments: [(header, ["find.none"]), ("", []), (header + ";;;;;;;;;;\r\n", ["find.none"])])
  func `a table without rows is told`(text: String, warnings: [String]) throws {
    let result = try load("[[finds]]\nfile = \"f.csv\"", ["f.csv": text])
    #expect(result.codes(.warning) == warnings, "\(result.findings)")
    #expect(result.unreadFinds.isEmpty != warnings.isEmpty)
  }

  @Test(arguments: [
    ("id;lat;lon;found\nF;43,3005;21.9005;2026-05-03\n", "sheet.decimal"),
    ("id;lat;LAT;lon;found\n", "sheet.columns"), ("id;place;found\nF;here;2026-05-03\n", ""),
    ("id,lat,lon,found\nF,43.3,21.9,2026-05-03,more\n", "sheet.fields"),
    ("id;easting (ft);northing (ft);found\nF;1;2;2026-05-03\n", "sheet.unit"),
  ])
  func `a table that cannot be understood is refused`(text: String, code: String) throws {
    let result = try load("[[finds]]\nfile = \"f.csv\"", ["f.csv": text])
    #expect(result.finds.isEmpty && !result.unreadFinds.isEmpty)
    #expect(code.isEmpty || result.codes(.error).contains(code), "\(result.findings)")
  }
}

@Suite struct FormFindTests {
  @Test func `submissions of ODK as CSV`() throws {
    let text = """
      SubmissionDate,find-id,find-found,find-type,find-depth_cm,find-place-Latitude,find-place-Longitude,\
      find-place-Altitude,find-place-Accuracy,meta-instanceID,KEY
      2026-05-03T12:00:00Z,K-1,2026-05-03,BLU 97,7.5,43.3005,21.9005,200,3.8,uuid:1,uuid:1
      2026-05-03T12:05:00Z,K-2,2026-05-03,,,,,,,uuid:2,uuid:2
      """
    let result = try load("[[finds]]\nfile = \"f.csv\"", ["f.csv": text])
    let find = try #require(result.finds.first)
    #expect(find.id == "K-1" && find.depth == 7.5 && find.sigma == 3.8 && find.category == "submunition")
    #expect(find.position == Geographic(21.9005, 43.3005) && result.finds.count == 1)
    // The second has no place.
    #expect(result.unreadFinds == [Place("f.csv", line: 3)])
  }

  @Test func `submissions of Kobo as JSON`() throws {
    let text = """
      [{"_id": 7, "_uuid": "a", "_submission_time": "2026-05-03T12:00:00", "group/id": "K-1", "group/found": "2026-05-03",
        "group/type": "Мк 118", "group/depth_cm": "7", "group/place": "43.3005 21.9005 200 4", "_geolocation": [43.3005, 21.9005]},
       {"_id": 8, "_uuid": "b", "_submission_time": "2026-05-03T12:00:00", "group/id": "K-2", "group/found": "2026-05-03",
        "group/place": "43.3005 21.9005 200 4", "group/other_place": "43.3006 21.9005 200 4"}]
      """
    let result = try load("[[finds]]\nfile = \"f.json\"", ["f.json": text])
    let find = try #require(result.finds.first)
    #expect(find.id == "K-1" && find.depth == 7 && find.sigma == 4 && find.ordnance == "Mk 118")
    // Of two places nobody knows which is the find's.
    #expect(result.finds.count == 1 && result.unreadFinds == [Place("f.json", line: 3)])
  }

  /// A page of a longer answer has not all finds in it.
  @Test(arguments: [
    ("{\"count\": 1, \"next\": null, \"previous\": null, ", "\"results\"", true),
    ("{\"count\": 2, \"next\": null, ", "\"results\"", false),
    ("{\"next\": \"https://x.invalid/?start=1\", ", "\"results\"", false),
    ("{\"previous\": \"https://x.invalid/?start=0\", ", "\"results\"", false),
    ("{\"@odata.count\": 1, ", "\"value\"", true), ("{\"@odata.count\": 2, ", "\"value\"", false),
    ("{\"@odata.nextLink\": \"https://x.invalid/\", ", "\"value\"", false),
  ])
  func `a page of submissions is told, and keeps the account open`(head: String, list: String, isWhole: Bool) throws {
    let text = """
      \(head) \(list): [{"_id": 7, "_uuid": "a", "id": "K-1", "found": "2026-05-03", "place": "43.3005 21.9005 200 4"}]}
      """
    let result = try load("[[finds]]\nfile = \"f.json\"", ["f.json": text])
    #expect(result.finds.map(\.id) == ["K-1"])
    #expect(result.codes(.error) == (isWhole ? [] : ["odk.incomplete"]), "\(result.findings)")
    #expect(result.unreadFinds == (isWhole ? [] : [Place("f.json", line: 1)]))
  }

  @Test func `a table of Survey123`() throws {
    let text = """
      ObjectID,GlobalID,id,found,type,depth_cm,Horizontal Accuracy (m),Fix Type,CreationDate,x,y
      1,a7c1,S-1,2026-05-03,Mk 84,40,0.5,RTK Float,5/3/2026 10:01:00 AM,21.9005,43.3005
      3,a7c3,S-3,2026-05-03,Mk 84,40,0.5,Fix not valid,5/3/2026 10:01:00 AM,21.9005,43.3005
      2,a7c2,S-2,5/3/2026,Mk 84,40,0.5,RTK Float,5/3/2026 10:01:00 AM,21.9005,43.3005
      """
    let result = try load("[[finds]]\nfile = \"f.csv\"", ["f.csv": text])
    let find = try #require(result.finds.first)
    #expect(find.id == "S-1" && find.depth == 40 && find.sigma == 0.5 && find.category == "air-dropped bomb")
    #expect(result.unreadFinds == [Place("f.csv", line: 3), Place("f.csv", line: 4)])
  }
}

@Suite struct OrdnanceFindTests {
  @Test func `an unknown type is told once for each spelling, with the nearest`() throws {
    let header = "id,lat,lon,found,type\n"
    let rows = ["BLU-79/B", "BLU-79/B", "zzzzzzzzzzzz", "BLU-97/B", ""].enumerated().map {
      "F\($0),43.3005,21.9005,2026-05-03,\($1)\n"
    }
    let result = try load("[[finds]]\nfile = \"f.csv\"", ["f.csv": header + rows.joined()])
    let told = result.findings.filter { $0.code == "ordnance.unknown" }
    #expect(
      told.map(\.place) == [Place("f.csv", line: 2), Place("f.csv", line: 4)] && told.allSatisfy { $0.level == .info })
    #expect(told[0].message.contains("\"BLU-79/B\", in 2 records") && told[0].advice.contains("\"BLU-97/B\""))
    #expect(!told[1].advice.contains("did you mean"))
    #expect(result.finds.map(\.type) == ["BLU-79/B", "BLU-79/B", "zzzzzzzzzzzz", "BLU-97/B", nil])
  }

  @Test(
    arguments: [
      ("name,category\nBL755,submunition\n", nil), ("name,kind\nBL755,submunition\n", "ordnance.columns"),
      ("name,mass_kg\nBL755,heavy\n", "ordnance.value"), ("name\nA-1\na 1\n", "ordnance.twice"),
      (nil, "file.not-found"),
    ] as [(String?, String?)])
  func `a survey's own catalogue is used, or refused with its line`(text: String?, code: String?) throws {
    var files = Sound.broken("survey.toml", "id = \"T-01\"", "id = \"T-01\"\nordnance = \"own.csv\"")
    files["own.csv"] = text
    files["finds.geojson"] = Sound.finds.replacing("BLU-97/B", with: "bl-755").replacing(
      "\"category\"", with: "\"was\"")
    let result = try Folder(files).load()
    #expect(result.codes(.error) == (code.map { [$0] } ?? []), "\(result.findings)")
    #expect(result.finds.first?.category == (code == nil ? "submunition" : nil))
    #expect((result.survey?.inputs.contains { $0.path == "own.csv" } ?? false) == (text != nil))
  }
}
