import Survey

extension SurveyAccount {
  /// Square metres below which an overlap is the rounding of two boundaries, not work.
  private static let noticeable = 0.1
  /// Square metres: a recorded hazard smaller than a small room is more likely a slip than a hazard.
  private static let tiny = 10.0

  func findings() -> [Finding] {
    let ledger = ledger
    return ledger.hazards.enumerated().flatMap { findings(of: $1, at: rules.hazards[$0].hazard.place) }
      + overlaps() + ineffectiveWork() + worked(ledger.activities)
  }

  private func findings(of row: Ledger.HazardRow, at place: Place) -> [Finding] {
    var findings: [Finding] = []
    if row.gross < Self.tiny {
      findings.append(
        Finding(
          "hazard.tiny", .warning, at: place, "hazard \(row.id) encloses \(squareMetres(row.gross)) only",
          advice: "check its corners; a single item is better recorded as a find"))
    }
    if row.ceded > Self.noticeable {
      findings.append(
        Finding(
          "hazard.overlap", .info, at: place,
          "hazard \(row.id) cedes \(squareMetres(row.ceded)) to hazards that take ground before it",
          advice: "nothing is counted twice; merge the records if they are one hazard"))
    }
    if row.hazardClass == .confirmed, row.nominal.cancelled > Self.noticeable {
      findings.append(
        Finding(
          "hazard.confirmed-cancelled", .warning, at: place,
          "\(squareMetres(row.nominal.cancelled)) of the confirmed hazard \(row.id) are cancelled, not worked",
          advice: "check what became of the direct evidence: confirmed land is seldom released by survey alone"))
    }
    return findings + differing(row.reported, row.gross, "hazard \(row.id)", at: place)
  }

  private func worked(_ rows: [Ledger.ActivityRow]) -> [Finding] {
    let activities = Dictionary(rules.activities.map { ($0.id, $0) }) { first, _ in first }
    return rows.flatMap { row in activities[row.id].map { findings(of: row, $0) } ?? [] }
  }

  private func findings(of row: Ledger.ActivityRow, _ activity: Activity) -> [Finding] {
    var findings: [Finding] = []
    if row.released <= 0 {
      findings.append(
        Finding(
          "activity.no-effect", .warning, at: activity.place, "activity \(row.id) releases no ground",
          advice: "check its logs, dates, depth and what it claims"))
    }
    if row.outside > Self.noticeable {
      findings.append(
        Finding(
          "claim.outside", .info, at: activity.place,
          "activity \(row.id) processed \(squareMetres(row.outside)) outside every recorded hazard",
          advice: "it lowers nothing; record a hazard if there was one"))
    }
    if row.reprocessed > Self.noticeable {
      findings.append(
        Finding(
          "claim.reprocessed", .info, at: activity.place,
          "activity \(row.id) re-processed \(squareMetres(row.reprocessed)) that had been released before",
          advice: "it is counted once, for the earlier activity"))
    }
    return findings + differing(row.reported, row.processed, "activity \(row.id)", at: activity.place)
  }

  /// Reported and computed areas that differ by over 1 %.
  private func differing(_ reported: Double?, _ computed: Double, _ what: String, at place: Place) -> [Finding] {
    guard let reported, abs(reported - computed) > 0.01 * max(reported, computed) else { return [] }
    return [
      Finding(
        "area.reported-differs", .warning, at: place,
        "\(what) is reported with \(squareMetres(reported)); its geometry holds \(squareMetres(computed))",
        advice: "find out which of the two is right; Razmin uses the geometry")
    ]
  }

  private func overlaps() -> [Finding] {
    sum.shared.filter { $0.value > Self.noticeable }.sorted {
      ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second)
    }
    .compactMap { pair, area in
      let (a, b) = (rules.activities[pair.first], rules.activities[pair.second])
      guard let team = a.team, let other = b.team, team != other else { return nil }
      return Finding(
        "claim.overlap-other-team", .info, at: b.place,
        "\(squareMetres(area)) of activity \(b.id) (\(other)) lie on ground of activity \(a.id) (\(team))",
        advice: "check whether the teams knew of each other's lanes")
    }
  }

  private func ineffectiveWork() -> [Finding] {
    sum.ineffective.filter { $0.value > Self.noticeable }
      .sorted { ($0.key.activity, $0.key.hazard) < ($1.key.activity, $1.key.hazard) }
      .compactMap { key, area in
        let (activity, hazard) = (rules.activities[key.activity], rules.hazards[key.hazard].hazard)
        let ground = "activity \(activity.id) releases nothing by its \(squareMetres(area)) in hazard \(hazard.id)"
        switch key.effect {
        case .shallow:
          return Finding(
            "activity.depth", .warning, at: activity.place,
            "\(ground): the depth reached is not known to meet the depth required",
            advice: "give depth_cm of the activity and required_depth_cm of the hazard or the survey")
        case .beforeHazard:
          return Finding(
            "activity.before-hazard", .warning, at: activity.place,
            "\(ground): the hazard was recorded on \(hazard.recorded), after the activity ended",
            advice: "an earlier release never erases a later record; survey the hazard")
        case .kindMayNot:
          return Finding(
            "activity.kind-claims", .warning, at: activity.place,
            "\(ground): \(activity.kind.rawValue) cannot make land \(activity.claims.rawValue)",
            advice: "it can make land \(activity.kind.mayClaim.rawValue)")
        case .releases, .later: return nil
        }
      }
  }
}

/// Text for people: an area in square metres to a tenth.
func squareMetres(_ area: Double) -> String {
  guard let tenths = Int(exactly: (area * 10).rounded()) else { return "\(area) m²" }
  return "\(tenths / 10).\(abs(tenths % 10)) m²"
}
