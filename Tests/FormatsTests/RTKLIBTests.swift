import Formats
import Geometry
import Survey
import Testing

@Suite struct RTKLIBTests {
  private let names = "height(m) Q ns sdn(m) sde(m) sdu(m) sdne(m) sdeu(m) sdun(m) age(s) ratio\n"
  private var header: String { "%  GPST  latitude(deg) longitude(deg) " + names }
  private let row = "2026/05/03 07:12:00.000 43.334904557 21.873239803 196.3380 1 21 0.0080 0.0061 0.02 0 0 0 0.5 3.1\n"

  @Test func `a solution is a fix with time, sigma and satellites`() throws {
    let log = try read(RTKLIB.self, "% program   : RTKPOST  ver.2.4.3\n\(header)\(row)")
    #expect(log.problems.isEmpty)
    #expect(
      log.fixes == [
        Fix(
          Geographic(21.873239803, 43.334904557),
          time: Timestamp(try #require(CivilDate("2026-05-03")), millisecondsOfDay: 25_902_000), quality: .rtkFixed,
          sigma: 0.008, elevation: 196.338, satellites: 21, line: 3)
      ])
    #expect(log.counts?.seen == 1 && log.counts?.addsUp == true)
  }

  @Test(arguments: [
    ("1", FixQuality.rtkFixed), ("2", .rtkFloat), ("3", .differential), ("4", .differential), ("5", .autonomous),
    ("6", .differential), ("7", .estimated),
  ])
  func `Q has other digits than NMEA`(digit: String, quality: FixQuality) throws {
    let log = try read(RTKLIB.self, header + row.replacing(" 1 21 ", with: " \(digit) 21 "))
    #expect(log.fixes.map(\.quality) == [quality])
  }

  @Test(arguments: [
    ("GPST", "2026/05/03 07:12:00.250", "2026-05-03T07:11:42.250Z"),
    ("UTC", "2026/05/03 07:12:00", "2026-05-03T07:12:00Z"),
    ("JST", "2026/05/03 07:12:00.000", "2026-05-02T22:12:00Z"), ("GPST", "2270 194670.200", "2023-07-11T06:04:12.200Z"),
    ("UTC", "2270 194670.000", "2023-07-11T06:04:30Z"), ("GPST", "2017/01/01 00:00:17", "2017-01-01T00:00:00Z"),
    ("GPST", "2017/01/01 00:00:18", "2017-01-01T00:00:00Z"), ("GPST", "2017/01/01 00:00:16", "2016-12-31T23:59:59Z"),
    ("GPST", "1980/01/06 00:00:00", "1980-01-06T00:00:00Z"), ("GPST", "2016/12/31 12:00:00", "2016-12-31T11:59:43Z"),
  ])
  func `times of every system become UTC`(system: String, written: String, utc: String) throws {
    let text = (header + row).replacing("GPST", with: system).replacing("2026/05/03 07:12:00.000", with: written)
    let log = try read(RTKLIB.self, text)
    #expect(log.fixes.map { $0.time?.description } == [utc])
    #expect(log.problems.isEmpty)
  }

  @Test func `a time after the table of leap seconds, or in an unknown system, is told`() throws {
    let late = try read(RTKLIB.self, header + row.replacing("2026/05/03", with: "2028/05/03"))
    #expect(late.codes == ["rtklib.leap-seconds"])
    #expect(late.fixes.first?.time?.description == "2028-05-03T07:11:42Z")
    let other = try read(RTKLIB.self, (header + row).replacing("GPST", with: "BDT"))
    #expect(other.codes == ["rtklib.time-system"])
    #expect(other.fixes.count == 1 && other.fixes[0].time == nil)
  }

  @Test func `degrees, minutes and seconds keep the sign of a zero`() throws {
    let text =
      "%  UTC  latitude(d'\") longitude(d'\") \(names)"
      + "2026/05/03 07:12:00 43 20 05.65641 -0 30 36.00000 196.3 1 21 0.0080 0.0161 0.02\n"
      + "2026/05/03 07:12:01 -0 00 60.00000 021 52 23.5 196.3 1 21 0.0080 0.0161 0.02\n"
      + "2026/05/03 07:12:02 43 60 05.65641 21 30 36.00000 196.3 1 21\n"
    let log = try read(RTKLIB.self, text)
    #expect(log.fixes.count == 2)
    #expect(log.fixes[0].position == Geographic(-(30 / 60 + 36.0 / 3600), 43 + 20.0 / 60 + 5.65641 / 3600))
    #expect(log.fixes[1].position.latitude == -60.0 / 3600)
    #expect(log.fixes.map(\.sigma) == [0.0161, 0.0161])
    #expect(log.codes == ["rtklib.coordinate"])
    #expect(log.counts?.addsUp == true)
  }

  /// By pyproj 3.7.2, EPSG:4979 to EPSG:4978.
  @Test(arguments: [
    (21.873239803, 43.334904557, 196.338, [4_312_131.834773, 1_731_126.859904, 4_354_773.335555]),
    (-105.1472, 40.097, 1578.8, [-1_276_968.123817, -4_717_200.116543, 4_087_247.230297]),
    (136.88, -35.16, -12.5, [-3_810_358.727229, 3_568_166.240273, -3_652_386.020111]),
    (180, 0, 0, [-6_378_137, 0, 0]), (-179.999, 89.9999, 8848, [-11.184841, -0.000195, 6_365_600.314235]),
    (12, -89, 20_000_000, [450_668.129013, 95_792.467957, -26_352_731.529767]),
  ])
  func `geocentric solutions come to where PROJ has them`(
    longitude: Double, latitude: Double, height: Double, xyz: [Double]
  ) throws {
    let text =
      "%  UTC  x-ecef(m) y-ecef(m) z-ecef(m) Q ns sdx(m) sdy(m) sdz(m) sdxy(m) sdyz(m) sdzx(m) age(s) ratio\n"
      + "2026/05/03 07:12:00 \(xyz[0]) \(xyz[1]) \(xyz[2]) 2 9 0.02 0.02 0.02 0 0 0 0 0\n"
    let fix = try #require(try read(RTKLIB.self, text).fixes.first)
    // 1e-6 m in the table is 1e-11 degree; near the pole a degree of longitude is 200 m.
    #expect(abs(fix.position.latitude - latitude) < 2e-11)
    #expect(abs(fix.position.longitude - longitude) < (latitude > 89.99 ? 1e-5 : 1e-9))
    #expect(abs((fix.elevation ?? .nan) - height) < 2e-6)
    // Equal on all axes and without covariance, it is the same in every direction.
    #expect(abs((fix.sigma ?? .nan) - 0.02) < 1e-12)
  }

  @Test func `the sigma of a geocentric solution is turned to east and north`() throws {
    // At longitude 180 on the equator x is down, y west, z north; at 0, 0 no position is believed.
    let text =
      "%  UTC  x-ecef(m) y-ecef(m) z-ecef(m) Q ns sdx(m) sdy(m) sdz(m) sdxy(m) sdyz(m) sdzx(m) age(s) ratio\n"
      + "2026/05/03 07:12:00 -6378137 0 0 1 9 9.0 0.03 0.04 0 0 0 0 0\n"
      // At longitude 45 east is (y - x) / √2: with x and y going together little of them is left.
      + "2026/05/03 07:12:01 4510023.924 4510023.924 0 1 9 1.0 1.0 0.04 0.999 0 0 0 0\n"
    let sigmas = try read(RTKLIB.self, text).fixes.compactMap(\.sigma)
    #expect(sigmas.count == 2 && sigmas[0] == 0.04 && abs(sigmas[1] - (1 - 0.999 * 0.999).squareRoot()) < 1e-9)
  }

  @Test(arguments: [",", "\t", ";", " , "]) func `separators may be others`(separator: String) throws {
    let date = row.prefix(23)
    let text = header + date + row.dropFirst(23).replacing(" ", with: separator)
    #expect(RTKLIB.recognizes(Array(text.utf8)))
    #expect(try read(RTKLIB.self, text).fixes == read(RTKLIB.self, header + row).fixes)
  }

  @Test(arguments: [
    ("2026/05/03 07:12:00.000 43.33 21.87\n", "rtklib.fields"),
    ("2026/05/03 07:12:00.000 43.33x 21.87 196 1 21 0.1 0.1 0.1\n", "rtklib.coordinate"),
    ("2026/05/03 07:12:00.000 93.33 21.87 196 1 21 0.1 0.1 0.1\n", "rtklib.coordinate"),
    ("2026/05/03 07:12:00.000 1e999 nan 196 1 21 0.1 0.1 0.1\n", "rtklib.coordinate"),
    ("2026/05/03 07:12:00.000 43.33 21.87 196 0 0 0 0 0\n", "rtklib.no-position"),
    ("garbage\n", "rtklib.fields"),
  ])
  func `what is no solution is set aside and told`(line: String, code: String) throws {
    let log = try read(RTKLIB.self, header + line + row)
    #expect(log.fixes.count == 1)
    #expect(log.codes == [code])
    #expect(log.counts?.seen == 2 && log.counts?.addsUp == true && log.counts?.aside == [code: 1])
  }

  @Test func `a Q that is not known counts as no measured position`() throws {
    for digit in ["9", "x", "-1", "1.5"] {
      let log = try read(RTKLIB.self, header + row.replacing(" 1 21 ", with: " \(digit) 21 "))
      #expect(log.fixes.map(\.quality) == [.invalid] && log.codes == ["rtklib.quality"])
      #expect(log.counts?.used == 1 && log.counts?.addsUp == true)
    }
  }

  @Test func `a time that cannot be read leaves the position`() throws {
    let log = try read(RTKLIB.self, header + row.replacing("07:12", with: "77:12"))
    #expect(log.fixes.count == 1 && log.fixes[0].time == nil && log.codes == ["rtklib.time"])
  }

  @Test(arguments: [
    ("%  GPST  e-baseline(m) n-baseline(m) u-baseline(m) Q ns sde(m)\n", "rtklib.baseline"),
    (
      "% (lat/lon/height=Tokyo/ellipsoidal,Q=1:fix,2:float)\n%  GPST  latitude(deg) longitude(deg) height(m) Q\n",
      "rtklib.datum"
    ),
    ("% (x/y/z-ecef=Tokyo,Q=1:fix,2:float)\n%  GPST  x-ecef(m) y-ecef(m) z-ecef(m) Q\n", "rtklib.datum"),
    ("", "rtklib.header"),
  ])
  func `what would have to be guessed is refused`(header: String, code: String) {
    let text = header + row
    #expect(RTKLIB.recognizes(Array(text.utf8)))
    do throws(FileUnreadable) {
      _ = try read(RTKLIB.self, text)
      Issue.record("read")
    } catch {
      #expect(error.code == code && error.kind == .refused)
    }
  }

  @Test func `a log is the same in blocks of any size`() throws {
    let text = "% (lat/lon/height=WGS84/geodetic,Q=1:fix)\r\n" + header + String(repeating: row, count: 20)
    let whole = try read(RTKLIB.self, text)
    #expect(whole.fixes.count == 20 && whole.problems.isEmpty)
    for size in [1, 7, 100] { #expect(try read(RTKLIB.self, text, blockSize: size) == whole) }
    for end in stride(from: text.utf8.count, to: header.utf8.count + 60, by: -13) {
      let cut = try read(RTKLIB.self, Array(text.utf8.prefix(end)))
      #expect(whole.fixes.starts(with: cut.fixes.dropLast()) && cut.counts?.addsUp == true)
    }
  }
}
