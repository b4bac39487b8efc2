import Geometry
import Projection
import Survey
import Topology

/// A box of a survey's grid, counted in boxes from the origin of the CRS: so two teams' boxes coincide.
public struct GridBox: Hashable, Comparable, Sendable {
  public let column, row: Int

  public static func < (a: Self, b: Self) -> Bool { (a.row, a.column) < (b.row, b.column) }
}

/// Why there are no boxes, with a stable code.
public struct GridRefused: Error, Hashable, Sendable {
  public let code: String
  /// What is wrong, and what to do.
  public let message: String

  init(_ code: String, _ message: String) { (self.code, self.message) = (code, message) }
}

/// The boxes of one size in the survey's grid, and where their corners are on the Earth. One thread.
struct BoxLattice: ~Copyable {
  /// From WGS 84 to the grid; corners are carried by its reverse, as the survey's own files are.
  let operation: CoordinateOperation
  private let toEarth: Transformer
  /// Of a side; whole, so that the corner of a box is the same number from either side.
  private let millimetres: Int
  /// A side is straight in the grid and not in degrees, hence cut: pieces of 50 m leave it by 0.05 mm at 45 degrees of
  /// latitude and by 1 cm less than a degree from the poles (L² tan φ / 8R).
  private let pieces: Int

  /// More boxes than any survey has by far are a slip in the size.
  static let most = 100_000

  static func open(_ survey: FieldSurvey, box metres: Double, over extent: Box<Geographic>) throws -> BoxLattice {
    guard let grid = survey.grid else {
      throw GridRefused("grid.none", "the survey names no grid, and boxes lie in one: set grid under [survey]")
    }
    let system = try ReferenceSystem(grid)
    guard !system.isGeographic, system.metresPerUnit == 1 else {
      throw GridRefused(
        "grid.unit", "\(grid) (\(system.name)) is not in metres, and boxes are: name a projected CRS in metres")
    }
    let thousand = metres * 1000
    guard metres > 0, metres <= 100_000, let millimetres = Int(exactly: thousand.rounded()),
      abs(thousand - thousand.rounded()) < 1e-6, millimetres > 0
    else {
      throw GridRefused("grid.box", "a box of \(metres) m: give whole millimetres, and no more than 100 km")
    }
    // PROJ finds nothing over an area that is a point.
    let area = extent.width > 0 && extent.height > 0 ? extent : extent.grown(by: 1e-6)
    let operation = try CoordinateOperation.forAreas(
      in: grid, over: area, named: survey.operations, preferred: survey.pinnedOperations)
    return BoxLattice(
      operation: operation, toEarth: try Transformer.open(operation.reversed()), millimetres: millimetres,
      pieces: max(1, Int((metres / 50).rounded(.up))))
  }

  /// Metres.
  var size: Double { Double(millimetres) / 1000 }

  /// The south-west corner of a box.
  func corner(_ box: GridBox) -> Projected {
    Projected(Double(box.column * millimetres) / 1000, Double(box.row * millimetres) / 1000)
  }

  /// The column of an easting, the row of a northing. Throws `grid.too-many` past any grid.
  func index(_ coordinate: Double) throws -> Int {
    let index = (coordinate / size).rounded(.down)
    guard abs(index) < 1e12 else { throw Self.tooMany }
    return Int(index)
  }

  /// Where positions are in the grid.
  func places(_ positions: [Geographic]) throws -> [Projected] {
    try positions.map { position in
      guard let place = toEarth.inverse(position.longitude, position.latitude) else {
        throw ProjectionError("crs.outside", operation: operation.name, reason: "a point lies outside of the grid")
      }
      return Projected(place.x, place.y)
    }
  }

  /// Boxes on the Earth, each a ring from its south-west corner on. Neighbours share the vertices of their common side.
  func rings(of boxes: [GridBox]) throws -> [[LatticePoint]] {
    struct Node: Hashable { var x, y: Int }
    let outlines = boxes.map { box -> [Node] in
      let (west, south) = (box.column * pieces, box.row * pieces)
      let steps = 0..<pieces
      return steps.map { Node(x: west + $0, y: south) } + steps.map { Node(x: west + pieces, y: south + $0) }
        + steps.map { Node(x: west + pieces - $0, y: south + pieces) }
        + steps.map { Node(x: west, y: south + pieces - $0) }
    }
    let nodes = Array(Set(outlines.joined()))
    let divisor = Double(1000 * pieces)
    var x = nodes.map { Double($0.x * millimetres) / divisor }
    var y = nodes.map { Double($0.y * millimetres) / divisor }
    try toEarth.transform(&x, &y)
    var points: [Node: LatticePoint] = [:]
    for (index, node) in nodes.enumerated() { points[node] = LatticePoint(nearest: Geographic(x[index], y[index])) }
    return outlines.map { joinedAcrossSeam($0.compactMap { points[$0] }) }
  }

  static var tooMany: GridRefused {
    GridRefused("grid.too-many", "there would be more than \(most) boxes: take larger ones, or name fewer hazards")
  }
}

/// A ring that passes 180 degrees, its longitudes counted on from the first.
private func joinedAcrossSeam(_ ring: [LatticePoint]) -> [LatticePoint] {
  guard let first = ring.first else { return ring }
  let turn = 36_000_000_000
  return ring.map { point in
    abs(point.x - first.x) <= turn / 2
      ? point : LatticePoint(x: point.x + (point.x < first.x ? turn : -turn), y: point.y)
  }
}

/// The polygon of a ring, or the two of one that passes 180 degrees.
func cutAtSeam(_ ring: [LatticePoint]) throws -> [Polygon<LatticePoint>] {
  if ring.allSatisfy({ abs($0.first) <= RingSet.antimeridian }), let outer = try? Ring(ring) { return [Polygon(outer)] }
  return try polygons(of: RingSet([ring], .winding))
}
