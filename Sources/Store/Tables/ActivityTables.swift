import GeoPackage
import Geometry
import Survey

extension Table {
  /// What was done; the polygons that an activity claims are in a table of their own.
  static var activities: Table {
    Table(
      "activities", "What was done, by whom and when",
      blank: { _ in
        Activity(
          id: "", kind: .clearance, claims: .cleared, start: CivilDate(daysSinceEpoch: 0),
          end: CivilDate(daysSinceEpoch: 0), geometry: .track, place: Place(""))
      },
      fields: [
        Field("id", \.id),
        Field("kind", \.kind),
        Field("claims", \.claims),
        Field("start", \.start),
        Field("end", \.end),
        Field("geometry", \.geometry),
        Field("team", \.team),
        Field("organisation", \.organisation),
        Field("method", \.method),
        Field("note", \.note),
        Field("depth_cm", \.depth, in: 0...1e6),
        Field("searched", \.searched),
        .json("logs", \.logs),
        Field("swath_m", \.swathWidth, in: 0...1e6),
        Field("sigma_m", \.sigma, in: 0...1e6),
        Field("max_gap_s", \.rules.maxGapSeconds, in: 0...1e12),
        Field("max_gap_m", \.rules.maxGapMetres, in: 0...1e12),
        Field("max_speed_m_s", \.rules.maxSpeed, in: 0...1e12),
        Field("min_quality", \.rules.minQuality),
        Field("max_closing_m", \.maxClosing, in: 0...1e12),
        Field("reported_m2", \.reportedArea, in: 0...1e15),
        Field("file", \.place.file),
        Field("line", \.place.line),
      ],
      of: \.survey.activities,
      take: { activity, gathered in
        gathered.activities[activity.id] = gathered.content.survey.activities.count
        gathered.content.survey.activities.append(activity)
      })
  }

  /// A polygon that an activity claims, drawn or walked round.
  static var claims: Table {
    Table(
      "claims", "Polygons that activities claim, drawn or walked round", shape: .polygons(\.polygons),
      style: claimStyle, blank: { _ in DrawnClaim() },
      fields: [
        Field("activity", \.activity),
        Field("number", \.number),
        .shown("claims", \.claims),
        .shown("end", \.end),
      ],
      of: { content in content.survey.activities.flatMap(DrawnClaim.all) },
      take: { (claim, gathered) throws(RowFault) in
        guard let index = gathered.activities[claim.activity] else { throw RowFault(column: "activity") }
        gathered.content.survey.activities[index].polygons += claim.polygons
      })
  }
}

/// One polygon of an activity.
private struct DrawnClaim {
  var activity = "", number = 0
  var polygons: [Polygon<Geographic>] = []
  var claims = Release.cleared, end = CivilDate(daysSinceEpoch: 0)

  static func all(of activity: Activity) -> [DrawnClaim] {
    activity.polygons.enumerated().map { number, polygon in
      DrawnClaim(
        activity: activity.id, number: number + 1, polygons: [polygon], claims: activity.claims, end: activity.end)
    }
  }
}

/// The colours of `razmin remaining`.
private var claimStyle: LayerStyle {
  LayerStyle(
    .byColumn(
      "claims",
      [
        .init("cleared", label: "Cleared", .init(fill: "#2E8B57", opacity: 0.3, stroke: "#1B5E3A")),
        .init("reduced", label: "Reduced", .init(fill: "#8FBC8F", opacity: 0.3, stroke: "#5E8B5E")),
        .init("cancelled", label: "Cancelled", .init(fill: "#B0C4DE", opacity: 0.3, stroke: "#708090")),
      ]))
}
