import Formats
import Geometry
import Projection
import Survey
import Traverse

extension SheetSession {
  /// Polygons with what is known of them, and every point.
  func writeGeoJSON(to path: String?) throws {
    var writer = GeoJSONWriter(try Output.open(path))
    for placed in sheets {
      for shape in placed.shapes {
        if let polygon = shape.polygon {
          let rings = polygon.rings.map { $0.corners.map { LatticePoint(nearest: $0) } }
          let lattice = try Polygon(Ring(rings[0]))
          try writer.feature(.polygons([lattice]), shape.properties(polygon))
        }
        for point in shape.points { try writer.feature(.points([point.position]), point.properties(shape: shape.id)) }
      }
      for point in placed.singles { try writer.feature(.points([point.position]), point.properties(shape: nil)) }
    }
    let inputs = sheets.map { placed in
      JSONValue.object([
        "path": .string(placed.sheet.path), "layout": .string(placed.sheet.layout.rawValue),
        "sha256": .string(placed.sheet.sha256), "coordinates": placed.use.map { .object($0.record) } ?? .null,
      ])
    }
    try writer.finish(["razmin": ["version": .string(Razmin.version), "inputs": .array(inputs)]]).finish()
  }
}

extension SheetShape {
  fileprivate func properties(_ polygon: Polygon<Geographic>) -> JSONObject {
    var properties: JSONObject = [
      "id": .string(id), "corners": .int(polygon.outer.corners.count),
      "area_m2": .fixed((try? geodesicArea(of: polygon.outer.corners)) ?? 0, decimals: 4),
      "area_sigma_m2": areaSigma.map { .fixed($0, decimals: 2) } ?? .null,
    ]
    if let traverse {
      let closure = traverse.misclosure
      properties["misclosure_m"] = closure.map { .fixed($0.distance, decimals: 4) } ?? .null
      properties["misclosure_ratio"] =
        closure.map { $0.ratio.isFinite ? .fixed($0.ratio, decimals: 0) : .null } ?? .null
      properties["adjusted"] = .bool(isAdjusted)
      properties["legs"] = .array(traverse.legs.map { .object($0.record) })
    }
    return properties
  }
}

extension SolvedLeg {
  /// The leg as it was measured, and what was made of it.
  fileprivate var record: JSONObject {
    [
      "from": .string(leg.from), "to": .string(leg.to), "distance_m": .number(leg.distance),
      "bearing": .number(leg.bearing), "unit": .string(leg.unit.rawValue), "north": .string(leg.reference.name),
      "correction_deg": correction.map { .fixed($0, decimals: 6) } ?? .null,
      "azimuth_deg": azimuth.map { .fixed($0, decimals: 6) } ?? .null, "model": model.map { .string($0) } ?? .null,
    ]
  }
}

extension PlacedPoint {
  fileprivate func properties(shape: String?) -> JSONObject {
    [
      "id": .string(point.id), "shape": shape.map { .string($0) } ?? .null,
      "number": point.number.map { .int($0) } ?? .null, "type": point.type.map { .string($0.name) } ?? .null,
      "sigma_m": sigma.map { .number($0) } ?? .null, "height_m": point.height.map { .number($0) } ?? .null,
      "description": point.description.map { .string($0) } ?? .null,
    ]
  }
}
