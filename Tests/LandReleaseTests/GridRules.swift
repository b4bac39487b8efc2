import Geometry
import Projection
import Survey
import Testing
import Topology

@testable import LandRelease

extension Land {
  func store() throws -> StepStore {
    let store = try StepStore()
    for (sequence, walk) in walks.enumerated() {
      try store.append(walk.points, activity: walk.activity, log: 0, sequence: sequence)
    }
    return store
  }

  fileprivate func boxed(_ size: Double, over hazards: [String] = [], asOf: String? = nil) throws -> [BoxMeasure] {
    var found: [BoxMeasure] = []
    let made = try boxes(survey, steps: store(), over: hazards, size: size, asOf: asOf.map(day)) { found.append($0) }
    #expect(made.count == found.count)
    return found
  }

  fileprivate func laned(_ heading: LaneHeading, width: Double) throws -> [Lane] {
    try lanes(survey, steps: store(), over: "H", heading: heading, width: width).lanes
  }

  /// A survey whose boxes lie in a grid.
  init(grid: String, at place: Geographic = Land.nis) {
    self.init(at: place)
    survey.grid = grid
  }
}

@Suite struct GridRules {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func `boxes tile: they cover the hazards, and none overlaps another`(seed: UInt64) throws {
    var land = try RandomLand(seed: seed, finds: Int(seed % 3)).land
    land.survey.grid = seed % 2 == 0 ? "EPSG:6316" : "EPSG:32634"
    let size = [3.0, 10, 12.5, 70][Int(seed % 4)]
    let found = try land.boxed(size)
    #expect(Set(found.map(\.id)).count == found.count)
    let together = try dissolve(found.flatMap(\.polygons))
    let recorded = try union(
      land.survey.hazards.flatMap { try $0.polygons.flatMap { try drawnArea($0, erring: .outwards).polygons } }, grid: 1
    )
    #expect(try difference(recorded, together).steps == 0)
    #expect(agree(found.reduce(0) { $0 + $1.area }, together.squareMetres, within: 1e-3))
    // What lies in the boxes is the account's, whatever cuts it.
    #expect(agree(found.reduce(0) { $0 + $1.remaining + $1.released }, recorded.squareMetres, within: 0.02))
    for box in found {
      #expect(agree(box.area, size * size, within: 1e-3 * size * size))
      #expect((0...100).contains(box.assuredPercent) && box.assuredPercent <= box.coveredPercent)
      #expect(box.surelyReleased <= box.released + 0.01)
    }
  }

  @Test func `what remains in the boxes is what remains`() async throws {
    for seed in 0..<12 as Range<UInt64> {
      var land = try RandomLand(seed: seed, finds: 2).land
      land.survey.grid = "EPSG:6316"
      let ledger = try await land.divided().ledger
      let found = try land.boxed(9)
      #expect(agree(found.reduce(0) { $0 + $1.remaining }, ledger.nominal.remaining, within: 0.05), "\(seed)")
      #expect(agree(found.reduce(0) { $0 + $1.surelyReleased }, ledger.assured.released, within: 0.05), "\(seed)")
    }
  }

  @Test func `two surveys have the same boxes where they coincide`() throws {
    var (one, other) = (Land(grid: "EPSG:6316"), Land(grid: "EPSG:6316"))
    try one.hazard("H", Rect(0, 0, 300, 200))
    try other.hazard("X", Rect(117.3, -61.9, 260, 190))
    let (a, b) = (try one.boxed(50), try other.boxed(50))
    let shapes = Dictionary(uniqueKeysWithValues: a.map { ($0.id, $0.polygons) })
    let common = b.filter { shapes[$0.id] != nil }
    #expect(common.count >= 12)
    for box in common { #expect(shapes[box.id] == box.polygons) }
  }

  @Test func `every box that a hazard touches is there, and no other`() throws {
    var land = Land(grid: "EPSG:32634")
    let lattice = try BoxLattice.open(land.survey, box: 50, over: Box([land.place]))
    let home = try lattice.places([land.place])[0]
    let ring = try lattice.rings(of: [
      GridBox(column: try lattice.index(home.easting), row: try lattice.index(home.northing))
    ])[0].map(\.position)
    try land.hazard("H", [Polygon(Ring(ring))])
    // A hazard that is a box touches its eight neighbours, without ground in any.
    let found = try land.boxed(50)
    #expect(found.count == 9)
    #expect(found.count { $0.remaining > 1 } == 1)
    // An L leaves its inner corner out, and a hole its inside.
    var corner = Land(grid: "EPSG:32634")
    let l = [(0.0, 0.0), (400, 0), (400, 30), (30, 30), (30, 400), (0, 400)].map { Projected($0.0, $0.1) }
    let square = { (low: Double, high: Double) in
      [(low, low), (high, low), (high, high), (low, high)].map { Projected($0.0, $0.1) }
    }
    try corner.hazard("H", [try corner.polygon(l)])
    let bent = try corner.boxed(10).count
    #expect((300...400).contains(bent), "\(bent)")
    var hole = Land(grid: "EPSG:32634")
    try hole.hazard("H", [try hole.polygon(square(0, 300), holes: [square(30, 270)])])
    let rim = try hole.boxed(10).count
    #expect((430...560).contains(rim), "\(rim)")
  }

  @Test func `only work that searches counts, and percents are rounded down`() throws {
    let rows: [(kind: ActivityKind, searched: Bool?, covers: Bool)] = [
      (.clearance, nil, true), (.bacSurface, nil, true), (.bacSubsurface, nil, true), (.technicalSurvey, true, true),
      (.technicalSurvey, false, false), (.technicalSurvey, nil, false), (.nonTechnicalSurvey, true, false),
    ]
    for row in rows {
      var land = Land(grid: "EPSG:6316")
      try land.hazard("H", Rect(0, 0, 40, 40))
      let index = try land.work("A", Rect(-200, -200, 400, 400), kind: row.kind, sigma: 0.1, team: "one")
      land.survey.activities[index].searched = row.searched
      for box in try land.boxed(20) {
        #expect(box.coveredPercent == (row.covers ? 100 : 0) && box.assuredPercent == box.coveredPercent, "\(row)")
        #expect(box.activities.map(\.id) == ["A"])
      }
    }
    var land = Land(grid: "EPSG:6316")
    try land.hazard("H", Rect(0, 0, 40, 40))
    try land.work("A", Rect(-200, -200, 399.9999, 400))
    #expect(try land.boxed(20).allSatisfy { $0.assuredPercent == 0 && $0.coveredPercent == 100 })
    // A square centimetre is left of a box: that is not all of it.
    land.survey.activities = []
    try land.work("B", Rect(-200, -200, 220, 400), Rect(20, -200, 200, 220), Rect(20, 20.15, 200, 200))
    try land.work("C", Rect(20.15, -200, 200, 400))
    let percents = try land.boxed(20).map(\.coveredPercent).filter { $0 < 100 }
    #expect(!percents.isEmpty && percents.allSatisfy { $0 >= 99.9 && $0 <= 99.99 }, "\(percents)")
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func `one more search never lowers a percent`(seed: UInt64) throws {
    var land = try RandomLand(seed: seed, activities: 3...6).land
    land.survey.grid = "EPSG:6316"
    var fewer = land
    let last = fewer.survey.activities.count - 1
    fewer.survey.activities.removeLast()
    fewer.walks.removeAll { $0.activity == last }
    let without = try fewer.boxed(8)
    let with = Dictionary(uniqueKeysWithValues: try land.boxed(8).map { ($0.id, $0) })
    for box in without {
      let more = try #require(with[box.id])
      // Noding moves a boundary by half a millimetre.
      #expect(more.coveredPercent >= box.coveredPercent - 0.02, "\(box.id)")
      #expect(more.assuredPercent >= box.assuredPercent - 0.02, "\(box.id)")
    }
  }

  @Test func `a find on a side is in both boxes, and later ones in none`() throws {
    var land = Land(grid: "EPSG:32634")
    try land.hazard("H", Rect(0, 0, 100, 100))
    let lattice = try BoxLattice.open(land.survey, box: 50, over: Box([land.place]))
    let home = try lattice.places([land.place])[0]
    let box = GridBox(column: try lattice.index(home.easting) + 1, row: try lattice.index(home.northing) + 1)
    let ring = try lattice.rings(of: [box])[0].map(\.position)
    try land.find("SIDE", at: Projected(0, 0), found: "2021-01-01")
    land.survey.finds[0].position = Geographic(
      (ring[0].longitude + ring[1].longitude) / 2, (ring[0].latitude + ring[1].latitude) / 2)
    try land.find("LATER", at: Projected(50, 50), found: "2022-01-01")
    #expect(
      try land.boxed(50, asOf: "2021-06-01").filter { !$0.finds.isEmpty }.map { $0.finds.map(\.id) } == [
        ["SIDE"], ["SIDE"],
      ])
    #expect(try land.boxed(50).count { $0.finds.map(\.id).contains("LATER") } == 1)
    #expect(try land.boxed(50, over: ["H"]).count == land.boxed(50).count)
    #expect(throws: GridRefused.self) { try land.boxed(50, over: ["NONE"]) }
  }

  @Test func `where there is no grid in metres there are no boxes, nor too many`() throws {
    for (grid, size, code) in [
      (nil, 50, "grid.none"), ("EPSG:4326", 50, "grid.unit"), ("EPSG:2263", 50, "grid.unit"),
      ("EPSG:6316", 0, "grid.box"),
      ("EPSG:6316", .nan, "grid.box"), ("EPSG:6316", .infinity, "grid.box"), ("EPSG:6316", -1, "grid.box"),
      ("EPSG:6316", 0.0004, "grid.box"), ("EPSG:6316", 1e6, "grid.box"), ("EPSG:6316", 0.001, "grid.too-many"),
      ("EPSG:6316", 0.1, "grid.too-many"),
    ] as [(String?, Double, String)] {
      var land = Land()
      land.survey.grid = grid
      try land.hazard("H", Rect(0, 0, 100, 120))
      let refused = #expect(throws: GridRefused.self) { try land.boxed(size) }
      #expect(refused?.code == code, "\(grid ?? "") \(size)")
    }
  }

  @Test func `a box that passes 180 degrees is cut there`() throws {
    var land = Land(grid: "EPSG:3832", at: Geographic(179.9995, -17))
    let piece = { (west: Double, east: Double) throws in
      try Polygon(
        Ring([(west, -17.0005), (east, -17.0005), (east, -16.9995), (west, -16.9995)].map { Geographic($0.0, $0.1) }))
    }
    try land.hazard("H", [piece(179.9995, 180), piece(-180, -179.9996)])
    let found = try land.boxed(40)
    #expect(found.contains { $0.polygons.count == 2 } && found.count < 30)
    for box in found {
      #expect(box.polygons.allSatisfy { $0.box.width < 1e6 } && box.corner.isOnEarth)
      #expect(agree(box.area, found[0].area, within: 0.1), "\(box.area) \(found[0].area)")
    }
    let drawn = try land.survey.hazards[0].polygons.flatMap { try drawnArea($0, erring: .outwards).polygons }
    #expect(agree(found.reduce(0) { $0 + $1.remaining }, drawn.squareMetres, within: 0.1))
  }
}

@Suite struct LaneRules {
  private func land() throws -> Land {
    var land = Land(grid: "EPSG:6316")
    try land.hazard("H", Rect(0, 0, 100, 60))
    return land
  }

  @Test func `lanes tile the hazard, numbered from the left`() throws {
    let land = try land()
    let north = try land.laned(.trueNorth(0), width: 10)
    #expect(north.map(\.number) == Array(1...10))
    for lane in north { #expect(agree(lane.area, 600, within: 0.5), "\(lane.number) \(lane.area)") }
    let longitudes = north.map { $0.polygons[0].box.center.first }
    #expect(longitudes == longitudes.sorted())
    // To the west the left is the south.
    let west = try land.laned(.trueNorth(270), width: 20)
    #expect(west.map { $0.polygons[0].box.center.second } == west.map { $0.polygons[0].box.center.second }.sorted())
    #expect(west.count == 3)
    for heading in [0.0, 33, 123.4, 359] {
      let lanes = try land.laned(.trueNorth(heading), width: 7)
      let together = try dissolve(lanes.flatMap(\.polygons))
      let hazard = try drawnArea(land.survey.hazards[0].polygons[0], erring: .outwards).polygons
      #expect(try difference(hazard, together).steps + difference(together, hazard).steps <= hazard.perimeter)
      #expect(agree(lanes.reduce(0) { $0 + $1.area }, 6000, within: 2))
    }
  }

  @Test func `a grid heading is a true one and the convergence`() throws {
    let land = try land()
    let grid = try lanes(land.survey, steps: StepStore(), over: "H", heading: .gridNorth(0), width: 10)
    // 0.62 degrees at Nis, three minutes east of it.
    let convergence = try #require(grid.convergence)
    #expect(abs(convergence - 0.62) < 0.01 && grid.trueHeading == convergence)
    // Along grid north the boxes' sides and the lanes' are parallel: no lane's side leaves the easting it begins at.
    let lattice = try BoxLattice.open(land.survey, box: 1, over: Box([land.place]))
    let lane = try #require(grid.lanes.dropFirst(4).first)
    let eastings = try lattice.places(lane.polygons[0].outer.corners.map(\.position)).map(\.easting)
    let width = (eastings.max() ?? 0) - (eastings.min() ?? 0)
    #expect(abs(width - 10) < 0.02, "\(width)")
  }

  @Test func `a lane shows what was searched of it`() throws {
    var land = try land()
    try land.work("A", Rect(-10, -10, 35, 100), sigma: 0)
    let lanes = try land.laned(.trueNorth(0), width: 10)
    #expect(
      lanes.prefix(2).map(\.coveredPercent) == [100, 100] && lanes.prefix(2).map(\.assuredPercent) == [100, 100])
    #expect((49.5...50).contains(lanes[2].coveredPercent) && lanes[3].coveredPercent == 0)
    #expect(throws: GridRefused.self) { try land.laned(.trueNorth(0), width: 0.001) }
    #expect(throws: GridRefused.self) { try land.laned(.trueNorth(.nan), width: 10) }
    land.survey.grid = nil
    #expect(throws: GridRefused.self) { try land.laned(.gridNorth(0), width: 10) }
    #expect(try land.laned(.trueNorth(0), width: 10).count == 10)
  }
}
