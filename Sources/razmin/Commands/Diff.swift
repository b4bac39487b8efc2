import ArgumentParser
import Formats
import History
import LandRelease
import Survey

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the ground that changed its state between two days, and what was recorded between them.",
    discussion: """
      Emits a feature for each piece of ground whose state on the evening of the second day is not what it was on that of the \
      first, or that remains of another hazard or class (layer difference, with before and after), and the events between.
      Example: razmin diff sample-surveys/three-years 2022-12-31 2024-12-31 -o changes.geojson
      """)

  @OptionGroup var survey: SurveySource
  @Argument(help: "The first day (YYYY-MM-DD).") var first: CivilDate
  @Argument(help: "The second day, later.") var second: CivilDate
  @Flag(help: "Compare what is surely released (edges less k sigma) instead of the nominal states.") var assured = false

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func validate() throws {
    guard first < second else { throw ValidationError("\(first) is not before \(second): name the earlier day first.") }
  }

  func run() async throws {
    try await ending {
      let session = try await survey.load(.withHistory)
      for finding in session.findings where finding.level >= .warning { Console.say(finding) }
      var writer = GeoJSONWriter(try Output.open(output))
      var sums: [String: Double] = [:]
      let openFinds = try await differences(
        session.survey, steps: session.steps, from: first, to: second, assured: assured, jobs: survey.jobs
      ) { difference in
        sums[difference.words, default: 0] += difference.area
        try writer.feature(.polygons(difference.polygons), difference.properties)
      }
      let events = session.told.events.filter { event in
        event.fact.date.map { first < $0 && $0 <= second } ?? false
      }
      let account =
        session.head(asOf: second) + [
          "from": .string("\(first)"), "shows": assured ? "assured" : "nominal",
          "events": .array(events.map { .object($0.summary) }), "inputs": session.inputs,
        ]
      try writer.finish(["razmin": .object(account)]).finish()
      Console.say("\(events.count) events from \(first) to \(second)")
      for (words, area) in sums.sorted(by: { $0.key < $1.key }) { Console.say("\(words): \(number(area)) m²") }
      for place in session.unreadHazards + session.unreadFinds {
        Console.say("\(place) could not be read: there may be more that changed")
      }
      for find in openFinds {
        Console.say(
          "find \(shown(find)) reopens released ground, and the survey gives no fadeout_m: more changed than this")
      }
      return max(session.hasUnusedInput ? .unusedInput : .done, openFinds.isEmpty ? .done : .answerIsNo)
    }
  }
}

extension Difference {
  /// Such as `remaining to cleared`.
  fileprivate var words: String {
    let words = { (state: State?) in
      state.map { $0.layer == .remaining ? "remaining \($0.hazardClass.rawValue)" : $0.layer.rawValue }
        ?? "not recorded"
    }
    return "\(words(before)) to \(words(after))"
  }

  fileprivate var properties: JSONObject {
    let style = (after?.layer ?? .remaining).style(of: after?.hazardClass ?? .suspected)
    return [
      "layer": "difference", "change": .string(words), "before": before.map { .object($0.record) } ?? .null,
      "after": after.map { .object($0.record) } ?? .null, "area_m2": .fixed(area, decimals: 4),
      "fill": .string(style.fill), "fill-opacity": .number(style.opacity), "stroke": .string(style.stroke),
    ]
  }
}

extension Difference.State {
  fileprivate var record: JSONObject {
    [
      "layer": .string(layer.rawValue), "hazard_id": .string(hazard.id), "hazard_class": .string(hazardClass.rawValue),
      "activity_ids": .array(activities.map { .string($0.id) }), "reopened_by": .array(reopenedBy.map { .string($0) }),
    ]
  }
}

extension Event {
  /// Which event, and about what; what it says stands in the history.
  fileprivate var summary: JSONObject {
    [
      "event": .int(number), "kind": .string(kind.rawValue), "about": .string(fact.subject.kind.rawValue),
      "id": .string(fact.subject.id), "date": fact.date.map { .string("\($0)") } ?? .null,
      "organisation": fact.organisation.map { .string($0) } ?? .null, "hash": .string(hash),
    ]
  }
}
