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
        .shown("class", { $0.hazardClass(on: nil) }),
        Field("recorded_class", \.recordedClass),
        Field("recorded", \.recorded),
        Field("required_depth_cm", \.requiredDepth, in: 0...1e6),
        Field("reported_m2", \.reportedArea, in: 0...1e15),
        Field("area_sigma_m2", \.areaSigma, in: 0...1e15),
        Field("municipality", \.municipality),
        Field("village", \.village),
        Field("evidence", \.evidence),
        Field("ordnance", \.ordnance),
        Field("file", \.place.file),
        Field("line", \.place.line),
      ],
      of: \.survey.hazards,
      take: { hazard, gathered in
        var hazard = hazard
        hazard.hazardClass = hazard.recordedClass
        gathered.content.survey.hazards.append(hazard)
      })
  }

  /// What became of the classes of hazards.
  static var classChanges: Table {
    Table(
      "class_changes", "Changes of the class of hazards, by hazard and date",
      blank: { _ in
        HazardChange(hazard: "", change: ClassChange(.suspected, on: CivilDate(daysSinceEpoch: 0), place: Place("")))
      },
      fields: [
        Field("hazard", \.hazard),
        Field("date", \.change.date),
        Field("class", \.change.hazardClass),
        Field("organisation", \.change.organisation),
        Field("role", \.change.role),
        Field("note", \.change.note),
        Field("file", \.change.place.file),
        Field("line", \.change.place.line),
      ],
      of: { content in
        content.survey.hazards.flatMap { hazard in
          hazard.classChanges.map { HazardChange(hazard: hazard.id, change: $0) }
        }
      },
      take: { (record, gathered) throws(RowFault) in
        guard let index = gathered.content.survey.hazards.firstIndex(where: { $0.id == record.hazard }) else {
          throw RowFault(column: "hazard")
        }
        gathered.content.survey.hazards[index].classChanges.append(record.change)
      })
  }
}

private struct HazardChange {
  var hazard: String
  var change: ClassChange
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
