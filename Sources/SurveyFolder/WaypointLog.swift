internal import Formats
internal import Geometry
internal import Positions
internal import Survey

/// The waypoints of a log, each with its place in the survey folder.
struct WaypointLog {
  var waypoints: [Waypoint] = []
  var places: [Place] = []
  /// Points of routes that have names.
  var routePoints: [Waypoint] = []
  /// How its positions were carried over.
  var positions: LogPositions?
}

/// Keeps the waypoints of one log, carried from the frame that was declared for them, and lets its fixes go.
private struct WaypointSink: LogSink {
  let frame: FrameConverter?
  var waypoints: [Waypoint] = []
  var routePoints: [Waypoint] = []
  var problems: [Problem] = []

  init(_ frame: FrameConverter?) { self.frame = frame }

  mutating func begin(track: TrackHeader) {}
  mutating func beginSegment() {}
  mutating func add(_ fix: Fix) {}
  mutating func add(namedInRoute point: Waypoint) { routePoints.append(point) }
  mutating func add(_ problem: Problem) { problems.append(problem) }
  mutating func add(_ waypoint: Waypoint) {
    var waypoint = waypoint
    let position = waypoint.fix.position
    guard position.longitude != 0 || position.latitude != 0 else {
      return problems.append(
        Problem(
          "coordinate.null-island", line: waypoint.fix.line,
          "0, 0 is what programs write where they have no position: the waypoint is not used"))
    }
    if let frame {
      do { waypoint.fix.position = try frame.position(position.longitude, position.latitude) } catch {
        return problems.append(
          Problem(error.code, line: waypoint.fix.line, "\(error.message): the waypoint is not used"))
      }
    }
    waypoints.append(waypoint)
  }
}

extension FeatureFiles {
  /// The waypoints of a log, or of all logs in an archive; `nil`, and reported, where it cannot be read.
  func waypoints(_ name: String, _ positions: LogPositions?, at place: Place) -> WaypointLog? {
    guard let path = openable(name, at: place) else { return nil }
    waypointLogs.append(WaypointSource(log: name, positions: positions))
    var log = WaypointLog(positions: positions)
    do {
      try LogReader.eachLog(of: path) { refusal in
        refuse(name, refusal, at: place)
      } _: { file in
        let member = name + file.path.dropFirst(path.count)
        var sink = WaypointSink(try positions?.frame())
        var options = ReadOptions()
        options.crs = try positions?.crs()
        do throws(FileUnreadable) {
          try file.checkCompression()
          let source = try LogReader.read(file, options: options, into: &sink)
          add(FieldSurvey.Input(path: name, sha256: source.archiveSHA256 ?? source.sha256))
          log.waypoints += sink.waypoints
          log.routePoints += sink.routePoints
          log.places += sink.waypoints.map { Place(member, line: $0.fix.line) }
        } catch { return refuse(member, error, at: place) }
        for problem in sink.problems { tell(problem, ofWaypointsIn: member) }
      }
    } catch let error as FileUnreadable {
      refuse(name, error, at: place)
      return nil
    } catch {
      report(error, of: name, at: place)
      return nil
    }
    return log
  }

  /// A problem is an error, since a find may be lost by it, but for those after which the point is kept.
  private func tell(_ problem: Problem, ofWaypointsIn name: String) {
    let rest = problem.code.split(separator: ".").last.map(String.init) ?? ""
    let isKept =
      ["time", "quality", "sigma", "fix", "late-name", "long-text", "overlay", "ring-open", "no-position", "track"]
      .contains(rest) || problem.code == "gpx.number"
    leaveOut(
      problem, isKept ? .warning : .error, at: Place(name, line: problem.line),
      advice: isKept ? "the rest of the log is used" : "if it is a find, give it in a file: it is not used")
  }
}
