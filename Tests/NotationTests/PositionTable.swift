import Geometry
import Notation
import Testing

/// Ways to type one place near Niš, and a few others. Written by hand; the numbers are worked out from the text alone.
@Suite struct PositionTable {
  private static let fourDecimals = [
    "43.3247N 21.9033E", "43.3247 N 21.9033 E", "N43.3247 E21.9033", "N 43.3247, E 21.9033", "43.3247n 21.9033e",
    "43.3247°N, 21.9033°E", "43.3247º N 21.9033º E", "43.3247˚N / 21.9033˚E", "43.3247 deg N; 21.9033 deg E",
    "E 21.9033 N 43.3247", "21.9033E43.3247N", "43,3247N 21,9033E", "43,3247° N, 21,9033° E", "43,3247N;21,9033E",
    "lat 43.3247 lon 21.9033", "lat=43.3247, lon=21.9033", "Longitude: 21.9033; Latitude: 43.3247",
    "(43.3247 N, 21.9033 E)", "  43.3247\u{A0}N\u{2009}21.9033\u{202F}E ", "43.3247 north 21.9033 east",
    "+43.3247 N +21.9033 E", "43.3247 S 21.9033 I", "43.3247 sever, 21.9033 istok", "43.3247° с.г.ш. 21.9033° и.г.д.",
    "43,3247 С 21,9033 И", "С 43,3247 И 21,9033", "43.3247 север 21.9033 исток", "43.3247 С, 21.9033 В",
    "43.3247° с.ш., 21.9033° в.д.", "43,3247° с. ш., 21,9033° в. д.", "с. 43.3247, в. 21.9033", "43.3247 C 21.9033 В",
    "43.3247 С 21.9033 B",
    "43.3247 C 21.9033 И", "širina 43.3247 dužina 21.9033", "широта 43.3247, долгота 21.9033",
    "43.3247 nord 21.9033 ost", "\u{202A}43.3247N\u{202C} 21.9033E\u{200E}", "N. 43.3247 E. 21.9033",
  ]

  @Test(arguments: fourDecimals) func `is the place near Nis`(text: String) throws {
    let expected = WrittenPosition.geographic(Geographic(21.9033, 43.3247), AnglePrecision(.degrees, decimals: 4))
    #expect(try parsePosition(text) == expected)
  }

  /// 43 degrees 19 minutes 28.9 seconds north, 21 degrees 54 minutes 11.9 seconds east.
  private static let seconds = [
    "43°19'28.9\"N 21°54'11.9\"E", "43°19′28.9″N 21°54′11.9″E", "43°19’28.9”N, 21°54’11.9”E",
    "43°19´28.9´´ N 21°54´11.9´´ E", "43° 19' 28.9'' N, 21° 54' 11.9'' E", "N 43° 19' 28,9\" E 21° 54' 11,9\"",
    "43 19 28.9 N 21 54 11.9 E", "43:19:28.9N 21:54:11.9E", "43-19-28.9N 21-54-11.9E",
    "43°-19'-28.9\"N 21°-54'-11.9\"E",
    "43d19m28.9s N 21d54m11.9s E", "43d19'28.9\"N 21d54'11.9\"E", "43deg 19min 28.9sec N 21deg 54min 11.9sec E",
    "43 d 19 m 28.9 s n 21 d 54 m 11.9 s e", "43o19'28.9\"N 21o54'11.9\"E", "43D19M28.9SN 21D54M11.9SE",
    "43.19.28.9N 21.54.11.9E", "43.19.28,9N 21.54.11,9E", "43°19'28.9 N 21°54'11.9 E", "43°19'28,9\"С 21°54'11,9\"И",
    "43°19′28.9″ S, 21°54′11.9″ I", "43 град 19 мин 28.9 сек С 21 град 54 мин 11.9 сек В",
  ]

  @Test(arguments: seconds) func `is the place in seconds`(text: String) throws {
    let expected = WrittenPosition.geographic(
      Geographic((21 * 3600 + 54 * 60 + 11.9) / 3600, (43 * 3600 + 19 * 60 + 28.9) / 3600),
      AnglePrecision(.seconds, decimals: 1))
    #expect(try parsePosition(text) == expected)
  }

  /// 43 degrees 19.482 minutes north, 21 degrees 54.198 minutes east.
  private static let minutes = [
    "43°19.482'N 21°54.198'E", "43 19.482 N 21 54.198 E", "N43 19.482 E21 54.198", "N 43° 19,482', E 21° 54,198'",
    "43:19.482N, 21:54.198E", "43-19.482 N 21-54.198 E", "43d19.482mN 21d54.198mE", "43°19.482N 21°54.198E",
    "43.19.482N 21.54.198E", "43 19,482 С 21 54,198 В",
  ]

  @Test(arguments: minutes) func `is the place in minutes`(text: String) throws {
    let expected = WrittenPosition.geographic(
      Geographic((21 * 60 + 54.198) / 60, (43 * 60 + 19.482) / 60), AnglePrecision(.minutes, decimals: 3))
    #expect(try parsePosition(text) == expected)
  }

  /// Signs, hemispheres and languages.
  private static let hemispheres: [(String, Double, Double)] = [
    ("43.5 S 21.5 W", -43.5, -21.5), ("43.5 J 21.5 Z", -43.5, -21.5), ("43.5 Ј 21.5 З", -43.5, -21.5),
    ("43.5 Ю 21.5 З", -43.5, -21.5), ("43.5 С 21.5 З", 43.5, -21.5), ("43.5 S 21.5 Z", 43.5, -21.5),
    ("43.5 S 21.5 E", -43.5, 21.5), ("43.5 N 21.5 W", 43.5, -21.5), ("43.5 nord 21.5 ouest", 43.5, -21.5),
    ("lat -43.5 lon −21.5", -43.5, -21.5), ("lat –43.5, lon —21.5", -43.5, -21.5),
    ("50d4m17S 14d24m2E", -(50 + 257.0 / 3600), 14 + 1442.0 / 3600),
    // Both readings of the points are the same place, or the second is none.
    ("10.00S 10.00E", -10, 10), ("43.32 S 21.90 E", -43.32, 21.9), ("18.75N 22.45E", 18.75, 22.45),
    ("18.24° N 22.45° E", 18.24, 22.45), ("18.2 N 22.4 E", 18.2, 22.4), ("0N 21.5E", 0, 21.5),
    ("90N 0E", 90, 0), ("43N, 180W", 43, -180), ("43N,21E", 43, 21),
  ]

  @Test(arguments: hemispheres) func `letters decide`(text: String, latitude: Double, longitude: Double) throws {
    guard case .geographic(let place, _) = try parsePosition(text) else {
      Issue.record("not geographic")
      return
    }
    #expect(place.latitude == latitude || abs(place.latitude - latitude) < 1e-14)
    #expect(place.longitude == longitude || abs(place.longitude - longitude) < 1e-14)
  }

  @Test func `a declared language decides`() throws {
    let east = WrittenPosition.geographic(Geographic(21.5, 43.5), AnglePrecision(.degrees, decimals: 1))
    let west = WrittenPosition.geographic(Geographic(-21.5, 43.5), AnglePrecision(.degrees, decimals: 1))
    #expect(try parsePosition("43.5 N 21.5 O", language: .german) == east)
    #expect(try parsePosition("43.5 N 21.5 O", language: .french) == west)
    #expect(refusal("43.5 S 21.5 E", language: .serbianLatin)?.code == .syntax)
  }

  private static let pairs: [(String, Double, Double)] = [
    ("43.3247 21.9033", 43.3247, 21.9033), ("43,3247 21,9033", 43.3247, 21.9033),
    ("43,3247; 21,9033", 43.3247, 21.9033), ("43,3247, 21,9033", 43.3247, 21.9033),
    ("43.3247,21.9033", 43.3247, 21.9033), ("-43.3247 −21.9033", -43.3247, -21.9033),
    ("43.3247,-21.9033", 43.3247, -21.9033), ("[21.9033, 43.3247]", 21.9033, 43.3247),
    ("43.5° -21.5°", 43.5, -21.5), ("+43.5+121.5", 43.5, 121.5), ("43 30 21 45", 43.5, 21.75),
    ("43 30.0,21 45.0", 43.5, 21.75), ("43°30' 21°45'", 43.5, 21.75), ("43;21", 43, 21), ("43°/21°", 43, 21),
    ("43.25 21.25", 43.25, 21.25),
  ]

  @Test(arguments: pairs) func `a pair without letters keeps its order and says nothing`(
    text: String, first: Double, second: Double
  ) throws {
    guard case .degreePair(let a, let b, _) = try parsePosition(text) else {
      Issue.record("not a pair of degrees")
      return
    }
    #expect(a == first && b == second)
  }

  @Test func `packed degrees must be declared`() throws {
    let minutes = WrittenPosition.geographic(
      Geographic((21 * 60 + 54.198) / 60, (43 * 60 + 19.482) / 60), AnglePrecision(.minutes, decimals: 3))
    #expect(try parsePosition("4319.482N 02154.198E", packed: true) == minutes)
    let seconds = WrittenPosition.geographic(
      Geographic((21 * 3600 + 54 * 60 + 11) / 3600.0, (43 * 3600 + 19 * 60 + 28) / 3600.0),
      AnglePrecision(.seconds, decimals: 0))
    #expect(try parsePosition("431928N 0215411E", packed: true) == seconds)
    #expect(try parsePosition("N431928 E215411", packed: true) == seconds)
    #expect(refusal("4319.482N 02154.198E")?.code == .ambiguous)
  }

  @Test func `zero is a position where that is meant`() throws {
    let zero = WrittenPosition.geographic(Geographic(0, 0), AnglePrecision(.degrees, decimals: 1))
    #expect(try parsePosition("0.0N 0.0E", allowingNullIsland: true) == zero)
  }
}
