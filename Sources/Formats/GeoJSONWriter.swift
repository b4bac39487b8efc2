public import Geometry

/// What a feature may show. One polygon, line or point is written as itself, several as a Multi geometry, none as
/// `null`. Positions must be finite, and a line has at least two.
public enum GeoJSONShape: Hashable, Sendable {
  /// On the output lattice, already noded: written exactly as they are.
  case polygons([Polygon<LatticePoint>])
  /// Rounded to 1e-8 degree.
  case lines([[Geographic]])
  /// Rounded to 1e-8 degree.
  case points([Geographic])
}

/// Writes a FeatureCollection of RFC 7946, feature by feature, a line each.
///
/// Outer rings run counter-clockwise, holes clockwise, and the first position is repeated at the end. Members and
/// properties stand in the order given. There is no `crs` member: coordinates are WGS 84, longitude first.
///
///     var writer = GeoJSONWriter(try Output.open("remaining.geojson"))
///     try writer.feature(.polygons(ground), ["layer": "remaining", "area_m2": .fixed(area, decimals: 4)])
///     try writer.finish(["razmin": ["version": "0.1.0"]]).finish()
public struct GeoJSONWriter<Sink: OutputSink & ~Copyable>: ~Copyable {
  private var sink: Sink
  private var json = JSONWriter()
  /// How many features were written.
  public private(set) var count = 0

  public init(_ sink: consuming Sink) {
    self.sink = sink
    json.beginObject()
    json.name("type")
    json.write("FeatureCollection")
    json.name("features")
    json.beginArray()
  }

  public mutating func feature(
    _ shape: GeoJSONShape?, _ properties: JSONObject, id: JSONValue? = nil
  ) throws(OutputFailed) {
    try add { $0.feature(shape, properties, id: id) }
  }

  /// A feature that `write` writes.
  mutating func add(_ write: (inout JSONWriter) -> Void) throws(OutputFailed) {
    json.breakLine()
    write(&json)
    count += 1
    try json.drain(into: &sink, ifMoreThan: 65_536)
  }

  /// One feature of the pieces of a spool that `isMeant` takes, told whether they are isolated positions.
  mutating func spooled(
    _ spool: LineSpool, _ type: String, isMulti: Bool, _ properties: JSONObject, _ isMeant: (Bool) -> Bool
  ) throws(OutputFailed) {
    json.breakLine()
    json.beginFeature(properties)
    json.beginObject()
    json.name("type")
    json.write(.string((isMulti ? "Multi" : "") + type))
    json.name("coordinates")
    if isMulti { json.beginArray() }
    var isOpen = false
    try spool.eachPiece { positions, begins, isIsolated throws(OutputFailed) in
      guard isMeant(isIsolated) else { return }
      if isIsolated {
        json.positions(positions)
      } else {
        if begins, isOpen { json.endArray() }
        if begins { json.beginArray() }
        isOpen = true
        json.positions(positions)
      }
      try json.drain(into: &sink, ifMoreThan: 65_536)
    }
    if isOpen { json.endArray() }
    if isMulti { json.endArray() }
    json.endObject()
    json.endObject()
    count += 1
    try json.drain(into: &sink, ifMoreThan: 65_536)
  }

  /// Closes the collection with foreign members (RFC 7946, 6.1) and returns the sink, which the caller finishes.
  public consuming func finish(_ members: JSONObject = [:]) throws(OutputFailed) -> Sink {
    json.endLine()
    json.endArray()
    for member in members.members {
      json.breakLine()
      json.name(member.name)
      json.write(member.value)
    }
    json.endObject()
    json.endLine()
    try json.drain(into: &sink)
    return sink
  }
}

/// Outside the generic type, which another module would run unspecialised.
extension JSONWriter {
  mutating func feature(_ shape: GeoJSONShape?, _ properties: JSONObject, id: JSONValue?) {
    beginFeature(properties, id: id)
    geometry(shape)
    endObject()
  }

  /// A feature up to its geometry, which comes next.
  mutating func beginFeature(_ properties: JSONObject, id: JSONValue? = nil) {
    beginObject()
    name("type")
    write("Feature")
    if let id {
      name("id")
      write(id)
    }
    name("properties")
    write(properties)
    name("geometry")
  }

  private mutating func geometry(_ shape: GeoJSONShape?) {
    switch shape {
    case .polygons(let polygons): members("Polygon", polygons) { $0.rings($1) }
    case .lines(let lines):
      members("LineString", lines) { $0.positions($1.lazy.map(LatticePoint.init(nearest:)), closing: false) }
    case .points(let points): members("Point", points) { $0.position(LatticePoint(nearest: $1)) }
    case nil: write(.null)
    }
  }

  mutating func point(_ position: Geographic) {
    members("Point", CollectionOfOne(position)) { $0.position(LatticePoint(nearest: $1)) }
  }

  private mutating func members<Parts: Collection>(
    _ type: String, _ parts: Parts, write: (inout Self, Parts.Element) -> Void
  ) {
    if parts.isEmpty { return self.write(.null) }
    beginObject()
    name("type")
    self.write(.string(parts.count == 1 ? type : "Multi" + type))
    name("coordinates")
    if parts.count > 1 { beginArray() }
    for part in parts { write(&self, part) }
    if parts.count > 1 { endArray() }
    endObject()
  }

  private mutating func rings(_ polygon: Polygon<LatticePoint>) {
    beginArray()
    ring(polygon.outer, counterClockwise: true)
    for hole in polygon.holes { ring(hole, counterClockwise: false) }
    endArray()
  }

  private mutating func ring(_ ring: Ring<LatticePoint>, counterClockwise: Bool) {
    positions(ring.corners(counterClockwise: counterClockwise), closing: true)
  }
}

extension Ring where C == LatticePoint {
  /// In that direction; the first corner stays the first.
  func corners(counterClockwise: Bool) -> [LatticePoint] {
    (twiceSignedSteps >= 0) == counterClockwise ? corners : [corners[0]] + corners.dropFirst().reversed()
  }

  /// Twice the signed area in squared lattice steps, exactly: in doubles a sliver could turn out either way.
  fileprivate var twiceSignedSteps: Int128 {
    guard let origin = corners.first, var previous = corners.last else { return 0 }
    var sum: Int128 = 0
    for corner in corners {
      sum += Int128(previous.x - origin.x) * Int128(corner.y - origin.y)
      sum -= Int128(corner.x - origin.x) * Int128(previous.y - origin.y)
      previous = corner
    }
    return sum
  }
}
