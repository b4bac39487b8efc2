import Formats
import Geometry
import LandRelease
import Survey

/// A find in released ground as `validate` tells of it: what missed it, and what else relies on the same work.
extension MissedFind {
  func line(in session: SurveySession) -> String {
    let (latitude, longitude) = (fixed(find.position.latitude, 8), fixed(find.position.longitude, 8))
    var words =
      "\(find.place): find \(find.id), latitude \(latitude), longitude \(longitude) (WGS 84), found \(find.found)"
    if let type = find.type { words += ", \(type)" + (find.category.map { " (\($0))" } ?? "") }
    words += ": \(status.words)"
    for work in works {
      words += "; missed by \(work.title)\(work.trace(in: session)); \(work.activity.id) still releases "
      words += rows(of: work).map { "\(number($0.area)) m² of \($0.hazard)" }.joined(separator: ", ")
      if rows(of: work).isEmpty { words += "nothing" }
    }
    return shown(words) + "\n"
  }

  func record(in session: SurveySession) -> JSONObject {
    let place = LatticePoint(nearest: find.position).position
    let coordinates: JSONValue = [
      .fixed(place.longitude, decimals: 8), .fixed(place.latitude, decimals: 8),
    ]
    return [
      "id": .string(find.id), "geometry": ["type": "Point", "coordinates": coordinates],
      "found": .string("\(find.found)"), "type": find.type.map { .string($0) } ?? .null,
      "ordnance": find.ordnance.map { .string($0) } ?? .null, "category": find.category.map { .string($0) } ?? .null,
      "status": .string(status.rawValue),
      "missed_by": .array(
        works.map { work in
          var record = work.identity
          record["team"] = work.activity.team.map { .string($0) } ?? .null
          record.members += work.traceRecord(in: session).members
          record["releases"] = .array(
            rows(of: work).map { ["hazard_id": .string($0.hazard), "area_m2": .fixed($0.area, decimals: 4)] })
          return .object(record)
        }),
    ]
  }

  private func rows(of work: WhyAnswer.Work) -> [(hazard: String, area: Double)] {
    (released[work.activity.id] ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension MissedFind.Status {
  fileprivate var words: String {
    switch self {
    case .reopened: "reopened"
    case .releasedSince: "fade-out released since"
    case .noFadeout: "open for want of fadeout_m"
    }
  }
}
