import Formats
import LandRelease
import Survey

/// One activity near a place, in words and as JSON.
extension WhyAnswer.Work {
  func words(in session: SurveySession) -> String {
    var words = title
    if holds {
      words += isSure ? ": covers the place surely" : ": covers the place, not surely"
    } else {
      words += ": does not cover the place"
    }
    if let effect { words += "; \(effect.words)" }
    return words + trace(in: session)
  }

  /// Which activity, and whose.
  var title: String {
    var words = "\(activity.id), \(activity.kind.rawValue), \(activity.start) to \(activity.end)"
    if let team = activity.team { words += ", \(team)" }
    if let depth = activity.depth { words += ", \(plain(depth)) cm" }
    return words
  }

  /// How near it came, and by which fix.
  func trace(in session: SurveySession) -> String {
    var words = ""
    if distance.isFinite {
      words += "; \(activity.geometry == .track ? "walked" : "its edge") \(inMetres(distance)) away"
    }
    if let fix {
      let log = session.path(ofLog: fix.log, of: activity) ?? "its log"
      words += "; nearest fix \(log):\(fix.line), \(inMetres(fix.distance)) away, sigma \(inMetres(fix.sigma))"
    }
    return words
  }

  func record(in session: SurveySession) -> JSONObject {
    var record = identity
    record["covers"] = .bool(holds)
    record["surely"] = .bool(isSure)
    record["effect"] = effect.map { .string($0.words) } ?? .null
    record.members += traceRecord(in: session).members
    return record
  }

  var identity: JSONObject {
    [
      "activity_id": .string(activity.id), "kind": .string(activity.kind.rawValue),
      "start": .string("\(activity.start)"), "end": .string("\(activity.end)"),
    ]
  }

  func traceRecord(in session: SurveySession) -> JSONObject {
    var record: JSONObject = ["distance_m": distance.isFinite ? .fixed(distance, decimals: 3) : .null]
    if let fix {
      record["fix"] = [
        "log": session.path(ofLog: fix.log, of: activity).map { .string($0) } ?? .null, "line": .int(fix.line),
        "distance_m": .fixed(fix.distance, decimals: 3), "sigma_m": .number(fix.sigma),
      ]
    }
    return record
  }
}
