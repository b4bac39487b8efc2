import Geometry
import Notation
import Testing

/// What is written reads back, to the last digit written.
@Suite struct RoundTrips {
  private static let precisions =
    (0...12).map { AnglePrecision(.degrees, decimals: $0) } + (0...10).map { AnglePrecision(.minutes, decimals: $0) }
    + (0...9).map { AnglePrecision(.seconds, decimals: $0) }

  @Test(arguments: Language.allCases) func `degrees in every form`(language: Language) throws {
    var places = RandomPlaces(seed: 11)
    let declared = [.german, .french].contains(language) ? language : nil
    for precision in Self.precisions {
      for _ in 0..<60 {
        let place = places.next().place
        let text = place.formatted(as: precision, language: language)
        guard
          case .geographic(let read, let written) = try parsePosition(
            text, language: declared, allowingNullIsland: true)
        else {
          Issue.record("\(text) is no position")
          continue
        }
        let tolerance = precision.step * 0.5000001 + 1e-13
        #expect(abs(read.latitude - place.latitude) <= tolerance, "\(text)")
        #expect(abs(read.longitude - place.longitude) <= tolerance, "\(text)")
        #expect(written == precision)
        // What was read is written the same: rounding happens once.
        #expect(read.formatted(as: precision, language: language) == text)
      }
    }
  }

  @Test func `carries, and never writes 60`() {
    let almost = 43 + 59.0 / 60 + 59.99996 / 3600
    #expect(formatAngle(almost, axis: .latitude, as: AnglePrecision(.seconds, decimals: 4)) == "44°00′00.0000″ N")
    #expect(formatAngle(almost, axis: .latitude, as: AnglePrecision(.seconds, decimals: 5)) == "43°59′59.99996″ N")
    #expect(formatAngle(almost, axis: .latitude, as: AnglePrecision(.minutes, decimals: 3)) == "44°00.000′ N")
    #expect(formatAngle(-21.99999, axis: .longitude, as: AnglePrecision(.degrees, decimals: 3)) == "22.000° W")
    #expect(formatAngle(-0.00001, axis: .longitude, as: AnglePrecision(.degrees, decimals: 3)) == "0.000° E")
    #expect(formatAngle(-0.5, axis: .latitude, as: AnglePrecision(.degrees, decimals: 0)) == "1° S")
    #expect(formatAngle(9.0 + 5.0 / 60, axis: .longitude, as: AnglePrecision(.seconds, decimals: 0)) == "9°05′00″ E")
  }

  @Test func `writes the letters of each language`() {
    let place = Geographic(-21.9033, -43.3247)
    let precision = AnglePrecision(.degrees, decimals: 4)
    let texts = Language.allCases.map { place.formatted(as: precision, language: $0) }
    #expect(
      texts == [
        "43.3247° S, 21.9033° W", "43.3247° J, 21.9033° Z", "43.3247° Ј, 21.9033° З", "43.3247° Ю, 21.9033° З",
        "43.3247° S, 21.9033° W", "43.3247° S, 21.9033° O",
      ])
  }

  @Test func `what is no angle is written and does not read back`() {
    for value in [Double.nan, .infinity, 1e300, -1e19] {
      let text = Geographic(value, value).formatted(as: AnglePrecision(.seconds, decimals: 20))
      #expect(refusal(text) != nil)
    }
  }

  @Test(arguments: 0...6) func `UTM and UPS`(decimals: Int) throws {
    var random = SplitMix(state: UInt64(decimals))
    for _ in 0..<300 {
      let isNorthern = Bool.random(using: &random)
      let utm = try UTM(
        zone: .random(in: 1...60, using: &random), isNorthern: isNorthern,
        easting: .random(in: 100_000...900_000, using: &random),
        northing: .random(in: 1000...9_999_000, using: &random))
      guard case .utm(let read) = try parsePosition(utm.formatted(decimals: decimals)) else {
        Issue.record("\(utm)")
        continue
      }
      #expect(read.zone == utm.zone && read.isNorthern == utm.isNorthern)
      #expect(read.formatted(decimals: decimals) == utm.formatted(decimals: decimals))
      let ups = try UPS(
        isNorthern: isNorthern, easting: .random(in: 1_300_000...2_699_000, using: &random),
        northing: .random(in: 1_300_000...2_699_000, using: &random))
      guard case .ups(let pole) = try parsePosition(ups.formatted(decimals: decimals)) else {
        Issue.record("\(ups)")
        continue
      }
      #expect(pole.isNorthern == ups.isNorthern)
      #expect(pole.formatted(decimals: decimals) == ups.formatted(decimals: decimals))
    }
  }
}
