import Formats
import Geometry
import LandRelease
import Survey

/// The answer of `razmin why`, in words and as JSON.
struct WhyReport {
  let answer: WhyAnswer
  let session: SurveySession
  let asOf: CivilDate?

  var text: String {
    let (latitude, longitude) = (fixed(answer.position.latitude, 8), fixed(answer.position.longitude, 8))
    var rows = [["place", "latitude \(latitude), longitude \(longitude) (WGS 84)"]]
    if let asOf { rows.append(["as of", "\(asOf)"]) }
    if let nominal = answer.nominal {
      rows.append(["recorded as", words(nominal)])
      rows.append(["surely", answer.assured.map(words) ?? "unknown"])
    } else {
      rows.append(["recorded as", "in no recorded hazard"])
    }
    for hazard in answer.hazards {
      rows.append(["hazard", "\(hazard.id) (\(hazard.hazardClass.rawValue)), recorded \(hazard.recorded)"])
    }
    for work in answer.works { rows.append(["work", work.words(in: session)]) }
    for (find, distance) in answer.finds {
      let type = find.type.map { ", \($0)" } ?? ""
      rows.append(["find", "\(find.id)\(type), found \(find.found), \(inMetres(distance)) away"])
    }
    for (task, distance) in answer.spotTasks {
      rows.append(["spot task", "\(task.words(asOf: asOf)), \(inMetres(distance)) away"])
    }
    for change in changes { rows.append(["would change it", change]) }
    rows.append(["history", session.history.words])
    return columns(rows)
  }

  private func words(_ state: WhyAnswer.State) -> String {
    var words = "\(state.layer.rawValue) since \(state.since), hazard \(state.hazard.id)"
    if !state.activities.isEmpty { words += ", by \(state.activities.map(\.id).joined(separator: ", "))" }
    if state.isShallow { words += ", worked but too shallow" }
    if !state.reopenedBy.isEmpty { words += ", put back by \(state.reopenedBy.joined(separator: ", "))" }
    return words
  }

  /// What event would change the state, by the rules alone.
  private var changes: [String] {
    guard let state = answer.nominal else { return ["a hazard recorded round it"] }
    // Every hazard that covers the place must be answered.
    let depths = answer.hazards.map { $0.requiredDepth ?? session.survey.requiredDepth }
    let depth = depths.contains(nil) ? nil : depths.compactMap { $0 }.max()
    guard state.layer == .remaining else {
      let distance = session.survey.fadeout.map { "within \(plain($0)) m and k sigma" } ?? "in the same released ground"
      return [
        "a find \(distance), after it was released and by other work than that which released it",
        "a hazard recorded over it later",
      ]
    }
    let clearance =
      depth.map { "a clearance to \(plain($0)) cm" } ?? "a clearance, once required_depth_cm says how deep"
    var after = "on or after \(answer.hazards.map(\.recorded).max() ?? state.hazard.recorded)"
    if !state.reopenedBy.isEmpty { after = "on or after \(state.since)" }
    return ["\(clearance), or survey that reduces or cancels, that covers it and ends \(after)"]
  }

  var record: JSONObject {
    var answered: JSONObject = [
      "latitude": .fixed(answer.position.latitude, decimals: 8),
      "longitude": .fixed(answer.position.longitude, decimals: 8),
      "as_of": asOf.map { .string("\($0)") } ?? .null, "survey": .string(session.survey.id),
      "history": .object(session.history.record),
      "state": answer.nominal.map { .object(record($0)) } ?? .null,
      "assured_state": answer.assured.map { .object(record($0)) } ?? .null,
      "hazards": .array(
        answer.hazards.map {
          .object([
            "id": .string($0.id), "class": .string($0.hazardClass.rawValue), "recorded": .string("\($0.recorded)"),
          ])
        }),
      "works": .array(answer.works.map { .object($0.record(in: session)) }),
      "finds": .array(
        answer.finds.map {
          .object([
            "id": .string($0.find.id), "type": $0.find.type.map { .string($0) } ?? .null,
            "found": .string("\($0.find.found)"), "distance_m": .fixed($0.distance, decimals: 3),
          ])
        }),
    ]
    if !session.survey.spotTasks.isEmpty {
      answered["spot_tasks"] = .array(
        answer.spotTasks.map { task, distance in
          var record = task.record(asOf: asOf)
          record["distance_m"] = .fixed(distance, decimals: 3)
          return .object(record)
        })
    }
    answered["would_change"] = .array(changes.map { .string($0) })
    return answered
  }

  private func record(_ state: WhyAnswer.State) -> JSONObject {
    [
      "layer": .string(state.layer.rawValue), "hazard_id": .string(state.hazard.id), "since": .string("\(state.since)"),
      "activity_ids": .array(state.activities.map { .string($0.id) }), "shallow": .bool(state.isShallow),
      "reopened_by": .array(state.reopenedBy.map { .string($0) }),
    ]
  }
}

extension WhyAnswer.Effect {
  var words: String {
    switch self {
    case .releases: "releases it"
    case .tooShallow: "releases nothing: not as deep as required, or nobody says how deep"
    case .kindMayNot: "releases nothing: this kind of work may not claim that"
    case .beforeHazard: "releases nothing: it ended before the hazard was recorded"
    case .undone(let finds): "no longer releases it: put back by \(finds.joined(separator: ", "))"
    }
  }
}

/// Rows of a name and words.
private func columns(_ rows: [[String]]) -> String {
  let width = rows.map { $0[0].count }.max() ?? 0
  return rows.map { row in
    row[0] + String(repeating: " ", count: width - row[0].count) + "  " + row[1] + "\n"
  }.joined()
}

func inMetres(_ value: Double) -> String { "\(fixed(value, value < 10 ? 2 : 1)) m" }
func plain(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }

func fixed(_ value: Double, _ decimals: Int) -> String {
  JSONValue.fixed(value, decimals: decimals).written
}
