import Geometry
import Testing

@testable import Geomagnetism

/// Every number of NOAA's tables, to the digit that is printed there.
@Suite struct OfficialValuesTests {
  struct Table: Sendable, CustomTestStringConvertible {
    let name, text, model: String
    let rows: Int
    /// What one degree of a yearly change is in the table's unit.
    var perDegree = 1.0
    /// By how much the table itself is off in nT, and in degrees a year.
    var noise = 0.0, changeNoise = 0.0
    var testDescription: String { name }
  }

  static let tables = [
    Table(name: "2010", text: OfficialValues.wmm2010, model: "WMM2010", rows: 12, perDegree: 60),
    Table(name: "2015v2", text: OfficialValues.wmm2015v2, model: "WMM2015v2", rows: 12),
    // Three changes of an angle lie beside the limit between two hundredths: -0.0944 is printed as -0.10.
    Table(name: "2020, report", text: OfficialValues.wmm2020, model: "WMM2020", rows: 12, changeNoise: 6e-4),
    Table(name: "2020, software", text: OfficialValues.wmm2020s, model: "WMM2020", rows: 100),
    // Six decimals are printed, of which three are good: in X, and what comes of it, the table is up to 7.2e-4 nT off
    // the same sum in 40 digits (mpmath), which this program meets in every digit. NOAA's report itself gives 0.1 nT.
    Table(name: "2025", text: OfficialValues.wmm2025, model: "WMM2025", rows: 100, noise: 7.5e-4, changeNoise: 1e-6),
  ]

  /// A number and half a unit of its last digit.
  private func printed(_ text: Substring) throws -> (value: Double, half: Double) {
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    var half = 0.5
    for _ in 0..<decimals { half /= 10 }
    return (try #require(Double(text)), half)
  }

  @Test(arguments: tables) func `agrees with the printed digits`(table: Table) throws {
    let model = try WorldMagneticModel.load()
    let rows = table.text.split(separator: "\n")
    #expect(rows.count == table.rows)
    for row in rows {
      let fields = row.split(separator: " ")
      try #require(fields.count == 18, "\(row)")
      let place = try fields.prefix(4).map { try #require(Double($0)) }
      // NOAA counts a longitude of 240 on; the product wants it inside -180...180.
      let position = Geographic(place[3] > 180 ? place[3] - 360 : place[3], place[2])
      let field = try model.field(at: position, height: place[1] * 1000, in: DecimalYear(place[0]))
      #expect(field.model == table.model)
      let (vector, change) = (field.vector, field.change)
      let computed = [
        field.declination, field.inclination, vector.horizontal, vector.north, vector.east, vector.down, vector.total,
        field.declinationChange * table.perDegree, field.inclinationChange * table.perDegree, field.horizontalChange,
        change.north, change.east, change.down, field.totalChange,
      ]
      for (index, (text, value)) in zip(fields.dropFirst(4), computed).enumerated() {
        let (official, half) = try printed(text)
        let noise = index == 7 || index == 8 ? table.changeNoise : table.noise
        #expect(abs(value - official) <= max(half * (1 + 1e-6), half + noise), "column \(index) of \(row): \(value)")
      }
    }
  }

  @Test func `WMM2005 agrees with the declinations of 2006 to the minute`() throws {
    let model = try WorldMagneticModel.load()
    #expect(OfficialValues.wmm2005.count == 30)
    for row in OfficialValues.wmm2005 {
      let longitude = row.longitude > 180 ? row.longitude - 360 : row.longitude
      let field = try model.field(at: Geographic(longitude, row.latitude), in: DecimalYear(2006))
      #expect(field.model == "WMM2005")
      #expect(abs(field.declination * 60 - row.minutes) <= 0.5, "\(row): \(field.declination * 60)")
    }
  }

  /// WMM2025 at 2029.5, 77 km over 18 S 138 E and 33 km over 17 N 5 E, by numerical differentiation of the potential in
  /// 40 digits (mpmath 1.3).
  @Test(arguments: [
    (138.0, -18.0, 77_000.0, [31751.497273598, 2472.2579619677, -34817.395113924]),
    (5, 17, 33_000, [34021.975906327, 531.44641806001, 8341.1377689209]),
  ]) func `agrees with forty digits`(longitude: Double, latitude: Double, height: Double, sum: [Double]) throws {
    let vector = try WorldMagneticModel.load().field(
      at: Geographic(longitude, latitude), height: height, in: DecimalYear(2029.5)
    ).vector
    for (value, truth) in zip([vector.north, vector.east, vector.down], sum) { #expect(abs(value - truth) < 1e-8) }
  }

  /// Declinations of IGRF-14 by ppigrf 2.1.0: another model, computed years later from what was measured by then. No
  /// official values of WMM2000 were found. A prediction follows the definitive model closely in its first year and
  /// to some tenths of a degree in its last, if its coefficients are in place.
  static let definitive: [(longitude: Double, latitude: Double, in2000: Double, in2004: Double)] = [
    (21.9033, 43.3247, 3.068, 3.431), (47.5, 40.1, 4.979, 5.245), (71.4, 42.9, 5.263, 5.296),
    (-74, 4.6, -4.969, -5.574),
    (105.8, 21, -0.860, -1.062), (18.4, -8.8, -4.462, -3.894), (-0.1, 51.5, -3.158, -2.437), (-120, 60, 24.824, 22.843),
    (150, -35, 12.566, 12.591), (-70, -50, 12.367, 11.960),
  ]

  @Test func `WMM2000 follows IGRF-14`() throws {
    let model = try WorldMagneticModel.load()
    for (longitude, latitude, in2000, in2004) in Self.definitive {
      for (year, degrees, limit) in [(2000.0, in2000, 0.2), (2004.997, in2004, 0.6)] {
        let field = try model.field(at: Geographic(longitude, latitude), in: DecimalYear(year))
        #expect(field.model == "WMM2000")
        #expect(abs(field.declination - degrees) < limit, "\(latitude), \(year): \(field.declination) \(degrees)")
      }
    }
  }
}
