import Geometry
import Survey

/// Where the parser is in a TCX file, and what it has found since it was last asked.
final class TCXReader: XMLSink {
  private static let deepest = 1000
  private static let longestText = 65_536

  var events = Events()
  private(set) var creator: String?
  private(set) var refusal: FileUnreadable?
  private let path: String
  private var limit = ProblemLimit()
  private var unplaced = 0
  private var records = RecordCounts()

  private var stack: [String] = []
  private var text: [UInt8] = []
  private var isTrackBegun = false
  private var header = TrackHeader()
  private var point: Point?

  /// A Trackpoint or CoursePoint.
  private struct Point {
    var line: Int
    var latitude, longitude, elevation: Double?
    var time: Timestamp?
    var name, symbol, comment: String?
    /// The element Position was there.
    var isPlaced = false
  }

  init(path: String) { self.path = path }

  /// What is known only at the end.
  var rest: [Problem] {
    let counted = Problem(
      "tcx.no-position", line: 0, "\(unplaced) points have no position, as indoors: there is no fix for them")
    return limit.rest + (unplaced > 0 ? [counted] : [])
  }

  func counts(brokenOff code: String) -> RecordCounts {
    var counts = records
    if point != nil { counts.add(aside: code) }
    return counts
  }

  private func problem(_ code: String, _ line: Int, _ message: String) {
    let problem = Problem(code, line: line, message)
    if limit.allows(problem) { events.add(.problem(problem)) }
  }

  func start(_ name: String, _ attributes: XMLAttributes) {
    guard stack.count < Self.deepest else {
      refusal = FileUnreadable(
        path, .refused, code: "tcx.depth", line: attributes.line,
        "elements are nested more than \(Self.deepest) deep: the rest is not used")
      return
    }
    stack.append(name)
    text.removeAll(keepingCapacity: true)
    switch name {
    case "Activity": (header, isTrackBegun) = (TrackHeader(), false)
    case "Course": (header, isTrackBegun) = (TrackHeader(kind: .route), false)
    case "Track":
      if !isTrackBegun { events.add(.track(header)) }
      isTrackBegun = true
      events.add(.segment)
    case "Trackpoint", "CoursePoint":
      records.seen += 1
      if let outer = point {
        records.add(aside: "tcx.coordinate")
        problem("tcx.coordinate", outer.line, "another point begins inside this one: it is not used")
      }
      point = Point(line: attributes.line)
    case "Position": point?.isPlaced = true
    default: break
    }
  }

  func text(_ bytes: [UInt8]) {
    // No text of TCX that is read is as long; the rest of one is not needed to say that it cannot be read.
    if text.count + bytes.count <= Self.longestText { text += bytes }
  }

  func end(_ name: String) {
    guard !stack.isEmpty else { return }
    stack.removeLast()
    let parent = stack.last ?? ""
    let trimmed = text.span.trimmed(0..<text.count)
    switch (name, parent) {
    case ("Trackpoint", _), ("CoursePoint", _): endPoint(isWaypoint: name == "CoursePoint")
    case ("LatitudeDegrees", "Position"): point?.latitude = text.span.decimal(trimmed)
    case ("LongitudeDegrees", "Position"): point?.longitude = text.span.decimal(trimmed)
    case ("AltitudeMeters", "Trackpoint"), ("AltitudeMeters", "CoursePoint"):
      point?.elevation = text.span.decimal(trimmed)
    case ("Time", "Trackpoint"), ("Time", "CoursePoint"):
      point?.time = text.span.isoTime(trimmed)
      if point?.time == nil {
        problem(
          "tcx.time", point?.line ?? 0, "\"\(text.span.start(trimmed))\" is no time: the point is kept without it")
      }
    case ("Name", "CoursePoint"): point?.name = text.span.string(trimmed)
    case ("PointType", "CoursePoint"): point?.symbol = text.span.string(trimmed)
    case ("Notes", "CoursePoint"): point?.comment = text.span.string(trimmed)
    case ("Id", "Activity"), ("Name", "Course"):
      if !trimmed.isEmpty { header.name = text.span.string(trimmed) }
    case ("Name", "Creator"): creator = text.span.string(trimmed)
    case ("Name", "Author"): if creator == nil { creator = text.span.string(trimmed) }
    default: break
    }
    text.removeAll(keepingCapacity: true)
  }

  private func endPoint(isWaypoint: Bool) {
    guard let point else { return }
    self.point = nil
    guard point.isPlaced else {
      unplaced += 1
      records.add(aside: "tcx.no-position")
      return
    }
    guard let latitude = point.latitude, let longitude = point.longitude,
      Geographic(longitude, latitude).isOnEarth
    else {
      records.add(aside: "tcx.coordinate")
      return problem(
        "tcx.coordinate", point.line, "a Position without latitude and longitude in degrees: it is not used")
    }
    records.used += 1
    let fix = Fix(
      Geographic(longitude, latitude), time: point.time, elevation: point.elevation, line: point.line)
    if isWaypoint {
      events.add(.waypoint(Waypoint(fix, name: point.name, symbol: point.symbol, comment: point.comment)))
    } else {
      events.add(fix)
    }
  }
}
