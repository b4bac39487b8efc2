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

  /// A rectangle of an area, or less by what one lattice step of its height takes, by bisection.
  private func corners(_ land: Land, area: Double, x: Double, y: Double) throws -> [Projected] {
    var (low, high) = (1.0, 5_000.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let rings = try drawnArea(land.polygon(Rect(x, y, 300, middle).corners), erring: .outwards).polygons
      if rings.reduce(0, { $0 + $1.ellipsoidalArea }) < area { low = middle } else { high = middle }
    }
    return Rect(x, y, 300, low).corners
  }

  private func state() throws -> Land {
    var land = Land()
    var count = 0
    for (municipality, village, known, knownArea, suspected, suspectedArea) in Self.published {
      let classes =
        Array(repeating: (HazardClass.confirmed, knownArea, known), count: known)
        + Array(repeating: (.suspected, suspectedArea, suspected), count: suspected)
      for (index, (hazardClass, area, parts)) in classes.enumerated() {
        // Whole square metres that add up: the last part of each class takes what is left over.
        let isLast = index == known - 1 || index == classes.count - 1
        let share = isLast ? area - area / parts * (parts - 1) : area / parts
        let ring = try corners(land, area: Double(share), x: Double(count % 4) * 400, y: Double(count / 4) * 2_500)
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
