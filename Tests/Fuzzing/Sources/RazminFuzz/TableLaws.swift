import Geometry
import Survey
import SurveyFolder

private let head = "[survey]\nid = \"F\"\nname = \"F\"\nfadeout_m = 25\n"

private func load(_ table: [UInt8], _ rest: String) -> SurveyFolder.LoadResult? {
  var result: SurveyFolder.LoadResult?
  withFile(table, named: "a.csv") { _, _ in
    withFile(Array((head + rest + "\n").utf8), named: "survey.toml") { folder, _ in result = SurveyFolder.load(folder) }
  }
  // What a table holds leaves something out, and never refuses the survey.
  law(result?.survey != nil, "\(result?.fatal ?? [])")
  let hasError = result?.findings.contains { $0.level == .error } ?? false
  law(result?.isIncomplete == true || !hasError, "an error, and nothing left out")
  return result
}

/// A table as a file of finds, of spot tasks and of strikes: every row becomes one, or is told and keeps the account open.
func loadsPoints(_ bytes: [UInt8]) {
  func check<Item: Identifiable>(
    _ table: String, _ items: KeyPath<FieldSurvey, [Item]>, _ unread: KeyPath<SurveyFolder.LoadResult, [Place]>,
    _ place: (Item) -> Place, isOnEarth: (Item) -> Bool
  ) where Item.ID == String {
    guard let result = load(bytes, "[[\(table)]]\nfile = \"a.csv\"") else { return }
    let found = result.survey?[keyPath: items] ?? []
    law(Set(found.map(\.id)).count == found.count, "an id twice in \(table)")
    law(found.allSatisfy { isOnEarth($0) && place($0).line > 0 }, "\(table)")
    law(!result.isIncomplete || !result[keyPath: unread].isEmpty, "what was left out of \(table) is nowhere")
  }
  check("finds", \.finds, \.unreadFinds, \.place) { $0.position.isOnEarth }
  check("spot_tasks", \.spotTasks, \.unreadSpotTasks, \.place) { $0.position.isOnEarth }
  check("strikes", \.strikes, \.unreadStrikes, \.place) { $0.position.isOnEarth }
}

/// A legend is used whole or not at all, a weapon with both its axes; a find of unknown category never raises a status.
func loadsTable(_ bytes: [UInt8], _ rest: String) {
  guard let result = load(bytes, rest) else { return }
  for weapon in (result.survey?.weapons ?? [:]).values {
    law((1...10_000).contains(weapon.length) && (1...10_000).contains(weapon.width), "\(weapon)")
  }
  guard let legend = result.survey?.boxes?.legend else { return }
  law(!legend.rows.isEmpty && !result.findings.contains { $0.level == .error }, "a legend with an error")
  var find = Find(id: "F", position: .init(0, 0), found: CivilDate(daysSinceEpoch: 0), place: Place(""))
  for percent in [0, 50, 94.9, 100] {
    let unknown = legend.row(finds: [find], assuredPercent: percent)
    for case .categories(let words)? in legend.rows.map(\.finds) {
      for word in words {
        find.category = word
        let known = legend.row(finds: [find], assuredPercent: percent)
        law((unknown?.leastPercent ?? 0) <= (known?.leastPercent ?? 0), "\(word) at \(percent)")
        find.category = nil
      }
    }
  }
}
