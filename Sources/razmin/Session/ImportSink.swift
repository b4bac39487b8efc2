import Formats
import Geometry
import Survey

/// Turns a log's fixes into track features, or into a point each.
struct ImportSink: LogSink {
  private var builder: TrackBuilder
  private let path: String
  private let lines: Lines
  private let writer: FeatureBox
  private(set) var problems: [Problem] = []

  /// The track at hand; the builder's closure adds to it.
  private final class Lines {
    var header: TrackHeader?
    var number = 0
    var segment = 0 {
      didSet { listing = FixListing(source: path, track: number, segment: segment) }
    }
    /// Of the segment at hand.
    lazy var listing = FixListing(source: path, track: number, segment: segment)
    var spool = LineSpool()
    var failure: NumberFile.Failed?
    var fixes = 0, spikes = 0, setAside = 0
    var firstTime, lastTime: Timestamp?

    private let path: String
    init(_ path: String) { self.path = path }
  }

  init(_ path: String, rules: TrackRules, sigma: Double?, points: Bool, to writer: FeatureBox) {
    let lines = Lines(path)
    (self.path, self.lines, self.writer) = (path, lines, writer)
    let point: (MarkedFix) -> Void = { marked in writer.feature(marked, lines.listing, layer: "fixes") }
    let line: (MarkedFix) -> Void = { marked in
      lines.fixes += 1
      switch marked.mark {
      case .used, .planned: break
      case .spike:
        lines.spikes += 1
        return
      default:
        lines.setAside += 1
        return
      }
      if let time = marked.fix.time {
        if lines.firstTime == nil { lines.firstTime = time }
        lines.lastTime = time
      }
      guard lines.failure == nil else { return }
      do throws(NumberFile.Failed) {
        try lines.spool.add(marked.fix.position, beginsLine: marked.step.breaksLine)
      } catch { lines.failure = error }
    }
    builder = TrackBuilder(rules: rules, sigma: sigma, list: points ? point : line, run: { _ in })
  }

  mutating func begin(track: TrackHeader) {
    endTrack()
    builder.begin(track: track)
    lines.header = track
    lines.number += 1
    lines.segment = 0
  }
  mutating func beginSegment() {
    builder.beginSegment()
    lines.segment += 1
  }
  mutating func add(_ fix: Fix) { builder.add(fix) }
  mutating func add(_ waypoint: Waypoint) {
    writer.feature(
      .points([waypoint.fix.position]), waypointProperties(waypoint, path), layer: "waypoints",
      time: waypoint.fix.time)
  }
  mutating func add(_ problem: Problem) { problems.append(problem) }

  mutating func finish() throws {
    endTrack()
    if let failure = lines.failure { throw failure }
    try writer.check()
  }

  /// Emits the lines of the track, and fixes that no line reaches as points.
  private mutating func endTrack() {
    builder.finish()
    defer { (lines.spool, lines.fixes, lines.spikes, lines.setAside) = (LineSpool(), 0, 0, 0) }
    defer { (lines.firstTime, lines.lastTime) = (nil, nil) }
    guard lines.fixes > 0 else { return }
    let spool = lines.spool
    var properties: JSONObject = [
      "kind": .string(lines.header?.kind.rawValue ?? "track"), "name": lines.header?.name.map { .string($0) } ?? .null,
      "source": .string(path), "track": .int(lines.number), "fixes": .int(lines.fixes), "lines": .int(spool.lines),
      "isolated": .int(spool.isolated), "spikes": .int(lines.spikes), "set_aside": .int(lines.setAside),
    ]
    properties["start"] = lines.firstTime.map { .string("\($0)") }
    properties["end"] = lines.lastTime.map { .string("\($0)") }
    if spool.lines > 0 { writer.lines(of: spool, properties, layer: "tracks", time: lines.lastTime) }
    guard spool.isolated > 0 || spool.lines == 0 else { return }
    properties["kind"] = "isolated fixes"
    if spool.isolated > 0 {
      writer.isolated(of: spool, properties, layer: "isolated_fixes", time: lines.lastTime)
    } else {
      writer.feature(nil, properties, layer: "isolated_fixes", time: lines.lastTime)
    }
  }
}

extension StepMark {
  /// Whether a line ends before the fix that this step leads to. A step that is merely too fast to be a search is still
  /// part of where the bearer went; a planned route is drawn as it was planned.
  fileprivate var breaksLine: Bool {
    switch self {
    case .claims, .claimsUndated, .tooFast: false
    default: true
    }
  }
}

private func waypointProperties(_ waypoint: Waypoint, _ path: String) -> JSONObject {
  [
    "kind": "waypoint", "name": waypoint.name.map { .string($0) } ?? .null, "source": .string(path),
    "time": waypoint.fix.time.map { .string("\($0)") } ?? .null,
    "symbol": waypoint.symbol.map { .string($0) } ?? .null,
    "comment": waypoint.comment.map { .string($0) } ?? .null,
    "ele_m": waypoint.fix.elevation.map { .number($0) } ?? .null, "line": .int(waypoint.fix.line),
  ]
}
