import GeoPackage
import LandRelease
import Survey

/// The layers of GeoPackages, with a column for each property that a feature may have: the same for every survey, so that
/// a GIS project made for one file opens the next.
extension GeoPackageLayer {
  /// Of `razmin remaining`, one for each state.
  static func release(_ state: LandState) -> GeoPackageLayer {
    var columns: [Column] = [
      Column("layer", .text), Column("hazard_id", .text), Column("hazard_class", .text), Column("recorded", .date),
      Column("area_m2", .real), Column("grid_area_m2", .real), Column("grid", .text), Column("municipality", .text),
      Column("village", .text),
    ]
    if state == .remaining {
      columns += [Column("worked", .text), Column("reopened_by", .text)]
    } else {
      columns += [
        Column("activity_ids", .text), Column("assured_m2", .real), Column("depth_cm", .real), Column("date", .date),
      ]
      if state == .reduced { columns.append(Column("searched", .boolean)) }
    }
    return GeoPackageLayer(
      state.rawValue, .multiPolygon, state.sentence, columns: columns + colours, style: state.layerStyle)
  }

  /// Of `razmin remaining`, where a survey has spot tasks.
  static let spotTasks = GeoPackageLayer(
    SpotTask.layer, .point, "EOD spot tasks, open and closed",
    columns: [
      Column("layer", .text), Column("id", .text), Column("status", .text), Column("open", .boolean),
      Column("recorded", .date), Column("started", .date), Column("closed", .date), Column("type", .text),
      Column("ordnance", .text), Column("category", .text), Column("estimated_depth_m", .real),
      Column("mass_kg", .real), Column("entry_hole", .text), Column("sigma_m", .real), Column("municipality", .text),
      Column("village", .text), Column("activity_id", .text), Column("marker-color", .text),
    ])

  /// Of `razmin cleared`.
  static let swath = GeoPackageLayer(
    "cleared", .multiPolygon, "Ground within half a swath of each log's track",
    columns: [
      Column("source", .text), Column("swath_m", .real), Column("area_m2", .real), Column("assured_m2", .real),
    ] + colours, style: LandState.cleared.layerStyle)

  /// Of `razmin import`.
  static func logs(points: Bool) -> [GeoPackageLayer] {
    let waypoints = GeoPackageLayer(
      "waypoints", .point, "Waypoints of logs",
      columns: [
        Column("kind", .text), Column("name", .text), Column("source", .text), Column("time", .dateTime),
        Column("symbol", .text), Column("comment", .text), Column("ele_m", .real), Column("line", .integer),
      ])
    let track: [Column] = [
      Column("kind", .text), Column("name", .text), Column("source", .text), Column("track", .integer),
      Column("fixes", .integer), Column("lines", .integer), Column("isolated", .integer), Column("spikes", .integer),
      Column("set_aside", .integer), Column("start", .dateTime), Column("end", .dateTime),
    ]
    let fix: [Column] = [
      Column("source", .text), Column("track", .integer), Column("segment", .integer), Column("line", .integer),
      Column("time", .dateTime), Column("quality", .text), Column("sigma_m", .real), Column("ele_m", .real),
      Column("hdop", .real), Column("satellites", .integer), Column("mark", .text), Column("step", .text),
    ]
    if points { return [GeoPackageLayer("fixes", .point, "Every fix of the logs", columns: fix), waypoints] }
    return [
      GeoPackageLayer("tracks", .multiLine, "Tracks of logs", columns: track),
      GeoPackageLayer("isolated_fixes", .multiPoint, "Fixes of tracks that no line reaches", columns: track), waypoints,
    ]
  }

  private static let colours = [Column("fill", .text), Column("fill-opacity", .real), Column("stroke", .text)]
}

extension LandState {
  fileprivate var sentence: String {
    switch self {
    case .remaining: "Recorded hazard that nothing has released"
    case .cleared: "Recorded hazard released by clearance"
    case .reduced: "Recorded hazard released by technical survey"
    case .cancelled: "Recorded hazard released by non-technical survey"
    }
  }

  /// The colours of the features: what remains is told apart by its class.
  fileprivate var layerStyle: LayerStyle {
    func colours(_ hazard: HazardClass) -> LayerStyle.Colours {
      let style = style(of: hazard)
      return LayerStyle.Colours(fill: style.fill, opacity: style.opacity, stroke: style.stroke)
    }
    guard self == .remaining else { return LayerStyle(.all(colours(.confirmed))) }
    let names: [(HazardClass, String)] = [
      (.confirmed, "confirmed hazardous area"), (.suspected, "suspected hazardous area"),
    ]
    return LayerStyle(
      .byColumn(
        "hazard_class",
        names.map { LayerStyle.Category($0.rawValue, label: "\($0.rawValue): \($1)", colours($0)) }))
  }
}

extension FieldSurvey {
  /// The day of the latest thing that is known of it, as an output's own date.
  func lastDay(asOf: CivilDate?) -> CivilDate? {
    let tasks = spotTasks.flatMap { [$0.recorded, $0.started, $0.closed].compactMap { $0 } }
    return asOf ?? (activities.map(\.end) + hazards.map(\.recorded) + finds.map(\.found) + tasks).max()
  }
}
