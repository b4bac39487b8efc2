import Formats
import Geometry
import LandRelease
import Notation
import Positions
import Projection
import Survey

extension SurveySession {
  /// The foreign member `razmin` of a collection without a ledger; `members` go before the inputs.
  func account(asOf: CivilDate?, operation: CoordinateOperation? = nil, _ members: JSONObject = [:]) -> JSONObject {
    head(asOf: asOf) + ["sigma_factor": .number(survey.sigmaFactor), "operation": operation?.record ?? .null] + members
      + ["coordinates": .array(survey.coordinates.map { .object($0.record) }), "inputs": inputs]
  }
}

extension BoxMeasure {
  /// What a box and its content are, in any layer.
  func content(grid: String?) -> JSONObject {
    [
      "id": .string(id), "box_m": .number(size), "grid": grid.map { .string($0) } ?? .null,
      "mgrs": metreReference(of: corner).map { .string($0) } ?? .null, "area_m2": .fixed(area, decimals: 4),
      "hazard_ids": .array(hazards.map { .string($0) }),
      "covered_percent": .fixed(coveredPercent, decimals: 2), "assured_percent": .fixed(assuredPercent, decimals: 2),
      "remaining_m2": .fixed(remaining, decimals: 4), "released_m2": .fixed(released, decimals: 4),
      "assured_released_m2": .fixed(surelyReleased, decimals: 4),
      "finds": .array(finds.map(\.record)), "activity_ids": .array(activities.map { .string($0.id) }),
      "teams": .array(Set(activities.compactMap(\.team)).sorted().map { .string($0) }),
      "days": .array(days.map(\.interval)),
    ]
  }

  /// With the status by the survey's legend; `nil` leaves it open, and draws no colour.
  func properties(grid: String?, legend: Legend?) -> JSONObject {
    var properties: JSONObject = ["layer": "box"]
    properties.members += content(grid: grid).members
    let row = legend?.row(finds: finds, assuredPercent: assuredPercent)
    properties["status"] = row.map { .string($0.status) } ?? .null
    properties["meaning"] = row.map { .string($0.meaning) } ?? .null
    properties.draw(row?.colour, opacity: 0.4)
    return properties
  }
}

extension Lane {
  func properties(hazard: String) -> JSONObject {
    var properties: JSONObject = [
      "layer": "lane", "hazard_id": .string(hazard), "lane": .int(number), "area_m2": .fixed(area, decimals: 4),
      "covered_percent": .fixed(coveredPercent, decimals: 2), "assured_percent": .fixed(assuredPercent, decimals: 2),
      "remaining_m2": .fixed(remaining, decimals: 4), "released_m2": .fixed(released, decimals: 4),
      "assured_released_m2": .fixed(surelyReleased, decimals: 4),
      "activity_ids": .array(activities.map { .string($0.id) }), "days": .array(days.map(\.interval)),
    ]
    properties.draw("#4361EE", opacity: 0.1)
    return properties
  }
}

extension JSONObject {
  /// simplestyle 1.1; nothing where there is no colour.
  mutating func draw(_ colour: String?, opacity: Double) {
    guard let colour else { return }
    self["fill"] = .string(colour)
    self["fill-opacity"] = .number(opacity)
    self["stroke"] = .string(colour)
  }
}

extension DaySpan {
  /// As ISO 8601 writes intervals.
  fileprivate var interval: JSONValue { .string("\(start)/\(end)") }
}

extension Find {
  fileprivate var record: JSONValue {
    ["id": .string(id), "category": category.map { .string($0) } ?? .null, "found": .string("\(found)")]
  }
}

/// The MGRS reference of a corner, to a metre.
///
/// Digits are cut off and not rounded (NGA.SIG.0012), and the output's lattice moves a corner by up to a millimetre: from
/// 573200.000 to 573199.9995, which is another square. So the centimetre is rounded first.
private func metreReference(of corner: Geographic) -> String? {
  guard let utm = UTM(corner) else { return MGRSReference(corner, digits: 5)?.text }
  let whole = { (metres: Double) in (metres * 100).rounded() / 100 }
  guard
    let rounded = try? UTM(
      zone: utm.zone, isNorthern: utm.isNorthern, easting: whole(utm.easting), northing: whole(utm.northing)),
    let reference = try? MGRSReference(utm: rounded, latitude: corner.latitude, digits: 5)
  else { return MGRSReference(corner, digits: 5)?.text }
  return reference.text
}
