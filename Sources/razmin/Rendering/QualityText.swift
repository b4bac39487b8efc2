import Geometry
import LandRelease
import Survey

extension CoverageQuality {
  /// The quality of coverage as a page of text.
  func text(of survey: FieldSurvey, asOf: CivilDate?, width: Double, assured: Bool) -> String {
    var page = "\(shown(survey.id))  \(shown(survey.name))\n"
    page += "as of \(asOf.map { "\($0)" } ?? "the last record"), square metres on the WGS 84 ellipsoid, "
    page += "\(assured ? "assured" : "nominal") holes wider than \(plain(width)) m\n\n"
    page += "Holes\n" + (holes.isEmpty ? "  none\n" : aligned(holeRows()))
    page += "  narrower: \(narrowCount) place\(narrowCount == 1 ? "" : "s"), \(number(narrowArea)) m²\n"
    page += "  not enclosed: \(rest.count) place\(rest.count == 1 ? "" : "s"), \(number(rest.area)) m²"
    if rest.count > 0 { page += ", up to \(number(rest.width)) m wide" }
    page += ": all else that remains, as where nobody has worked yet\n\n"
    page += "Overlaps\n" + aligned(overlapRows())
    if overlaps.withoutTeam > 0 {
      page += "  \(number(overlaps.withoutTeam)) m² were worked twice where an activity names no team\n"
    }
    page += "\nTeams and days\n" + (productivity.rows.isEmpty ? "  none\n" : aligned(teamRows()))
    if productivity.rows.contains(where: { $0.start != $0.end }) {
      page += "  Of a row of several days, nobody says what was done on which.\n"
    }
    page += "\nActivities\n" + (productivity.activities.isEmpty ? "  none\n" : aligned(activityRows()))
    page += "\nDepth\n" + (depths.isEmpty ? "  no clearance in a hazard\n" : aligned(depthRows()))
    return page
  }

  private func holeRows() -> [[String]] {
    [["hazard", "latitude", "longitude", "width m", "length m", "m²", "beside", "teams", "days", "why"]]
      + holes.map { hole in
        [
          hole.hazard.id, decimals(hole.center.latitude, 8), decimals(hole.center.longitude, 8),
          decimals(hole.width, 2), decimals(hole.length, 1), number(hole.area),
          hole.neighbours.map(\.id).joined(separator: ","), hole.teams.joined(separator: ","),
          hole.days.joined(separator: ","), hole.why,
        ]
      }
  }

  private func overlapRows() -> [[String]] {
    var rows = [["by several teams", "m²"], ["all, once", number(overlaps.betweenTeams)]]
    rows += overlaps.pairs.map { ["\($0.first) and \($0.second)", number($0.area)] }
    guard !overlaps.again.isEmpty else { return rows }
    rows.append(["by one team on several days", "m²"])
    for again in overlaps.again {
      rows.append([again.team, number(again.area)])
      if again.unknown > 0 {
        rows.append(["\(again.team), on days that nobody can tell apart", number(again.unknown)])
      }
    }
    return rows
  }

  private func teamRows() -> [[String]] {
    [["team", "days", "activities", "newly cleared", "re-processed", "without effect", "outside", ""]]
      + productivity.rows.map { row in
        [row.team ?? "(no team)", span(row.start, row.end), row.activities.joined(separator: ",")]
          + [row.newlyCleared, row.reprocessed, row.withoutEffect, row.outside].map(number)
          + [row.hasResult ? "" : "no result"]
      }
  }

  private func activityRows() -> [[String]] {
    [["id", "team", "processed", "newly cleared", "re-processed", "reopened", "without effect", "outside"]]
      + productivity.activities.map { row in
        [row.id, row.team ?? "(no team)"]
          + [row.processed, row.released, row.reprocessed, row.reopened, row.ineffective, row.outside].map(number)
      }
  }

  private func depthRows() -> [[String]] {
    let centimetres = { (depth: Double?) in depth.map { plain($0) } ?? "not given" }
    return [["activity", "hazard", "reached cm", "required cm", "deep enough", "too shallow"]]
      + depths.map { row in
        [
          row.activity.id, row.hazard.id, centimetres(row.reached), centimetres(row.required), number(row.met),
          number(row.shallow),
        ]
      }
  }

  /// One line for standard error.
  func summary(width: Double) -> String {
    let area = holes.reduce(0) { $0 + $1.area }
    let shallow = depths.reduce(0) { $0 + $1.shallow }
    return "\(holes.count) hole\(holes.count == 1 ? "" : "s") wider than \(plain(width)) m, \(number(area)) m²; "
      + "\(number(overlaps.betweenTeams)) m² worked by several teams; \(number(shallow)) m² not deep enough"
  }
}

/// A day, or two with a stroke between them as in ISO 8601.
func span(_ start: CivilDate, _ end: CivilDate) -> String { start == end ? "\(end)" : "\(start)/\(end)" }

extension Hole {
  var teams: [String] { Set(neighbours.compactMap(\.team)).sorted() }
  /// Of the activities beside it.
  var days: [String] { Set(neighbours.map { span($0.start, $0.end) }).sorted() }

  var why: String {
    if !reopenedBy.isEmpty { return "reopened by " + reopenedBy.joined(separator: ",") }
    return isShallow ? "too shallow" : "not worked"
  }
}
