import Geometry
import Glibc
import Testing

@testable import Geomagnetism

@Suite struct WorldMagneticModelTests {
  static let nis = Geographic(21.9033, 43.3247)

  /// Project values, computed once with another implementation of the WMM.
  @Test(arguments: [(2010.5, 3.95), (2015.5, 4.51), (2020.5, 5.14), (2025.5, 5.54), (2026.5, 5.61)])
  func `declination at Nis`(year: Double, degrees: Double) throws {
    let field = try WorldMagneticModel.load().declination(at: Self.nis, in: DecimalYear(year))
    #expect(abs(field.declination - degrees) <= 0.005)
    #expect(field.compass == .sound)
  }

  @Test(arguments: [
    (2000.0, "WMM2000"), (2004.999, "WMM2000"), (2005, "WMM2005"), (2010, "WMM2010"), (2015, "WMM2015v2"),
    (2020, "WMM2020"), (2024.999, "WMM2020"), (2025, "WMM2025"), (2030, "WMM2025"),
  ]) func `each year has its release`(year: Double, name: String) throws {
    #expect(try WorldMagneticModel.load().field(at: Self.nis, in: DecimalYear(year)).model == name)
  }

  @Test(arguments: [1999.999, 2030.001, 0, -1, .nan, .infinity])
  func `other years are refused`(year: Double) throws {
    let model = try WorldMagneticModel.load()
    let error = try #require(throws: GeomagnetismError.self) {
      _ = try model.field(at: Self.nis, in: DecimalYear(year))
    }
    #expect(error.code == "magnetic.date")
    #expect(error.message.contains("2030-01-01") && !error.advice.isEmpty)
  }

  /// Where one release ends and the next begins, Europe moves by no more than the declination's stated error.
  @Test(arguments: [2005.0, 2010, 2015, 2020, 2025]) func `releases join`(year: Double) throws {
    let model = try WorldMagneticModel.load()
    let before = try model.field(at: Self.nis, in: DecimalYear(year.nextDown)).declination
    let after = try model.field(at: Self.nis, in: DecimalYear(year)).declination
    #expect(before != after)
    #expect(abs(before - after) < 0.35, "\(before) \(after)")
  }

  @Test func `hostile positions and heights are refused`() throws {
    let model = try WorldMagneticModel.load()
    for position in [Geographic(181, 0), Geographic(0, 91), Geographic(.nan, 0), Geographic(0, .infinity)] {
      let error = #expect(throws: GeomagnetismError.self) { _ = try model.field(at: position, in: DecimalYear(2020)) }
      #expect(error?.code == "magnetic.position")
    }
    for height: Double in [-1_001, 850_001, .nan, -.infinity] {
      let error = #expect(throws: GeomagnetismError.self) {
        _ = try model.field(at: Self.nis, height: height, in: DecimalYear(2020))
      }
      #expect(error?.code == "magnetic.height")
    }
  }

  @Test func `near the magnetic poles a compass is refused, and farther out flagged`() throws {
    let model = try WorldMagneticModel.load()
    let year = DecimalYear(2020)
    // The north magnetic pole of 2020 by NOAA: 86.50 N, 164.04 E; the south one 64.07 S, 135.88 E.
    for pole in [Geographic(164.04, 86.50), Geographic(135.88, -64.07)] {
      #expect(try model.field(at: pole, in: year).vector.horizontal < 50)
      let error = #expect(throws: GeomagnetismError.self) { _ = try model.declination(at: pole, in: year) }
      #expect(error?.code == "magnetic.blackout")
    }
    #expect(try model.declination(at: Geographic(87, 82), in: year).compass == .caution)
    #expect(try model.declination(at: Geographic(21, 78), in: year).compass == .sound)
  }

  @Test func `the geographic poles are places like others`() throws {
    let model = try WorldMagneticModel.load()
    for (pole, near) in [(90.0, 89.999999), (-90, -89.999999)] {
      for longitude in [-180.0, -90, 0, 33, 180] {
        let at = try model.field(at: Geographic(longitude, pole), in: DecimalYear(2025))
        let by = try model.field(at: Geographic(longitude, near), in: DecimalYear(2025))
        #expect(abs(at.vector.north - by.vector.north) < 0.01 && abs(at.vector.east - by.vector.east) < 0.01)
      }
    }
    let (west, east) = (Geographic(-180, 10), Geographic(180, 10))
    let difference =
      try model.field(at: west, in: DecimalYear(2025)).declination
      - model.field(at: east, in: DecimalYear(2025)).declination
    #expect(abs(difference) < 1e-9)
  }

  @Test func `the yearly change is the slope of the field`() throws {
    let model = try WorldMagneticModel.load()
    let (a, b) = (
      try model.field(at: Self.nis, in: DecimalYear(2026.999)), try model.field(at: Self.nis, in: DecimalYear(2027.001))
    )
    let middle = try model.field(at: Self.nis, in: DecimalYear(2027))
    #expect(abs((b.declination - a.declination) / 0.002 - middle.declinationChange) < 1e-6)
    #expect(abs((b.inclination - a.inclination) / 0.002 - middle.inclinationChange) < 1e-6)
  }

  @Test func `the stated error of the declination`() throws {
    let model = try WorldMagneticModel.load()
    let field = try model.field(at: Self.nis, in: DecimalYear(2026.5))
    let h = field.vector.horizontal
    #expect(field.declinationUncertainty == (0.26 * 0.26 + (5417 / h) * (5417 / h)).squareRoot())
    #expect(abs((field.declinationUncertainty ?? 0) - 0.35) < 0.01)
    #expect(try model.field(at: Self.nis, in: DecimalYear(2009)).declinationUncertainty == nil)
  }

  /// No magnetic charges: through the whole ellipsoid as much of the field goes in as comes out.
  @Test func `ten thousand places add up to nothing`() throws {
    let model = try WorldMagneticModel.load()
    let e2 = 0.0066943799901413165
    var (flux, area) = (0.0, 0.0)
    for i in 0..<100 {
      let latitude = -89.1 + 1.8 * Double(i)
      let sine = sin(latitude * .pi / 180)
      // The ellipsoid's element of area, up to a factor.
      let weight = cos(latitude * .pi / 180) / ((1 - e2 * sine * sine) * (1 - e2 * sine * sine))
      for j in 0..<100 {
        let field = try model.field(at: Geographic(-180 + 3.6 * Double(j), latitude), in: DecimalYear(2027.3))
        #expect((20_000...70_000).contains(field.vector.total))
        (flux, area) = (flux + field.vector.down * weight, area + weight)
      }
    }
    #expect(abs(flux / area) < 1, "\(flux / area) nT")
  }
}

@Suite struct DecimalYearTests {
  /// Date, days gone by, days of the year.
  static let days: [(date: [Int], gone: Int, length: Int)] = [
    ([2026, 1, 1], 0, 365), ([2025, 7, 2], 182, 365), ([2024, 12, 31], 365, 366), ([2000, 3, 1], 60, 366),
    ([1900, 3, 1], 59, 365),
  ]

  @Test func `the part of the year's days`() {
    for (date, gone, length) in Self.days {
      let year = DecimalYear(year: date[0], month: date[1], day: date[2])
      #expect(year?.value == Double(date[0]) + Double(gone) / Double(length), "\(date)")
    }
  }

  @Test(arguments: [
    (2025, 2, 29), (2025, 0, 1), (2025, 13, 1), (2025, 4, 31), (2025, 4, 0), (.max, 1, 1), (.min, 1, 1),
  ])
  func `no such day`(year: Int, month: Int, day: Int) {
    #expect(DecimalYear(year: year, month: month, day: day) == nil)
  }
}
