import Digests
import GRDB
import GeoPackage
import Geometry
public import Survey

/// Takes a log as it is read, and puts its fixes, tracks and waypoints into the store.
public struct LogRecorder: LogSink {
  private let db: Database
  private let log: Int64
  private let path: String
  private var pending: [UInt8] = []
  private var chunk = 0
  private var header = TrackHeader()
  /// Of the track at hand: its lines, and the fixes in it.
  private var lines: [[RawPosition]] = [], positions = 0, trackFixes = 0
  private var beginsTrack = true, beginsSegment = true
  public var fixes: Int { counts.fixes }
  public var waypoints: Int { counts.waypoints }
  private(set) var counts = (fixes: 0, waypoints: 0, problems: 0, tracks: 0)
  private(set) var times: (first: Timestamp, last: Timestamp)?
  /// Round what was added to each table of features.
  private(set) var boxes: [String: Envelope] = [:]
  public private(set) var problems: [Problem] = []
  private var failure: (any Error)?

  private static let fixesPerChunk = 4096
  /// A track of more goes on in another row.
  private static let positionsPerRow = 1 << 16

  init(_ db: Database, log: Int64, path: String) { (self.db, self.log, self.path) = (db, log, path) }

  public mutating func begin(track: TrackHeader) {
    endTrack()
    (header, beginsTrack, beginsSegment) = (track, true, true)
    counts.tracks += 1
  }

  public mutating func beginSegment() { beginsSegment = true }

  public mutating func add(_ fix: Fix) {
    if counts.tracks == 0 { counts.tracks = 1 }
    PackedFixes.append(
      StoredFix(fix, beginsTrack: beginsTrack, beginsSegment: beginsSegment), to: &pending)
    counts.fixes += 1
    trackFixes += 1
    if let time = fix.time { times = (min(times?.first ?? time, time), max(times?.last ?? time, time)) }
    if pending.count >= Self.fixesPerChunk * PackedFixes.size { flush() }
    draw(fix.position)
    (beginsTrack, beginsSegment) = (false, false)
  }

  public mutating func add(_ waypoint: Waypoint) {
    counts.waypoints += 1
    let (fix, place) = (waypoint.fix, waypoint.fix.position)
    let shape = place.isOnEarth ? RawGeometry.point(RawPosition(place.longitude, place.latitude)) : nil
    put(
      LogTables.waypoints, shape,
      [
        .integer(log), .text(path), waypoint.name.stored, waypoint.symbol.stored, waypoint.comment.stored,
        (fix.time.map { dateTime($0) }).stored, fix.quality.stored, fix.sigma.stored, fix.elevation.stored,
        .integer(Int64(fix.line)),
      ])
  }

  public mutating func add(_ problem: Problem) {
    counts.problems += 1
    problems.append(problem)
  }

  /// Puts away what is left; throws what could not be put away.
  mutating func finish() throws {
    endTrack()
    flush()
    if let failure { throw failure }
  }

  private mutating func draw(_ position: Geographic) {
    guard position.isOnEarth else { return }
    if beginsSegment || lines.isEmpty { lines.append([]) }
    lines[lines.count - 1].append(RawPosition(position.longitude, position.latitude))
    positions += 1
    guard positions >= Self.positionsPerRow, let last = lines.last?.last else { return }
    endRow()
    lines = [[last]]
  }

  private mutating func endTrack() {
    endRow()
    trackFixes = 0
  }

  private mutating func endRow() {
    // One position is no line; it is among the fixes.
    let drawn = lines.filter { $0.count > 1 }
    (lines, positions) = ([], 0)
    guard !drawn.isEmpty else { return }
    put(
      LogTables.tracks, .multiLine(drawn),
      [
        .integer(log), .text(path), .integer(Int64(counts.tracks)), .text(header.kind.rawValue), header.name.stored,
        .integer(Int64(trackFixes)),
      ])
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    chunk += 1
    put(
      LogTables.fixes, nil,
      [
        .integer(log), .integer(Int64(chunk)), .integer(Int64(pending.count / PackedFixes.size)),
        .text(sha256(pending)), .blob(pending),
      ])
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func put(_ table: ListedTable, _ shape: RawGeometry?, _ values: [AttributeValue]) {
    guard failure == nil else { return }
    do { boxes[table.name, default: Envelope()].include(try table.insert(shape, values, db).box) } catch {
      failure = error
    }
  }
}
