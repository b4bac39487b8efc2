import Formats
import Geometry
import LandRelease
import Projection
import Survey

/// A drawn sample with everything that its readers need in order to repeat and to judge it.
struct DrawnSample {
  let sample: BoxSample
  /// The boxes drawn, on the map.
  let polygons: [Polygon<LatticePoint>]
  /// Metres.
  let size: Double
  let seed: UInt64
  /// The fraction that was asked for.
  let asked: Double
  let grid: CoordinateOperation
  let detection: Double?
  let residual: Int?

  private var arithmetic: (items: SamplingArithmetic, lot: LotArithmetic?)? {
    guard let detection, let residual else { return nil }
    return (
      SamplingArithmetic(fraction: sample.fraction, detection: detection, residual: residual),
      LotArithmetic(boxes: sample.boxes, inspected: sample.drawn.count, detection: detection, residual: residual)
    )
  }

  /// Easting and northing of the south-west corner, in whole metres where they are whole.
  private func id(_ box: SampleBox) -> String { "\(metres(box.corner.easting)) \(metres(box.corner.northing))" }

  private func metres(_ value: Double) -> String { value == value.rounded() ? decimals(value, 0) : decimals(value, 3) }

  func text(of survey: FieldSurvey, asOf: CivilDate?) -> String {
    var page = "\(shown(survey.id))  \(shown(survey.name))\n"
    page += "as of \(asOf.map { "\($0)" } ?? "the last record"), planar square metres in \(grid.target.definition)\n\n"
    page += "Boxes of \(plain(size)) m by their south-west corners, in the order in which seed \(seed) drew them\n"
    var rows = [["box", "latitude", "longitude", "cleared m²"]]
    for (box, polygon) in zip(sample.drawn, polygons) {
      let corner = polygon.outer.corners[0].position
      rows.append([id(box), decimals(corner.latitude, 8), decimals(corner.longitude, 8), number(box.area)])
    }
    page += aligned(rows) + "\nSample\n"
    page += aligned([
      ["cleared land", number(sample.total), "m² in \(sample.boxes) boxes"],
      ["drawn", number(sample.area), "m² in \(sample.drawn.count) boxes"],
      ["f", decimals(sample.fraction, 4), "of the land, where \(plain(asked)) was asked for"],
    ])
    guard let (items, lot) = arithmetic else { return page }
    let (f, q) = (decimals(items.fraction, 4), plain(items.detection))
    page += "\nWith K = \(items.residual) items left and a probability q = \(q) to find one where it is looked for\n"
    page += "  P(pass) = (1 - f q)^K = (1 - \(f) x \(q))^\(items.residual) = \(decimals(items.passes, 4))\n"
    if let lot {
      let (boxes, drawn, left) = (lot.boxes, lot.inspected, lot.residual)
      page += "  by boxes, an item each, hypergeometric with N = \(boxes), n = \(drawn):\n"
      page += "  P(no box with an item is drawn) = C(\(boxes - left), \(drawn)) / C(\(boxes), \(drawn))"
      page += " = \(decimals(lot.passesUnseen, 4))\n"
      page += "  P(no item is found) = sum over j of P(j) (1 - q)^j = \(decimals(lot.passes, 4))\n"
    } else {
      page += "  by boxes, an item each: there are more items than boxes\n"
    }
    return page
  }

  var record: JSONObject {
    var record: JSONObject = [
      "box_m": .number(size), "grid": .string(grid.target.definition), "seed": .string("\(seed)"),
      "generator": "SplitMix64", "asked_fraction": .number(asked), "boxes": .int(sample.boxes),
      "drawn_boxes": .int(sample.drawn.count), "grid_area_m2": .fixed(sample.total, decimals: 4),
      "drawn_grid_area_m2": .fixed(sample.area, decimals: 4), "fraction": .fixed(sample.fraction, decimals: 6),
    ]
    guard let (items, lot) = arithmetic else { return record }
    record["detection"] = .number(items.detection)
    record["residual"] = .int(items.residual)
    record["pass"] = .fixed(items.passes, decimals: 6)
    record["lot_pass_unseen"] = lot.map { .fixed($0.passesUnseen, decimals: 6) } ?? .null
    record["lot_pass"] = lot.map { .fixed($0.passes, decimals: 6) } ?? .null
    return record
  }

  /// The properties of each box drawn, in their order.
  var properties: [JSONObject] {
    zip(sample.drawn, polygons).enumerated().map { index, pair in
      let (box, corner) = (pair.0, pair.1.outer.corners[0].position)
      return [
        "layer": "sample-box", "box": .string(id(box)), "drawn": .int(index + 1), "box_m": .number(size),
        "easting": .number(box.corner.easting), "northing": .number(box.corner.northing),
        "grid": .string(grid.target.definition), "longitude": .fixed(corner.longitude, decimals: 8),
        "latitude": .fixed(corner.latitude, decimals: 8), "grid_area_m2": .fixed(box.area, decimals: 4),
        "fill": "#4361EE", "fill-opacity": .number(0.2), "stroke": "#4361EE",
      ]
    }
  }
}
