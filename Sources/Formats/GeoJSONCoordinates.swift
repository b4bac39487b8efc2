import Geometry
import Survey

/// The nested arrays of a `coordinates` member, flat: which geometry they are is known only with its `type`.
///
/// Arrays are counted by how deep they lie; positions all lie at one depth, 1 for a Point to 4 for a MultiPolygon.
struct GeoJSONCoordinates {
  static let maxPositions = 20_000_000
  /// How deep the positions of each type lie.
  static let depths = [
    "Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4,
  ]

  private(set) var positions: [Geographic] = []
  /// Where the numbers are of another CRS than WGS 84.
  private let converter: (any PositionConverter)?
  /// How deep the arrays lie that are positions; `nil` where there is none.
  private(set) var depth: Int?
  /// For depths 0...4, how many arrays at the next depth were closed when each array there was closed.
  private var ends = InlineArray<5, [Int]>(repeating: [])
  private var closed = InlineArray<6, Int>(repeating: 0)
  /// The first thing wrong with them.
  private(set) var fault: Problem?

  init(converter: (any PositionConverter)? = nil) { self.converter = converter }

  /// Reads from behind the first bracket to behind the last.
  mutating func read(_ json: inout JSONReader) throws(JSONFailure) {
    var level = 1
    var (x, y, numbers) = (0.0, 0.0, 0)
    while level > 0 {
      let token = try json.next()
      switch token {
      case .number:
        if numbers == 0 { x = json.number } else if numbers == 1 { y = json.number }
        numbers += 1
        if depth == nil { depth = level }
        if depth != level { fail("geojson.geometry", json.line, "positions are nested unevenly") }
      case .endArray:
        if numbers > 0 {
          add(x, y, numbers, line: json.line)
        } else if level <= 4 {
          ends[level].append(closed[level + 1])
        }
        if level <= 4 { closed[level] += 1 }
        (level, numbers) = (level - 1, 0)
      case .beginArray where level < 4:
        if numbers > 0 { fail("geojson.geometry", json.line, "an array among the numbers of a position") }
        (level, numbers) = (level + 1, 0)
      case .beginArray:
        fail("geojson.geometry", json.line, "coordinates are nested deeper than any geometry has them")
        try json.skip(token)
      default:
        fail("geojson.coordinate", json.line, "a coordinate that is not a number")
        try json.skip(token)
      }
    }
  }

  private mutating func add(_ x: Double, _ y: Double, _ numbers: Int, line: Int) {
    guard let converter, numbers >= 2 else { return add(Geographic(x, y), x, y, numbers, line) }
    do { add(try converter.position(x, y), x, y, numbers, line) } catch { fail(error.code, line, error.message) }
  }

  private mutating func add(_ position: Geographic, _ x: Double, _ y: Double, _ numbers: Int, _ line: Int) {
    if numbers < 2 {
      fail("geojson.coordinate", line, "a position needs a longitude and a latitude, this one has a single number")
    } else if !position.isOnEarth {
      let swapped = Geographic(y, x).isOnEarth
      fail(
        "geojson.coordinate", line,
        "[\(x), \(y)] is no longitude and latitude in degrees: "
          + (swapped ? "longitude comes first" : "declare the CRS of the file"))
    } else if positions.count >= Self.maxPositions {
      fail("geojson.too-large", line, "a geometry of more than \(Self.maxPositions) positions")
    } else if fault == nil {
      positions.append(position)
    }
  }

  private mutating func fail(_ code: String, _ line: Int, _ message: String) {
    guard fault == nil else { return }
    fault = Problem(code, line: line, message)
    positions = []
  }

  /// The arrays at a depth, each as the range of what lies one deeper.
  private func ranges(at level: Int) -> [Range<Int>] {
    var start = 0
    return ends[level].map { end in
      defer { start = end }
      return start..<end
    }
  }

  /// The geometry of a type other than a collection; `nil` where there are no coordinates at all. `remark` is told of
  /// what was mended.
  func geometry(_ type: String, line: Int, remark: (Problem) -> Void) throws(Problem) -> GeoGeometry? {
    if let fault { throw fault }
    guard let wanted = Self.depths[type] else {
      throw Problem("geojson.type", line: line, "\"\(type.prefix(40))\" is no geometry type of RFC 7946")
    }
    if depth == nil, closed[2] == 0 { return nil }
    guard depth == wanted, closed[wanted] == positions.count else {
      throw Problem("geojson.geometry", line: line, "the coordinates are not nested as those of a \(type)")
    }
    switch type {
    case "Point": return .point(positions[0])
    case "MultiPoint": return .multiPoint(positions)
    case "LineString": return .line(try GeoJSONCoordinates.line(positions[...], line: line))
    case "MultiLineString":
      var lines: [[Geographic]] = []
      for range in ranges(at: 2) { lines.append(try GeoJSONCoordinates.line(positions[range], line: line)) }
      return .multiLine(lines)
    case "Polygon":
      return .polygon(try polygon(ranges(at: 2)[...], line: line, remark: remark))
    default:
      let rings = ranges(at: 3)
      var polygons: [Polygon<Geographic>] = []
      for range in ranges(at: 2) { polygons.append(try polygon(rings[range], line: line, remark: remark)) }
      return .multiPolygon(polygons)
    }
  }

  private static func line(_ positions: ArraySlice<Geographic>, line: Int) throws(Problem) -> [Geographic] {
    guard positions.count >= 2 else {
      throw Problem("geojson.geometry", line: line, "a line needs two positions, this one has \(positions.count)")
    }
    return Array(positions)
  }

  private func polygon(
    _ rings: ArraySlice<Range<Int>>, line: Int, remark: (Problem) -> Void
  ) throws(Problem) -> Polygon<Geographic> {
    var made: [Ring<Geographic>] = []
    for range in rings {
      let corners = positions[range]
      do {
        made.append(try Ring(Array(corners)))
      } catch {
        throw Problem("ring.too-few", line: line, "a ring needs three corners and its first position repeated")
      }
      if corners.first != corners.last {
        remark(Problem("geojson.ring-open", line: line, "a ring does not end where it begins: it was closed"))
      }
    }
    guard let outer = made.first else {
      throw Problem("geojson.geometry", line: line, "a polygon without a ring")
    }
    return Polygon(outer, holes: Array(made.dropFirst()))
  }
}
