/// A piece of input that could not be used, kept so that nobody has to wonder where it went.
public struct Problem: Error, Hashable, Sendable {
  /// Stable, dotted: the format and what is wrong, such as `nmea.checksum`.
  public var code: String
  /// The line of a text file, or the index (from 1) of the piece; 0 for the file as a whole.
  public var line: Int
  /// What was found and what to do, in one sentence.
  public var message: String

  public init(_ code: String, line: Int, _ message: String) {
    (self.code, self.line, self.message) = (code, line, message)
  }
}

/// What a log calls a track: recorded as it happened, or a route planned beforehand, which is no walked ground.
public struct TrackHeader: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case track, route }
  public var name: String?
  public var kind: Kind

  public init(name: String? = nil, kind: Kind = .track) { (self.name, self.kind) = (name, kind) }
}

/// Receives what a reader finds, in the order of the file.
///
/// A fix belongs to the last track and segment begun; a reader begins both before the first fix. Streaming: a reader
/// keeps nothing that it has handed on, so a log of any size can be read in little memory.
public protocol LogSink {
  mutating func begin(track: TrackHeader)
  /// The receiver itself interrupted the recording here.
  mutating func beginSegment()
  mutating func add(_ fix: Fix)
  mutating func add(_ waypoint: Waypoint)
  /// A point of a route that has a name, as a waypoint has; its fix is handed on, too.
  mutating func add(namedInRoute point: Waypoint)
  mutating func add(_ problem: Problem)
  /// What became of the file's records; once, at the end, by a reader that counts them.
  mutating func add(_ counts: RecordCounts)
}

extension LogSink {
  public mutating func add(namedInRoute point: Waypoint) {}
  public mutating func add(_ counts: RecordCounts) {}
}

/// What a file is, known once it has been read to the end.
public struct LogSource: Hashable, Sendable {
  /// As the user named it.
  public var path: String
  /// The format's name, such as "GPX 1.1".
  public var format: String
  /// The program or device that wrote it, where it says so.
  public var creator: String?
  public var bytes: Int
  /// SHA-256 of the file as it lies on disk, or of the member of an archive, in lower-case hexadecimal.
  public var sha256: String
  /// Of the archive that it came in.
  public var archiveSHA256: String?
  /// Files that were read with it, as the `.prj` of a shapefile.
  public var parts: [Part] = []

  public struct Part: Hashable, Sendable {
    public var path, sha256: String
    public init(path: String, sha256: String) { (self.path, self.sha256) = (path, sha256) }
  }

  public init(path: String, format: String, creator: String? = nil, bytes: Int, sha256: String) {
    (self.path, self.format, self.creator, self.bytes, self.sha256) = (path, format, creator, bytes, sha256)
  }
}

/// Everything one log said, in memory: for small logs and for tests.
public struct FieldLog: LogSink, Hashable, Sendable {
  public struct Track: Hashable, Sendable {
    public var header: TrackHeader
    public var segments: [[Fix]] = []
  }
  public private(set) var tracks: [Track] = []
  public private(set) var waypoints: [Waypoint] = []
  public private(set) var problems: [Problem] = []
  public private(set) var counts: RecordCounts?

  public init() {}

  public var fixes: [Fix] { tracks.flatMap { $0.segments.joined() } }

  public mutating func begin(track: TrackHeader) { tracks.append(Track(header: track)) }
  public mutating func beginSegment() {
    if tracks.isEmpty { begin(track: TrackHeader()) }
    tracks[tracks.count - 1].segments.append([])
  }
  public mutating func add(_ fix: Fix) {
    if tracks.last?.segments.isEmpty ?? true { beginSegment() }
    let track = tracks.count - 1
    tracks[track].segments[tracks[track].segments.count - 1].append(fix)
  }
  public mutating func add(_ waypoint: Waypoint) { waypoints.append(waypoint) }
  public mutating func add(_ problem: Problem) { problems.append(problem) }
  public mutating func add(_ counts: RecordCounts) { self.counts = counts }
}
