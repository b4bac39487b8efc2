import GeoPackage
import Geometry
import Survey

/// Carries the geometry of a row over to WGS 84; throws where it cannot be used as a whole, since a part of a hazard is no
/// hazard.
struct GeometryBuilder {
  let converter: any PositionConverter

  /// `remark` is told of what was mended.
  func geometry(
    _ raw: RawGeometry, row: Int64, remark: (Problem) -> Void
  ) throws(Problem) -> GeoGeometry {
    let line = Int(clamping: row)
    switch raw {
    case .point(let position): return .point(try place(position, line))
    case .multiPoint(let positions): return .multiPoint(try places(positions, line))
    case .line(let positions): return .line(try self.line(positions, line))
    case .multiLine(let lists):
      return .multiLine(try lists.map { list throws(Problem) in try self.line(list, line) })
    case .polygon(let rings): return .polygon(try polygon(rings, line, remark))
    case .multiPolygon(let polygons):
      return .multiPolygon(try polygons.map { rings throws(Problem) in try polygon(rings, line, remark) })
    case .collection(let members):
      return .collection(
        try members.map { member throws(Problem) in try geometry(member, row: row, remark: remark) })
    }
  }

  private func place(_ position: RawPosition, _ line: Int) throws(Problem) -> Geographic {
    do { return try converter.position(position.x, position.y) } catch {
      throw Problem(error.code, line: line, "row \(line): \(error.message)")
    }
  }

  private func places(_ positions: [RawPosition], _ line: Int) throws(Problem) -> [Geographic] {
    try positions.map { position throws(Problem) in try place(position, line) }
  }

  private func line(_ positions: [RawPosition], _ line: Int) throws(Problem) -> [Geographic] {
    guard positions.count >= 2 else {
      throw Problem(
        "gpkg.geometry", line: line, "row \(line): a line needs two positions, this one has \(positions.count)")
    }
    return try places(positions, line)
  }

  private func polygon(
    _ rings: [[RawPosition]], _ line: Int, _ remark: (Problem) -> Void
  ) throws(Problem) -> Polygon<Geographic> {
    var made: [Ring<Geographic>] = []
    for ring in rings {
      let corners = try places(ring, line)
      do { made.append(try Ring(corners)) } catch {
        throw Problem(
          "ring.too-few", line: line, "row \(line): a ring needs three corners and its first position repeated")
      }
      if ring.first != ring.last {
        remark(Problem("gpkg.ring-open", line: line, "row \(line): a ring does not end where it begins: it was closed"))
      }
    }
    guard let outer = made.first else {
      throw Problem("gpkg.geometry", line: line, "row \(line): a polygon without a ring")
    }
    return Polygon(outer, holes: Array(made.dropFirst()))
  }
}
