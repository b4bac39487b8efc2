import Geometry
import Survey

extension KMLFeature {
  /// Hands the placemark on as a part of a log, and counts its positions.
  func add(to sink: inout some LogSink, counting counts: inout RecordCounts) {
    var events = Events()
    var (hasTrack, hasPolygon) = (false, false)
    func begin(_ events: inout Events) {
      if !hasTrack { events.add(.track(TrackHeader(name: name))) }
      events.add(.segment)
      hasTrack = true
    }
    for piece in pieces {
      switch piece {
      case .point(let position):
        let waypoint = waypoint(position, &events)
        counts.used += 1
        events.add(.waypoint(waypoint))
      case .line(let positions):
        begin(&events)
        counts.used += positions.count
        for position in positions {
          events.add(position.fix)
          if events.isFull { events.drain(into: &sink) }
        }
      case .track(let track):
        begin(&events)
        for (index, position) in track.positions.enumerated() {
          guard let position else { continue }
          counts.used += 1
          events.add(track.fix(position, index))
          if events.isFull { events.drain(into: &sink) }
        }
      case .polygon: hasPolygon = true
      }
    }
    if hasPolygon {
      events.problem(
        "kml.not-a-log", line: line,
        "a log consists of lines and points: give areas in survey.toml as files, not as logs")
    }
    counts.other += cornerCount
    counts = events.corrected(counts)
    events.drain(into: &sink)
  }

  private func waypoint(_ position: KMLPosition, _ events: inout Events) -> Waypoint {
    var fix = position.fix
    if let time {
      let bytes = Array(time.utf8)
      fix.time = bytes.span.isoTime(0..<bytes.count)
      if fix.time == nil {
        events.problem("kml.time", line: line, "\"\(time.prefix(40))\" is no instant: the point is kept without it")
      }
    }
    return Waypoint(fix, name: name ?? id, comment: description)
  }
}

extension KMLPosition {
  var fix: Fix { Fix(position, elevation: height, line: line) }
}

extension KMLTrack {
  /// What `accuracy` means is said nowhere in KML. Android's, which most such arrays come from, is the radius of 68 %
  /// (developer.android.com, `Location.getAccuracy`), about 1.5 times the sigma of one axis: taken as it is, it errs on
  /// the careful side. One of 0 says nothing.
  func fix(_ position: KMLPosition, _ index: Int) -> Fix {
    var fix = position.fix
    if index < times.count { fix.time = times[index] }
    if index < accuracies.count, let accuracy = accuracies[index], accuracy > 0 { fix.sigma = accuracy }
    return fix
  }
}
