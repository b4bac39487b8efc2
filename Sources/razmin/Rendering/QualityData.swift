import Formats
import Geometry
import LandRelease
import Survey

extension Hole {
  /// The hole as JSON members.
  var record: JSONObject {
    [
      "layer": "hole", "hazard_id": .string(hazard.id), "hazard_class": .string(hazard.hazardClass.rawValue),
      "area_m2": .fixed(area, decimals: 4), "width_m": .fixed(width, decimals: 3),
      "length_m": .fixed(length, decimals: 2), "longitude": .fixed(center.longitude, decimals: 8),
      "latitude": .fixed(center.latitude, decimals: 8),
      "activity_ids": .array(neighbours.map { .string($0.id) }), "teams": .array(teams.map { .string($0) }),
      "days": .array(days.map { .string($0) }), "why": .string(why),
    ]
  }

  /// The record with simplestyle's colours.
  var properties: JSONObject {
    var properties = record
    (properties["fill"], properties["fill-opacity"], properties["stroke"]) = ("#B5179E", .number(0.5), "#B5179E")
    return properties
  }
}

extension CoverageQuality {
  /// All but the holes, as JSON members.
  var record: JSONObject {
    [
      "narrower": ["places": .int(narrowCount), "area_m2": .fixed(narrowArea, decimals: 4)],
      "not_enclosed": [
        "places": .int(rest.count), "area_m2": .fixed(rest.area, decimals: 4),
        "widest_m": .fixed(rest.width, decimals: 1),
      ],
      "several_teams_m2": .fixed(overlaps.betweenTeams, decimals: 4),
      "without_team_m2": .fixed(overlaps.withoutTeam, decimals: 4),
      "team_pairs": .array(
        overlaps.pairs.map {
          ["teams": [.string($0.first), .string($0.second)], "area_m2": .fixed($0.area, decimals: 4)]
        }),
      "several_days": .array(
        overlaps.again.map {
          [
            "team": .string($0.team), "area_m2": .fixed($0.area, decimals: 4),
            "day_unknown_m2": .fixed($0.unknown, decimals: 4),
          ]
        }),
      "teams": .array(productivity.rows.map { .object($0.record) }),
      "activities": .array(productivity.activities.map { .object($0.record) }),
      "depths": .array(depths.map { .object($0.record) }),
    ]
  }
}

extension Productivity.Row {
  fileprivate var record: JSONObject {
    [
      "team": team.map { .string($0) } ?? .null, "start": .string("\(start)"), "end": .string("\(end)"),
      "day": start == end ? .string("\(end)") : .null, "activity_ids": .array(activities.map { .string($0) }),
      "newly_cleared_m2": .fixed(newlyCleared, decimals: 4), "reprocessed_m2": .fixed(reprocessed, decimals: 4),
      "without_effect_m2": .fixed(withoutEffect, decimals: 4), "outside_m2": .fixed(outside, decimals: 4),
    ]
  }
}

extension DepthCheck {
  fileprivate var record: JSONObject {
    [
      "activity_id": .string(activity.id), "hazard_id": .string(hazard.id),
      "reached_cm": reached.map { .number($0) } ?? .null, "required_cm": required.map { .number($0) } ?? .null,
      "met_m2": .fixed(met, decimals: 4), "shallow_m2": .fixed(shallow, decimals: 4),
    ]
  }
}
