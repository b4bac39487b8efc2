import Geometry
import Survey
import SurveyFolder
import Testing

@Test func `legend, weapons and strikes are read as they stand`() throws {
  let survey = try #require(try Folder(Sound.files).load().survey)
  let grid = try #require(survey.boxes)
  #expect(grid.box == 50 && grid.searchedPercent == 90)
  #expect(
    grid.legend
      == Legend([
        .init(
          status: "found", meaning: "remnants found", colour: "#FF0000",
          finds: .categories(["submunition", "hand grenade"])),
        .init(status: "other", meaning: "something found", colour: "#0000ff", finds: .any),
        .init(status: "searched", meaning: "searched, nothing found", colour: "#00FF00", leastPercent: 99.5),
        .init(status: "open", meaning: "not searched", colour: "#888888"),
      ]))
  #expect(survey.weapons == ["CBU-X": Weapon(name: "CBU-X", length: 100, width: 50, source: "a table, of somebody")])
  let strike = try #require(survey.strikes.first)
  #expect(strike.id == "U-1" && strike.heading == 300 && strike.weapon == "CBU-X" && strike.sigma == 20)
  #expect(strike.recorded == CivilDate("2007-09-01") && strike.source == "a list")
  #expect(survey.finds.map(\.category) == ["submunition"])
}

@Test func `the first row whose condition holds gives the status`() throws {
  let legend = try #require(try Folder(Sound.files).load().survey?.boxes?.legend)
  for (finds, percent, status) in [
    (["submunition"], 100, "found"), (["mine", "HAND-GRENADES"], 100, "found"), (["mine"], 100, "other"),
    (["Sub munitions"], 100, "found"),
    // What nobody says it is may be what is looked for.
    ([nil], 100, "found"), ([], 100, "searched"), ([], 99.5, "searched"), ([], 99.49, "open"), ([], 0, "open"),
  ] as [([String?], Double, String)] {
    #expect(legend.row(finds: made(finds), assuredPercent: percent)?.status == status, "\(finds) \(percent)")
  }
  #expect(Legend([]).row(finds: [], assuredPercent: 0) == nil)
}

private func made(_ categories: [String?]) -> [Find] {
  categories.map { category in
    var find = Find(
      id: "F", position: Geographic(21.9, 43.3), found: CivilDate(daysSinceEpoch: 19_000), place: Place("finds.csv"))
    find.category = category
    return find
  }
}

/// The order of the rows is not that of what they claim. Where a known find holds the first row, no other find takes it away.
@Test(
  arguments: [
    ([nil], 100, "remnants"), (["unknown"], 100, "remnants"), (["5"], 10, "remnants"),
    (["mine", nil], 100, "remnants"),
    (["hand grenade"], 100, "done"), (["hand grenade", "unknown"], 100, "done"),
    (["hand grenade", "submunition"], 100, "done"), (["mine"], 100, "other"),
    (["submunition"], 100, "remnants"), ([nil, nil], 100, "remnants"), (["booby trap"], 100, "remnants"),
    (["uxo"], 100, "other"), ([], 100, "clean"), ([], 10, nil),
  ] as [([String?], Double, String?)])
func `a find of unknown category gives its box the status that claims least`(
  finds: [String?], percent: Double, status: String?
) {
  let row = { (status: String, finds: Legend.FindsNeeded?, percent: Double?) in
    Legend.Row(status: status, meaning: status, colour: "#000000", finds: finds, leastPercent: percent)
  }
  let legend = Legend([
    row("done", .categories(["Hand grenades"]), 95), row("remnants", .categories(["submunition"]), nil),
    row("other", .categories(["mine", "UXO"]), nil), row("clean", nil, 95),
  ])
  #expect(legend.row(finds: made(finds), assuredPercent: percent)?.status == status)
}

struct Damage: Sendable {
  var file, old, new, code: String
  var line: Int
  /// Where it is told, if not in that file.
  var told: String?
}

@Test(arguments: [
  Damage(file: "legend.csv", old: ";#00FF00", new: ";green", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: "99,5", new: "much", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: "99,5", new: "0", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: "99,5", new: "0x5", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: "99,5", new: "99,500", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: "99,5", new: "9e1", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: "99,5", new: "101", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: "99,5", new: "nan", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: ";;99,5", new: ";99,5", code: "grid.legend", line: 4),
  Damage(file: "legend.csv", old: "other;", new: "found;", code: "grid.legend", line: 3),
  Damage(file: "legend.csv", old: "other;", new: ";", code: "grid.legend", line: 3),
  Damage(file: "legend.csv", old: "Sub-munitions, hand grenades", new: ", ,", code: "grid.legend", line: 2),
  Damage(file: "legend.csv", old: "open;not searched", new: "open;", code: "grid.legend", line: 5),
  Damage(file: "legend.csv", old: "remnants found", new: "\"remnants", code: "sheet.quote", line: 2),
  Damage(file: "legend.csv", old: ";colour;", new: ";color;", code: "grid.legend", line: 1),
  Damage(file: "legend.csv", old: Sound.legend, new: "", code: "sheet.empty", line: 68, told: "survey.toml"),
  Damage(
    file: "legend.csv", old: Sound.legend, new: "status;meaning;colour;finds;min_percent", code: "grid.legend", line: 0),
  Damage(file: "weapons.csv", old: ",100,", new: ",,", code: "strike.weapons", line: 2),
  Damage(file: "weapons.csv", old: ",100,", new: ",\"1,800\",", code: "strike.weapons", line: 2),
  Damage(file: "weapons.csv", old: ",100,", new: ",0x64,", code: "strike.weapons", line: 2),
  Damage(file: "weapons.csv", old: ",100,", new: ",1e2,", code: "strike.weapons", line: 2),
  Damage(file: "weapons.csv", old: ",100,", new: ",-1,", code: "strike.weapons", line: 2),
  Damage(file: "weapons.csv", old: ",\"a table, of somebody\"", new: ",", code: "strike.weapons", line: 2),
  Damage(file: "strikes.geojson", old: "\"id\": \"U-1\", ", new: "", code: "strike.invalid", line: 2),
  Damage(file: "strikes.geojson", old: "2007-09-01", new: "september", code: "strike.invalid", line: 2),
  Damage(file: "strikes.geojson", old: "300", new: "361", code: "strike.invalid", line: 2),
  Damage(file: "strikes.geojson", old: "\"sigma_m\": 20", new: "\"sigma_m\": 10001", code: "strike.invalid", line: 2),
  Damage(file: "strikes.geojson", old: "\"sigma_m\": 20", new: "\"sigma_m\": -2", code: "strike.invalid", line: 2),
])
func `a table with an error is not used at all, and a damaged strike is told`(damage: Damage) throws {
  var files = Sound.files
  let text = try #require(files[damage.file])
  try #require(text.contains(damage.old))
  files[damage.file] = text.replacing(damage.old, with: damage.new, maxReplacements: 1)
  let result = try Folder(files).load()
  let finding = try #require(result.findings.first { $0.code == damage.code }, "\(result.findings)")
  let place = Place(damage.told ?? damage.file, line: damage.line)
  #expect(finding.level == .error && finding.place == place, "\(finding)")
  #expect(result.isIncomplete)
  let survey = try #require(result.survey)
  switch damage.file {
  case "legend.csv": #expect(survey.boxes?.box == 50 && survey.boxes?.legend == nil)
  case "weapons.csv": #expect(survey.weapons.isEmpty)
  default: #expect(survey.strikes.isEmpty && result.unreadStrikes == [finding.place])
  }
}

@Test(
  arguments: [
    ("\"heading_deg\": 300, ", "strike.no-heading", Finding.Level.info),
    ("\"sigma_m\": 20, ", "strike.no-sigma", .warning), ("\"weapon\": \"CBU-X\", ", "strike.no-size", .warning),
    ("\"CBU-X\"", "strike.no-size", .warning),
  ] as [(String, String, Finding.Level)])
func `what a strike lacks of a footprint is told`(old: String, code: String, level: Finding.Level) throws {
  var files = Sound.files
  let text = try #require(files["strikes.geojson"])
  try #require(text.contains(old))
  files["strikes.geojson"] = text.replacing(old, with: old == "\"CBU-X\"" ? "\"CBU-Y\"" : "")
  let result = try Folder(files).load()
  #expect(result.findings.map(\.code) == [code], "\(result.findings)")
  #expect(result.findings.map(\.level) == [level])
  #expect(result.survey?.strikes.count == 1 && !result.isIncomplete)
}

/// k is 2.5.
@Test(arguments: [("2000", true), ("2000.1", false), ("10000", false)])
func `a strike whose sigma reaches farther than ground is drawn is left out`(sigma: String, isUsed: Bool) throws {
  let result = try Folder(Sound.broken("strikes.geojson", "\"sigma_m\": 20", "\"sigma_m\": \(sigma)")).load()
  #expect(result.survey?.strikes.count == (isUsed ? 1 : 0))
  #expect(result.codes(.error) == (isUsed ? [] : ["strike.reach"]), "\(result.findings)")
  #expect(result.unreadStrikes.isEmpty == isUsed)
}

@Test func `a bad row of weapons takes no other weapon's size`() throws {
  var files = Sound.files
  files["weapons.csv"] = """
    weapon,length_m,width_m,source
    CBU-Y,"1,800",50,a
    cbu x,100,50,b
    CBU-Z,100
    CBU-W,100,50,c
    cbuw,100,60,c
    """
  let result = try Folder(files).load()
  let survey = try #require(result.survey)
  #expect(survey.weapons.keys.sorted() == ["cbu x"])
  #expect(try survey.weapon(of: #require(survey.strikes.first))?.length == 100)
  let lines = result.findings.filter { $0.code == "strike.weapons" }.map(\.place.line)
  #expect(lines == [2, 4, 6] && result.isIncomplete)
}

@Test(
  arguments: [
    ("cluster munition container", nil), ("anti-personnel mines; Hand Grenade", nil), ("суббоеприпас", nil),
    ("submunnition", "did you mean \"submunition\"?"), ("submunition fragment", "part categories by \";\""),
  ] as [(String, String?)])
func `a category of the legend that nothing can have refuses the legend`(words: String, advice: String?) throws {
  var files = Sound.files
  files["legend.csv"] = Sound.legend.replacing("Sub-munitions, hand grenades", with: "\"\(words)\"")
  let result = try Folder(files).load()
  let findings = result.findings.filter { $0.code == "grid.legend-category" }
  #expect(findings.isEmpty == (advice == nil), "\(result.findings)")
  if let advice {
    #expect(findings.allSatisfy { $0.level == .error && $0.advice.contains(advice) })
    #expect(findings.map(\.place) == [Place("legend.csv", line: 2)])
  }
  #expect(result.survey?.boxes?.box == 50 && (result.survey?.boxes?.legend == nil) == (advice != nil))
  #expect(result.isIncomplete == (advice != nil))
}

@Test func `an unknown key of the strikes' table may name a file: they are not all known`() throws {
  let files = Sound.broken(
    "survey.toml", "file = \"strikes.geojson\"", "file = \"strikes.geojson\"\nfiel = \"more.csv\"")
  let result = try Folder(files).load()
  #expect(result.findings.map(\.code) == ["survey.unknown-key"] && result.survey?.strikes.count == 1)
  #expect(result.unreadStrikes == result.findings.map(\.place) && result.isIncomplete)
}
