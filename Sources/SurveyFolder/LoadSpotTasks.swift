internal import Formats
internal import Geometry
internal import Ordnance
internal import Survey

/// `[[spot_tasks]]`: every feature becomes a task or an error; none is dropped unseen.
func loadSpotTasks(_ section: Section, _ files: FeatureFiles, _ references: References) -> [SpotTask] {
  loadPoints(
    section, files, references, of: "spot tasks", needed: "name the file with the tasks", unread: \.unreadSpotTasks,
    sigma: \.sigma, assumed: ("task.sigma-assumed", onlyUnread: false)
  ) { task($0, $1, section.report) }
}

private func task(_ feature: GeoFeature, _ file: String, _ report: Report) -> SpotTask? {
  let properties = Properties(feature: feature, file: file, code: "task.invalid", report: report)
  let before = report.errors
  let (id, recorded, status) = (properties.id, properties.date("recorded"), properties.status)
  if id == nil { properties.invalid("a spot task without an id", advice: "give it the property `id`") }
  let title = id.map { "spot task \($0.prefix(64))" } ?? "this spot task"
  if !properties.has("recorded") {
    properties.invalid("\(title) has no date", advice: "give it the property `recorded`, such as \"2026-05-03\"")
  }
  let (started, closed, sigma) = (properties.date("started"), properties.date("closed"), properties.sigma)
  let (depth, mass) = (properties.number("estimated_depth_m"), properties.number("mass_kg"))
  let entryHole = properties.answer("entry_hole")
  guard case .point(let position)? = feature.geometry else {
    properties.invalid("\(title) is no point", advice: "give the place of the item")
    return nil
  }
  guard let id, let recorded, let status, report.errors == before else { return nil }
  var task = SpotTask(id: id, position: position, recorded: recorded, status: status, place: properties.place)
  (task.started, task.closed, task.type) = (started, closed, properties.text("type"))
  (task.estimatedDepth, task.mass, task.entryHole) = (depth, mass, entryHole)
  task.sigma = sigma
  (task.municipality, task.village) = (properties.text("municipality"), properties.text("village"))
  task.activity = properties.text("activity")
  if let fault = task.fault { properties.invalid("\(title) \(fault.what)", advice: fault.advice) }
  return report.errors == before ? task : nil
}

extension Properties {
  fileprivate var status: SpotTaskStatus? {
    let words = SpotTaskStatus.allCases.map(\.rawValue)
    let text = text("status")
    if let status = text.flatMap({ SpotTaskStatus(rawValue: $0) }) { return status }
    let near = text.flatMap { nearest(to: $0, among: words) }.map { "did you mean \"\($0)\"? " } ?? ""
    invalid(
      "the property `status` is " + (text.map { "\"\($0.prefix(64))\"" } ?? "missing"),
      advice: near + "it may be: \(words.joined(separator: ", "))")
    return nil
  }
}

extension SpotTask {
  /// What of its dates contradicts its status or each other: then nobody knows whether it is open.
  fileprivate var fault: (what: String, advice: String)? {
    if status.isClosed, closed == nil {
      return ("is \(status.rawValue), and nobody says since when", "give it the property `closed`, a date")
    }
    if !status.isClosed, closed != nil {
      return ("has a date `closed`, and is \(status.rawValue)", "make it completed or cancelled, or take the date out")
    }
    if status == .inProgress, started == nil {
      return ("is in progress, and nobody says since when", "give it the property `started`, a date")
    }
    if status == .recorded, started != nil {
      return ("has a date `started`, and is only recorded", "make it in-progress, or take the date out")
    }
    let dates = [recorded, started, closed].compactMap { $0 }
    return dates == dates.sorted()
      ? nil : ("has dates that do not follow each other: recorded, started, closed", "correct the dates")
  }

  /// Takes over what a catalogue knows of its type.
  mutating func recognise(_ catalogue: OrdnanceCatalogue) {
    let entry = type.flatMap { catalogue[$0] }
    (ordnance, category) = (entry?.name, entry?.category)
  }
}
