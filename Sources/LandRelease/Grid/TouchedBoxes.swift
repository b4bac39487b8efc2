import Geometry

/// Collects the boxes that areas touch, and stops before they are too many.
struct TouchedBoxes {
  private(set) var boxes: Set<GridBox> = []

  /// Two lattice steps and the half millimetre that a side may leave its place: what lies on the line between two boxes
  /// touches both.
  static let reach = 0.003

  /// Takes in every box that a hazard comes within 3 mm of: those that its edges pass, and those between that lie inside.
  mutating func add(_ hazard: PreparedHazard, _ lattice: borrowing BoxLattice) throws {
    var edged: [Int: Set<Int>] = [:]
    var count = 0
    for ring in hazard.polygons.flatMap(\.rings) {
      let places = try lattice.places(ring.corners.map(\.position))
      for (a, b) in zip(places, places.dropFirst() + places.prefix(1)) {
        try pass(a, b, lattice) { row, columns in
          let before = edged[row]?.count ?? 0
          edged[row, default: []].formUnion(columns)
          count += (edged[row]?.count ?? 0) - before
          guard count <= BoxLattice.most else { throw BoxLattice.tooMany }
        }
      }
    }
    let index = RingIndex(hazard.ground)
    for (row, columns) in edged {
      let columns = columns.sorted()
      for column in columns { boxes.insert(GridBox(column: column, row: row)) }
      for (west, east) in zip(columns, columns.dropFirst()) where east - west > 1 {
        // No edge passes between the two, so one box tells of all.
        let first = GridBox(column: west + 1, row: row)
        guard let ring = try lattice.rings(of: [first]).first else { continue }
        let middle = Box(ring).center
        guard index.contains(middle.first + 0.25, middle.second + 0.5) else { continue }
        guard east - west <= BoxLattice.most else { throw BoxLattice.tooMany }
        for column in west + 1..<east { boxes.insert(GridBox(column: column, row: row)) }
        guard boxes.count <= BoxLattice.most else { throw BoxLattice.tooMany }
      }
    }
    guard boxes.count <= BoxLattice.most else { throw BoxLattice.tooMany }
  }

  /// Hands over, row by row, the columns that an edge passes.
  private func pass(
    _ a: Projected, _ b: Projected, _ lattice: borrowing BoxLattice, _ take: (Int, ClosedRange<Int>) throws -> Void
  ) throws {
    let (low, high) = a.northing <= b.northing ? (a, b) : (b, a)
    let rise = high.northing - low.northing
    let (first, last) = (
      try lattice.index(low.northing - Self.reach), try lattice.index(high.northing + Self.reach)
    )
    guard last - first < BoxLattice.most else { throw BoxLattice.tooMany }
    for row in first...last {
      let south = lattice.corner(GridBox(column: 0, row: row)).northing - Self.reach
      let north = south + lattice.size + 2 * Self.reach
      let part = { (northing: Double) in rise > 0 ? min(max((northing - low.northing) / rise, 0), 1) : 0 }
      let (from, to) = rise > 0 ? (part(south), part(north)) : (0, 1)
      let eastings = [from, to].map { low.easting + $0 * (high.easting - low.easting) }
      let west = try lattice.index(min(eastings[0], eastings[1]) - Self.reach)
      let east = try lattice.index(max(eastings[0], eastings[1]) + Self.reach)
      guard east - west < BoxLattice.most else { throw BoxLattice.tooMany }
      try take(row, west...east)
    }
  }
}
