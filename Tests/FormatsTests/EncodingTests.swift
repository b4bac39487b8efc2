import Formats
import Geometry
import Survey
import Testing

@Suite struct EncodingTests {
  private let sheet = "track,lat,lon\nСтаза чишћења,43.1,21.5\nстаза č,43.2,21.6\n"

  private func utf16(_ text: String, isBigEndian: Bool, mark: Bool) -> [UInt8] {
    ((mark ? [0xfeff] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
      return isBigEndian ? [high, low] : [low, high]
    }
  }

  private func open(_ bytes: [UInt8], blockSize: Int = 1 << 20) throws(FileUnreadable) -> (FieldLog, LogSource) {
    var log = FieldLog()
    let source = try LogReader.read(ByteSource(bytes: bytes, blockSize: blockSize), into: &log)
    return (log, source)
  }

  @Test(arguments: [false, true], [false, true])
  func `UTF-16 is read with and without a mark, in both orders, as the same log`(isBigEndian: Bool, mark: Bool) throws {
    let nmea =
      sentence("GNGGA,101112,4319.2500,N,02154.5000,E,4,12,0.9,200.5,M,43.0,M,,")
      + sentence("GNRMC,101112,A,4319.2500,N,02154.5000,E,0.8,90.0,030526,,,R")
    let geojson =
      #"{"type":"Feature","properties":{"name":"тачка 😀"},"geometry":{"type":"Point","coordinates":[21,43]}}"#
    let pos = "%  UTC  latitude(deg) longitude(deg) height(m) Q ns\n2026/05/03 07:12:00 43.3 21.8 196 1 21\n"
    for text in [sheet, nmea, geojson, pos] {
      let plain = try open(Array(text.utf8)).0
      #expect(plain.problems.isEmpty && plain.fixes.count + plain.waypoints.count > 0)
      for size in [1, 3, 1 << 20] {
        let bytes = utf16(text, isBigEndian: isBigEndian, mark: mark)
        let (log, source) = try open(bytes, blockSize: size)
        #expect(log == plain)
        #expect(source.bytes == bytes.count)
      }
    }
  }

  @Test func `UTF-16 that is cut or damaged is told`() throws {
    let whole = utf16(sheet, isBigEndian: false, mark: true)
    #expect(try open(Array(whole.dropLast())).0.codes.last == "text.encoding")
    var half = whole
    (half[30], half[31]) = (0, 0xd8)
    #expect(try open(half).0.codes.contains("text.encoding"))
  }

  /// What Python 3.11 writes for these names.
  private let names: [(String, String, [UInt8])] = [
    (
      "Čišćenje staze", "windows-1250",
      [0xc8, 0x69, 0x9a, 0xe6, 0x65, 0x6e, 0x6a, 0x65, 0x20, 0x73, 0x74, 0x61, 0x7a, 0x65]
    ),
    (
      "Čišćenje staze", "ISO-8859-2",
      [0xc8, 0x69, 0xb9, 0xe6, 0x65, 0x6e, 0x6a, 0x65, 0x20, 0x73, 0x74, 0x61, 0x7a, 0x65]
    ),
    ("Чишћење стазе", "windows-1251", [0xd7, 0xe8, 0xf8, 0x9e, 0xe5, 0x9c, 0xe5, 0x20, 0xf1, 0xf2, 0xe0, 0xe7, 0xe5]),
    ("Чишћење стазе", "ISO-8859-5", [0xc7, 0xd8, 0xe8, 0xfb, 0xd5, 0xfa, 0xd5, 0x20, 0xe1, 0xe2, 0xd0, 0xd7, 0xd5]),
  ]

  private func gpx(_ declaration: String, _ name: [UInt8]) -> [UInt8] {
    Array("\(declaration)<gpx version='1.1'><trk><name>".utf8) + name
      + Array("</name><trkseg><trkpt lat='1' lon='2'/></trkseg></trk></gpx>".utf8)
  }

  @Test func `names in an eight-bit encoding are read, in a sheet and in XML`() throws {
    for (name, encoding, bytes) in names {
      let csv = Array("track,lat,lon\n".utf8) + bytes + Array(",43.1,21.5\n".utf8)
      for size in [1 << 20, 5] {
        let (log, _) = try open(csv, blockSize: size)
        if size > 100 {
          #expect(log.tracks.map(\.header.name) == [name], "\(encoding)")
          #expect(log.codes == ["csv.encoding"] && log.problems[0].message.contains(encoding))
        }
        #expect(log.fixes.count == 1 && log.codes == ["csv.encoding"])
      }
      // As it is declared: nothing to say.
      let (sound, _) = try open(gpx("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>", bytes))
      #expect(sound.tracks.map(\.header.name) == [name] && sound.problems.isEmpty, "\(encoding)")
      // Declared as UTF-8, or not at all.
      for declaration in ["<?xml version='1.0' encoding='UTF-8'?>", "", "<?xml version='1.0'?>"] {
        let (log, _) = try open(gpx(declaration, bytes))
        #expect(log.tracks.map(\.header.name) == [name] && log.fixes.count == 1, "\(encoding)")
        #expect(log.codes == ["xml.encoding"] && log.problems[0].message.contains(encoding))
      }
    }
  }

  @Test(arguments: ["windows-1251", "ISO-8859-1", "utf-16", "cp1250"])
  func `UTF-8 that calls itself something else is read as UTF-8, and told`(encoding: String) throws {
    let (log, _) = try open(gpx("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>", Array("Стаза č".utf8)))
    #expect(log.tracks.map(\.header.name) == ["Стаза č"] && log.fixes.count == 1)
    #expect(log.codes == ["xml.encoding"])
  }

  @Test func `one damaged letter does not make another encoding of UTF-8`() throws {
    let (log, _) = try open(gpx("", Array("Стаза".utf8) + [0xff] + Array("чишћења".utf8)))
    #expect(log.tracks.map(\.header.name) == ["Стаза\u{fffd}чишћења"] && log.fixes.count == 1)
    #expect(log.codes == ["xml.encoding"])
  }

  @Test func `plain files stay what they are`() throws {
    for text in ["", "<?xml version='1.0' encoding='UTF-8'?>"] {
      let (log, _) = try open(gpx(text, Array("Стаза č 1".utf8)), blockSize: 1)
      #expect(log.tracks.map(\.header.name) == ["Стаза č 1"] && log.problems.isEmpty)
    }
    #expect(try open(Array(sheet.utf8)).0.problems.isEmpty)
  }
}
