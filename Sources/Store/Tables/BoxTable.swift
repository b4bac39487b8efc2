import GeoPackage
import Geometry

extension Table {
  /// The clearance grid, for the eye: what it shows is computed again whenever it is asked for.
  static var boxes: Table {
    Table(
      "boxes", "The clearance grid as of the last record, by the survey's legend", shape: .polygons(\.polygons),
      style: LayerStyle(.all(.init(fill: "#4361EE", opacity: 0.05, stroke: "#4361EE"))),
      blank: { _ in
        StoredBox(
          id: "", polygons: [], mgrs: nil, size: 0, status: nil, colour: nil, coveredPercent: 0, assuredPercent: 0,
          remaining: 0, released: 0, hazards: "", finds: "", activities: "")
      },
      fields: [
        Field("id", \.id),
        Field("mgrs", \.mgrs),
        Field("box_m", \.size),
        Field("status", \.status),
        Field("colour", \.colour),
        Field("covered_percent", \.coveredPercent, in: 0...100),
        Field("assured_percent", \.assuredPercent, in: 0...100),
        Field("remaining_m2", \.remaining),
        Field("released_m2", \.released),
        Field("hazard_ids", \.hazards),
        Field("find_ids", \.finds),
        Field("activity_ids", \.activities),
      ],
      of: \.boxes, take: { $1.content.boxes.append($0) })
  }
}
