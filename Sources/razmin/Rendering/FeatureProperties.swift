import Formats
import LandRelease
import Positions
import Projection
import Survey

extension ReleaseFeature {
  /// The properties of the contract, in their order (`docs/geojson.md`).
  func properties(grid: String?) -> JSONObject {
    var properties: JSONObject = [
      "layer": .string(layer.rawValue), "hazard_id": .string(hazard.id),
      "hazard_class": .string(hazard.hazardClass.rawValue), "recorded": .string("\(hazard.recorded)"),
      "area_m2": .fixed(area, decimals: 4),
    ]
    if let grid, let gridArea {
      properties["grid_area_m2"] = .fixed(gridArea, decimals: 4)
      properties["grid"] = .string(grid)
    }
    properties["municipality"] = hazard.municipality.map { .string($0) }
    properties["village"] = hazard.village.map { .string($0) }
    if layer == .remaining {
      if isShallow { properties["worked"] = "shallow" }
      if !reopenedBy.isEmpty { properties["reopened_by"] = .array(reopenedBy.map { .string($0) }) }
    } else {
      properties["activity_ids"] = .array(activities.map { .string($0.id) })
      properties["assured_m2"] = assuredArea.map { .fixed($0, decimals: 4) } ?? .null
      let depth = layer == .cleared ? activities.compactMap(\.depth).max() : nil
      properties["depth_cm"] = depth.map { .number($0) } ?? .null
      properties["date"] = activities.first.map { .string("\($0.end)") } ?? .null
      if layer == .reduced { properties["searched"] = .bool(activities.contains { $0.searched == true }) }
    }
    let style = layer.style(of: hazard.hazardClass)
    properties["fill"] = .string(style.fill)
    properties["fill-opacity"] = .number(style.opacity)
    properties["stroke"] = .string(style.stroke)
    return properties
  }
}

extension LandState {
  /// simplestyle 1.1 colours. CHA and SHA after IMAS TN 07.11/01, half transparent; for released land that note gives no
  /// fill, so cleared is light green as is practice, reduced and cancelled are paler.
  func style(of hazardClass: HazardClass) -> (fill: String, opacity: Double, stroke: String) {
    switch self {
    case .remaining: hazardClass == .confirmed ? ("#FF0000", 0.5, "#990000") : ("#F4A718", 0.5, "#A66F00")
    case .cleared: ("#90EE90", 0.5, "#2E8B2E")
    case .reduced: ("#C8E6A0", 0.5, "#6B8E23")
    case .cancelled: ("#D9D9D9", 0.5, "#808080")
    }
  }
}

extension PartitionResult {
  /// The foreign member `razmin` of the collection.
  func account(of session: SurveySession, asOf: CivilDate?, assured: Bool) -> JSONObject {
    let survey = session.survey
    var totals: JSONObject = [
      "nominal": .object(ledger.totals(ledger.nominal)), "assured": .object(ledger.totals(ledger.assured)),
      "closes": .bool(ledger.closes),
    ]
    for (name, items) in [
      ("open_finds", ledger.openFinds), ("unread_hazards", ledger.unreadHazards.map { "\($0)" }),
      ("unread_finds", ledger.unreadFinds.map { "\($0)" }),
      ("unread_spot_tasks", ledger.unreadSpotTasks.map { "\($0)" }),
    ] where !items.isEmpty {
      totals[name] = .array(items.map { .string($0) })
    }
    var account =
      session.head(asOf: asOf) + [
        "shows": assured ? "assured" : "nominal", "sigma_factor": .number(survey.sigmaFactor),
        "operation": grid?.record ?? .null,
        "frame": ["name": .string(survey.frame.name), "doubt_m": survey.frame.doubt.map { .number($0) } ?? .null],
        "coordinates": .array(survey.coordinates.map { .object($0.record) }), "ledger": .object(totals),
      ]
    if let counts = survey.spotTaskCounts(asOf: asOf) {
      account["spot_tasks"] = ["open": .int(counts.open), "closed": .int(counts.closed)]
    }
    account["inputs"] = session.inputs
    return account
  }
}

extension CoordinateOperation {
  /// Between WGS 84 and the survey's grid.
  var record: JSONValue {
    [
      "code": .string(code), "name": .string(name), "accuracy_m": accuracy.map { .number($0) } ?? .null,
      "grids": .array(grids.map { .string($0.name) }), "equated_frame": equated.map { .string($0.frame) } ?? .null,
      "doubt_m": equated.map { .number($0.doubt) } ?? .null,
    ]
  }
}

extension CoordinateUse {
  var record: JSONObject {
    [
      "crs": .string(crs), "crs_name": .string(crsName), "code": .string(code), "name": .string(name),
      "accuracy_m": accuracy.map { .number($0) } ?? .null, "grids": .array(grids.map { .string($0) }),
      "reason": .string(reason), "equated_frame": equatedFrame.map { .string($0) } ?? .null,
      "doubt_m": doubt.map { .number($0) } ?? .null, "frame_shift": frameShift.map { .string($0) } ?? .null,
    ]
  }
}

extension Georeference {
  /// How coordinates that are no longitude and latitude were carried over.
  var record: JSONValue { .array(conversions.map { .object($0.use.record) }) }
}

extension Ledger {
  func totals(_ amounts: Amounts) -> JSONObject {
    [
      "recorded_m2": .fixed(recorded, decimals: 4), "remaining_m2": .fixed(amounts.remaining, decimals: 4),
      "cleared_m2": .fixed(amounts.cleared, decimals: 4), "reduced_m2": .fixed(amounts.reduced, decimals: 4),
      "cancelled_m2": .fixed(amounts.cancelled, decimals: 4),
    ]
  }
}
