import Formats
import Geometry
import Survey
import Testing

@Suite struct LogReaderTests {
  private let samples: [(String, String)] = [
    ("GPX", "<gpx version='1.1'><trk><trkseg><trkpt lat='1' lon='2'/></trkseg></trk></gpx>"),
    ("NMEA 0183", sentence("GPGGA,101112,0100.0,N,00200.0,E,1,8,1.0,5,M,,M,,") + sentence("GPZDA,101112,03,05,2026,,")),
    ("KML", "<kml><Placemark><gx:Track><gx:coord>2 1</gx:coord></gx:Track></Placemark></kml>"),
    (
      "TCX",
      "<TrainingCenterDatabase><Activity><Track><Trackpoint><Position><LatitudeDegrees>1</LatitudeDegrees>"
        + "<LongitudeDegrees>2</LongitudeDegrees></Position></Trackpoint></Track></Activity></TrainingCenterDatabase>"
    ),
    ("ODK JSON", "[{\"instanceID\":\"u\",\"way\":\"1.5 2.5 0 1;95.5 2.5 0 1\"}]"),
    ("RTKLIB", "%  UTC  latitude(deg) longitude(deg) height(m) Q ns\n2026/05/03 07:12:00 43.3 21.8 196 1 21\n"),
    ("CSV", "lat,lon\n1,2\n"),
  ]

  @Test func `a log is known by what is in it, also as gzip`() throws {
    for (format, text) in samples {
      for bytes in [Array(text.utf8), gzip(Array(text.utf8))] {
        var log = FieldLog()
        let source = try LogReader.read(ByteSource(bytes: bytes, path: "x.bin"), into: &log)
        #expect(source.format.hasPrefix(format))
        #expect(source.bytes == bytes.count)
        #expect(source.sha256.count == 64)
        #expect(log.fixes.count == 1)
        #expect(log.problems.isEmpty || format == "ODK JSON")
      }
    }
  }

  @Test func `no two formats take the same sample for theirs`() {
    for (name, text) in samples {
      #expect(LogReader.formats.filter { $0.recognizes(Array(text.utf8)) }.map { $0.name } == [name])
    }
  }

  @Test func `a damaged gzip gives what it holds, and a problem`() throws {
    let text = "lat,lon\n" + (0..<5000).map { "4\($0 % 10).\($0),21.\($0)\n" }.joined()
    let whole = gzip(Array(text.utf8))
    var log = FieldLog()
    let cut = Array(whole[..<(whole.count / 2)])
    let source = try LogReader.read(ByteSource(bytes: cut), into: &log)
    #expect(source.bytes == cut.count)
    #expect(log.problems.last?.code == "gzip.truncated")
    #expect(log.fixes.count > 1000)
  }

  @Test func `what is unknown is refused with advice`() {
    let cases: [([UInt8], String)] = [
      ([], "log.empty"), (Array("hello\n".utf8), "log.unknown-format"), ([0, 1, 2, 3], "log.unknown-format"),
      (Array("<html/>".utf8), "log.unknown-format"), ([0xff, 0xfe, 0x61, 0, 0x2c, 0], "log.unknown-format"),
      (
        [0xb5, 0x62, 0x01, 0x07] + Array(repeating: 0, count: 20) + [0xb5, 0x62, 0x01, 0x07, 0xb5, 0x62, 0x01, 0x03],
        "log.binary"
      ),
      (gzip([]), "log.empty"), ([0x1f, 0x8b, 8], "gzip.truncated"),
    ]
    for (bytes, code) in cases {
      do throws(FileUnreadable) {
        var log = FieldLog()
        let source = try LogReader.read(ByteSource(bytes: bytes, path: "p"), into: &log)
        Issue.record("read as \(source.format)")
      } catch {
        #expect(error.code == code)
        #expect(error.path == "p")
      }
    }
  }

  @Test func `whatever bytes come, something is said and nothing breaks`() {
    var random = Seeded(state: 7)
    for (_, text) in samples {
      let sample = Array(String(repeating: text, count: 5).utf8)
      for _ in 0..<1000 {
        var bytes = sample
        for _ in 0..<Int.random(in: 1...12, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
        var log = FieldLog()
        let blockSize = Int.random(in: 1...200, using: &random)
        _ = try? LogReader.read(ByteSource(bytes: bytes, blockSize: blockSize), into: &log)
        #expect(log.fixes.allSatisfy { $0.position.isOnEarth })
      }
    }
  }
}
