import GeoPackage
import Geometry
import Survey

extension Table {
  static var spotTasks: Table {
    Table(
      "spot_tasks", "Single deep items, each to be dug for by itself", shape: .point(\.position),
      style: LayerStyle(.all(.init(fill: "#D00000", opacity: 1, stroke: "#370617"))),
      blank: { _ in
        SpotTask(
          id: "", position: Geographic(0, 0), recorded: CivilDate(daysSinceEpoch: 0), status: .recorded,
          place: Place(""))
      },
      fields: [
        Field("id", \.id),
        Field("recorded", \.recorded),
        Field("status", \.status),
        Field("started", \.started),
        Field("closed", \.closed),
        Field("type", \.type),
        Field("ordnance", \.ordnance),
        Field("category", \.category),
        Field("estimated_depth_m", \.estimatedDepth, in: 0...1e6),
        Field("mass_kg", \.mass, in: 0...1e9),
        Field("entry_hole", \.entryHole),
        Field("sigma_m", \.sigma, in: 0...1e6),
        Field("municipality", \.municipality),
        Field("village", \.village),
        Field("activity", \.activity),
        Field("file", \.place.file),
        Field("line", \.place.line),
      ],
      of: \.survey.spotTasks, take: { $1.content.survey.spotTasks.append($0) })
  }

  static var strikes: Table {
    Table(
      "strikes", "Places where weapons struck, or were meant to", shape: .point(\.position),
      style: LayerStyle(.all(.init(fill: "#FFB703", opacity: 1, stroke: "#9A6700"))),
      blank: { _ in
        Strike(id: "", position: Geographic(0, 0), recorded: CivilDate(daysSinceEpoch: 0), place: Place(""))
      },
      fields: [
        Field("id", \.id),
        Field("recorded", \.recorded),
        Field("heading_deg", \.heading, in: 0...360),
        Field("weapon", \.weapon),
        Field("sigma_m", \.sigma, in: 0...1e6),
        Field("source", \.source),
        Field("file", \.place.file),
        Field("line", \.place.line),
      ],
      of: \.survey.strikes, take: { $1.content.survey.strikes.append($0) })
  }
}
