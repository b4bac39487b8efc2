internal import Formats
internal import Survey

/// `[survey] weapons`: what each weapon covers. A row with an error leaves its own weapon without a size, and no other.
func loadWeapons(_ section: Section, _ files: FeatureFiles) -> [String: Weapon] {
  guard section.table["weapons"] != nil else { return [:] }
  let columns = ["weapon", "length_m", "width_m", "source"]
  guard let table = WholeTable(section, "weapons", columns: columns, code: "strike.weapons", isWhole: false, files)
  else { return [:] }
  var weapons: [String: Weapon] = [:]
  var unusable: Set<String> = []
  var seen: Set<String> = []
  for row in table.rows {
    guard let name = table.text("weapon", row) else { continue }
    if !seen.insert(folded(name)).inserted {
      table.error(row.line, "the weapon \"\(name.prefix(64))\" stands there before", "give each weapon one row")
      unusable.insert(folded(name))
    }
    guard table.text("length_m", row) != nil, table.text("width_m", row) != nil,
      let length = table.number("length_m", row, in: 1...10_000),
      let width = table.number("width_m", row, in: 1...10_000), let source = table.text("source", row)
    else {
      unusable.insert(folded(name))
      continue
    }
    weapons[name] = Weapon(name: name, length: length, width: width, source: source)
  }
  return weapons.filter { !unusable.contains(folded($0.key)) }
}

/// `[[strikes]]`: every feature becomes a strike or an error.
func loadStrikes(_ section: Section, _ files: FeatureFiles, _ references: References) -> [Strike] {
  loadPoints(
    section, files, references, of: "strikes", needed: "name the file with the strikes", unread: \.unreadStrikes,
    sigma: \.sigma, assumed: ("strike.no-sigma", onlyUnread: true)
  ) { strike($0, $1, section.report) }
}

private func strike(_ feature: GeoFeature, _ file: String, _ report: Report) -> Strike? {
  let properties = Properties(feature: feature, file: file, code: "strike.invalid", report: report)
  let before = report.errors
  let (id, recorded) = (properties.id, properties.date("recorded"))
  if id == nil { properties.invalid("a strike without an id", advice: "give it the property `id`") }
  let title = id.map { "strike \($0.prefix(64))" } ?? "this strike"
  if !properties.has("recorded") {
    properties.invalid("\(title) has no date", advice: "give it the property `recorded`, such as \"2007-09-01\"")
  }
  let (heading, sigma) = (properties.number("heading_deg"), properties.sigma)
  if let heading, heading > 360 {
    properties.invalid("\(title) has the heading \(heading)", advice: "give degrees from true north, 0 to 360")
  }
  guard case .point(let position)? = feature.geometry else {
    properties.invalid("\(title) is no point", advice: "give the place that was struck, or meant")
    return nil
  }
  guard let id, let recorded, report.errors == before else { return nil }
  var strike = Strike(id: id, position: position, recorded: recorded, place: properties.place)
  (strike.heading, strike.weapon, strike.source) = (heading, properties.text("weapon"), properties.text("source"))
  strike.sigma = sigma
  return strike
}
