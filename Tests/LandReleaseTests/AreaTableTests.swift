import Geometry
import Projection
import Survey
import Testing

@testable import LandRelease

/// The state at the end of 2019 as Serbia published it under Article 7, on shapes and at a place that are made up.
@Suite struct AreaTableTests {
  /// Municipality, village, CHAs, their m², SHAs, their m².
  static let published: [(String, String, Int, Int, Int, Int)] = [
    ("Bujanovac", "Borovac", 2, 210_881, 1, 281_169), ("Raska", "Lisina", 1, 190_359, 0, 0),
    ("Sjenica", "Cedovo", 4, 163_924, 0, 0), ("Sjenica", "Vapa", 3, 432_912, 0, 0),
    ("Tutin", "Istocni Mojstir", 0, 0, 1, 514_682), ("Uzice", "Bioska", 0, 0, 1, 585_268),
  ]

  /// A rectangle with a chimney of 1 m on its roof, of an area as near as the lattice lets it be.
  private func corners(_ land: Land, area: Double, x: Double, y: Double) throws -> [Projected] {
    func house(_ height: Double, _ chimney: Double) -> [Projected] {
      var corners = Rect(x, y, 300, height).corners
      corners.insert(
        contentsOf: [(2.0, 0.0), (2, chimney), (1, chimney), (1, 0)].map { Projected(x + $0.0, y + height + $0.1) },
        at: 3)
      return corners
    }
    func off(_ corners: [Projected]) throws -> Double {
      try drawnArea(land.polygon(corners), erring: .outwards).polygons.reduce(-area) { $0 + $1.ellipsoidalArea }
    }
    func solved(from low: Double, to high: Double, _ corners: (Double) -> [Projected]) throws -> Double {
      var (low, high) = (low, high)
      for _ in 0..<40 {
        let middle = (low + high) / 2
        if try off(corners(middle)) < 0 { low = middle } else { high = middle }
      }
      return try abs(off(corners(low))) < abs(off(corners(high))) ? low : high
    }
    // A lattice step of the height alone is 0.3 m², one of the chimney 0.001 m².
    let height = try solved(from: 1, to: 5_000) { house($0, 2) }
    let chimney = try solved(from: 1, to: 4) { house(height, $0) }
    let missed = try off(house(height, chimney))
    try #require(abs(missed) < 0.002, "\(missed) at \(height), \(chimney)")
    return house(height, chimney)
  }

  private func state() throws -> Land {
    var land = Land()
    var count = 0
    for (municipality, village, known, knownArea, suspected, suspectedArea) in Self.published {
      let classes =
        Array(repeating: (HazardClass.confirmed, knownArea, known), count: known)
        + Array(repeating: (.suspected, suspectedArea, suspected), count: suspected)
      for (hazardClass, area, parts) in classes {
        // Equal parts, of which few are whole square metres.
        let share = Double(area) / Double(parts)
        let ring = try corners(land, area: share, x: Double(count % 4) * 400, y: Double(count / 4) * 2_500)
        try land.hazard("H\(count)", [try land.polygon(ring)], class: hazardClass)
        land.survey.hazards[count].municipality = municipality
        land.survey.hazards[count].village = village
        count += 1
      }
    }
    return land
  }

  @Test func `the published table comes out as published`() async throws {
    let divided = try await state().divided()
    let table = AreaTable(divided.ledger)
    #expect(table.rows.count == Self.published.count)
    for (row, expected) in zip(table.rows, Self.published) {
      #expect(row.municipality == expected.0 && row.village == expected.1)
      #expect(row.known == expected.2 && row.suspected == expected.4)
      #expect(row.knownArea == expected.3 && row.suspectedArea == expected.5, "\(row)")
    }
    #expect(table.total.known == 10 && table.total.suspected == 3 && table.total.areas == 13)
    #expect(table.total.knownArea == 998_076 && table.total.suspectedArea == 1_381_119)
    #expect(table.total.area == 2_379_195)
    #expect(divided.ledger.closes)
  }

  @Test func `every figure is rounded up once, from its own exact sum`() async throws {
    var land = Land()
    for (index, (village, hazardClass)) in [
      ("A", HazardClass.confirmed), ("A", .confirmed), ("A", .confirmed), ("A", .suspected), ("B", .suspected),
    ].enumerated() {
      try land.hazard("H\(index)", Rect(Double(index) * 50, 0, 10.03, 10), class: hazardClass)
      land.survey.hazards[index].village = village
    }
    let table = AreaTable(try await land.divided().ledger)
    // Of 100.3 m² each.
    #expect(table.rows.map(\.knownArea) == [301, 0] && table.rows.map(\.suspectedArea) == [101, 101])
    #expect(table.rows.map(\.area) == [402, 101])
    #expect(table.total.knownArea == 301 && table.total.suspectedArea == 201 && table.total.area == 502)
  }

  /// Square metres over a whole number: the lattice's own are none, and no more than these are dropped.
  @Test(arguments: [(0.0, 100), (0.03, 100), (0.09, 101), (0.5, 101), (-0.5, 100), (-99.5, 1), (-99.97, 1)])
  func `what is over a whole square metre counts as one`(over: Double, area: Int) async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 10, (100 + over) / 10))
    #expect(AreaTable(try await land.divided().ledger).rows.map(\.suspectedArea) == [area])
  }

  @Test func `what is released leaves the table, what is left rounds up`() async throws {
    var land = Land()
    try land.hazard("A", Rect(0, 0, 100, 100), class: .confirmed)
    try land.hazard("B", Rect(200, 0, 10, 10))
    land.survey.hazards[0].municipality = "M"
    try land.work("W", Rect(-5, -5, 110, 104.995))
    let rows = AreaTable(try await land.divided().ledger).rows
    try #require(rows.count == 2)
    #expect(rows.map(\.municipality) == [nil, "M"])
    #expect(rows[0].suspected == 1 && (100...101).contains(rows[0].suspectedArea))
    // A strip of 100 m by about 5 mm is left.
    #expect(rows[1].known == 1 && rows[1].knownArea == 1)
    try land.work("REST", Rect(-5, 50, 110, 100))
    #expect(AreaTable(try await land.divided().ledger).rows.map(\.municipality) == [nil])
  }
}
