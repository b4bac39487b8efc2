import Geometry
import Presets
import Testing

@testable import Positions

private let hazards = Box([Geographic(21.902, 43.324), Geographic(21.905, 43.326)])

@Suite struct GateTests {
  @Test func `the nearest to the hazards comes first, with how far the others are`() throws {
    let found = gateCandidates(nis.easting, nis.northing, near: hazards)
    let first = try #require(found.first)
    #expect(first.crs == "EPSG:6316" && first.distance == 0 && !first.isSwapped && first.prefix == nil)
    #expect(first.text == "EPSG:6316 (MGI 1901 / Balkans zone 7): on the hazards")
    // 667 m, less what the hazard reaches towards it.
    let kosovo = try #require(found.first { $0.crs == "EPSG:9141" })
    #expect(try abs(#require(kosovo.distance) - 518) < 5, "\(kosovo)")
    #expect(kosovo.text.hasSuffix("m SE of the hazards"), "\(kosovo.text)")
    for (a, b) in zip(found, found.dropFirst()) { #expect(try #require(a.distance) <= #require(b.distance)) }
  }

  @Test func `a stripped prefix and swapped axes are among them`() throws {
    let stripped = try #require(gateCandidates(573_696.217, 4_798_205.043, near: hazards).first)
    #expect(stripped.crs == "EPSG:6316" && stripped.prefix == 7 && stripped.distance == 0)
    let both = try #require(gateCandidates(4_798_205.043, 573_696.217, near: hazards).first)
    #expect(both.prefix == 7 && both.isSwapped)
    #expect(both.label == "EPSG:6316 (MGI 1901 / Balkans zone 7, northing first, its leading 7 left out)")
    let turned = try #require(gateCandidates(43.3247, 21.9033, near: hazards).first)
    #expect(turned.crs == "EPSG:4326" && turned.isSwapped && turned.distance == 0)
  }

  @Test(arguments: [(0.0, 0.0), (.nan, 1), (.infinity, -.infinity), (1e300, 1e300), (-1e12, 5), (200, 200)])
  func `numbers of no CRS give nothing, and cost nothing`(_ first: Double, _ second: Double) {
    let found = gateCandidates(first, second, near: hazards)
    #expect(found.allSatisfy { $0.position.isOnEarth })
    #expect(found.count <= 8)
  }

  @Test(arguments: [
    (0.0, 1.0, "N"), (1, 1, "NE"), (1, 0, "E"), (1, -1, "SE"), (0, -1, "S"), (-1, -1, "SW"), (-1, 0, "W"),
    (-1, 1, "NW"),
  ])
  func `one of eight winds`(_ east: Double, _ north: Double, _ wind: String) {
    #expect(compass(from: Geographic(21, 0), to: Geographic(21 + east / 100, north / 100)) == wind)
    // Over the antimeridian, the shorter way.
    #expect(
      compass(from: Geographic(179.999, 0), to: Geographic(-180 + east / 100, north / 100)).hasSuffix(
        east >= 0 ? (north == 0 || east > 0 ? "E" : "") : "W"))
  }

  @Test func `a distance from a box is nothing inside of it`() {
    #expect(metres(from: hazards, to: Geographic(21.903, 43.325)) == 0)
    #expect(abs(metres(from: hazards, to: Geographic(21.903, 43.336)) - 1111) < 2)
    let box = Box([Geographic(179.99, 0), Geographic(179.995, 0.001)])
    #expect(metres(from: box, to: Geographic(-179.995, 0)) < 1200)
  }

  @Test func `exchanged degrees are of a country that is known`() throws {
    let turned = Geographic(nisPosition.latitude, nisPosition.longitude)
    #expect(countryIfSwapped([turned], named: nil)?.name == "Serbia")
    #expect(countryIfSwapped([nisPosition], named: nil) == nil)
    #expect(countryIfSwapped([turned, nisPosition], named: nil) == nil)
    #expect(countryIfSwapped([Geographic(-100, 40)], named: nil) == nil)
    #expect(countryIfSwapped([], named: nil) == nil)
    let croatia = try Presets.named("croatia")
    #expect(countryIfSwapped([turned], named: croatia) == nil)
  }
}
