import Formats
import Geometry
import Survey
import Testing

@Suite struct NMEATests {
  private func gga(_ time: String, _ quality: Int = 4, lat: String = "4319.2500,N", lon: String = "02154.5000,E")
    -> String
  {
    sentence("GNGGA,\(time),\(lat),\(lon),\(quality),12,0.9,200.5,M,43.0,M,,")
  }
  private func rmc(_ time: String, _ date: String, _ status: String = "A", mode: String = "R") -> String {
    sentence("GNRMC,\(time),\(status),4319.2500,N,02154.5000,E,0.8,90.0,\(date),,,\(mode)")
  }

  @Test func `the sentences of one instant are one fix`() throws {
    let log = try read(
      NMEA.self, gga("101112.50") + sentence("GNGST,101112.50,,,,,0.012,0.015,0.030") + rmc("101112.50", "030526"))
    #expect(log.problems.isEmpty)
    let fix = try #require(log.fixes.first)
    #expect(log.fixes.count == 1)
    #expect(fix.position.latitude == 43 + 19.25 / 60)
    #expect(fix.position.longitude == 21 + 54.5 / 60)
    #expect(fix.time?.description == "2026-05-03T10:11:12.500Z")
    #expect(fix.quality == .rtkFixed)
    #expect(fix.sigma == 0.015)
    #expect((fix.hdop, fix.satellites, fix.elevation) == (0.9, 12, 200.5))
    #expect(fix.line == 1)
  }

  @Test(arguments: FixQuality.allCases.filter { $0 != .unknown })
  func `every quality of GGA is kept, also those that are no measured position`(quality: FixQuality) throws {
    let log = try read(NMEA.self, gga("101112", Int(quality.rawValue)) + rmc("101112", "030526"))
    #expect(log.fixes.map(\.quality) == [quality])
  }

  @Test func `south and west are negative`() throws {
    let log = try read(NMEA.self, gga("000001", lat: "4319.2500,S", lon: "12154.5000,W") + rmc("000001", "030526"))
    #expect(log.fixes.first?.position == Geographic(-(121 + 54.5 / 60), -(43 + 19.25 / 60)))
  }

  @Test func `what is no position is a problem and no fix`() throws {
    for (lat, lon) in [
      ("4360.0000,N", "02154.5000,E"), ("9000.0001,N", "02154.5000,E"), ("4319.2500,X", "02154.5000,E"),
      ("4319.2500,N", "18000.0001,E"), ("4319.2500,", "02154.5000,E"), ("4319.2500,E", "02154.5000,N"),
      (",", ","), ("43x9.2500,N", "02154.5000,E"), ("-319.2500,N", "02154.5000,E"), ("43-9.2500,N", "02154.5000,E"),
      ("19.25,N", "02154.5000,E"), ("1e119.25,N", "02154.5000,E"),
    ] {
      let log = try read(NMEA.self, gga("101112", 1, lat: lat, lon: lon))
      #expect(log.fixes.isEmpty, "\(lat) \(lon)")
      #expect(log.codes.first == "nmea.coordinate", "\(lat) \(lon)")
    }
  }

  @Test func `a sentence that cannot be verified claims nothing and is listed`() throws {
    let good = gga("101112") + rmc("101112", "030526")
    let cases: [(String, String)] = [
      (good.replacing("4319.2500", with: "4319.2510"), "nmea.checksum"),
      (String(gga("101112").dropLast(5)) + "\r\n", "nmea.no-checksum"),
      (String(gga("101112").dropLast(3)) + "\r\n", "nmea.no-checksum"),
      ("$GNGGA,101112,43\r\n", "nmea.no-checksum"),
      ("$GGA,1*00\r\n", "nmea.checksum"),
      ("$,,1,2*00\r\n", "nmea.checksum"),
    ]
    for (text, code) in cases {
      let log = try read(NMEA.self, text)
      #expect(log.fixes.isEmpty)
      #expect(log.codes.first == code, "\(text)")
      #expect(log.problems.first?.line == 1)
    }
  }

  @Test func `midnight turns the date`() throws {
    let log = try read(
      NMEA.self, rmc("235958", "311226") + gga("235958") + gga("235959") + gga("000000") + gga("000001"))
    #expect(
      log.fixes.map { $0.time?.description } == [
        "2026-12-31T23:59:58Z", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "2027-01-01T00:00:01Z",
      ])
    #expect(log.problems.isEmpty)
  }

  @Test func `a date that nobody says is not invented`() throws {
    let none = try read(NMEA.self, gga("101112") + gga("101113"))
    #expect(none.fixes.map(\.time) == [nil, nil])
    #expect(none.codes == ["nmea.no-date"])

    let late = try read(NMEA.self, gga("101112") + gga("101113") + rmc("101113", "030526"))
    #expect(late.fixes.map { $0.time?.description } == [nil, "2026-05-03T10:11:13Z"])
    #expect(late.codes == ["nmea.no-date"])

    // A receiver without a fix makes dates up; an impossible one is a problem.
    let made = try read(NMEA.self, rmc("101111", "060180", "V", mode: "N") + gga("101112"))
    #expect(made.fixes.last?.time == nil)
    let wrong = try read(NMEA.self, gga("101112") + rmc("101112", "310226"))
    #expect(wrong.codes == ["nmea.date", "nmea.no-date"])
  }

  @Test func `ZDA dates the fixes too`() throws {
    let log = try read(NMEA.self, gga("101112.00") + sentence("GPZDA,101112.00,03,05,2026,00,00"))
    #expect(log.fixes.first?.time?.description == "2026-05-03T10:11:12Z")
  }

  @Test func `a log without GGA gives the positions of RMC, or of GLL, with their mode`() throws {
    let modes: [(String, FixQuality)] = [
      ("A", .autonomous), ("D", .differential), ("F", .rtkFloat), ("R", .rtkFixed), ("E", .estimated), ("M", .manual),
      ("S", .simulated), ("N", .invalid), ("", .unknown), ("?", .invalid),
    ]
    for (mode, quality) in modes {
      #expect(try read(NMEA.self, rmc("101112", "030526", mode: mode)).fixes.map(\.quality) == [quality])
    }
    #expect(try read(NMEA.self, rmc("101112", "030526", "V", mode: "A")).fixes.map(\.quality) == [.invalid])
    let gll = try read(NMEA.self, sentence("GPGLL,4319.25,N,02154.5,E,101112,A,D"))
    #expect(gll.fixes.map(\.quality) == [.differential])
    let gns = try read(NMEA.self, sentence("GNGNS,101112,4319.25,N,02154.5,E,RAN,9,1.0,200,43,,"))
    #expect(gns.fixes.map(\.quality) == [.autonomous])
  }

  @Test func `in a log with GGA a lesser sentence alone is no fix, and is counted`() throws {
    let log = try read(NMEA.self, rmc("101111", "030526") + gga("101112") + rmc("101113", "030526"))
    #expect(log.fixes.count == 1)
    #expect(log.codes == ["nmea.position-unused"])
    #expect(log.problems[0].message.hasPrefix("2 times"))
    // GGA's word that there is no fix stands against RMC.
    let conflict = try read(NMEA.self, gga("101112", 0, lat: ",", lon: ",") + rmc("101112", "030526"))
    #expect(conflict.fixes.map(\.quality) == [.invalid])
  }

  @Test func `times without a position are counted`() throws {
    let log = try read(
      NMEA.self, gga("101112", 0, lat: ",", lon: ",") + gga("101113", 0, lat: ",", lon: ",") + gga("101114", 0))
    #expect(log.fixes.map(\.quality) == [.invalid])
    #expect(log.codes.contains("nmea.no-position"))
    #expect(log.problems.first { $0.code == "nmea.no-position" }?.message.hasPrefix("2 times") == true)
  }

  @Test func `the same position from two talkers is one fix, another position at the same time a second`() throws {
    let one = gga("101112")
    #expect(try read(NMEA.self, one + one).fixes.count == 1)
    #expect(try read(NMEA.self, one + gga("101112", lat: "4319.2501,N")).fixes.count == 2)
  }

  @Test func `a datum other than WGS 84 gives no positions`() throws {
    let other = sentence("GPDTM,999,,0.1,N,0.2,E,0.0,W84")
    let log = try read(NMEA.self, other + gga("101112") + sentence("GPDTM,W84,,0.0,N,0.0,E,0.0,W84") + gga("101113"))
    #expect(log.fixes.count == 1)
    #expect(log.codes.contains("nmea.datum"))
  }

  @Test func `binary messages between the sentences are passed over`() throws {
    var bytes: [UInt8] = [0xb5, 0x62, 0x24, 0x00, 0x0a, 0x24, 0x2a, 0xff]
    bytes +=
      Array(gga("101112").utf8) + [0xd3, 0x00, 0x24, 0x41, 0x80, 0x2a, 0x30, 0x30] + Array(rmc("101112", "030526").utf8)
    let log = try read(NMEA.self, bytes)
    #expect(log.fixes.count == 1)
    // Both pieces, without the line end in the first.
    #expect(log.codes == ["nmea.binary"])
    #expect(log.problems.first?.message.hasPrefix("15 bytes") == true)
    #expect(log.counts?.seen == 2 && log.counts?.used == 2 && log.counts?.addsUp == true)
    #expect(NMEA.recognizes(bytes))
  }

  @Test func `sentences in megabytes of binary without a line end are found`() throws {
    let gap = Array(repeating: UInt8(0x80), count: 1_500_000)
    let first = Array(gga("101112").utf8) + Array(rmc("101112", "030526").utf8)
    let bytes = first + gap + Array(gga("101113").utf8.dropLast(2)) + gap + Array(gga("101114").utf8)
    for size in [1 << 20, 100_003] {
      let log = try read(NMEA.self, bytes, blockSize: size)
      #expect(log.fixes.count == 3 && log.codes == ["nmea.binary"])
      #expect(log.problems.first?.message.hasPrefix("3000000 bytes") == true)
    }
  }

  @Test func `a sentence that lost its beginning is told`() throws {
    let log = try read(NMEA.self, gga("101112") + rmc("101112", "030526") + gga("101113").dropFirst(4))
    #expect(log.fixes.count == 1 && log.codes == ["nmea.fragment"] && log.problems.first?.line == 3)
  }

  @Test func `every sentence is used, about something else, or set aside with a code`() throws {
    let text =
      gga("101112") + rmc("101112", "030526") + sentence("GPGSV,1,1,00") + sentence("GNGST,101112,,,,,0.01,0.01,0.03")
      + gga("101113", 0, lat: ",", lon: ",") + gga("101114").replacing("4319", with: "4318")
      + gga("101115", 1, lat: "9319.0,N")
      + rmc("101116", "030526")
    let log = try read(NMEA.self, text)
    let counts = try #require(log.counts)
    #expect(counts.addsUp && counts.seen == 8 && counts.used == 2 && counts.other == 2)
    #expect(
      counts.aside == [
        "nmea.no-position": 1, "nmea.checksum": 1, "nmea.coordinate": 1, "nmea.position-unused": 1,
      ])
    #expect(Set(counts.aside.keys).isSubset(of: log.codes))
  }

  @Test func `a log is the same in blocks of any size, cut short anywhere, and as gzip`() throws {
    let text = (0..<30).map { gga("1011\(10 + $0)") + rmc("1011\(10 + $0)", "030526") }.joined()
    let whole = try read(NMEA.self, text)
    #expect(whole.fixes.count == 30)
    for blockSize in [1, 7, 64, 1000] { #expect(try read(NMEA.self, text, blockSize: blockSize) == whole) }
    #expect(try read(NMEA.self, gzip(Array(text.utf8))) == whole)
    let bytes = Array(text.utf8)
    for end in 0..<bytes.count {
      let log = try read(NMEA.self, Array(bytes[..<end]))
      #expect(log.fixes.count <= 30)
    }
  }

  @Test(arguments: [
    ("PUBX,00,1", "u-blox"), ("PGRME,7.6,M,41.7,M,42.4,M", "Garmin"), ("PXYZ,1", nil), ("GPTXT,01,01,02,u-blox", nil),
  ])
  func `the maker of the receiver is said where the receiver says it`(body: String, maker: String?) throws {
    let text = sentence("GPGGA,071200,4320.0,N,02152.0,E,1,8,1,200,M,44,M,,") + sentence(body) + sentence("PMTK001,1")
    var input = ByteSource(bytes: Array(text.utf8), path: "test")
    var log = FieldLog()
    let said = try NMEA.read(&input, options: ReadOptions(), into: &log).creator
    #expect(said == maker ?? "MediaTek")
  }
}
