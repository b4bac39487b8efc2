import Survey

/// What a planner should know of one log of an activity.
func logFindings(_ summary: TrackSummary, of activity: Activity, at place: Place) -> [Finding] {
  var findings: [Finding] = []
  let (fixes, steps) = (summary.counts.fixes, summary.counts.steps)
  if fixes[.outsideDates] > 0 {
    findings.append(
      Finding(
        "fix.outside-dates", .warning, at: place,
        "\(fixes[.outsideDates]) of \(fixes.total) fixes lie outside \(activity.start) to \(activity.end) of activity"
          + " \(activity.id) and claim nothing",
        advice: "check the activity's dates and the survey's time_zone"))
  }
  let cuts = steps[.gapTime] + steps[.gapDistance]
  if cuts + fixes[.spike] > 0, activity.geometry == .track {
    let kinds = [(cuts, "gap"), (fixes[.spike], "spike")].filter { $0.0 > 0 }
    let words = kinds.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: " and ")
    findings.append(
      Finding(
        "log.gaps", .info, at: place, "\(words) \(cuts + fixes[.spike] == 1 ? "claims" : "claim") nothing",
        advice: "razmin inspect shows where; search the ground of a gap again"))
  }
  if steps[.claimsUndated] > 0 {
    findings.append(
      Finding(
        "fix.undated", .warning, at: place,
        "\(steps[.claimsUndated]) steps have no time: only their length could be checked, not date, gap or speed",
        advice: "export the log with times"))
  }
  if summary.counts.sigmaAssumed > 0, activity.geometry == .track {
    findings.append(
      Finding(
        "log.sigma-assumed", .info, at: place,
        "\(summary.counts.sigmaAssumed) fixes do not say how accurate they are; assumed"
          + " \(metres(summary.leastSigma)) to \(metres(summary.greatestSigma)) by their quality",
        advice: "set sigma_m of the activity if you know better"))
  }
  return findings
}

private func metres(_ sigma: Double?) -> String { sigma.map { "\($0) m" } ?? "nothing" }

/// A log that came before, by its bytes.
func repeatedLog(_ path: String, of first: String) -> Finding {
  Finding(
    "log.duplicate", .warning, at: Place(path),
    first == path ? "is listed more than once" : "holds the same bytes as \(first)",
    advice: "it is counted once, and this copy claims nothing; remove one of the two")
}
