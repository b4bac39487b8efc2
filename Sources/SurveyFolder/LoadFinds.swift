internal import Formats
internal import Geometry
internal import Survey

/// `[[finds]]`: every feature of its file, or every waypoint of its logs that its rules take, becomes a find or an error.
func loadFinds(
  _ section: Section, _ files: FeatureFiles, _ references: References, zone: TimeZoneRules
) -> [Find] {
  let defaults = FindDefaults(
    found: section.date("found"), type: section.string("type"), activity: section.string("activity"))
  if section.table["logs"] != nil {
    section.report.unreadFinds += section.report.errors { section.check(known: FindWaypoints.keys) }
    return FindWaypoints(
      section: section, files: files, references: references, zone: zone, defaults: defaults
    ).load()
  }
  let (report, before) = (section.report, section.report.errors)
  let finds = loadPoints(
    section, files, references, of: "finds", needed: "name the file with the finds, or list `logs` with waypoints",
    keys: ["found", "type", "activity"], unread: \.unreadFinds,
    sigma: \.sigma, assumed: ("find.sigma-assumed", onlyUnread: false)
  ) { find($0, $1, report, defaults, zone) }
  if finds.isEmpty, report.errors == before {
    report.add(
      "find.none", .warning, at: Place(section.plainString("file") ?? ""), "the file has no finds",
      advice: "see whether it is the right file")
  }
  return finds
}

/// What a table says for all finds that do not say it themselves.
struct FindDefaults {
  var found: CivilDate?
  var type: String?
  var activity: String?
}

/// Whether the ground that a find asks for can be drawn; reported where it cannot.
func isWithinReach(_ find: Find, _ survey: FieldSurvey, _ report: Report) -> Bool {
  let reach = (survey.fadeout ?? 0) + survey.sigmaFactor * find.usedSigma
  return isDrawn(
    reach, "find.reach", "the fade-out and k sigma of find \(find.id.prefix(64)) reach", find.place, report)
}

/// Whether ground that reaches so many metres round a place can be drawn; reported where it cannot.
func isDrawn(_ reach: Double, _ code: String, _ what: String, _ place: Place, _ report: Report) -> Bool {
  guard reach > FieldSurvey.mostReach else { return true }
  report.add(
    code, .error, at: place,
    "\(what) \(Int(reach.rounded(.up))) m, and no ground over \(Int(FieldSurvey.mostReach)) m round a place is drawn",
    advice: "find out where it lay: correct `sigma_m`, or `sigma_factor` under [survey]")
  return false
}

private func find(
  _ feature: GeoFeature, _ file: String, _ report: Report, _ defaults: FindDefaults, _ zone: TimeZoneRules
) -> Find? {
  let properties = Properties(feature: feature, file: file, code: "find.invalid", report: report, zone: zone)
  let before = report.errors
  let (id, found) = (properties.id, properties.date("found") ?? defaults.found)
  if id == nil { properties.invalid("a find without an id", advice: "give it the property `id`") }
  let title = id.map { "find \($0.prefix(64))" } ?? "this find"
  if !properties.has("found"), found == nil {
    properties.invalid("\(title) has no date", advice: "give it the property `found`, such as \"2026-05-03\"")
  }
  let (depth, sigma, disposed) =
    (properties.number("depth_cm"), properties.sigma, properties.date("disposed"))
  guard case .point(let position)? = feature.geometry else {
    properties.invalid("\(title) is no point", advice: "give the place where it was found")
    return nil
  }
  if let found, let disposed, disposed < found {
    properties.invalid("\(title) was disposed of before it was found", advice: "correct the dates")
  }
  guard let id, let found, report.errors == before else { return nil }
  var find = Find(id: id, position: position, found: found, place: properties.place)
  find.type = properties.text("type") ?? defaults.type
  find.activity = properties.text("activity") ?? defaults.activity
  find.category = properties.text("category")
  (find.depth, find.sigma) = (depth, sigma)
  (find.condition, find.disposed, find.disposal) = (properties.text("condition"), disposed, properties.text("disposal"))
  return find
}
