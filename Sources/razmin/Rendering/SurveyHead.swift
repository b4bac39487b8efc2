import Formats
import History
import Survey

extension SurveySession {
  /// What every answer about a survey begins with: which survey, as of which day, and the history it rests on.
  func head(asOf: CivilDate?) -> JSONObject {
    [
      "version": .string(Razmin.version), "survey": .string(survey.id), "name": .string(survey.name),
      "as_of": asOf.map { .string("\($0)") } ?? .null, "history": .object(history.record),
    ]
  }

  /// The last line of a page for people.
  var foot: String { "History: \(history.words)\n" }

  /// The files that were read, each with its hash.
  var inputs: JSONValue {
    .array(survey.inputs.map { .object(["path": .string($0.path), "sha256": .string($0.sha256)]) })
  }
}

extension HistoryHead {
  var record: JSONObject { ["events": .int(events), "head": .string(hash)] }

  var words: String { "\(events) event\(events == 1 ? "" : "s"), head \(hash)" }

  /// For outputs that have no place for it, in the summary beside them.
  func say() { Console.say("history: \(words)") }
}

extension JSONObject {
  static func + (a: JSONObject, b: JSONObject) -> JSONObject { JSONObject(a.members + b.members) }
}
