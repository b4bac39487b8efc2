import GeoPackage
import Geometry
import Survey

extension Table {
  /// Walked steps. The points of a run are read when somebody comes near it.
  static var runs: Table {
    Table(
      "runs", "Runs of walked steps that claim ground", apart: "points",
      blank: { _ in
        StoredRun(activity: "", log: 0, sequence: 0, points: 0, box: Box(), day: nil, sha256: "", number: 0)
      },
      fields: [
        Field("activity", \.activity),
        Field("log", \.log),
        Field("sequence", \.sequence),
        Field("count", \.points),
        Field("west", \.box.minX, in: -720...720),
        Field("south", \.box.minY, in: -90...90),
        Field("east", \.box.maxX, in: -720...720),
        Field("north", \.box.maxY, in: -90...90),
        Field("day", \.day),
        Field("sha256", \.sha256),
      ],
      of: \.runs,
      take: { (run, gathered) throws(RowFault) in
        guard gathered.activities[run.activity] != nil else { throw RowFault(column: "activity") }
        guard !run.box.isEmpty, run.box.minY <= run.box.maxY else { throw RowFault(column: "west") }
        gathered.content.runs.append(run)
        gathered.content.runs[gathered.content.runs.count - 1].number = gathered.row
      })
  }

  /// The logs of activities, by the paths that people know them by.
  static var logUses: Table {
    Table(
      "activity_logs", "The logs of each activity",
      blank: { _ in LogUse(activity: "", order: 0, path: "", sha256: nil) },
      fields: [
        Field("activity", \.activity),
        Field("number", \.order),
        Field("path", \.path),
        Field("sha256", \.sha256),
      ],
      of: \.logs, take: { $1.content.logs.append($0) })
  }
}
