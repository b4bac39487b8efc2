internal import Formats
internal import Geometry
internal import Positions
internal import Survey

/// `[[finds]]` whose `logs` are listed: the waypoints that its rules take.
struct FindWaypoints {
  static let keys = [
    "logs", "crs", "frame", "symbols", "names", "found", "type", "separator", "prefix", "activity",
  ]
  let section: Section
  let files: FeatureFiles
  let references: References
  let zone: TimeZoneRules
  let defaults: FindDefaults
  private var report: Report { section.report }

  init(
    section: Section, files: FeatureFiles, references: References, zone: TimeZoneRules, defaults: FindDefaults
  ) {
    (self.section, self.files, self.references) = (section, files, references)
    (self.zone, self.defaults) = (zone, defaults)
  }

  func load() -> [Find] {
    var (names, rules): ([String], WaypointRules?) = ([], nil)
    // A rule that cannot be read would take the wrong waypoints, or none.
    report.unreadFinds += report.errors {
      names = section.strings("logs")
      if names.isEmpty, section.isMissing("logs") {
        report.add(
          "survey.missing-key", .error, at: section.place("logs"), "the list of logs is empty",
          advice: "list them: logs = [\"logs/2026-05-03.gpx\"]")
      }
      let before = report.errors
      let read = WaypointRules(section)
      if report.errors == before { rules = read }
    }
    guard let rules else { return [] }
    var seen: Set<Waypoint> = []
    return names.enumerated().flatMap { index, name -> [Find] in
      var log: WaypointLog?
      report.unreadFinds += report.errors { log = read(name, at: section.place("logs", index)) }
      return log.map { finds(in: $0, name, rules, &seen) } ?? []
    }
  }

  /// `nil`, and reported, where the log cannot be used.
  private func read(_ name: String, at place: Place) -> WaypointLog? {
    var positions: LogPositions?
    if files.logNeedsCRS(name) {
      guard let source = references.source(of: section, file: name) else { return nil }
      positions = LogPositions(source.conversion)
    } else if !section.isPlain {
      guard let source = references.source(of: section, crs: section.string("crs"), samples: [], isHazard: false) else {
        return nil
      }
      positions = source.conversion.map { LogPositions($0) }
    }
    guard let log = files.waypoints(name, positions, at: place) else { return nil }
    let nearest = log.waypoints.map(\.fix.position).min {
      references.places.distance(to: $0) < references.places.distance(to: $1)
    }
    let what = "\"\(name.prefix(200))\", a log with finds,"
    return references.isNear(what, nearest: nearest, file: name, section, at: place) ? log : nil
  }

  private func finds(in log: WaypointLog, _ name: String, _ rules: WaypointRules, _ seen: inout Set<Waypoint>) -> [Find]
  {
    var (finds, others, copies, taken): ([Find], [Waypoint], Int, Int) = ([], [], 0, 0)
    for (place, waypoint) in zip(log.places, log.waypoints) {
      guard rules.take(waypoint) else {
        others.append(waypoint)
        continue
      }
      taken += 1
      // A receiver hands out its whole list of waypoints every day.
      var identity = waypoint
      identity.fix.line = 0
      guard seen.insert(identity).inserted else {
        copies += 1
        continue
      }
      let what = "the waypoint \"\((waypoint.name ?? "").prefix(64))\""
      if references.isNear(what, waypoint.fix.position, in: log.positions, at: place),
        let find = find(waypoint, rules, at: place)
      {
        finds.append(find)
      } else {
        report.unreadFinds.append(place)
      }
    }
    let routePoints = log.routePoints.filter(rules.take)
    if let first = routePoints.first {
      let place = Place(name, line: first.fix.line)
      report.add(
        "find.route-point", .error, at: place,
        "\(routePoints.count) named points of routes may be finds by the rules of this table, and are not read; the first "
          + "is \"\((first.name ?? "").prefix(64))\"", advice: "save them as waypoints, or take them out of the log")
      report.unreadFinds.append(place)
    }
    tell(name, taken: taken + routePoints.count, others)
    var accuracy = AssumedSigma()
    for find in finds { accuracy.take(find.sigma) }
    accuracy.tell("finds", "find.sigma-assumed", at: Place(name), report)
    if copies > 0 {
      report.add(
        "find.repeated", .info, at: Place(name),
        "\(copies) waypoints are the same in everything as ones before, and count once",
        advice: "nothing, where a receiver handed out its list twice")
    }
    return finds
  }

  private func tell(_ name: String, taken: Int, _ others: [Waypoint]) {
    if !others.isEmpty {
      let symbols = Set(others.map { $0.symbol ?? "none" }).sorted().prefix(10).map { "\"\($0.prefix(40))\"" }
      let names = others.prefix(5).map { "\"\(($0.name ?? "").prefix(40))\"" }
      report.add(
        "find.not-taken", taken == 0 ? .warning : .info, at: Place(name),
        "\(others.count) of \(others.count + taken) waypoints are no finds by the rules of this table; their names are "
          + names.joined(separator: ", ") + (others.count > 5 ? ", ..." : "") + "; their symbols "
          + symbols.joined(separator: ", "),
        advice: "see that `symbols` and `names` are as the team's receivers write them")
    } else if taken == 0 {
      report.add(
        "find.not-taken", .warning, at: Place(name), "the log has no waypoints, and so no finds",
        advice: "see whether it is the right log")
    }
  }

  private func find(_ waypoint: Waypoint, _ rules: WaypointRules, at place: Place) -> Find? {
    let name = waypoint.name.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
    let title = "the waypoint \"\((name ?? "").prefix(64))\""
    guard waypoint.fix.quality != .invalid else {
      report.add(
        "find.invalid", .error, at: place, "\(title) was marked while the receiver did not know where it was",
        advice: "find out its position, and give the find in a file")
      return nil
    }
    guard let name else {
      report.add(
        "find.invalid", .error, at: place, "a waypoint without a name: a find needs an id",
        advice: "give the find in a file, with an id")
      return nil
    }
    if let sigma = waypoint.fix.sigma, !(sigma <= Properties.mostSigma) {
      report.add(
        "find.invalid", .error, at: place, "\(title) says that it may be \(sigma) m off",
        advice: "find out its position, and give the find in a file")
      return nil
    }
    let marked = waypoint.fix.time.map(day)
    if let marked, defaults.found == nil, marked.year < Find.firstYear {
      report.add(
        "find.date", .error, at: place, "\(title) is dated \(marked): the receiver's clock may have been reset",
        advice: "give the day for all of the table that are dated so: found = 2026-05-03")
      return nil
    }
    guard let found = day(marked, title, at: place) else {
      report.add(
        "find.invalid", .error, at: place, "\(title) has no time, and so the find no date",
        advice: "give the day for all of the table that have none: found = 2026-05-03")
      return nil
    }
    var find = Find(id: rules.prefix + name, position: waypoint.fix.position, found: found, place: place)
    (find.type, find.activity) = (rules.type(in: name) ?? defaults.type, defaults.activity)
    find.sigma = waypoint.fix.sigma.flatMap { $0 > 0 ? $0 : nil }
    return find
  }

  /// The day on which a waypoint was marked, or the table's where it has none, or that of a clock that was reset: to
  /// 1970 or 1980, or by a rollover of the week's number in GPS, the latest before 2005.
  private func day(_ marked: CivilDate?, _ title: String, at place: Place) -> CivilDate? {
    guard let marked, let found = defaults.found, marked.year < 2005, marked < found else {
      return marked ?? defaults.found
    }
    report.add(
      "find.date", .warning, at: place,
      "\(title) is dated \(marked): the receiver's clock may have been reset, and the table's \(found) is taken",
      advice: "see whether it was found on that day")
    return found
  }

  private func day(_ time: Timestamp) -> CivilDate { time.date(offset: zone.span(at: time).offset) }
}

/// Which waypoints are finds, and what their names say.
struct WaypointRules {
  /// In lower case.
  private let symbols: Set<String>
  private let names: [Glob]
  private let separator: String?
  /// Put before each name, where receivers count anew each day.
  let prefix: String

  init(_ section: Section) {
    symbols = Set(section.oneOrMore("symbols").map { $0.lowercased() })
    names = section.oneOrMore("names").map { Glob($0) }
    (separator, prefix) = (section.string("separator"), section.string("prefix") ?? "")
  }

  /// By its symbol or by its name; every waypoint where there is no rule.
  func take(_ waypoint: Waypoint) -> Bool {
    if symbols.isEmpty, names.isEmpty { return true }
    if let symbol = waypoint.symbol, symbols.contains(symbol.lowercased()) { return true }
    return waypoint.name.map { name in names.contains { $0.matches(name) } } ?? false
  }

  /// What stands behind the first separator of a name, without blanks at its ends.
  func type(in name: String) -> String? {
    guard let separator, let range = name.firstRange(of: separator) else { return nil }
    let rest = name[range.upperBound...].drop(while: \.isWhitespace)
    let text = String(String(rest.reversed()).drop(while: \.isWhitespace).reversed())
    return text.isEmpty ? nil : text
  }
}
