import Formats
import Geometry
import Glibc
import Survey

/// What one file holds, read to its end.
struct Inspection {
  var source: LogSource
  var summary = TrackSummary()
  var fixes = 0, tracks = 0, segments = 0, waypoints = 0, routes = 0, routePoints = 0
  /// Of all fixes, route points and waypoints, in degrees; a position that its receiver calls none is left out, since
  /// receivers write 0, 0 or the place of last week there.
  var bounds = Box<Geographic>()
  var problems: [Problem] = []
  /// For KML: what was seen, used or not.
  var elements: KMLCounts?
  /// `nil` where the reader does not count them.
  var records: RecordCounts?
  /// Of the fixes, without the points of routes.
  var qualities: [FixQuality: Int] = [:]
  var repeats = RepeatFinder()
  var picture = TrackPicture()
  /// For shapefiles: the box around the numbers as they stand, and what they are in, where that is known.
  var ownBounds: Box<Projected>?
  var crs: String?
  /// For GeoJSON, KML and shapefiles: features, and of these those without a geometry; the shapes by type.
  var features: Int?
  var nullGeometries = 0
  var shapes: [String: Int] = [:]

  static func read(
    _ file: LogFile, options: ReadOptions, rules: TrackRules = TrackRules(), progress: ((Int) -> Void)? = nil
  ) throws(FileUnreadable) -> Inspection {
    var sink = InspectSink(rules: rules)
    var head = try file.open()
    let format = try LogReader.format(of: &head, options: options).name
    if format == Shapefile.name { return try readShapes(file, options.crs) }
    let source = try LogReader.read(file, options: options, into: &sink, progress: progress)
    var found = sink.inspection(source)
    if format == KML.name { try found.readPlacemarks(file) }
    if format == GeoJSONLog.name { try found.readFeatures(file, options) }
    return found
  }

  /// A KML may hold areas besides a log: both are looked at.
  private mutating func readPlacemarks(_ file: LogFile) throws(FileUnreadable) {
    var input = try file.open()
    features = 0
    // Where a placemark cannot be used as ground, its points and lines may still be a log.
    var unusable: [Problem] = []
    elements = try KML.readFeatures(&input) {
      take($0)
    } problem: {
      unusable.append($0)
    }
    add(unusable, insteadOf: "kml.not-a-log")
  }

  /// So may a GeoJSON file.
  private mutating func readFeatures(_ file: LogFile, _ options: ReadOptions) throws(FileUnreadable) {
    var input = try file.open()
    features = 0
    var unusable: [Problem] = []
    try GeoJSON.readFeatures(&input, in: options.crs) {
      take($0)
    } problem: {
      unusable.append($0)
    }
    add(unusable, insteadOf: "geojson.not-a-log")
  }

  private mutating func take(_ feature: GeoFeature) {
    features = (features ?? 0) + 1
    if let geometry = feature.geometry { count(geometry) } else { nullGeometries += 1 }
  }

  private mutating func add(_ others: [Problem], insteadOf code: String) {
    problems.removeAll { $0.code == code }
    let known = Set(problems)
    problems += others.filter { !known.contains($0) }
  }

  /// Whether a file says itself what it is in, and can be looked at where that is not understood.
  static func namesCRS(_ file: LogFile) -> Bool {
    [Shapefile.name, GPKG.name].contains((try? FeatureFile.open(file))?.format.name)
  }

  /// A shapefile is looked at record by record. Without a CRS its shapes are counted, and lie nowhere.
  private static func readShapes(_ file: LogFile, _ crs: FileCRS?) throws(FileUnreadable) -> Inspection {
    var input = try file.open()
    var found = Inspection(source: LogSource(path: file.path, format: Shapefile.name, bytes: 0, sha256: ""))
    let numbers = OwnNumbers(crs?.converter)
    found.features = 0
    found.crs = crs?.name
    found.records = try Shapefile.readFeatures(
      &input, in: FileCRS(name: crs?.name ?? "", isGeographic: crs?.isGeographic ?? false, converter: numbers)
    ) { feature in
      found.features = (found.features ?? 0) + 1
      if let geometry = feature.geometry { found.count(geometry) } else { found.nullGeometries += 1 }
    } problem: {
      found.problems.append($0)
    }
    (found.source.bytes, found.source.sha256) = try input.finish()
    found.source.archiveSHA256 = file.archiveSHA256
    found.ownBounds = numbers.box
    if crs == nil { found.bounds = Box() }
    // What is wrong with a CRS that it names is said by whoever asked for it.
    let isUndeclared = try FeatureFile.open(file).layers.contains { $0.crs == .undeclared }
    if crs == nil, isUndeclared, let first = numbers.first {
      var refusal = FileUnreadable(
        file.path, .refused, code: "crs.undeclared",
        "nobody says what its coordinates are in: it is counted, and nothing of it can be used; give --crs")
      refusal.pair = (first.easting, first.northing)
      found.problems.append(Problem(refusal.code, line: 0, refusal.message + candidates(refusal)))
    }
    return found
  }

  private mutating func count(_ geometry: GeoGeometry) {
    switch geometry {
    case .point(let position): take("Point", [position])
    case .multiPoint(let positions): take("MultiPoint", positions)
    case .line(let positions): take("LineString", positions)
    case .multiLine(let lines): take("MultiLineString", lines.flatMap { $0 })
    case .polygon(let polygon): take("Polygon", polygon.rings.flatMap(\.corners))
    case .multiPolygon(let polygons): take("MultiPolygon", polygons.flatMap { $0.rings.flatMap(\.corners) })
    case .collection(let members):
      shapes["GeometryCollection", default: 0] += 1
      for member in members { count(member) }
    }
  }

  private mutating func take(_ shape: String, _ positions: [Geographic]) {
    shapes[shape, default: 0] += 1
    for position in positions { bounds.include(position) }
  }
}

/// Notes the numbers of a file as they stand, on their way to what carries them over.
private final class OwnNumbers: PositionConverter {
  private(set) var box = Box<Projected>()
  private(set) var first: Projected?
  private let inner: (any PositionConverter)?

  init(_ inner: (any PositionConverter)?) { self.inner = inner }

  func position(_ first: Double, _ second: Double) throws(CoordinateFault) -> Geographic {
    if self.first == nil { self.first = Projected(first, second) }
    box.include(Projected(first, second))
    // Where no CRS is known, a place that only its own shape is made of.
    guard let inner else { return Geographic(first, second) }
    return try inner.position(first, second)
  }
}

private struct InspectSink: LogSink {
  private var builder: TrackBuilder
  private var found = Inspection(source: LogSource(path: "", format: "", bytes: 0, sha256: ""))
  private var isRoute = false

  init(rules: TrackRules) { builder = TrackBuilder(rules: rules, run: { _ in }) }

  mutating func begin(track: TrackHeader) {
    builder.begin(track: track)
    isRoute = track.kind == .route
    if isRoute { found.routes += 1 } else { found.tracks += 1 }
  }
  mutating func beginSegment() {
    builder.beginSegment()
    if !isRoute { found.segments += 1 }
  }
  mutating func add(_ fix: Fix) {
    builder.add(fix)
    if isRoute {
      found.routePoints += 1
    } else {
      found.fixes += 1
      found.qualities[fix.quality, default: 0] += 1
    }
    if fix.quality != .invalid { found.bounds.include(fix.position) }
    guard !isRoute, fix.quality.isMeasured else { return }
    found.repeats.add(fix)
    found.picture.add(fix.position)
  }
  mutating func add(_ waypoint: Waypoint) {
    found.waypoints += 1
    found.bounds.include(waypoint.fix.position)
  }
  mutating func add(_ problem: Problem) { found.problems.append(problem) }
  mutating func add(_ counts: RecordCounts) { found.records = counts }

  mutating func inspection(_ source: LogSource) -> Inspection {
    builder.finish()
    found.repeats.finish()
    found.source = source
    found.summary = builder.summary
    return found
  }
}

/// Bytes of a file, for progress; 0 where it cannot be told.
func fileSize(_ path: String) -> Int {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
}
