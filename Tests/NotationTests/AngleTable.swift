import Notation
import Testing

@Suite struct AngleTable {
  private static let read: [(String, Axis?, Axis?, Double)] = [
    ("43.3247N", nil, .latitude, 43.3247), ("43.3247", .latitude, .latitude, 43.3247),
    ("43,3247", nil, nil, 43.3247), ("-21.9033", .longitude, .longitude, -21.9033),
    ("21.9033 E", nil, .longitude, 21.9033),
    ("21.5 W", .longitude, .longitude, -21.5), ("43°30'", .latitude, .latitude, 43.5), ("43 30", nil, nil, 43.5),
    ("43:30:36", nil, nil, 43.51), ("−43:30:36", .latitude, .latitude, -43.51),
    ("43.25", .latitude, .latitude, 43.25), ("121.5", nil, nil, 121.5), ("43.325 С", nil, .latitude, 43.325),
    // Whichever Cyrillic language it is, З is west.
    ("21.905 З", nil, .longitude, -21.905), ("lat 43.5", .latitude, .latitude, 43.5),
  ]

  @Test(arguments: read) func `is the angle`(text: String, said: Axis?, axis: Axis?, degrees: Double) throws {
    let angle = try parseAngle(text, as: said)
    #expect(angle.axis == axis)
    #expect(abs(angle.degrees - degrees) < 1e-13)
  }

  private static let refused: [(String, Axis?, NotationError.Code)] = [
    // English south and Serbian north.
    ("43.3247S", nil, .ambiguous), ("43.3247 S", .latitude, .ambiguous),
    ("18.24S", nil, .ambiguous), ("43.19 N", nil, .ambiguous), ("21.903 O", nil, .ambiguous),
    ("50d4m17s", nil, .ambiguous), ("-43.3 N", nil, .ambiguous), ("4319.482", .latitude, .ambiguous),
    ("43.19.48", .latitude, .ambiguous),
    ("91", .latitude, .range), ("180.1", .longitude, .range), ("181", nil, .range), ("43 60", nil, .range),
    ("lon 21.5", .latitude, .range),
    ("21.5 E", .latitude, .syntax), ("43.5 21.5", nil, .syntax), ("", nil, .syntax), ("N", nil, .syntax),
    ("1e3", nil, .syntax), ("43,3,2", nil, .syntax),
  ]

  @Test(arguments: refused) func `is refused`(text: String, said: Axis?, code: NotationError.Code) throws {
    let error = #expect(throws: NotationError.self) { try parseAngle(text, as: said) }
    #expect(error?.code == code)
  }

  @Test func `a language settles the letter`() throws {
    #expect(try parseAngle("43.3247S", language: .english).degrees == -43.3247)
    #expect(try parseAngle("43.3247S", language: .serbianLatin).degrees == 43.3247)
    #expect(throws: NotationError.self) { try parseAngle("18.24S", language: .english) }
    #expect(try parseAngle("4319.482", packed: true).degrees == (43 * 60 + 19.482) / 60)
  }
}
