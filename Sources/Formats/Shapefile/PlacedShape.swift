import Geometry
import Survey

/// A shape with its numbers carried to positions, and its rings sorted out.
struct PlacedShape {
  private(set) var geometry: GeoGeometry?
  private(set) var remarks: [Problem] = []
  private(set) var isDoubtful = false

  /// Throws what a converter finds wrong with a pair, and `ring.too-few` where a polygon has no ground at all.
  init(_ shape: ShapeRecord, by converter: any PositionConverter) throws(Problem) {
    switch shape.kind {
    case .null, .multiPatch: break
    case .point:
      geometry = try shape.parts.first?.first.map { pair throws(Problem) in .point(try place(pair, converter)) }
    case .multiPoint: geometry = .multiPoint(try places(shape.parts.first ?? [], converter))
    case .line:
      var lines: [[Geographic]] = []
      for part in shape.parts {
        guard part.count > 1 else {
          throw Problem("shp.record", line: 0, "a part of its line is a single point: it is damaged")
        }
        lines.append(try places(part, converter))
      }
      geometry = lines.count == 1 ? .line(lines[0]) : .multiLine(lines)
    case .polygon: try addPolygons(shape.parts, converter)
    }
  }

  private mutating func addPolygons(_ parts: [[Projected]], _ converter: any PositionConverter) throws(Problem) {
    var rings: [Ring<Projected>] = []
    var crossesItself = false
    for part in parts {
      guard let ring = try? Ring(part), !isOnOneLine(ring) else {
        remark("shp.ring-empty", "a ring encloses nothing: it was left out")
        continue
      }
      // It crosses itself, and has no direction by which a hole could be told.
      crossesItself = crossesItself || ring.twiceSignedArea == 0
      if part.first != part.last { remark("shp.ring-open", "a ring does not end where it begins: it was closed") }
      rings.append(ring)
    }
    guard !rings.isEmpty else { throw Problem("ring.too-few", line: 0, "none of its rings encloses any ground") }
    let nesting = try RingNesting(rings)
    remarks += nesting.remarks
    isDoubtful = nesting.isDoubtful || (crossesItself && rings.count > 1)
    var placed: [Ring<Geographic>] = []
    for ring in rings {
      let corners = try places(ring.corners, converter)
      do { placed.append(try Ring(corners)) } catch {
        throw Problem("ring.too-few", line: 0, "a ring needs three corners")
      }
    }
    let polygons = nesting.polygons.map { Polygon(placed[$0.outer], holes: $0.holes.map { placed[$0] }) }
    geometry = polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
  }

  private mutating func remark(_ code: String, _ message: String) {
    if !remarks.contains(where: { $0.code == code }) { remarks.append(Problem(code, line: 0, message)) }
  }
}

/// Whether the corners enclose nothing, in whatever order they are joined.
private func isOnOneLine(_ ring: Ring<Projected>) -> Bool {
  guard let first = ring.corners.first, let other = ring.corners.first(where: { $0 != first }) else { return true }
  let (dx, dy) = (other.easting - first.easting, other.northing - first.northing)
  return ring.corners.allSatisfy { ($0.easting - first.easting) * dy == ($0.northing - first.northing) * dx }
}

private func places(_ pairs: [Projected], _ converter: any PositionConverter) throws(Problem) -> [Geographic] {
  var places: [Geographic] = []
  places.reserveCapacity(pairs.count)
  for pair in pairs { places.append(try place(pair, converter)) }
  return places
}

private func place(_ pair: Projected, _ converter: any PositionConverter) throws(Problem) -> Geographic {
  do { return try converter.position(pair.easting, pair.northing) } catch {
    throw Problem(error.code, line: 0, error.message)
  }
}
