/// `survey.toml` of a synthetic survey.
struct SurveyText {
  private var text = TextBuffer()
  var bytes: [UInt8] { text.bytes }

  init(_ plan: SimulationPlan) {
    let kind = plan.national ? "national" : "campaign"
    text.add(
      """
      # Made up by `razmin simulate`: no such ground exists.
      [survey]
      id = "SIM-\(plan.seed)"
      name = "Synthetic \(kind), seed \(plan.seed)"
      grid = "EPSG:6316"
      time_zone = "Europe/Belgrade"
      required_depth_cm = 50
      fadeout_m = 10.0

      [[hazards]]
      file = "hazards.geojson"

      """)
  }

  mutating func finds() {
    text.add("\n[[finds]]\nfile = \"finds.geojson\"\n")
  }

  /// The earlier work that the cells stand for.
  mutating func cells() {
    activity("S-001", "non-technical-survey", "cancelled", "2022-05-02", "2022-05-31")
    text.add("geometry = \"cells\"\nfiles = [\"cells.geojson\"]\n")
    activity("S-002", "technical-survey", "reduced", "2023-06-05", "2023-07-28")
    text.add("geometry = \"cells\"\nfiles = [\"cells.geojson\"]\nsearched = true\n")
  }

  mutating func clearance(_ work: SimulatedActivity) {
    activity(work.id, "clearance", "cleared", "\(work.start)", "\(work.end)")
    text.add(
      """
      team = "team \(work.team)"
      depth_cm = 50
      geometry = "track"
      logs = [\(work.logs.map { "\"\($0)\"" }.joined(separator: ", "))]
      swath_m = 1.0
      sigma_m = \(work.sigma)

      """)
  }

  mutating func polygons(_ release: String) {
    switch release {
    case "cancelled": activity("P-001", "non-technical-survey", release, "2022-05-02", "2022-05-31")
    case "reduced": activity("P-002", "technical-survey", release, "2023-06-05", "2023-07-28")
    default:
      activity("P-003", "clearance", release, "2024-04-02", "2024-10-31")
      text.add("depth_cm = 50\n")
    }
    text.add("geometry = \"polygons\"\nfiles = [\"\(release).geojson\"]\n")
  }

  private mutating func activity(_ id: String, _ kind: String, _ claims: String, _ start: String, _ end: String) {
    text.add("\n[[activities]]\nid = \"\(id)\"\nkind = \"\(kind)\"\nclaims = \"\(claims)\"\n")
    text.add("start = \(start)\nend = \(end)\n")
  }
}
