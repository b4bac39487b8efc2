import Formats
import LandRelease
import Survey

extension StrikeFootprint {
  var properties: JSONObject {
    var properties: JSONObject = [
      "layer": "strike-footprint", "class": "SHA", "id": .string(strike.id), "recorded": .string("\(strike.recorded)"),
      "shape": isCircle ? "circle" : "ellipse", "heading_deg": strike.heading.map { .number($0) } ?? .null,
      "weapon": .string(weapon.name), "length_m": .number(weapon.length), "width_m": .number(weapon.width),
      "weapon_source": .string(weapon.source), "sigma_m": strike.sigma.map { .number($0) } ?? .null,
      "source": strike.source.map { .string($0) } ?? .null, "area_m2": .fixed(area, decimals: 4),
      "outside_m2": .fixed(outside, decimals: 4),
    ]
    // As land that is suspected: IMAS TN 07.11/01.
    properties.draw("#F4A718", opacity: 0.3)
    return properties
  }
}

extension Find {
  func evidenceProperties(footprint: Int) -> JSONObject {
    [
      "layer": "cmrs-evidence", "footprint": .int(footprint), "id": .string(id),
      "category": category.map { .string($0) } ?? .null, "type": type.map { .string($0) } ?? .null,
      "found": .string("\(found)"), "sigma_m": sigma.map { .number($0) } ?? .null,
    ]
  }
}

extension RemnantsSurvey.RequiredBox {
  private var status: String { hasEvidence ? "found" : isSearched ? "searched" : "next" }

  func properties(footprint: Int, grid: String?) -> JSONObject {
    var properties: JSONObject = [
      "layer": "cmrs-box", "footprint": .int(footprint), "status": .string(status), "searched": .bool(isSearched),
      "order": order.map { .int($0) } ?? .null, "distance_m": .fixed(distance, decimals: 2),
    ]
    properties.members += measure.content(grid: grid).members
    return properties
  }
}

extension RemnantsSurvey.Footprint {
  /// Where a find could not be read, nobody knows whether the edge is reached.
  func properties(number: Int, isWhole: Bool) -> JSONObject {
    let activities = Set(boxes.flatMap(\.measure.activities).map(\.id)).sorted()
    var properties: JSONObject = [
      "layer": "cha-proposed", "class": "CHA", "footprint": .int(number), "area_m2": .fixed(area, decimals: 4),
      "outside_m2": .fixed(outside, decimals: 4), "edge_reached": .bool(isEdgeReached && isWhole),
      "lineage": [
        "finds": .array(evidence.map { .string($0.id) }), "strikes": .array(strikes.map { .string($0.id) }),
        "boxes": .array(boxes.map { .string($0.measure.id) }), "activities": .array(activities.map { .string($0) }),
      ],
    ]
    // As land that is confirmed: IMAS TN 07.11/01.
    properties.draw("#FF0000", opacity: 0.3)
    return properties
  }
}
