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
    json.breakLine()
    json.beginObject()
    json.name("type")
    json.write("Feature")
    if let id {
      json.name("id")
      json.write(id)
    }
    json.name("properties")
    json.write(properties)
    json.name("geometry")
    try geometry(shape)
    json.endObject()
    count += 1
    try drain()
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

  private mutating func geometry(_ shape: GeoJSONShape?) throws(OutputFailed) {
    switch shape {
    case .polygons(let polygons):
      try members("Polygon", polygons) { (writer, polygon) throws(OutputFailed) in try writer.rings(polygon) }
    case .lines(let lines):
      try members("LineString", lines) { (writer, line) throws(OutputFailed) in
        writer.json.positions(line.lazy.map(LatticePoint.init(nearest:)), closing: false)
        try writer.drain()
      }
    case .points(let points):
      try members("Point", points) { (writer, point) in writer.json.position(LatticePoint(nearest: point)) }
    case nil:
      json.write(.null)
    }
  }

  private mutating func members<Part>(
    _ type: String, _ parts: [Part], write: (inout Self, Part) throws(OutputFailed) -> Void
  ) throws(OutputFailed) {
    if parts.isEmpty { return json.write(.null) }
    json.beginObject()
    json.name("type")
    json.write(.string(parts.count == 1 ? type : "Multi" + type))
    json.name("coordinates")
    if parts.count > 1 { json.beginArray() }
    for part in parts { try write(&self, part) }
    if parts.count > 1 { json.endArray() }
    json.endObject()
  }

  private mutating func rings(_ polygon: Polygon<LatticePoint>) throws(OutputFailed) {
    json.beginArray()
    ring(polygon.outer, counterClockwise: true)
    for hole in polygon.holes {
      ring(hole, counterClockwise: false)
      try drain()
    }
    json.endArray()
  }

  private mutating func ring(_ ring: Ring<LatticePoint>, counterClockwise: Bool) {
    if (ring.twiceSignedSteps >= 0) == counterClockwise {
      json.positions(ring.corners, closing: true)
    } else {
      // The first corner stays the first.
      json.positions([ring.corners[0]] + ring.corners.dropFirst().reversed(), closing: true)
    }
  }

  private mutating func drain() throws(OutputFailed) { try json.drain(into: &sink, ifMoreThan: 65_536) }
}

extension Ring where C == LatticePoint {
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
