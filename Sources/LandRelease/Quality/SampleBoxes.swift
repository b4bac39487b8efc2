public import Geometry
public import Projection
import Topology

/// A square of a survey's grid whose sides are whole multiples of its size, so that everybody's boxes coincide.
public struct SampleBox: Hashable, Sendable {
  /// Whole multiples of the size, east and north.
  public let column, row: Int
  /// Metres in the grid.
  public let size: Double
  /// Planar square metres in the grid of the ground in question that it holds.
  public let area: Double

  /// Its south-west corner in the grid.
  public var corner: Projected { Projected(Double(column) * size, Double(row) * size) }
  /// Its corners, counter-clockwise from the south-west.
  public var corners: [Projected] {
    [(0, 0), (1, 0), (1, 1), (0, 1)].map { Projected(Double(column + $0.0) * size, Double(row + $0.1) * size) }
  }
}

/// Too many boxes to be drawn from.
public struct TooManyBoxes: Error, Hashable, Sendable {}

/// The boxes that hold any of some ground, from west to east and south to north, with how much of it.
///
/// `grid` leads from WGS 84 to the grid; `size` is in its metres. The ground is halved again and again, so that the time
/// hardly grows with the number of boxes.
public func sampleBoxes(
  over ground: [Polygon<LatticePoint>], size: Double, grid: CoordinateOperation
) throws -> [SampleBox] {
  let flat = try union(planar(ground, grid))
  var box = Box<Projected>()
  for polygon in flat { box.include(polygon.box) }
  guard !flat.isEmpty else { return [] }
  let (west, south) = ((box.minX / size).rounded(.down), (box.minY / size).rounded(.down))
  let (columns, rows) = ((box.maxX / size).rounded(.up) - west, (box.maxY / size).rounded(.up) - south)
  // As many cells as this are only looked at where there is ground; numbers stay far from the end of integers.
  guard abs(west) < 1e9, abs(south) < 1e9, columns < 1e6, rows < 1e6 else { throw TooManyBoxes() }
  var found: [SampleBox] = []
  try split(
    flat, Cells(column: Int(west), row: Int(south), columns: Int(columns), rows: Int(rows)), size, into: &found)
  return found.sorted { ($0.column, $0.row) < ($1.column, $1.row) }
}

private struct Cells { var column, row, columns, rows: Int }

/// Boxes that may be listed: some hundred megabytes.
private let maxBoxes = 1_000_000

private func split(
  _ ground: [Polygon<Projected>], _ cells: Cells, _ size: Double, into found: inout [SampleBox]
) throws {
  if cells.columns == 1, cells.rows == 1 {
    let area = ground.planarArea
    // A square millimetre is rounding, and nobody inspects it.
    if area > 1e-6 { found.append(SampleBox(column: cells.column, row: cells.row, size: size, area: area)) }
    if found.count > maxBoxes { throw TooManyBoxes() }
    return
  }
  var (low, high) = (cells, cells)
  if cells.columns >= cells.rows {
    low.columns = cells.columns / 2
    (high.column, high.columns) = (cells.column + low.columns, cells.columns - low.columns)
  } else {
    low.rows = cells.rows / 2
    (high.row, high.rows) = (cells.row + low.rows, cells.rows - low.rows)
  }
  for half in [low, high] {
    let (west, south) = (Double(half.column) * size, Double(half.row) * size)
    let (east, north) = (Double(half.column + half.columns) * size, Double(half.row + half.rows) * size)
    let window = Polygon(
      try Ring([
        Projected(west, south), Projected(east, south), Projected(east, north), Projected(west, north),
      ]))
    let near = ground.filter { $0.box.intersects(window.box) }
    let inside = near.isEmpty ? [] : try intersection(near, [window])
    if !inside.isEmpty { try split(inside, half, size, into: &found) }
  }
}

/// Corners carried over to a grid, one by one.
private func planar(
  _ polygons: [Polygon<LatticePoint>], _ grid: CoordinateOperation
) throws -> [Polygon<Projected>] {
  let transformer = try Transformer.open(grid)
  var found: [Polygon<Projected>] = []
  for polygon in polygons {
    let rings = try polygon.rings.map { ring in
      var (x, y) = (ring.corners.map(\.position.longitude), ring.corners.map(\.position.latitude))
      try transformer.transform(&x, &y)
      return zip(x, y).map { Projected($0, $1) }
    }
    if let carried = try Polygon(bounding: rings) { found.append(carried) }
  }
  return found
}

/// Boxes on the map, each begun at its south-west corner; `grid` leads from WGS 84 to their grid.
public func mapped(_ boxes: [SampleBox], grid: CoordinateOperation) throws -> [Polygon<LatticePoint>] {
  let transformer = try Transformer.open(grid)
  return try boxes.map { box in
    let positions = try withShortEdges(box.corners).map { corner in
      guard let pair = transformer.inverse(corner.easting, corner.northing) else {
        throw ProjectionError("crs.outside", operation: grid.code, reason: "a box lies outside of where it is defined")
      }
      return LatticePoint(nearest: Geographic(pair.x, pair.y))
    }
    return Polygon(try Ring(positions))
  }
}

/// Boxes drawn at random, without putting any back.
public struct BoxSample: Sendable {
  /// In the order in which they were drawn.
  public let drawn: [SampleBox]
  /// How many there were to draw from, and planar square metres in all and in those drawn.
  public let boxes: Int
  public let total, area: Double
  /// The share of the ground that is in the sample.
  public var fraction: Double { total > 0 ? area / total : 0 }

  /// Draws boxes until they hold `fraction` of the ground, each of those left being as likely as any other.
  ///
  /// R. Durstenfeld's shuffle (CACM 7, 1964, algorithm 235), broken off. The place of the next one is the upper half of the
  /// 128-bit product of the generator's number and the number of boxes left, without rejection: the bias is under 2^-44.
  public init(_ boxes: [SampleBox], fraction: Double, using random: inout some RandomNumberGenerator) {
    var left = boxes
    var (drawn, area): ([SampleBox], Double) = ([], 0)
    let total = boxes.reduce(0) { $0 + $1.area }
    while !left.isEmpty, area < fraction * total {
      let place = Int(random.next().multipliedFullWidth(by: UInt64(left.count)).high)
      left.swapAt(place, left.count - 1)
      let box = left.removeLast()
      drawn.append(box)
      area += box.area
    }
    (self.drawn, self.boxes, self.total, self.area) = (drawn, boxes.count, total, area)
  }
}
