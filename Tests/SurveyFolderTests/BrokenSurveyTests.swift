import Survey
import SurveyFolder
import Testing

struct Broken: Sendable {
  var file = "survey.toml"
  var old: String
  var new: String
  var code: String
  /// The finding stands on the first line of the broken file that holds this.
  var at: String
  var level = Finding.Level.error
  var says = ""

  init(_ old: String, _ new: String, _ code: String, _ at: String, _ level: Finding.Level = .error, says: String = "") {
    (self.old, self.new, self.code, self.at, self.level, self.says) = (old, new, code, at, level, says)
  }
  func within(_ file: String) -> Broken {
    var copy = self
    copy.file = file + ".geojson"
    return copy
  }
}

private let keys = [
  Broken("grid = ", "gird = ", "survey.unknown-key", "gird", says: "`grid`"),
  Broken("swath_m = 1.5", "swath_m = 1.5\nswaht_m = 2", "survey.unknown-key", "swaht_m", says: "`swath_m`"),
  Broken("box_m = 50", "box_m = 50\ncolour = 1", "survey.unknown-key", "colour"),
  Broken("[[finds]]", "[[findings]]\n[[finds]]", "survey.unknown-key", "[[findings]]", says: "are: survey"),
  Broken("crs = \"EPSG:4326\"", "srs = 1", "survey.unknown-key", "srs", says: "`crs`"),
  Broken("name = \"Test\"", "", "survey.missing-key", "[survey]", says: "name"),
  Broken("kind = \"technical-survey\"", "# A-3", "survey.missing-key", "[[activities]]\nid = \"A-3\"", says: "kind"),
  Broken("swath_m = 1.5", "", "survey.missing-key", "[[activities]]", says: "swath_m"),
  Broken("logs = [\"logs/c.csv\"]", "", "survey.missing-key", "[[activities]]\nid = \"A-4\""),
  Broken("logs = [\"logs/c.csv\"]", "logs = []", "survey.missing-key", "logs = []"),
  Broken("files = [\"cells.geojson\"]", "", "survey.missing-key", "[[activities]]\nid = \"A-2\""),
  Broken("file = \"finds.geojson\"", "", "survey.missing-key", "[[finds]]"),
  Broken("box_m = 50", "", "survey.missing-key", "[grid]"),
  Broken("file = \"strikes.geojson\"", "", "survey.missing-key", "[[strikes]]"),
]

private let types = [
  Broken("start = 2026-05-03", "start = \"2026-05-03\"", "survey.type", "\"2026-05-03\""),
  Broken("start = 2026-05-03", "start = 2026-05-03T10:00:00Z", "survey.type", "T10"),
  Broken("swath_m = 1.5", "swath_m = \"1.5\"", "survey.type", "\"1.5\""),
  Broken("searched = true", "searched = 1", "survey.type", "searched"),
  Broken("logs = [\"logs/c.csv\"]", "logs = \"logs/c.csv\"", "survey.type", "logs = \"logs"),
  Broken("\"logs/b.nmea\",", "7,", "survey.type", "logs = ["),
  Broken("[[hazards]]", "[hazards]", "survey.type", "[hazards]"),
  Broken("id = \"T-01\"", "id = 1", "survey.type", "id = 1"),
  Broken("legend = \"legend.csv\"", "legend = { cleared = \"green\" }", "survey.type", "legend"),
  Broken("weapons = \"weapons.csv\"", "weapons = 1", "survey.type", "weapons"),
]

private let values = [
  Broken(
    "kind = \"technical-survey\"", "kind = \"tecnical-survey\"", "survey.value", "tecnical",
    says: "\"technical-survey\""),
  Broken("claims = \"reduced\"", "claims = \"free\"", "survey.value", "\"free\"", says: "cleared, reduced, cancelled"),
  Broken("geometry = \"track\"", "geometry = \"tracks\"", "survey.value", "\"tracks\""),
  Broken("\"rtk-fixed\"", "\"simulated\"", "survey.value", "simulated", says: "rtk-float"),
  Broken("swath_m = 1.5", "swath_m = -1.5", "survey.value", "-1.5"),
  Broken("swath_m = 1.5", "swath_m = 0", "survey.value", "swath_m"),
  Broken("sigma_m = 0.02", "sigma_m = nan", "survey.value", "nan"),
  Broken("max_gap_s = 5", "max_gap_s = inf", "survey.value", "= inf"),
  Broken("searched_percent = 90", "searched_percent = 101", "survey.value", "searched_percent"),
  Broken("searched_percent = 90", "searched_percent = 0", "survey.value", "searched_percent"),
  Broken("legend.csv", "../legend.csv", "path.outside-folder", "legend"),
  Broken("weapons.csv", "gone.csv", "file.not-found", "weapons"),
  Broken("sigma_m = 0.02", "sigma_m = 1e20", "survey.value", "1e20"),
  Broken("id = \"A-2\"", "id = \" \"", "survey.value", "id = \" \""),
  Broken("max_gap_s = 5", "frame = \"MGI 1901\"", "survey.value", "frame"),
  Broken("max_gap_s = 5", "crs = \"EPSG:1\"", "crs.unknown", "crs = \"EPSG:1"),
  Broken(
    "file = \"finds.geojson\"", "file = \"finds.geojson\"\ncrs = \"EPSG:6316\"", "coordinate.degrees",
    "crs = \"EPSG:6316"),
]

private let meaning = [
  Broken("end = 2026-05-04", "end = 2026-05-02", "activity.dates", "end = 2026-05-02"),
  Broken("id = \"A-4\"", "id = \"A-3\"", "survey.duplicate-id", "[[activities]]\nid = \"A-3\"\nkind = \"clearance\""),
  Broken(
    "claims = \"reduced\"", "claims = \"cleared\"", "activity.kind-claims", "claims = \"cleared\"\nstart = 2026-02",
    .warning),
  Broken("depth_cm = 30", "", "activity.depth", "[[activities]]\nid = \"A-4\"", .warning),
  Broken("depth_cm = 30", "depth_cm = 12", "activity.depth", "[[activities]]\nid = \"A-4\"", .warning),
  Broken(
    "kind = \"clearance\"\nclaims = \"cleared\"\nstart = 2026-06",
    "kind = \"bac-surface\"\nclaims = \"cleared\"\nstart = 2026-06", "activity.depth", "[[activities]]\nid = \"A-4\"",
    .warning),
  Broken("\"logs/b.nmea\",", "\"logs/./a.gpx\",", "log.duplicate", "logs/./a", .warning),
  Broken("logs/c.csv", "logs/b.nmea", "log.duplicate", "[\"logs/b", .warning),
  Broken("searched = true", "logs = [\"logs/a.gpx\"]", "activity.unused-key", "logs = [\"logs/a", .warning),
]

private let paths = [
  Broken("logs/b.nmea", "logs/B.nmea", "file.not-found", "B.nmea"),
  Broken("hazards.geojson", "hazard.geojson", "file.not-found", "hazard.geojson"),
  Broken("logs/b.nmea", "/etc/hostname", "path.outside-folder", "/etc/hostname"),
  Broken("logs/b.nmea", "logs/../../survey/logs/b.nmea", "path.outside-folder", "logs/.."),
  Broken("finds.geojson", "../finds.geojson", "path.outside-folder", "../finds"),
  Broken("logs/b.nmea", "logs", "file.not-regular", "\"logs\""),
  Broken("finds.geojson", "logs", "file.not-regular", "file = \"logs\""),
  Broken("finds.geojson", "logs/c.csv", "file.format", "file = \"logs/c.csv"),
]

private let polygon = "{\"type\": \"Polygon\", \"coordinates\": \(Sound.square)}"
private let corners = "[21.901,43.3],[21.901,43.301],[21.9,43.301],"
private let hazards = [
  Broken("\"class\": \"CHA\", ", "", "hazard.invalid", "H-1", says: "SHA or CHA"),
  Broken("\"CHA\"", "\"cha\"", "hazard.invalid", "H-1"),
  Broken("\"id\": \"H-1\", ", "", "hazard.invalid", "9000"),
  Broken("\"recorded\": \"2020-01-01\"", "\"recorded\": null", "hazard.invalid", "H-1"),
  Broken("2020-01-01", "01.01.2020", "hazard.invalid", "H-1"),
  Broken("\"required_depth_cm\": 13", "\"required_depth_cm\": \"13\"", "hazard.invalid", "MultiPolygon"),
  Broken(polygon, "{\"type\": \"Point\", \"coordinates\": [21, 43]}", "hazard.invalid", "H-1"),
  Broken(polygon, "null", "hazard.invalid", "H-1"),
  Broken("\"id\": 7", "\"id\": \"H-1\"", "survey.duplicate-id", "MultiPolygon"),
  Broken(corners, "[21.901,43.3],", "ring.too-few", "H-1"),
  Broken(corners, "[21.901,43.3],[21.9010001,43.3],", "ring.too-few", "H-1"),
  Broken("[21.901,43.301],", "[21.901,43.301],[21.9010005,43.301],", "vertex.duplicate", "H-1", .info),
  Broken("[21.901,43.301],", "[21.99,43.301],", "edge.long", "H-1", .warning),
  Broken("[21.901,43.301]", "[21.901,\"x\"]", "geojson.coordinate", "H-1"),
].map { $0.within("hazards") }

private let others = [
  Broken(
    "\"coordinates\": \(Sound.square)", "\"coordinates\": [[[21,43]]]", "ring.too-few", "cancelled", .warning
  ).within("cells"),
  Broken(polygon, "null", "activity.geometry", "cancelled", .warning).within("cells"),
  Broken("\"cancelled\"", "\"canceled\"", "activity.no-effect", "[[activities]]\nid = \"A-2\"", .warning).within(
    "cells"),
  Broken("\"found\": \"2026-05-03\", ", "", "find.invalid", "F-1").within("finds"),
  Broken("\"sigma_m\": 0.5", "\"sigma_m\": -1", "find.invalid", "F-1").within("finds"),
  Broken(
    "\"Point\", \"coordinates\": [21.9005, 43.3005]", "\"LineString\", \"coordinates\": [[21,43],[22,43]]",
    "find.invalid", "F-1"
  ).within("finds"),
  Broken("\"A-1\"", "\"A-9\"", "find.activity", "F-1", .warning).within("finds"),
  Broken("2026-05-03", "2026-05-02", "find.activity-dates", "F-1", .warning).within("finds"),
  Broken("2026-05-03", "1998-12-31", "find.date", "F-1", .warning).within("finds"),
  Broken("\"sigma_m\": 0.5", "\"sigma_m\": 1e20", "find.invalid", "F-1").within("finds"),
]

private func changed(_ lines: String, _ code: String, _ at: String, _ level: Finding.Level = .error) -> Broken {
  Broken("[[finds]]", "[[class_changes]]\n\(lines)\n[[finds]]", code, at, level)
}

private let classes = [
  changed("hazard = \"H-9\"\ndate = 2021-01-01\nclass = \"SHA\"", "class.unknown-hazard", "hazard = \"H-9"),
  changed("hazard = \"H-1\"\ndate = 2019-12-31\nclass = \"SHA\"", "class.date", "date = 2019"),
  changed(
    "hazard = \"H-1\"\ndate = 2021-01-01\nclass = \"SHA\"\n[[class_changes]]\nhazard = \"H-1\"\ndate = 2021-01-01 \nclass = "
      + "\"CHA\"", "class.date", "date = 2021-01-01 "),
  changed("hazard = \"H-1\"\ndate = 2021-01-01\nclass = \"CHA\"", "class.same", "[[class_changes", .warning),
  changed("hazard = \"H-1\"\ndate = 2021-01-01\nclass = \"cha\"", "survey.value", "class = \"cha"),
  changed("hazard = \"H-1\"\nclass = \"SHA\"", "survey.missing-key", "[[class_changes"),
  changed("hazard = \"H-1\"\nwho = \"x\"", "survey.unknown-key", "who"),
]

/// One thing is broken in each; a finding at its line says so.
@Test(arguments: keys + types + values + meaning + paths + hazards + others + classes)
func `what is broken is found, at its line`(broken: Broken) throws {
  let files = Sound.broken(broken.file, broken.old, broken.new)
  #expect(!files.isEmpty, "the case does not fit the survey: \(broken.old)")
  let folder = try Folder(files)
  let result = folder.load()
  #expect(result.fatal.isEmpty)
  #expect(result.survey != nil)
  let found = result.findings.first { $0.code == broken.code }
  let finding = try #require(found, "\(broken.new): \(result.findings)")
  let text = try #require(files[finding.place.file])
  let mark = try #require(text.firstRange(of: broken.at)?.lowerBound, "no line holds \(broken.at)")
  let line = text[..<mark].reduce(1) { $1 == "\n" ? $0 + 1 : $0 }
  #expect(finding.place.line == line, "\(broken.new)")
  #expect(finding.level == broken.level)
  #expect((finding.message + finding.advice).contains(broken.says), "\(finding)")
  // The command joins message and advice with a semicolon.
  #expect(finding.advice.first?.isUppercase == false && finding.advice.last != ".", "\(finding.advice)")
  #expect(result.isIncomplete || broken.level < .error)
}

/// Where the recorded land is not known, nothing can be said of it.
@Test(arguments: [
  ("crs = \"EPSG:4326\"", "crs = \"EPSG:6316\"", "coordinate.degrees", 14),
  ("crs = \"EPSG:4326\"", "crs = \"EPSG:1\"", "crs.unknown", 14),
  ("crs = \"EPSG:4326\"", "crs = \"+proj=longlat\"", "crs.proj-string", 14),
  ("crs = \"EPSG:4326\"", "frame = \"MGI 1901\"", "survey.value", 14),
  ("name = \"Test\"", "name = \"Test\"\npreset = \"atlantis\"", "survey.preset", 5),
  ("name = \"Test\"", "name = \"Test\"\noperation = \"EPSG:9143\"", "crs.area", 5),
])
func `a hazard whose CRS is refused refuses the survey`(old: String, new: String, code: String, line: Int) throws {
  let folder = try Folder(Sound.broken("survey.toml", old, new))
  let result = folder.load()
  #expect(result.survey == nil && result.isIncomplete)
  #expect(result.fatal.map(\.code) == [code], "\(result.fatal)")
  #expect(result.fatal.map(\.place) == [Place("survey.toml", line: line)])
}

/// Another figure would be taken for it, and nobody would see it in the account.
@Test(arguments: [
  ("fadeout_m = 25", "fade_out_m = 25", "survey.unknown-key", 8),
  ("fadeout_m = 25", "fadeout_m = 0", "survey.value", 8),
  ("fadeout_m = 25", "fadeout_m = 5000.1", "survey.value", 8),
  ("required_depth_cm = 20", "required_depth_cm = -1", "survey.value", 7),
  ("sigma_factor = 2.5", "sigma_factor = 1e308", "survey.value", 9),
  ("sigma_factor = 2.5", "sigma_factor = \"3\"", "survey.type", 9),
  ("sigma_factor = 2.5", "sigma_factor = nan", "survey.value", 9),
  ("Europe/Belgrade", "Europe/Nis", "survey.time-zone", 6), ("Europe/Belgrade", "../passwd", "survey.time-zone", 6),
  ("time_zone", "timezone", "survey.unknown-key", 6),
  ("name = \"Test\"", "name = \"Test\"\nframe = \"ITRF2041\"", "survey.value", 5),
  ("name = \"Test\"", "name = \"Test\"\nframe = 2014", "survey.type", 5),
  ("name = \"Test\"", "name = \"Test\"\nfrane = \"ETRS89\"", "survey.unknown-key", 5),
])
func `a figure that cannot be read refuses the survey`(old: String, new: String, code: String, line: Int) throws {
  let folder = try Folder(Sound.broken("survey.toml", old, new))
  let result = folder.load()
  #expect(result.survey == nil && result.isIncomplete)
  #expect(result.fatal.map(\.code) == [code], "\(result.fatal)")
  #expect(result.fatal.map(\.place) == [Place("survey.toml", line: line)])
}

@Test(arguments: [
  ("", "survey.missing-key", 0), ("x = 1", "survey.missing-key", 0), ("[survey]\nid = \"a", "survey.syntax", 2),
  ("[survey]\nid = 1\nid = 2\n", "survey.syntax", 3), ("a\u{0}b", "survey.syntax", 1),
  ("[survey]\n" + String(repeating: "a.", count: 100_000) + "a = 1", "survey.syntax", 2),
  ("x = " + String(repeating: "[", count: 100_000), "survey.syntax", 1),
  ("[survey]\n[.a]", "survey.syntax", 2), ("[[#", "survey.syntax", 1), ("[\u{10C}]", "survey.syntax", 1),
  ("x = [\n} ]", "survey.syntax", 2), ("x = [1,\n,2]", "survey.syntax", 2), ("x = [{}}", "survey.syntax", 1),
])
func `what is no survey is fatal`(text: String, code: String, line: Int) throws {
  let folder = try Folder(["survey.toml": text])
  let result = folder.load()
  #expect(result.survey == nil && result.isIncomplete)
  #expect(result.fatal.map(\.code) == [code])
  #expect(result.fatal.map(\.place) == [Place("survey.toml", line: line)])
}

@Test func `a folder without survey.toml, and none at all, are fatal`() throws {
  let folder = try Folder([:])
  #expect(folder.load().fatal.map(\.code) == ["file.not-found"])
  #expect(SurveyFolder.load(folder.path + "/nowhere").fatal.map(\.code) == ["file.not-found"])
}

@Test func `links may stay in the folder and not leave it`() throws {
  var files = Sound.files
  (files["logs/b.nmea"], files["cells.geojson"]) = (nil, nil)
  files["real.geojson"] = Sound.cells
  let folder = try Folder(files)
  try folder.link("cells.geojson", to: "real.geojson")
  try folder.link("logs/b.nmea", to: "/etc/hostname")
  let result = folder.load()
  #expect(result.findings.map(\.code) == ["path.outside-folder"])
  #expect(result.survey?.activities.map(\.id) == ["A-2", "A-3", "A-4"])
}

@Test func `a missing file is one finding`() throws {
  let folder = try Folder(Sound.broken("survey.toml", "cells.geojson", "sells.geojson"))
  #expect(folder.load().findings.map(\.code) == ["file.not-found"])
}

@Test func `a bad activity is left out and the others are used`() throws {
  let folder = try Folder(Sound.broken("survey.toml", "end = 2026-05-04", "end = 2020-01-01"))
  #expect(folder.load().survey?.activities.map(\.id) == ["A-2", "A-3", "A-4"])
}

@Test func `a log listed twice in one activity is read once`() throws {
  let folder = try Folder(Sound.broken("survey.toml", "logs/b.nmea", "logs//a.gpx"))
  #expect(folder.load().survey?.activities.first?.logs == ["logs/a.gpx"])
}

@Test func `cells without any status are an error`() throws {
  var files = Sound.files
  files["cells.geojson"] = Sound.cells.replacing("status", with: "state")
  let folder = try Folder(files)
  #expect(folder.load().findings.map(\.code).contains("cells.no-status"))
  #expect(folder.load().survey?.activities.map(\.id) == ["A-1", "A-3", "A-4"])
}

@Test func `without any required depth no clearance passes in silence`() throws {
  var files = Sound.broken("survey.toml", "required_depth_cm = 20", "")
  files["hazards.geojson"] = Sound.hazards.replacing("\"required_depth_cm\": 13, ", with: "")
  let folder = try Folder(files)
  #expect(folder.load().findings.map(\.code) == ["activity.depth", "activity.depth"])
}

@Test func `two records of the same ground are found`() throws {
  var files = Sound.files
  files["hazards.geojson"] = Sound.hazards.replacing(Sound.holed, with: Sound.square)
  let folder = try Folder(files)
  #expect(folder.load().findings.map(\.code) == ["hazard.duplicate"])
}

/// Whatever bytes a survey.toml is made of, loading ends and says something.
@Test(arguments: 0..<300)
func `damaged text never crashes`(seed: Int) throws {
  var bytes = Array(Sound.toml.utf8)
  var state = UInt64(seed) &+ 1
  for _ in 0..<(seed % 12 + 1) {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let at = Int(state >> 33) % bytes.count
    let byte = Array("[]{}\"'=#.,\n\\ a1".utf8)[Int(state >> 20) % 15]
    if seed % 3 == 0 { bytes.remove(at: at) } else { bytes[at] = byte }
  }
  var files = Sound.files
  files["survey.toml"] = String(decoding: bytes, as: UTF8.self)
  let folder = try Folder(files)
  let result = folder.load()
  #expect((result.survey == nil) == !result.fatal.isEmpty)
}
