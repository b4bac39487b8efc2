import Formats
import Geometry
import Survey
import Testing

/// A fix that is written at once says what the object of its properties says, byte for byte.
@Test(arguments: ["a.gpx", "Ж/b \"c\".nmea", "\\d\u{1}"])
func `a fix is written as its properties are`(source: String) throws {
  var random = Seeded(5)
  var quick = GeoJSONWriter([UInt8]())
  var plain = GeoJSONWriter([UInt8]())
  for number in 0..<2000 {
    let listing = FixListing(source: source, track: number % 3, segment: number)
    let position = Geographic(.random(in: -180...180, using: &random), .random(in: -90...90, using: &random))
    var fix = Fix(position, line: Int(truncatingIfNeeded: random.next()))
    if number % 5 != 0 {
      let milliseconds = Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 12..<50, using: &random)
      fix.time = Timestamp(milliseconds: milliseconds / (number % 2 == 0 ? 1 : 1000) * (number % 2 == 0 ? 1 : 1000))
      fix.satellites = number
    }
    fix.quality = try #require(FixQuality.allCases.randomElement(using: &random))
    fix.sigma = number % 4 == 0 ? nil : [0.02, 3, .nan, .infinity, -0.0][number % 5]
    fix.elevation = number % 7 == 0 ? nil : Double.random(in: -500...9000, using: &random)
    fix.hdop = number % 3 == 0 ? nil : Double(number) / 10
    let marked = MarkedFix(
      fix: fix, mark: try #require(FixMark.allCases.randomElement(using: &random)),
      step: try #require(StepMark.allCases.randomElement(using: &random)))
    try quick.feature(marked, listing)
    try plain.feature(.points([position]), listing.properties(marked))
  }
  let count = quick.count
  #expect(count == 2000)
  let (found, wanted) = (try quick.finish(), try plain.finish())
  #expect(found == wanted)
}
