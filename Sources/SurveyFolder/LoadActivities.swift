internal import Formats
internal import Geometry
internal import Survey

/// `[[activities]]`, one by one. An activity with an error in it is left out and releases nothing.
struct ActivityLoader {
  let files: FeatureFiles
  let references: References
  let report: Report
  /// How the logs of activities are to be read that say so, by id.
  private(set) var positions: [String: LogPositions] = [:]
  /// How those logs are to be read that name their own CRS.
  private(set) var logPositions: [ListedLog: LogPositions] = [:]
  /// Of activities with geometry `cells`, by id.
  private(set) var cells: [String: CellCount] = [:]
  /// Where each log was first listed, by the file that it is.
  private var logs: [String: (name: String, activity: String)] = [:]

  init(files: FeatureFiles, references: References, report: Report) {
    (self.files, self.references, self.report) = (files, references, report)
  }

  static let keys = [
    "id", "kind", "claims", "start", "end", "team", "organisation", "method", "depth_cm", "searched", "geometry",
    "logs",
    "files", "layer", "crs", "frame", "swath_m", "sigma_m", "max_gap_s", "max_gap_m", "max_speed_m_s", "max_closing_m",
    "min_quality", "reported_m2", "note",
  ]

  mutating func load(_ section: Section) -> Activity? {
    let before = report.errors
    section.check(known: Self.keys)
    for (key, why) in [
      ("id", "give it an id that no other activity has"), ("kind", "say what was done, such as \"clearance\""),
      ("claims", "say how the land is released: cleared, reduced or cancelled"),
      ("start", "give the first day of the work, such as 2026-05-03"),
      ("end", "give the last day of the work, such as 2026-05-04"),
      ("geometry", "say how its ground is given: track, perimeter, polygons or cells"),
    ] { section.requireKey(key, why) }
    let kind = section.choice("kind", ActivityKind.allCases.map { ($0.rawValue, $0) })
    let claims = section.choice("claims", Release.allCases.map { ($0.rawValue, $0) })
    let geometry = section.choice("geometry", ClaimGeometry.allCases.map { ($0.rawValue, $0) })
    let (id, start, end) = (section.string("id"), section.date("start"), section.date("end"))
    checkDates(section, start, end)
    var activity = Activity(
      id: id ?? "", kind: kind ?? .clearance, claims: claims ?? .cancelled, start: start ?? .epoch, end: end ?? .epoch,
      geometry: geometry ?? .track, place: section.place)
    details(section, &activity)
    rules(section, &activity)
    let fromLogs = geometry == .track || geometry == .perimeter
    let source = references.source(
      of: section, file: fromLogs ? nil : section.strings("files").first, epoch: end?.decimalYear,
      at: section.place("files", 0), pieces: .warning)
    // Without these nothing of the activity is known; with another error the files are still looked at.
    guard let id, kind != nil, let claims, start != nil, end != nil, let geometry else { return nil }
    switch geometry {
    case .track, .perimeter:
      if let conversion = source?.conversion { positions[id] = LogPositions(conversion) }
      ground(logsOf: section, &activity)
    case .polygons, .cells: if let source { ground(filesOf: section, in: source, &activity) }
    }
    if activity.kind.mayClaim != claims {
      report.add(
        "activity.kind-claims", .warning, at: section.place("claims"),
        "\(activity.kind.rawValue) may not claim \(claims.rawValue): activity \(id.prefix(64)) releases nothing",
        advice: "correct the kind, or claim \(activity.kind.mayClaim.rawValue)")
    }
    return report.errors == before ? activity : nil
  }

  private func checkDates(_ section: Section, _ start: CivilDate?, _ end: CivilDate?) {
    guard let start, let end, end < start else { return }
    report.add(
      "activity.dates", .error, at: section.place("end"), "the activity ends on \(end), before it starts on \(start)",
      advice: "correct the dates")
  }

  private func details(_ section: Section, _ activity: inout Activity) {
    (activity.team, activity.organisation) = (section.string("team"), section.string("organisation"))
    (activity.method, activity.note) = (section.string("method"), section.string("note"))
    (activity.depth, activity.searched) = (section.number("depth_cm"), section.bool("searched"))
    activity.reportedArea = section.number("reported_m2")
    activity.sigma = section.number("sigma_m", positive: true, most: Properties.mostSigma)
    activity.swathWidth = section.number("swath_m", positive: true)
  }

  private func rules(_ section: Section, _ activity: inout Activity) {
    if let value = section.number("max_gap_s", positive: true) { activity.rules.maxGapSeconds = value }
    if let value = section.number("max_gap_m", positive: true) { activity.rules.maxGapMetres = value }
    if let value = section.number("max_speed_m_s", positive: true) { activity.rules.maxSpeed = value }
    if let value = section.number("max_closing_m") { activity.maxClosing = value }
    activity.rules.minQuality = section.choice(
      "min_quality", FixQuality.allCases.filter(\.isMeasured).map { ($0.name, $0) })
  }

  // MARK: - Ground

  private mutating func ground(logsOf section: Section, _ activity: inout Activity) {
    unused("files", section, activity)
    unused("layer", section, activity)
    if activity.geometry == .track {
      section.requireKey("swath_m", "give the full width of the strip that was searched, in metres")
    }
    let names = section.strings("logs")
    if names.isEmpty, section.isMissing("logs") {
      report.add(
        "survey.missing-key", .error, at: section.place("logs"),
        "activity \(activity.id.prefix(64)) has no logs, and its geometry is \(activity.geometry.rawValue)",
        advice: "list its logs: logs = [\"logs/2026-05-03.gpx\"]")
    }
    for (i, name) in names.enumerated() {
      let place = section.place("logs", i)
      guard let identity = files.readable(name, at: place) else { continue }
      if let first = logs[identity] {
        report.add(
          "log.duplicate", .warning, at: place,
          "\"\(name.prefix(200))\" is listed before, by activity \(first.activity.prefix(64))",
          advice: "list each log once")
        if first.activity == activity.id { continue }
      } else {
        logs[identity] = (name, activity.id)
      }
      if files.logNeedsCRS(name) {
        guard let source = references.source(of: section, file: name, epoch: activity.end.decimalYear) else { continue }
        logPositions[ListedLog(activity: activity.id, log: name)] = LogPositions(source.conversion)
      }
      activity.logs.append(name)
    }
  }

  private mutating func ground(filesOf section: Section, in source: FileSource, _ activity: inout Activity) {
    unused("logs", section, activity)
    let names = section.strings("files")
    if names.isEmpty, section.isMissing("files") {
      report.add(
        "survey.missing-key", .error, at: section.place("files"),
        "activity \(activity.id.prefix(64)) has no files, and its geometry is \(activity.geometry.rawValue)",
        advice: "list its files: files = [\"cleared.geojson\"]")
    }
    var count = CellCount()
    let layer = section.string("layer")
    let before = report.errors
    for (i, name) in names.enumerated() {
      let place = section.place("files", i)
      // `source` is that of the first. A file that names its own CRS has it from itself, and gives it to no other.
      let isOwn = i > 0 && (files.needsCRS(name, layer) || files.needsCRS(names[0], layer))
      let own =
        isOwn
        ? references.source(of: section, file: name, epoch: activity.end.decimalYear, at: place, pieces: .warning)
        : source
      guard let own, let features = files.features(name, layer: layer, at: place, in: own, pieces: .warning) else {
        continue
      }
      let nearest = references.places.nearestCorner(of: features.flatMap { $0.geometry?.polygons ?? [] })
      let what = "\"\(name.prefix(200))\" of activity \(activity.id.prefix(64))"
      guard references.isNear(what, nearest: nearest, file: name, section, at: place) else { continue }
      var used = features
      if activity.geometry == .cells {
        used = features.filter { count.takes($0, claims: activity.claims) }
        if !features.contains(where: { $0.value("status")?.text != nil }) {
          report.add(
            "cells.no-status", .error, at: place, "no feature of \"\(name.prefix(200))\" has a `status`",
            advice: "give each cell the property `status`, such as \"\(activity.claims.rawValue)\"")
        }
      }
      for feature in used { take(feature, name, &activity) }
    }
    if activity.geometry == .cells { cells[activity.id] = count }
    if activity.polygons.isEmpty, !names.isEmpty, report.errors == before {
      report.add(
        "activity.no-effect", .warning, at: activity.place,
        "the files of activity \(activity.id.prefix(64)) hold nothing that it claims",
        advice: "see whether the files are the right ones")
    }
  }

  private func take(_ feature: GeoFeature, _ name: String, _ activity: inout Activity) {
    guard let geometry = feature.geometry, geometry.isPolygonal else {
      return report.leaveOut(
        "activity.geometry", .warning, at: Place(name, line: feature.line),
        "a feature that is no polygon: activity \(activity.id.prefix(64)) claims nothing by it",
        advice: "draw it as a polygon, or take it out")
    }
    guard !feature.hasDoubtfulHoles else {
      return report.leaveOut(
        "activity.geometry", .warning, at: Place(name, line: feature.line),
        "a feature whose holes cannot be told from its ground: activity \(activity.id.prefix(64)) claims nothing by it",
        advice: "mend its rings in a GIS, so that holes run the other way than what they lie in")
    }
    activity.polygons += geometry.polygons
  }

  private func unused(_ key: String, _ section: Section, _ activity: Activity) {
    guard section.table[key] != nil else { return }
    report.add(
      "activity.unused-key", .warning, at: section.place(key),
      "`\(key)` is not looked at where the geometry is \(activity.geometry.rawValue)",
      advice: "take it out, or correct the geometry")
  }
}

/// How many cells an activity claims, and how many of its files' cells have another status or none.
public struct CellCount: Hashable, Sendable {
  public internal(set) var used = 0
  public internal(set) var others = 0
  public internal(set) var withoutStatus = 0

  init() {}

  mutating func takes(_ feature: GeoFeature, claims: Release) -> Bool {
    guard let status = feature.value("status")?.text else {
      withoutStatus += 1
      return false
    }
    guard status == claims.rawValue else {
      others += 1
      return false
    }
    used += 1
    return true
  }
}

extension CivilDate {
  /// Stands where a date is missing, in activities that are then left out.
  fileprivate static let epoch = CivilDate(daysSinceEpoch: 0)
}
