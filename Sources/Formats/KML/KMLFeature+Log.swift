import Geometry
import Survey

extension KMLFeature {
  /// Hands the placemark on as a part of a log.
  func add(to sink: inout some LogSink) {
    var (hasTrack, hasPolygon) = (false, false)
    func begin(_ sink: inout some LogSink) {
      if !hasTrack { sink.begin(track: TrackHeader(name: name)) }
      sink.beginSegment()
      hasTrack = true
    }
    for piece in pieces {
      switch piece {
      case .point(let position): sink.add(waypoint(position, &sink))
      case .line(let positions):
        begin(&sink)
        for position in positions { sink.add(position.fix) }
      case .track(let track):
        begin(&sink)
        for (index, position) in track.positions.enumerated() {
          guard let position else { continue }
          sink.add(track.fix(position, index))
        }
      case .polygon: hasPolygon = true
      }
    }
    if hasPolygon {
      sink.add(
        Problem(
          "kml.not-a-log", line: line,
          "a log consists of lines and points: give areas in survey.toml as files, not as logs"))
    }
  }

  private func waypoint(_ position: KMLPosition, _ sink: inout some LogSink) -> Waypoint {
    var fix = position.fix
    if let time {
      let bytes = Array(time.utf8)
      fix.time = bytes.span.isoTime(0..<bytes.count)
      if fix.time == nil {
        sink.add(
          Problem("kml.time", line: line, "\"\(time.prefix(40))\" is no instant: the point is kept without it"))
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
