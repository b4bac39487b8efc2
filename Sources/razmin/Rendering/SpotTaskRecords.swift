import Formats
import Survey

/// Spot tasks in words and as records. What was written down after the day that is asked about is not told.
extension SpotTask {
  func words(asOf day: CivilDate?) -> String {
    var words = id
    if let type { words += ", \(type)" + (category.flatMap { $0 == type ? nil : " (\($0))" } ?? "") }
    words += ", recorded \(recorded)"
    if let status = status(asOf: day), status != .recorded { words += ", \(status.rawValue)" }
    if let estimatedDepth { words += ", about \(plain(estimatedDepth)) m deep" }
    return words
  }

  func record(asOf day: CivilDate?) -> JSONObject {
    let seen = { (date: CivilDate?) in date.flatMap { date in day.map { date <= $0 } ?? true ? date : nil } }
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "id": .string(id), "status": text(status(asOf: day)?.rawValue), "open": .bool(isOpen(asOf: day)),
      "recorded": .string("\(recorded)"), "started": text(seen(started).map { "\($0)" }),
      "closed": text(seen(closed).map { "\($0)" }), "type": text(type), "ordnance": text(ordnance),
      "category": text(category), "estimated_depth_m": estimatedDepth.map { .number($0) } ?? .null,
      "mass_kg": mass.map { .number($0) } ?? .null, "entry_hole": text(entryHole),
      "sigma_m": sigma.map { .number($0) } ?? .null, "municipality": text(municipality), "village": text(village),
      "activity_id": text(activity),
    ]
  }

  /// Of the layer `spot-task`; `marker-color` after simplestyle 1.1.
  func properties(asOf day: CivilDate?) -> JSONObject {
    var properties: JSONObject = ["layer": .string(Self.layer)]
    properties.members += record(asOf: day).members
    properties["marker-color"] = isOpen(asOf: day) ? "#FF0000" : "#808080"
    return properties
  }

  static let layer = "spot-task"
}

extension FieldSurvey {
  /// Those that were recorded by a day, by id.
  func spotTasks(asOf day: CivilDate?) -> [SpotTask] {
    spotTasks.filter { $0.status(asOf: day) != nil }.sorted { $0.id < $1.id }
  }

  /// How many of these are open and closed; `nil` for a survey without any.
  func spotTaskCounts(asOf day: CivilDate?) -> (open: Int, closed: Int)? {
    guard !spotTasks.isEmpty else { return nil }
    let tasks = spotTasks(asOf: day)
    let open = tasks.count { $0.isOpen(asOf: day) }
    return (open, tasks.count - open)
  }

  /// A table of the ledger's page; empty for a survey without any.
  func spotTaskText(asOf day: CivilDate?) -> String {
    guard let counts = spotTaskCounts(asOf: day) else { return "" }
    let rows = spotTasks(asOf: day).map { task in
      [
        task.id, task.status(asOf: day)?.rawValue ?? "", "\(task.recorded)", task.type ?? "",
        task.estimatedDepth.map { "\(plain($0)) m" } ?? "", task.mass.map { "\(plain($0)) kg" } ?? "",
      ]
    }
    return "Spot tasks: \(counts.open) open, \(counts.closed) closed; items, in no area above\n"
      + aligned([["id", "status", "recorded", "type", "depth", "mass"]] + rows) + "\n"
  }

  /// Behind the hazards' rows and an empty line; empty for a survey without any.
  func spotTaskCSV(asOf day: CivilDate?) -> String {
    let records = spotTasks(asOf: day).map { $0.record(asOf: day) }
    guard let names = records.first?.members.map(\.name) else { return "" }
    let lines = [names.map { $0 == "id" ? "spot_task_id" : $0 }.joined(separator: ",")]
    let rows = records.map { $0.members.map { csvCell($0.value) }.joined(separator: ",") }
    return "\r\n" + (lines + rows).map { $0 + "\r\n" }.joined()
  }
}
