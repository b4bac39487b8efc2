import LandRelease
import Survey

extension Returns {
  /// The return as a page of text: the whole, then by each of the dimensions that says something.
  func text(of session: SurveySession, ledger: Ledger) -> String {
    let survey = session.survey
    var page = "\(shown(survey.id))  \(shown(survey.name))\n"
    page +=
      "from \(period.lowerBound) to \(period.upperBound), both included, square metres on the WGS 84 ellipsoid\n\n"
    page += "Land\n" + aligned(totalRows() + (survey.spotTasks.isEmpty ? [] : taskRows())) + "\n"
    page +=
      ledger.closes ? "" : "  THE ACCOUNT DOES NOT CLOSE.\n" + ledger.obstacles.map { "  - \(shown($0))\n" }.joined()
    for dimension in ReturnTable.Dimension.allCases {
      let table = ReturnTable(self, by: dimension, of: survey)
      guard table.rows.contains(where: { $0.name != nil }) else { continue }
      page += "By \(dimension.rawValue)\n" + aligned(table.lines(withTasks: !survey.spotTasks.isEmpty)) + "\n"
    }
    page += "Activities\n" + aligned(activityRows()) + "\n"
    page += "Released in the period counts for the first work that stands; later work on it is re-processed.\n"
    page += session.foot
    return page
  }

  private func totalRows() -> [[String]] {
    let (nominal, assured) = (nominal, assured)
    func row(_ name: String, _ value: (Flow) -> Double) -> [String] {
      [name, number(value(nominal)), number(value(assured))]
    }
    return [
      ["", "nominal", "assured"], row("remained before", \.opening), row("new", \.new), row("reopened", \.reopened),
      row("cancelled", \.released.cancelled), row("reduced, searched", \.released.searched),
      row("reduced, inferred", \.released.inferred), row("cleared", \.released.cleared),
      row("remains after", \.closing),
      ["items found", "\(items.count { $0.isFound })"], ["items disposed of", "\(items.count { $0.isDisposed })"],
    ]
  }

  private func taskRows() -> [[String]] {
    [
      ["spot tasks open before", "\(tasks.before)"], ["spot tasks recorded", "\(tasks.recorded)"],
      ["spot tasks completed", "\(tasks.completed)"], ["spot tasks cancelled", "\(tasks.cancelled)"],
      ["spot tasks open after", "\(tasks.after)"],
    ]
  }

  private func activityRows() -> [[String]] {
    [["id", "claims", "end", "released", "assured", "re-processed", "put back", "reported"]]
      + activities.map { row in
        [
          row.activity.id, row.activity.claims.rawValue, "\(row.activity.end)", number(row.nominal.released.total),
          number(row.assured.released.total), number(row.nominal.reprocessed), number(row.nominal.undone),
          row.activity.reportedArea.map(number) ?? "-",
        ]
      }
  }
}

extension ReturnTable {
  /// Of spot tasks: open before, recorded, completed, cancelled, open after.
  fileprivate func lines(withTasks: Bool) -> [[String]] {
    let released = ["cancelled", "searched", "inferred", "cleared"]
    let header: [String] =
      dimension == .organisation
      ? released + ["re-processed", "put back", "reported"]
      : ["before", "new", "reopened"] + released + ["moved", "after", "assured after"]
    let tasks = withTasks ? ["tasks before", "new tasks", "completed", "tasks cancelled", "tasks after"] : []
    return [["name"] + header + ["found", "disposed"] + tasks]
      + rows.map { row in
        let counts = [row.tasks.before, row.tasks.recorded, row.tasks.completed, row.tasks.cancelled, row.tasks.after]
        return [row.name ?? "(not said)"] + row.cells(dimension) + ["\(row.found)", "\(row.disposed)"]
          + (withTasks ? counts.map { "\($0)" } : [])
      }
  }
}

extension ReturnTable.Row {
  fileprivate func cells(_ dimension: ReturnTable.Dimension) -> [String] {
    if dimension == .organisation {
      let work = work ?? .init()
      return cells(work.released) + [number(work.reprocessed), number(work.undone), reported.map(number) ?? "-"]
    }
    let flow = nominal ?? .init()
    return [flow.opening, flow.new, flow.reopened].map(number) + cells(flow.released)
      + [flow.movedIn - flow.movedOut, flow.closing, assured?.closing ?? 0].map(number)
  }

  private func cells(_ released: Returns.Released) -> [String] {
    [released.cancelled, released.searched, released.inferred, released.cleared].map(number)
  }
}
