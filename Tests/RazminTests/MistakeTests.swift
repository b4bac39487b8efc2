import Foundation
import Testing

/// What somebody typed at Nis (43.3247 N 21.9033 E; by EPSG:9495 E 7573696.217 N 4798205.043 in Balkans zone 7), and the
/// mistake in it. cs2cs lets each of these pass without a word, 9 m to 1.6 km off.
struct Mistake: Sendable, CustomTestStringConvertible {
  let line, code: String
  /// Besides, held by what is said.
  let says: String

  init(_ line: String, _ code: String, _ says: String = "") { (self.line, self.code, self.says) = (line, code, says) }
  var testDescription: String { line }
}

private let nis = "7573696.217 4798205.043"

private let numbers = [
  Mistake("--from EPSG:6316 573696.217 4798205.043", "coordinate.prefix", "the leading 7"),
  Mistake("--from EPSG:6316 4798205.043 7573696.217", "coordinate.swapped", "the axes are swapped"),
  Mistake("--from EPSG:3909 4798205.043 7573696.217", "coordinate.swapped", "the axes are swapped"),
  Mistake("--from EPSG:32634 4797269.339 573237.798", "coordinate.swapped", "the axes are swapped"),
  Mistake("--from EPSG:32634 \(nis)", "coordinate.zone", "the prefix 7"),
  Mistake("--from EPSG:6316 5573696.217 4798205.043", "coordinate.zone", "the prefix 5"),
  Mistake("--from EPSG:6316 6573696.217 4798205.043", "coordinate.zone", "the prefix 6"),
  Mistake("--from EPSG:6316 8411000 4798205.043", "coordinate.zone", "the prefix 8"),
  Mistake("--from EPSG:8678 \(nis)", "coordinate.zone", "whose prefix is 6"),
  Mistake("--from EPSG:6316 21.9033 43.3247", "coordinate.degrees", "is in metres"),
  Mistake("--from EPSG:6316 \"43°19'28.9\\\"N 21°54'11.9\\\"E\"", "position.crs", "is degrees"),
  Mistake("--from EPSG:6316 34TEN7323797269", "position.crs", "is MGRS"),
  Mistake("--from EPSG:4326 21.9033 93.3247", "coordinate.swapped", "longitude, latitude"),
  Mistake("--from EPSG:4326 221.9033 43.3247", "coordinate.swapped"),
  Mistake("--from EPSG:4326 221.9033 143.3247", "coordinate.range"),
  Mistake("--from EPSG:4326 \(nis)", "coordinate.range", "no longitude and latitude"),
  Mistake("\"93.3247 N 21.9033 E\"", "position.range"),
  Mistake("--from EPSG:4326 0 0", "position.null-island"),
  Mistake("--from EPSG:6316 0 0", "position.null-island"),
  Mistake("18.24S 21E", "position.ambiguous", "18°24′"),
  Mistake("--from EPSG:4326 --preset serbia 43.3247 21.9033", "coordinate.swapped", "longitude comes first"),
]

private let systems = [
  // Nobody said in which CRS, or which of the two is north.
  Mistake(nis, "crs.undeclared", "EPSG:9141 (KOSOVAREF01 / Balkans zone 7): 43.32012 N, 21.90861 E"),
  Mistake("573696.217 4798205.043", "crs.undeclared", "EPSG:6316 (MGI 1901 / Balkans zone 7, its leading 7 left out)"),
  Mistake("573696.217 4798205.043", "crs.undeclared", "EPSG:32634 (WGS 84 / UTM zone 34N): 43.33308 N, 21.90908 E"),
  Mistake("43.3247 21.9033", "crs.undeclared"),
  // The same false easting on another datum: 667 m.
  Mistake("--from EPSG:9141 \(nis)", "crs.ballpark"),
  // Kosovo's own operation elsewhere: 1.6 km, from whatever CRS.
  Mistake("--from EPSG:6316 --operation EPSG:9143 \(nis)", "crs.area", "is for Kosovo only"),
  Mistake("--from EPSG:6316 --operation 9143 --preset serbia \(nis)", "crs.area", "is for Kosovo only"),
  // Nobody knows which: the candidates with their spread.
  Mistake("--from EPSG:6316 7513000 4724000", "crs.choice", "EPSG:3962 (5 m) 9 m away"),
  Mistake("--from EPSG:6316 7513000 4724000", "crs.choice", "EPSG:9143 (1 m) 1.6 km away"),
  // Beside the border, within what the boundary is known by.
  Mistake("--from EPSG:6316 7552000 4700000", "crs.choice", "km away"),
  // An operation of another place, and one of no place.
  Mistake("--from EPSG:6316 --operation EPSG:6205 \(nis)", "crs.area", "North Macedonia"),
  Mistake("--from EPSG:6316 --operation EPSG:1 \(nis)", "crs.operation", "no such operation"),
  Mistake("--from EPSG:6316 --operation EPSG:9496 \(nis)", "crs.missing-grid", "MGI1901_TO_SRBETRS89_NTv2.gsb"),
  Mistake("--from '+proj=tmerc +lon_0=21 +k=0.9999 +x_0=7500000 +ellps=bessel' \(nis)", "crs.proj-string"),
  Mistake("--from EPSG:9495 \(nis)", "crs.unknown"),
  Mistake("--from EPSG:4978 \(nis)", "crs.kind"),
  Mistake("--from EPSG:6316 --preset croatia \(nis)", "crs.choice", "EPSG:3962"),
]

@Test(arguments: numbers + systems)
func `a mistake is refused, and no position leaks out`(mistake: Mistake) throws {
  let run = try shell("\"$RAZMIN\" convert --to EPSG:4326 \(mistake.line)")
  #expect(run.status == 65, "\(run.text)\(run.errors)")
  #expect(run.output.isEmpty, "\(run.text)")
  #expect(run.errors.contains("[\(mistake.code)]"), "\(run.errors)")
  #expect(mistake.says.isEmpty || run.errors.contains(mistake.says), "\(run.errors)")
}

/// Degrees of one line of `razmin convert`.
private func pair(_ run: Run) throws -> (Double, Double) {
  let numbers = run.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
  try #require(run.status == 0 && numbers.count == 2, "\(run.text)\(run.errors)")
  return (numbers[0], numbers[1])
}

private func metres(_ a: (Double, Double), _ b: (Double, Double)) -> Double {
  hypot((a.0 - b.0) * 81_080, (a.1 - b.1) * 111_108)
}

@Test func `at Nis the operation is 9495, and the result says so`() throws {
  let run = try shell("\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 --explain \(nis)")
  #expect(try metres(pair(run), (21.9033, 43.3247)) < 0.02)
  for words in [
    "EPSG:6316 (MGI 1901 / Balkans zone 7) by EPSG:9495:", "accuracy 0.46 m", "pinned by the preset Serbia",
    "instead: EPSG:3962 (5 m), 9.3 m away", "+convention=coordinate_frame",
  ] { #expect(run.errors.contains(words), "\(run.errors)") }
  let other = try shell("\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 --operation EPSG:3962 \(nis)")
  #expect(abs(try metres(pair(run), pair(other)) - 9.3) < 0.1)
  #expect(
    other.errors.contains("EPSG:3962") && other.errors.contains("accuracy 5.0 m") && other.errors.contains("(named)"))
}

@Test func `the signs of 9495 are those of the coordinate frame`() throws {
  let run = try shell("\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 \(nis)")
  let ours = try pair(run)
  // EPSG:9495 as the registry has it, put together from its parts by PROJ's own program.
  func cct(_ convention: String) throws -> (Double, Double) {
    let pipeline = """
      +proj=pipeline +step +inv +proj=tmerc +lat_0=0 +lon_0=21 +k=0.9999 +x_0=7500000 +y_0=0 +ellps=bessel \
      +step +proj=cart +ellps=bessel \
      +step +proj=helmert +x=577.84843 +y=165.45019 +z=390.43652 +rx=-4.93131 +ry=0.96052 +rz=13.05072 +s=7.86546 \
      +convention=\(convention) +step +inv +proj=cart +ellps=GRS80 +step +proj=unitconvert +xy_in=rad +xy_out=deg
      """
    let run = try shell("echo '\(nis) 0 0' | cct -d 12 \(pipeline)")
    let numbers = run.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    try #require(numbers.count >= 2, "cct of proj-bin: \(run.errors)")
    return (numbers[0], numbers[1])
  }
  #expect(try metres(ours, cct("coordinate_frame")) < 0.001)
  #expect(abs(try metres(ours, cct("position_vector")) - 784) < 2)
}

@Test func `what is legal beside a mistake is done, and what differs is shown`() throws {
  // In Kosovo KOSOVAREF01 is at home, and the numbers of zone 7 on MGI 1901 lie 667 m aside.
  let own = try shell("\"$RAZMIN\" convert --from EPSG:9141 --to EPSG:4326 7513000 4724000")
  let old = try shell("\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 --operation EPSG:3962 7513000 4724000")
  #expect(abs(try metres(pair(own), pair(old)) - 667) < 15)
  #expect(own.errors.contains("EPSG:9144") && own.errors.contains("preset Kosovo"), "\(own.errors)")
  // Inside Kosovo 9143 may be named; it is pinned nowhere.
  let named = try shell("\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 --operation EPSG:9143 7513000 4724000")
  #expect(named.status == 0 && named.errors.contains("(named)"))
  for preset in ["kosovo", "serbia"] {
    let run = try shell("\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 --preset \(preset) 7513000 4724000")
    #expect(!run.errors.contains(" by EPSG:9143"), "\(run.errors)")
  }
}

@Test func `a deprecated code is taken with its successor and the order of its axes`() throws {
  let run = try shell("\"$RAZMIN\" convert --from EPSG:3909 --to EPSG:4326 \(nis)")
  #expect(run.errors.contains("EPSG:3909 (MGI 1901 / Balkans zone 7) is deprecated"), "\(run.errors)")
  #expect(run.errors.contains("its successor is EPSG:6316, easting first [crs.deprecated]"))
  #expect(run.errors.contains("defined with the northing first; pairs are taken and given east first [crs.axis-order]"))
  let turned = try shell(
    "\"$RAZMIN\" convert --from EPSG:3909 --to EPSG:6316 --authority-order 4798205.043 7573696.217")
  #expect(turned.text == "7573696.217 4798205.043\n" || turned.status == 0, "\(turned.errors)")
  #expect(try metres(pair(run), (21.9033, 43.3247)) < 0.02)
}

@Test func `degrees that were exchanged are asked about`() throws {
  let run = try shell("\"$RAZMIN\" convert --from EPSG:4326 --to mgrs 43.3247 21.9033")
  #expect(
    run.errors.contains("would lie in Serbia if they were exchanged") && run.errors.contains("[coordinate.swapped]"))
  // Towards a grid of the place they are refused.
  let grid = try shell("\"$RAZMIN\" convert --from EPSG:4326 --to EPSG:6316 43.3247 21.9033")
  #expect(grid.status == 65 && grid.output.isEmpty && grid.errors.contains("[coordinate.swapped]"), "\(grid.errors)")
  // Letters say which is which, and nobody is asked.
  let sure = try shell("\"$RAZMIN\" convert --to mgrs \"21.9033 N 43.3247 E\"")
  #expect(sure.status == 0 && !sure.errors.contains("coordinate.swapped"))
}

@Test(arguments: [
  "43,3247 N 21,9033 E", "43.3247N 21.9033E", "N 43,3247° E 21,9033°", "43,3247 S 21,9033 I",
  "43°19'28,92\" С 21°54'11,88\" И", "43°19'28.92\" с.ш. 21°54'11.88\" в.д.", "21.9033 E 43.3247 N",
])
func `commas, points and letters of three languages read the same`(_ text: String) throws {
  let language =
    text.contains("И")
    ? "--language sr-Cyrl"
    : text.contains("в.д.")
      ? "--language ru"
      : text.hasSuffix(" I")
        ? "--language sr-Latn" : ""
  let scratch = try Scratch()
  let file = try scratch.write(text + "\n", to: "list.txt")
  let run = try shell("\"$RAZMIN\" convert --to EPSG:4326 \(language) < '\(file)'")
  #expect(try metres(pair(run), (21.9033, 43.3247)) < 0.01, "\(run.errors)")
}
