import Geometry
import Survey

extension GeoFeature {
  /// Hands a record on as a part of a log: points as waypoints, each line as a track, its parts as segments.
  func addShape(to sink: inout some LogSink) {
    switch geometry {
    case .point(let position): sink.add(waypoint(position, &sink))
    case .multiPoint(let positions): for position in positions { sink.add(waypoint(position, &sink)) }
    case .line(let line): add([line], to: &sink)
    case .multiLine(let lines): add(lines, to: &sink)
    case .polygon, .multiPolygon, .collection:
      sink.add(
        Problem(
          "shp.not-a-log", line: line,
          "a log consists of lines and points: give areas in survey.toml as files, not as logs"))
    case nil: break
    }
  }

  private func add(_ lines: [[Geographic]], to sink: inout some LogSink) {
    sink.begin(track: TrackHeader(name: value("name")?.text))
    for part in lines {
      sink.beginSegment()
      for position in part { sink.add(Fix(position, line: line)) }
    }
  }

  private func waypoint(_ position: Geographic, _ sink: inout some LogSink) -> Waypoint {
    var fix = Fix(position, line: line)
    if let text = value("time")?.text {
      let bytes = Array(text.utf8)
      fix.time = bytes.span.isoTime(0..<bytes.count)
      if fix.time == nil {
        sink.add(
          Problem(
            "shp.time", line: line, "\"\(text.prefix(40))\" is no instant by ISO 8601: the point is kept without it"))
      }
    }
    let name = value("name") ?? value("id")
    return Waypoint(fix, name: name?.text ?? name?.double.map { "\($0)" }, comment: value("comment")?.text)
  }
}
