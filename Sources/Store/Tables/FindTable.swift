import GeoPackage
import Geometry
import Survey

extension Table {
  static var finds: Table {
    Table(
      "finds", "Explosive ordnance, where it was found", shape: .point(\.position),
      style: LayerStyle(.all(.init(fill: "#B5179E", opacity: 1, stroke: "#5A0B4F"))),
      blank: { _ in
        Find(id: "", position: Geographic(0, 0), found: CivilDate(daysSinceEpoch: 0), place: Place(""))
      },
      fields: [
        Field("id", \.id),
        Field("found", \.found),
        Field("type", \.type),
        Field("ordnance", \.ordnance),
        Field("category", \.category),
        Field("depth_cm", \.depth, in: 0...1e6),
        Field("activity", \.activity),
        Field("sigma_m", \.sigma, in: 0...1e6),
        Field("condition", \.condition),
        Field("disposed", \.disposed),
        Field("disposal", \.disposal),
        Field("file", \.place.file),
        Field("line", \.place.line),
      ],
      of: \.survey.finds, take: { $1.content.survey.finds.append($0) })
  }
}
