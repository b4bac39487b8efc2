internal import Survey

/// Findings about the survey as a whole that need no overlay of geometries.
struct SurveyFindings {
  let survey: FieldSurvey
  /// Of every activity that the survey lists, left out or not.
  let activityIDs: Set<String>
  let report: Report

  func check() {
    let rings = RingFindings(report: report)
    if survey.hazards.isEmpty, report.unreadHazards.isEmpty {
      report.add(
        "survey.no-hazards", .warning, at: Place("survey.toml"), "the survey names no hazard",
        advice: "name a file of hazards under [[hazards]]: without one nothing can remain, and nothing be released")
    }
    for hazard in survey.hazards {
      report.unreadHazards += report.errors {
        rings.check(hazard.polygons, "hazard \(hazard.id.prefix(64))", at: hazard.place, tooFew: .error)
      }
    }
    for activity in survey.activities {
      rings.check(activity.polygons, "activity \(activity.id.prefix(64))", at: activity.place, tooFew: .warning)
    }
    sameGround()
    for activity in survey.activities where activity.claims == .cleared && activity.kind.mayClaim == .cleared {
      depth(of: activity)
    }
    for find in survey.finds {
      knows(
        find.activity, "find \(find.id.prefix(64))", "find.activity", at: find.place, "correct the id")
      dates(of: find)
    }
    for task in survey.spotTasks {
      knows(
        task.activity, "spot task \(task.id.prefix(64))", "task.activity", at: task.place,
        "correct the id, or list the activity")
    }
    for strike in survey.strikes { lacks(of: strike) }
  }

  /// Where a find's date cannot be that of its activity, or of any find.
  private func dates(of find: Find) {
    let title = "find \(find.id.prefix(64))"
    if find.found.year < Find.firstYear {
      report.add(
        "find.date", .warning, at: find.place,
        "\(title) is dated \(find.found), before any work that is recorded here: the receiver's clock may have been reset",
        advice: "compare with the record: a find reopens what was released before it")
    }
    guard let id = find.activity, let activity = survey.activities.first(where: { $0.id == id }),
      find.found < activity.start || find.found > activity.end
    else { return }
    report.add(
      "find.activity-dates", .warning, at: find.place,
      "\(title) is dated \(find.found), and activity \(id.prefix(64)), which it names, lasted from \(activity.start) to "
        + "\(activity.end): it cannot have made it",
      advice: "correct the date or the activity: a find after its end reopens what the activity released")
  }

  private func knows(_ activity: String?, _ what: String, _ code: String, at place: Place, _ advice: String) {
    guard let activity, !activityIDs.contains(activity) else { return }
    report.add(
      code, .warning, at: place,
      "\(what) names the activity \(activity.prefix(64)), which the survey does not have", advice: advice)
  }

  /// What a strike lacks of a footprint.
  private func lacks(of strike: Strike) {
    let title = "strike \(strike.id.prefix(64))"
    guard survey.weapon(of: strike) != nil else {
      let why = strike.weapon.map { "names the weapon \"\($0.prefix(64))\", of which no size is given" }
      return report.add(
        "strike.no-size", .warning, at: strike.place, "\(title) \(why ?? "names no weapon"), and has no footprint",
        advice: "give it the property `weapon`, and the weapon a row in the table that `weapons` under [survey] names")
    }
    if strike.heading == nil {
      report.add(
        "strike.no-heading", .info, at: strike.place,
        "\(title) has no heading: its footprint is a circle over the longer of its axes",
        advice: "give it `heading_deg`, degrees from true north, if anybody knows")
    }
    if strike.sigma == nil {
      report.add(
        "strike.no-sigma", .warning, at: strike.place,
        "\(title) says nothing of the accuracy of its position: \(text(strike.usedSigma)) m of a handheld receiver are assumed",
        advice: "give it `sigma_m`")
    }
  }

  private func sameGround() {
    var first: [Int: [Hazard]] = [:]
    for hazard in survey.hazards {
      let key = hazard.polygons.hashValue
      if let other = first[key]?.first(where: { $0.polygons == hazard.polygons }) {
        report.add(
          "hazard.duplicate", .warning, at: hazard.place,
          "hazards \(other.id.prefix(64)) and \(hazard.id.prefix(64)) have the same ground", advice: "keep one record")
      }
      first[key, default: []].append(hazard)
    }
  }

  /// A clearance that meets the depth of no hazard at all; where hazards differ, the partition says which it meets.
  private func depth(of activity: Activity) {
    guard !survey.hazards.isEmpty else { return }
    let required = survey.hazards.compactMap { $0.requiredDepth ?? survey.requiredDepth }
    let id = activity.id.prefix(64)
    guard let least = required.min() else {
      return shallow(
        activity, "no depth is required anywhere, so activity \(id) releases nothing",
        "set `required_depth_cm` in [survey], or on the hazards; 0 where the surface is enough")
    }
    if activity.kind == .bacSurface {
      guard least > 0 else { return }
      return shallow(
        activity, "activity \(id) worked the surface, and \(text(least)) cm are required",
        "search below the surface; surface work releases only where `required_depth_cm` is 0")
    }
    guard let depth = activity.depth else {
      return shallow(activity, "activity \(id) gives no depth, and releases nothing", "set `depth_cm`")
    }
    if depth < least {
      shallow(
        activity, "activity \(id) reached \(text(depth)) cm, and \(text(least)) cm are required",
        "correct `depth_cm`, or clear again: the ground remains, as worked shallow")
    }
  }

  private func shallow(_ activity: Activity, _ message: String, _ advice: String) {
    report.add("activity.depth", .warning, at: activity.place, message, advice: advice)
  }

  private func text(_ number: Double) -> String {
    Int(exactly: number).map { String($0) } ?? String(number)
  }
}
