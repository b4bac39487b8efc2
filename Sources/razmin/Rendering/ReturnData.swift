import Formats
import LandRelease
import Survey

extension Returns {
  /// The return as JSON members: the whole, by each dimension, and by activity.
  func record(of survey: FieldSurvey) -> JSONObject {
    [
      "from": .string("\(period.lowerBound)"), "to": .string("\(period.upperBound)"),
      "nominal": .object(nominal.record), "assured": .object(assured.record), "spot_tasks": .object(tasks.record),
      "by": .object(
        JSONObject(
          ReturnTable.Dimension.allCases.map { dimension in
            let rows = ReturnTable(self, by: dimension, of: survey).rows
            return JSONObject.Member(dimension.rawValue, .array(rows.map { .object($0.record) }))
          })),
      "activities": .array(activities.map { .object($0.record) }),
      "items": .array(items.map { .object($0.record) }),
      "spot_task_items": .array(spotTasks.map { .object($0.record(asOf: period.upperBound)) }),
    ]
  }

  /// A row for each name of each dimension, nominal and assured, and the total (RFC 4180).
  func csv(of survey: FieldSurvey) -> String {
    let flows = Flow().record.members.map(\.name)
    let works = Work().record.members.map(\.name).filter { !flows.contains($0) }
    let names = flows + works
    let tasks = self.tasks.record
    var lines = [
      (["by", "name", "reckoning"] + names + ["reported_m2", "items_found", "items_disposed"]
        + tasks.members.map { "spot_tasks_" + $0.name }).joined(separator: ",")
    ]
    func add(_ by: String, _ name: String?, _ reckoning: String, _ numbers: JSONObject, _ rest: [JSONValue]) {
      let cells =
        [.string(by), name.map { .string($0) } ?? .null, .string(reckoning)]
        + names.map { numbers[$0] ?? .null } + rest
      lines.append(cells.map(csvCell).joined(separator: ","))
    }
    let found =
      [JSONValue.int(items.count { $0.isFound }), .int(items.count { $0.isDisposed })] + tasks.members.map(\.value)
    add("total", nil, "nominal", nominal.record, [.null] + found)
    add("total", nil, "assured", assured.record, [.null] + found)
    for dimension in ReturnTable.Dimension.allCases {
      for row in ReturnTable(self, by: dimension, of: survey).rows {
        let rest: [JSONValue] =
          [row.reported.map { .number($0) } ?? .null, .int(row.found), .int(row.disposed)]
          + row.tasks.record.members.map(\.value)
        add(dimension.rawValue, row.name, "nominal", row.nominal?.record ?? row.work?.record ?? [:], rest)
        add(dimension.rawValue, row.name, "assured", row.assured?.record ?? row.assuredWork?.record ?? [:], rest)
      }
    }
    return lines.map { $0 + "\r\n" }.joined()
  }
}

extension Returns.Flow {
  fileprivate var record: JSONObject {
    var record: JSONObject = [
      "opening_m2": .fixed(opening, decimals: 4), "new_m2": .fixed(new, decimals: 4),
      "reopened_m2": .fixed(reopened, decimals: 4),
    ]
    record.members += released.record.members
    record["moved_in_m2"] = .fixed(movedIn, decimals: 4)
    record["moved_out_m2"] = .fixed(movedOut, decimals: 4)
    record["closing_m2"] = .fixed(closing, decimals: 4)
    return record
  }
}

extension Returns.Released {
  fileprivate var record: JSONObject {
    [
      "cancelled_m2": .fixed(cancelled, decimals: 4), "reduced_searched_m2": .fixed(searched, decimals: 4),
      "reduced_inferred_m2": .fixed(inferred, decimals: 4), "cleared_m2": .fixed(cleared, decimals: 4),
    ]
  }
}

extension Returns.Work {
  fileprivate var record: JSONObject {
    var record = released.record
    record["reprocessed_m2"] = .fixed(reprocessed, decimals: 4)
    record["put_back_m2"] = .fixed(undone, decimals: 4)
    return record
  }
}

extension Returns.ActivityRow {
  fileprivate var record: JSONObject {
    [
      "activity_id": .string(activity.id), "organisation": activity.organisation.map { .string($0) } ?? .null,
      "team": activity.team.map { .string($0) } ?? .null, "end": .string("\(activity.end)"),
      "nominal": .object(nominal.record), "assured": .object(assured.record),
      "reported_m2": activity.reportedArea.map { .number($0) } ?? .null,
    ]
  }
}

extension Returns.Item {
  fileprivate var record: JSONObject {
    [
      "find_id": .string(find.id), "type": find.type.map { .string($0) } ?? .null, "found": .string("\(find.found)"),
      "disposed": find.disposed.map { .string("\($0)") } ?? .null,
      "hazard_id": hazard.map { .string($0.id) } ?? .null,
    ]
  }
}

extension Returns.TaskFlow {
  fileprivate var record: JSONObject {
    [
      "open_before": .int(before), "recorded": .int(recorded), "completed": .int(completed),
      "cancelled": .int(cancelled), "open_after": .int(after),
    ]
  }
}

extension Returns.Task {
  fileprivate func record(asOf day: CivilDate) -> JSONObject {
    var record = task.record(asOf: day)
    record["hazard_id"] = hazard.map { .string($0.id) } ?? .null
    return record
  }
}

extension ReturnTable.Row {
  fileprivate var record: JSONObject {
    [
      "name": name.map { .string($0) } ?? .null,
      "nominal": .object(nominal?.record ?? work?.record ?? [:]),
      "assured": .object(assured?.record ?? assuredWork?.record ?? [:]),
      "reported_m2": reported.map { .number($0) } ?? .null, "items_found": .int(found),
      "items_disposed": .int(disposed), "spot_tasks": .object(tasks.record),
    ]
  }
}
