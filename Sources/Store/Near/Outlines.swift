import GRDB
import GRDBSQLite
import GeoPackage
import Geometry

/// Where everything in a store lies, in the order of its rows: the number of a row is its index here, and one.
struct Outlines {
  /// Round each hazard.
  var hazards: [Box<Geographic>] = []
  /// The ground of all activities, piece by piece: runs, then drawn polygons.
  var pieces: [Piece] = []
  /// How many of the pieces are runs.
  var runs = 0
  var finds: [(position: Geographic, sigma: Double?)] = []

  struct Piece {
    /// Wider than its ground.
    var box: Box<Geographic>
    /// The index of its activity.
    var activity: Int
  }

  /// Throws where a row is not as it was imported.
  init(_ db: Database, _ entries: [String: Catalogue.Entry]) throws {
    let hazardTable = Table.hazards
    try hazardTable.each(db, entries) { hazards.append(Box(outerRingsOf: try hazardTable.shape($0))) }
    var (numbers, widths): ([String: Int], [(swath: Double, sigma: Double)]) = ([:], [])
    let activities = Table.activities
    let (id, swath, sigma) = (
      activities.index(of: "id"), activities.index(of: "swath_m"), activities.index(of: "sigma_m")
    )
    try activities.each(db, entries) { row in
      numbers[row.text(id)] = widths.count
      // What is null is read as 0.
      widths.append((row.real(swath), row.real(sigma)))
    }
    try readRuns(db, entries, numbers, widths.map(\.swath))
    let claims = Table.claims
    let claimed = claims.index(of: "activity")
    try claims.each(db, entries) { row in
      let activity = try Self.activity(row.text(claimed), numbers, claims)
      let box = Box(outerRingsOf: try claims.shape(row))
      pieces.append(Piece(box: box.grown(byMetres: 1 + 4 * widths[activity].sigma), activity: activity))
    }
    try readFinds(db, entries)
  }

  private mutating func readRuns(
    _ db: Database, _ entries: [String: Catalogue.Entry], _ numbers: [String: Int], _ swaths: [Double]
  ) throws {
    let table = Table.runs
    let walked = table.index(of: "activity")
    let sides = ["west", "south", "east", "north"].map(table.index(of:))
    try table.each(db, entries) { row in
      let activity = try Self.activity(row.text(walked), numbers, table)
      var box = Box<Geographic>()
      (box.minX, box.minY, box.maxX, box.maxY) = (
        row.real(sides[0]), row.real(sides[1]), row.real(sides[2]), row.real(sides[3])
      )
      // As wide as a swath may be, and what a find is looked for beside it (11 m of latitude, and a part of the radius).
      pieces.append(Piece(box: box.grown(byMetres: 4 * swaths[activity] + 20), activity: activity))
    }
    runs = pieces.count
  }

  private mutating func readFinds(_ db: Database, _ entries: [String: Catalogue.Entry]) throws {
    let table = Table.finds
    let sigma = table.index(of: "sigma_m")
    try table.each(db, entries) { row in
      guard case .point(let place)? = try table.shape(row) else {
        throw StoreError.damaged("row \(row.integer(0)) of finds: what stands in geom cannot be read")
      }
      finds.append((Geographic(place.x, place.y), row.kind(sigma) == SQLITE_NULL ? nil : row.real(sigma)))
    }
  }

  private static func activity(_ id: String, _ numbers: [String: Int], _ table: Table) throws -> Int {
    guard let number = numbers[id] else {
      throw StoreError.damaged("\(table.name) names an activity that is not there")
    }
    return number
  }
}

extension Box where C == Geographic {
  /// Round polygons, by their outer rings.
  fileprivate init(outerRingsOf shape: RawGeometry?) {
    self.init()
    guard case .multiPolygon(let polygons)? = shape else { return }
    for corner in polygons.compactMap(\.first).joined() { include(Geographic(corner.x, corner.y)) }
  }
}
