internal import Survey

/// `[survey]`, but for its weapons; `nil` where a figure that areas are reckoned with, or the frame of all positions,
/// cannot be read. Another one would be taken for it, and nobody would see it in the account.
func loadSurvey(_ section: Section) -> FieldSurvey? {
  let figures = ["time_zone", "required_depth_cm", "fadeout_m", "sigma_factor", "frame"]
  let known = [
    "id", "name", "grid", "preset", "operation", "time_zone", "required_depth_cm", "fadeout_m", "sigma_factor",
    "municipality", "organisation", "frame", "allow_missing_grid", "ordnance", "weapons",
  ]
  section.check(known: known)
  let isMisspelt = section.table.keys.contains { key in
    !known.contains(key) && nearest(to: key, among: known).map { figures.contains($0) } ?? false
  }
  section.requireKey("id", "give the survey an id, such as \"SRB-NIS-01\"")
  section.requireKey("name", "give the survey a name for people")
  var survey = FieldSurvey(id: section.string("id") ?? "", name: section.string("name") ?? "")
  (survey.grid, survey.operations, survey.preset) =
    (section.string("grid"), section.oneOrMore("operation"), section.string("preset"))
  (survey.municipality, survey.organisation) = (section.string("municipality"), section.string("organisation"))
  let before = section.report.errors
  survey.requiredDepth = section.number("required_depth_cm")
  survey.fadeout = section.number("fadeout_m", positive: true, most: FieldSurvey.mostReach)
  if let factor = section.number("sigma_factor", most: 100) { survey.sigmaFactor = factor }
  if let zone = section.string("time_zone"), isTimeZone(zone, section) { survey.timeZone = zone }
  if let frame = section.string("frame") { _ = section.frame(frame) }
  return isMisspelt || section.report.errors > before ? nil : survey
}

private func isTimeZone(_ name: String, _ section: Section) -> Bool {
  do {
    _ = try TimeZoneRules(name)
    return true
  } catch {
    let why =
      switch error {
      case .badName: "\"\(name.prefix(64))\" is no name of a time zone"
      case .unknown: "the system's time zone database has no \"\(name.prefix(64))\""
      case .damaged(let why): "the system's file for \"\(name.prefix(64))\" is damaged: \(why)"
      }
    section.report.add(
      "survey.time-zone", .error, at: section.place("time_zone"), why,
      advice: "use a name such as \"Europe/Belgrade\", an offset such as \"+02:00\", or \"UTC\"")
    return false
  }
}
