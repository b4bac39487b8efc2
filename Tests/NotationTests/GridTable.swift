import Geometry
import Notation
import Testing

@Suite struct GridTable {
  @Test(arguments: [
    "34N 573237.798 4797269.339", "34T 573237.798 4797269.339", "34 N 573237.798 4797269.339",
    "34t 573237.798, 4797269.339", "34north 573237.798 4797269.339", "UTM 34N 573237,798 4797269,339",
    "zone 34N 573237.798 4797269.339", "573237.798 4797269.339 34N", "573237.798 mE 4797269.339 mN 34T",
    "34T 4797269.339N 573237.798E", "34T 573237.798E, 4797269.339N",
    "34С 573237.798 4797269.339", "34 sever 573237.798 4797269.339", "34N 573237.798m 4797269.339m",
  ])
  func `is UTM`(text: String) throws {
    let utm = try UTM(zone: 34, isNorthern: true, easting: 573237.798, northing: 4797269.339)
    #expect(try parsePosition(text) == .utm(utm))
  }

  @Test func `a language settles the letter of a zone where no band contradicts it`() throws {
    let south = try UTM(zone: 34, isNorthern: false, easting: 573238, northing: 4_797_269)
    let north = try UTM(zone: 34, isNorthern: true, easting: 573238, northing: 4_797_269)
    #expect(try parsePosition("34S 573238 4797269", language: .english) == .utm(south))
    #expect(try parsePosition("34S 573238 4797269", language: .serbianLatin) == .utm(north))
    #expect(refusal("34S 573238 3797269", language: .english)?.code == .ambiguous)
    #expect(try parsePosition("34 south 573238 4797269") == .utm(south))
    #expect(try parsePosition("34J 573238 4797269", language: .serbianLatin) == .utm(south))
    #expect(refusal("34J 573238 4797269")?.code == .range)
  }

  @Test(arguments: ["Z 2173855 2085981", "north 2173855 2085981", "UPS N 2173855 2085981", "2173855 2085981 n"])
  func `is UPS`(text: String) throws {
    #expect(try parsePosition(text) == .ups(UPS(isNorthern: true, easting: 2_173_855, northing: 2_085_981)))
  }

  @Test(
    arguments: [
      ("7573696.217 4798205.043", 7573696.217, 4798205.043), ("7573696,217 4798205,043", 7573696.217, 4798205.043),
      ("7573696.217, 4798205.043", 7573696.217, 4798205.043), ("573238;4797269", 573238, 4_797_269),
      ("573238,4797269", 573238, 4_797_269), ("4798205 7573696", 4_798_205, 7_573_696), ("-1234.5 99.5", -1234.5, 99.5),
    ] as [(String, Double, Double)])
  func `is a pair of an unnamed grid`(text: String, first: Double, second: Double) throws {
    #expect(try parsePosition(text) == .gridPair(first, second))
  }

  @Test func `a Gauss-Krueger easting begins with its zone`() {
    #expect(gaussKruegerZone(easting: 7_573_696.217) == 7)
    #expect(gaussKruegerZone(easting: 6_573_696) == 6)
    #expect(gaussKruegerZone(easting: 8_400_000) == 8)
    #expect(gaussKruegerZone(easting: 32_500_000) == 32)
    for easting in [573_696, 4_950_000, 7_050_000, 0, -7_500_000, 70_500_000, Double.nan, .infinity] {
      #expect(gaussKruegerZone(easting: easting) == nil)
    }
  }

  @Test func `two numbers have several readings`() {
    let grid = Projected(7_573_696, 4_798_205)
    #expect(
      readings(of: grid.easting, grid.northing) == [
        .gaussKrueger(zone: 7, grid, .eastingNorthing),
        .gaussKrueger(zone: 4, Projected(grid.northing, grid.easting), .northingEasting),
      ])
    let unprefixed = Projected(573_238, 4_897_269)
    #expect(
      readings(of: unprefixed.northing, unprefixed.easting) == [
        .gaussKrueger(zone: 4, Projected(4_897_269, 573_238), .eastingNorthing),
        .unprefixed(unprefixed, .northingEasting),
      ])
    #expect(
      readings(of: 43.3, 21.9) == [
        .latitudeLongitude(Geographic(21.9, 43.3)), .longitudeLatitude(Geographic(43.3, 21.9)),
      ])
    #expect(readings(of: 121.9, 43.3) == [.longitudeLatitude(Geographic(121.9, 43.3))])
    #expect(readings(of: .nan, 43.3).isEmpty)
    #expect(readings(of: .infinity, 4_798_205).isEmpty)
  }

  @Test func `a reference is a square`() throws {
    let square = try MGRSReference("34TEN7323797269")
    #expect(try parsePosition("34T EN 73237 97269") == .mgrs(square))
    #expect(try parsePosition("34ten 73237 97269") == .mgrs(square))
    #expect(square.size == 1)
    #expect(square.corner == .utm(try UTM(zone: 34, isNorthern: true, easting: 573_237, northing: 4_797_269)))
    #expect(square.centre == .utm(try UTM(zone: 34, isNorthern: true, easting: 573_237.5, northing: 4_797_269.5)))
    #expect(square.spacedText == "34T EN 73237 97269")
    #expect(try MGRSReference("34 ten").size == 100_000)
    #expect(try MGRSReference("4QFJ12").text == "04QFJ12")
    let pole = try MGRSReference(ups: UPS(isNorthern: true, easting: 2_000_000, northing: 2_000_000), digits: 2)
    #expect(pole.text == "ZAH0000" && pole.zone == 0)
  }

  @Test(arguments: [-1, 12, Int.max, Int.min]) func `digits have limits`(digits: Int) throws {
    let utm = try UTM(zone: 34, isNorthern: true, easting: 573_238, northing: 4_797_269)
    #expect(throws: NotationError.self) { try MGRSReference(utm: utm, latitude: 43.3, digits: digits) }
  }

  @Test(arguments: [Double.nan, .infinity, -91, 91, 50, -43]) func `a latitude must fit`(latitude: Double) throws {
    let utm = try UTM(zone: 34, isNorthern: true, easting: 573_238, northing: 4_797_269)
    #expect(throws: NotationError.self) { try MGRSReference(utm: utm, latitude: latitude, digits: 5) }
  }
}
