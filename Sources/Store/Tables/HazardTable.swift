import GeoPackage
import Survey

extension Table {
  static var hazards: Table {
    Table(
      "hazards", "Recorded hazardous areas, as drawn", shape: .polygons(\.polygons), style: hazardStyle,
      blank: { _ in
        Hazard(id: "", class: .suspected, recorded: CivilDate(daysSinceEpoch: 0), polygons: [], place: Place(""))
      },
      fields: [
        Field("id", \.id),
        Field("class", \.hazardClass),
        Field("recorded", \.recorded),
        Field("required_depth_cm", \.requiredDepth, in: 0...1e6),
        Field("reported_m2", \.reportedArea, in: 0...1e15),
        Field("area_sigma_m2", \.areaSigma, in: 0...1e15),
        Field("municipality", \.municipality),
        Field("village", \.village),
        Field("evidence", \.evidence),
        Field("file", \.place.file),
        Field("line", \.place.line),
      ],
      of: \.survey.hazards, take: { $1.content.survey.hazards.append($0) })
  }
}

/// Confirmed in red, suspected in orange.
private var hazardStyle: LayerStyle {
  LayerStyle(
    .byColumn(
      "class",
      [
        .init("CHA", label: "Confirmed hazardous area", .init(fill: "#FF0000", opacity: 0.3, stroke: "#AA0000")),
        .init("SHA", label: "Suspected hazardous area", .init(fill: "#F4A718", opacity: 0.3, stroke: "#AA7000")),
      ]))
}
