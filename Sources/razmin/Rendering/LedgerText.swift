import LandRelease
import Projection
import Survey

extension Ledger {
  /// The account as a page of text.
  func text(of session: SurveySession, asOf: CivilDate?, grid operation: CoordinateOperation?) -> String {
    let survey = session.survey
    var page = "\(shown(survey.id))  \(shown(survey.name))\n"
    page += "as of \(asOf.map { "\($0)" } ?? "the last record"), square metres on the WGS 84 ellipsoid\n\n"
    page += "Land\n" + aligned(totalRows(operation)) + "\n"
    page += identity(nominal, "nominal") + identity(assured, "assured")
    page += closes ? "  The account closes.\n\n" : "  THE ACCOUNT DOES NOT CLOSE.\n"
    page += closes ? "" : obstacles.map { "  - \(shown($0))\n" }.joined() + "\n"
    page += "Hazards\n" + aligned(hazardRows()) + "\n"
    page += "Activities\n" + aligned(activityRows()) + "\n"
    page += survey.spotTaskText(asOf: asOf)
    if let operation {
      let accuracy = operation.accuracy.map { ", accuracy \($0) m" } ?? ""
      let grid = operation.target
      page += "Grid \(grid.definition) (\(grid.name)) by \(operation.code): \(operation.name)\(accuracy)"
      page += operation.equated.map { "; WGS 84 taken for \($0.frame), doubt \($0.doubt) m\n" } ?? "\n"
    }
    page += coordinates(of: survey)
    page += "Assured: what stays after taking \(survey.sigmaFactor) sigma off every edge.\n"
    page += session.foot
    return page
  }

  /// What every position and every number of a file was taken for.
  private func coordinates(of survey: FieldSurvey) -> String {
    var page = "Frame \(survey.frame.name)"
    page += survey.frame.doubt.map { "; a position whose frame nobody declared may be \($0) m off here\n" } ?? "\n"
    for use in survey.coordinates {
      page += "Read \(shown(use.sentence))\n"
      if let shift = use.frameShift { page += "  \(shift)\n" }
    }
    return page
  }

  /// Why the account does not close, a sentence each.
  var obstacles: [String] {
    var reasons: [String] = []
    if !unreadHazards.isEmpty {
      reasons.append(
        "\(count(unreadHazards, "hazard")) could not be read (\(list(unreadHazards))): what remains is larger than this"
      )
    }
    if !unreadFinds.isEmpty {
      reasons.append(
        "\(count(unreadFinds, "find")) could not be read (\(list(unreadFinds))): each may reopen released ground")
    }
    if !unreadSpotTasks.isEmpty {
      reasons.append(
        "\(count(unreadSpotTasks, "spot task")) could not be read (\(list(unreadSpotTasks))): each may be open")
    }
    if !openFinds.isEmpty {
      reasons.append(
        "\(count(openFinds, "find")) in released ground (\(list(openFinds))), and the survey gives no fadeout_m: what"
          + " remains is larger than this")
    }
    if !balances { reasons.append("its sums differ by \(discrepancy) m²: please report this with the survey") }
    return reasons
  }

  private func count<T>(_ items: [T], _ what: String) -> String {
    "\(items.count) \(what)\(items.count == 1 ? "" : "s")"
  }

  /// The first ten.
  private func list<T>(_ items: [T]) -> String {
    items.prefix(10).map { "\($0)" }.joined(separator: ", ") + (items.count > 10 ? ", ..." : "")
  }

  private func totalRows(_ operation: CoordinateOperation?) -> [[String]] {
    var header = ["", "nominal", "assured"]
    var columns: [Amounts] = [nominal, assured]
    if let operation, let grid {
      header.append("nominal in \(operation.target.definition)")
      columns.append(grid)
    }
    func row(_ name: String, _ value: (Amounts) -> Double) -> [String] { [name] + columns.map { number(value($0)) } }
    return [
      header, row("remaining", \.remaining), row("cleared", \.cleared), row("reduced, searched", \.searched),
      row("reduced, inferred", \.inferred), row("cancelled", \.cancelled), row("total", \.total),
    ]
  }

  private func identity(_ amounts: Amounts, _ name: String) -> String {
    let sum = [amounts.remaining, amounts.cancelled, amounts.reduced, amounts.cleared].map(number)
    return "  recorded \(number(recorded)) = remaining \(sum[0]) + cancelled \(sum[1]) + reduced \(sum[2])"
      + " + cleared \(sum[3])  (\(name))\n"
  }

  private func hazardRows() -> [[String]] {
    [
      [
        "id", "class", "recorded", "gross", "ceded", "net", "remaining", "cleared", "reduced", "cancelled",
        "assured remaining",
      ]
    ]
      + hazards.map { row in
        [row.id, row.hazardClass.rawValue, "\(row.recorded)"]
          + [
            row.gross, row.ceded, row.net, row.nominal.remaining, row.nominal.cleared, row.nominal.reduced,
            row.nominal.cancelled, row.assured.remaining,
          ].map(number)
      }
  }

  private func activityRows() -> [[String]] {
    [["id", "claims", "end", "processed", "released", "re-processed", "reopened", "without effect", "outside"]]
      + activities.map { row in
        [row.id, row.claims.rawValue, "\(row.end)"]
          + [row.processed, row.released, row.reprocessed, row.reopened, row.ineffective, row.outside].map(number)
      }
  }

  /// One line for standard error.
  var summary: String {
    "recorded \(number(recorded)) m²: remaining \(number(nominal.remaining)) nominal, \(number(assured.remaining)) assured;"
      + " cleared \(number(nominal.cleared)), reduced \(number(nominal.reduced)), cancelled \(number(nominal.cancelled))"
  }
}
