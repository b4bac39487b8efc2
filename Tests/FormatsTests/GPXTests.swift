import Formats
import Geometry
import Survey
import Testing

@Suite struct GPXTests {
  private func gpx(_ body: String, version: String = "1.1") -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <gpx version="\(version)" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
    \(body)
    </gpx>
    """
  }
  private func track(_ points: String) -> String { gpx("<trk><trkseg>\(points)</trkseg></trk>") }

  @Test func `tracks, segments, routes and waypoints`() throws {
    let text = gpx(
      """
      <metadata><name>not a track</name><time>bad</time></metadata>
      <wpt lat="43.3" lon="21.9"><ele>200.5</ele><time>2026-05-03T10:11:12Z</time><name>F &amp; 1</name>
        <cmt>near</cmt><desc>far</desc><sym>Flag</sym></wpt>
      <rte><name>plan</name><rtept lat="43.1" lon="21.1"/><rtept lat="43.2" lon="21.2"/></rte>
      <trk><name> <![CDATA[lane 1]]> </name><extensions><x><ele>9</ele></x></extensions>
        <trkseg>
          <trkpt lat="43.25" lon="-21.5"><ele>201</ele><time>2026-05-03T12:11:12.250+02:00</time><fix>dgps</fix>
            <sat>12</sat><hdop>0.7</hdop><extensions><a:ele xmlns:a="a">1</a:ele><time>no</time></extensions></trkpt>
          <trkpt lon="21.9" lat=" 43.26 "/>
        </trkseg>
        <trkseg/>
      </trk>
      <trk/>
      """)
    var input = ByteSource(bytes: Array(text.utf8))
    var log = FieldLog()
    let (format, creator) = try GPX.read(&input, options: ReadOptions(), into: &log)
    #expect(format == "GPX 1.1")
    #expect(creator == "test")
    #expect(log.problems.isEmpty)
    #expect(log.tracks.map(\.header.name) == ["plan", "lane 1", nil])
    #expect(log.tracks.map(\.header.kind) == [.route, .track, .track])
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[2], [2, 0], []])
    let fix = log.tracks[1].segments[0][0]
    #expect(fix.position == Geographic(-21.5, 43.25))
    #expect(fix.time?.description == "2026-05-03T10:11:12.250Z")
    #expect(fix.quality == .differential)
    #expect((fix.elevation, fix.hdop, fix.satellites, fix.line) == (201, 0.7, 12, 9))
    #expect(log.tracks[1].segments[0][1].position == Geographic(21.9, 43.26))
    let find = log.waypoints[0]
    #expect((find.name, find.comment, find.symbol) == ("F & 1", "near", "Flag"))
    #expect((find.fix.elevation, find.fix.quality) == (200.5, .unknown))
  }

  @Test func `GPX 1.0, no namespace, a prefix, UTF-16 and a byte order mark`() throws {
    let plain = "<gpx version=\"1.0\"><trk><trkseg><trkpt lat=\"1\" lon=\"2\"/></trkseg></trk></gpx>"
    let prefixed =
      "<!-- <kml> --><p:gpx xmlns:p='u'><p:trk><p:trkseg><p:trkpt lat='1' lon='2'><ele>7</ele></p:trkpt></p:trkseg></p:trk></p:gpx>"
    let utf16: [UInt8] = [0xff, 0xfe] + plain.utf8.flatMap { [$0, 0] as [UInt8] }
    for bytes in [Array(plain.utf8), Array(prefixed.utf8), utf16, [0xef, 0xbb, 0xbf] + Array(plain.utf8)] {
      #expect(GPX.recognizes(bytes))
      let log = try read(GPX.self, bytes)
      #expect(log.fixes.map(\.position) == [Geographic(2, 1)])
      #expect(log.fixes.map(\.elevation) == [nil])
      #expect(log.problems.isEmpty)
    }
  }

  @Test(arguments: [
    ("windows-1250", [0x8a] as [UInt8], "Š"), ("windows-1251", [0xd0, 0xe0], "Ра"), ("ISO-8859-2", [0xa9], "Š"),
    ("iso-8859-5", [0xc0], "Р"), ("ISO-8859-1", [0xe9], "é"), ("windows-1252", [0x80], "€"),
  ])
  func `encodings of the region`(name: String, bytes: [UInt8], expected: String) throws {
    let start = "<?xml version=\"1.0\" encoding=\"\(name)\"?><gpx><trk><name>"
    let log = try read(GPX.self, Array(start.utf8) + bytes + Array("</name></trk></gpx>".utf8))
    #expect(log.tracks.map(\.header.name) == [expected])
  }

  @Test func `a point without a position is a problem, and its neighbours stay`() throws {
    for attributes in [
      "lat=\"91\" lon=\"2\"", "lat=\"1\" lon=\"-180.1\"", "lat=\"x\" lon=\"2\"", "lon=\"2\"", "lat=\"\" lon=\"\"",
      "lat=\"nan\" lon=\"2\"", "lat=\"1,5\" lon=\"2\"", "",
    ] {
      let log = try read(
        GPX.self, track("<trkpt lat='1' lon='2'/>\n<trkpt \(attributes)><ele>5</ele></trkpt><trkpt lat='3' lon='4'/>"))
      #expect(log.fixes.count == 2, "\(attributes)")
      #expect(log.codes == ["gpx.coordinate"])
      #expect(log.problems[0].line == 4)
    }
  }

  @Test func `a bad child costs only itself`() throws {
    let cases: [(String, String)] = [
      ("<time>yesterday</time>", "gpx.time"), ("<ele>high</ele>", "gpx.number"), ("<hdop>x</hdop>", "gpx.number"),
      ("<sat>many</sat>", "gpx.number"), ("<fix>4d</fix>", "gpx.fix"),
    ]
    for (child, code) in cases {
      let log = try read(GPX.self, track("<trkpt lat='1' lon='2'>\(child)</trkpt>"))
      #expect(log.fixes.count == 1)
      #expect(log.codes == [code])
      #expect(log.fixes[0].time == nil && log.fixes[0].elevation == nil)
    }
    #expect(try read(GPX.self, track("<trkpt lat='1' lon='2'><fix>none</fix></trkpt>")).fixes[0].quality == .invalid)
    #expect(try read(GPX.self, track("<trkpt lat='1' lon='2'><fix>4d</fix></trkpt>")).fixes[0].quality == .invalid)
    #expect(try read(GPX.self, track("<trkpt lat='1' lon='2'><fix>3d</fix></trkpt>")).fixes[0].quality == .autonomous)
    #expect(try read(GPX.self, track("<trkpt lat='1' lon='2'><ele/><time></time></trkpt>")).problems.isEmpty)
  }

  @Test func `everything before damaged XML is used`() throws {
    let whole = track((0..<20).map { "<trkpt lat='\($0)' lon='2'><ele>\($0)</ele></trkpt>\n" }.joined())
    let bytes = Array(whole.utf8)
    var most = 0
    for end in 0..<bytes.count {
      // Before the root element is known there is nothing to use.
      guard let log = try? read(GPX.self, Array(bytes[..<end])) else { continue }
      #expect(log.codes == ["gpx.xml"])
      #expect(log.fixes.enumerated().allSatisfy { $1.position.latitude == Double($0) && $1.elevation == Double($0) })
      #expect(log.fixes.count >= most)
      most = log.fixes.count
    }
    #expect(most == 20)
  }

  @Test func `a log is the same in blocks of any size, and as gzip`() throws {
    let text = gpx(
      "<trk><name>é</name><trkseg>"
        + (0..<50).map {
          "<trkpt lat='4\($0 % 10).5' lon='2'><time>2026-05-03T10:11:\(10 + $0)Z</time></trkpt>\n"
        }.joined() + "<trkpt/></trkseg></trk>")
    let whole = try read(GPX.self, text)
    #expect(whole.fixes.count == 50)
    for blockSize in [1, 7, 64, 1000] { #expect(try read(GPX.self, text, blockSize: blockSize) == whole) }
    #expect(try read(GPX.self, gzip(Array(text.utf8))) == whole)
  }

  @Test func `hostile files are refused or cut short, and nothing hangs`() throws {
    let bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\">"
      + (1..<12).map {
        "<!ENTITY a\($0) \"" + String(repeating: "&a\($0 == 1 ? "" : String($0 - 1));", count: 10) + "\">"
      }.joined()
      + "]><gpx><trk><name>&a11;</name></trk></gpx>"
    #expect(throws: FileUnreadable.self) { try read(GPX.self, bomb) }
    #expect(throws: FileUnreadable.self) { try read(GPX.self, "<kml></kml>") }

    let deep = gpx("<trk><trkseg><trkpt lat='1' lon='2'/></trkseg></trk>" + String(repeating: "<x>", count: 100_000))
    let log = try read(GPX.self, deep)
    #expect(log.fixes.count == 1)
    #expect(log.codes == ["gpx.depth"])

    let long = try read(GPX.self, gpx("<trk><name>" + String(repeating: "n", count: 3_000_000) + "</name></trk>"))
    #expect(long.codes == ["gpx.long-text"])
    #expect((long.tracks.first?.header.name?.utf8.count ?? 0) <= 65_536)

    let unknown = try read(GPX.self, "<?xml version=\"1.0\" encoding=\"x-klingon\"?><gpx/>")
    #expect(unknown.codes == ["gpx.encoding"])
  }
}
