import Formats
import Geometry
import Survey

extension Inspection {
  private var namedQualities: [(name: String, count: Int)] {
    FixQuality.allCases.map { ($0.name, qualities[$0, default: 0]) }.filter { $0.count > 0 }
  }

  private var marks: [(name: String, count: Int)] {
    FixMark.allCases.map { ("\($0)", summary.counts.fixes[$0]) }.filter { $0.count > 0 }
  }

  private var steps: [(name: String, count: Int)] {
    StepMark.allCases.map { ("\($0)", summary.counts.steps[$0]) }.filter { $0.count > 0 }
  }

  /// A GeoJSON file may be nothing but areas.
  private var isLog: Bool { features == nil || elements != nil || fixes + waypoints + routePoints > 0 }

  var record: JSONObject {
    var record: JSONObject = [
      "path": .string(source.path), "format": .string(source.format),
      "creator": source.creator.map { .string($0) } ?? .null, "bytes": .int(source.bytes),
      "sha256": .string(source.sha256),
    ]
    if let archive = source.archiveSHA256 { record["archive_sha256"] = .string(archive) }
    if let features {
      record["features"] = .int(features)
      record["null_geometries"] = .int(nullGeometries)
      record["geometries"] = counts(shapes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
    if let elements {
      record["elements"] = counts(elements.elements.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      record["positions"] = .int(elements.positions)
      record["positions_set_aside"] = .int(elements.setAside)
    }
    if isLog {
      record["tracks"] = .int(tracks)
      record["segments"] = .int(segments)
      record["fixes"] = .int(fixes)
      record["waypoints"] = .int(waypoints)
      record["routes"] = .int(routes)
      record["route_points"] = .int(routePoints)
      record["fixes_by_quality"] = counts(namedQualities)
      record["fixes_by_mark"] = counts(marks)
      record["steps_by_mark"] = counts(steps)
      record["would_not_claim"] = .array(unclaimed.map { .object($0.record) })
      record["time_start"] = summary.firstTime.map { .string("\($0)") } ?? .null
      record["time_end"] = summary.lastTime.map { .string("\($0)") } ?? .null
      record["sigma_min_m"] = summary.leastSigma.map { .number($0) } ?? .null
      record["sigma_max_m"] = summary.greatestSigma.map { .number($0) } ?? .null
      record["sigma_assumed"] = .int(summary.counts.sigmaAssumed)
      record["gaps"] = .array(summary.gaps.map { .object($0.record) })
      record["stays"] = .array(summary.stays.map { .object($0.record) })
      record["repeats"] = .array(repeats.found.map { .object($0.record) })
    }
    if let records {
      record["records"] = .object([
        "seen": .int(records.seen), "used": .int(records.used), "other": .int(records.other),
        "set_aside": counts(records.aside.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
      ])
    }
    if let ownBounds {
      record["crs"] = crs.map { .string($0) } ?? .null
      record["own_bounds"] = list(ownBounds)
    }
    record["bounds"] = list(bounds)
    record["problems"] = .array(
      problems.map { .object(["code": .string($0.code), "line": .int($0.line), "message": .string($0.message)]) })
    return record
  }

  private func list(_ box: Box<some Coordinate>) -> JSONValue {
    box.isEmpty ? .null : .array([box.minX, box.minY, box.maxX, box.maxY].map { .number($0) })
  }

  private func counts(_ pairs: [(name: String, count: Int)]) -> JSONValue {
    .object(JSONObject(pairs.map { JSONObject.Member($0.name, .int($0.count)) }))
  }

  var text: String {
    var rows: [[String]] = [["format", source.format]]
    if let creator = source.creator { rows.append(["written by", creator]) }
    rows.append(["bytes", "\(source.bytes)"])
    rows.append(["SHA-256", source.sha256])
    if let features {
      rows.append(["features", "\(features), \(nullGeometries) without geometry"])
      rows += shapes.sorted { $0.key < $1.key }.map { [$0.key, "\($0.value)"] }
    }
    if let elements {
      rows.append(["positions", "\(elements.positions), \(elements.setAside) set aside"])
    }
    if let records {
      rows.append(["records", "\(records.seen): \(records.used) used, \(records.other) about something else"])
      rows += records.aside.sorted { $0.key < $1.key }.map { ["  set aside: " + $0.key, "\($0.value)"] }
    }
    if isLog {
      rows.append(["tracks", "\(tracks) in \(segments) segments"])
      rows.append(["fixes", "\(fixes)"])
      rows += namedQualities.map { ["  " + $0.name, "\($0.count)"] }
      if routes > 0 { rows.append(["routes", "\(routes) with \(routePoints) points"]) }
      rows.append(["waypoints", "\(waypoints)"])
      rows.append(["time", summary.firstTime.map { "\($0) to \(summary.lastTime ?? $0)" } ?? "not said"])
      if let least = summary.leastSigma, let greatest = summary.greatestSigma {
        rows.append(["sigma", "\(least) to \(greatest) m, \(summary.counts.sigmaAssumed) assumed"])
      }
      rows += claimLines
      for gap in summary.gaps.prefix(5) {
        let time = gap.seconds.map { "\($0) s, " } ?? ""
        rows.append(["gap before line \(gap.line)", "\(time)\((gap.metres * 10).rounded() / 10) m"])
      }
      for again in repeats.found.prefix(5) {
        rows.append([
          "same position from line \(again.line)",
          "\(again.fixes) fixes, \(again.from) to \(again.to): was the receiver frozen?",
        ])
      }
      if summary.stayCount > 0 { rows.append(["stays of a minute and more", "\(summary.stayCount)"]) }
    }
    if let own = ownBounds, !own.isEmpty {
      rows.append(["CRS", crs ?? "not known"])
      rows.append(["bounds in it", "\(own.minX) \(own.minY) \(own.maxX) \(own.maxY)"])
    }
    if !bounds.isEmpty { rows.append(["bounds", "\(bounds.minX) \(bounds.minY) \(bounds.maxX) \(bounds.maxY)"]) }
    rows = rows.map { $0.map(shown) }
    let width = rows.map { $0[0].count }.max() ?? 0
    var page = shown(source.path) + "\n"
    for row in rows { page += "  " + row[0] + String(repeating: " ", count: width - row[0].count + 2) + row[1] + "\n" }
    for problem in problems.prefix(20) {
      page += "  " + shown("\(Place(source.path, line: problem.line)): \(problem.message) [\(problem.code)]") + "\n"
    }
    if problems.count > 20 { page += "  \(problems.count - 20) more problems; --json lists them all\n" }
    return page
  }
}

extension TrackSummary.Gap {
  fileprivate var record: JSONObject {
    ["line": .int(line), "seconds": seconds.map { .number($0) } ?? .null, "metres": .fixed(metres, decimals: 2)]
  }
}

extension RepeatFinder.Repeat {
  fileprivate var record: JSONObject {
    [
      "line": .int(line), "fixes": .int(fixes), "from": .string("\(from)"), "to": .string("\(to)"),
      "position": .array([.number(position.longitude), .number(position.latitude)]),
    ]
  }
}

extension TrackSummary.Stay {
  fileprivate var record: JSONObject {
    [
      "line": .int(line), "fixes": .int(fixes), "from": .string("\(from)"), "to": .string("\(to)"),
      "position": .array([.number(position.longitude), .number(position.latitude)]),
    ]
  }
}
