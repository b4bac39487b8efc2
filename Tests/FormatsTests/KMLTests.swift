import Formats
import Geometry
import Survey
import Testing

@Suite struct KMLTests {
  private func kml(_ body: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
    \(body)
    </Document></kml>
    """
  }
  private func line(_ coordinates: String) -> String {
    kml("<Placemark><LineString><coordinates>\(coordinates)</coordinates></LineString></Placemark>")
  }

  @Test func `points, lines, tracks, times and accuracies`() throws {
    let log = try read(
      KML.self,
      kml(
        """
        <name>not a track</name>
        <Folder><name>finds</name><Placemark id="p1"><name>F &amp; 1</name><description><![CDATA[<b>near</b>]]></description>
          <TimeStamp><when>2026-05-03T10:11:12Z</when></TimeStamp>
          <LookAt><gx:TimeStamp><when>1999-01-01T00:00:00Z</when></gx:TimeStamp></LookAt>
          <Point><altitudeMode>absolute</altitudeMode><coordinates> 21.9,43.3,200.5 </coordinates></Point></Placemark></Folder>
        <Placemark><name>lane 1</name><MultiGeometry>
          <LineString><coordinates>21.1,43.1 21.2,43.2</coordinates></LineString>
          <MultiGeometry><LineString><coordinates>21.3,43.3</coordinates></LineString></MultiGeometry>
        </MultiGeometry></Placemark>
        <Placemark><name>lane 2</name><gx:MultiTrack><gx:Track>
          <when>2026-05-03T12:11:12.250+02:00</when><when>2026-05-03T10:11:14Z</when><when>2026-05-03T10:11:15Z</when>
          <gx:coord>21.5 43.5 201</gx:coord><gx:coord/><gx:coord>21.6 43.6</gx:coord>
          <ExtendedData><SchemaData schemaUrl="#s"><gx:SimpleArrayData name="accuracy">
            <gx:value>2.5</gx:value><gx:value>9</gx:value><gx:value>0</gx:value></gx:SimpleArrayData>
            <gx:SimpleArrayData name="speed"><gx:value>1</gx:value></gx:SimpleArrayData></SchemaData></ExtendedData>
        </gx:Track><gx:Track><when>2026-05-03T10:12:00Z</when><gx:coord>21.7 43.7 1</gx:coord></gx:Track></gx:MultiTrack>
        </Placemark>
        """))
    #expect(log.codes == ["kml.no-position"])
    #expect(log.tracks.map(\.header.name) == ["lane 1", "lane 2"])
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[2, 1], [2, 1]])
    let find = log.waypoints[0]
    #expect(find.fix.position == Geographic(21.9, 43.3))
    #expect((find.name, find.comment, find.fix.elevation) == ("F & 1", "<b>near</b>", 200.5))
    #expect(find.fix.time?.description == "2026-05-03T10:11:12Z")
    let (first, second) = (log.tracks[1].segments[0][0], log.tracks[1].segments[0][1])
    #expect(first.time?.description == "2026-05-03T10:11:12.250Z")
    #expect((first.sigma, first.elevation, first.line) == (2.5, 201, 14))
    #expect((second.sigma, second.time?.description) == (nil, "2026-05-03T10:11:15Z"))
    #expect(log.tracks[0].segments[0][0].time == nil)
  }

  @Test(
    arguments: [
      ("1,2 3,4", [[1, 2], [3, 4]]), ("\n\t1,2,3\r\n  4,5,6\n", [[1, 2], [4, 5]]), ("1, 2 3 ,4", [[1, 2], [3, 4]]),
      ("1 , 2 , 3 4,5", [[1, 2], [4, 5]]), ("1,2,", [[1, 2]]), ("1,2, 3,4", []), ("1,2,3,4", [[1, 2]]),
      ("+1.5e1,-2", [[15, -2]]),
      ("180,90 -180,-90", [[180, 90], [-180, -90]]), ("1,2,nan", [[1, 2]]), ("", []), (" , ", []),
    ] as [(String, [[Double]])])
  func `tuples with odd blanks`(text: String, positions: [[Double]]) throws {
    for blockSize in [1, 3, 1 << 20] {
      let log = try read(KML.self, line(text), blockSize: blockSize)
      #expect(log.fixes.map { [$0.position.longitude, $0.position.latitude] } == positions)
    }
  }

  @Test(arguments: [
    "no,no", "nan,2", "1e999,2", "2,1e999", "181,2", "2,91", "inf,1", "1", "1,,2", "1;2", "1,2, 3,4", "0x1,2",
    "1,2\u{a0}3,4", String(repeating: "1", count: 100_000),
  ])
  func `a bad tuple is told and set aside, and never 0, 0`(tuple: String) throws {
    let log = try read(KML.self, line("21,43\n\(tuple)\n22,44"))
    #expect(log.fixes.map(\.position) == [Geographic(21, 43), Geographic(22, 44)])
    #expect(log.codes == ["kml.coordinate"])
    #expect(log.problems.first?.line == 4)
  }

  @Test(arguments: [
    "<kml xmlns='http://earth.google.com/kml/2.0'>", "<kml xmlns='http://earth.google.com/kml/2.1'>",
    "<kml xmlns='http://www.opengis.net/kml/2.3'>", "<kml>", "<k:kml xmlns:k='u'>",
  ])
  func `any namespace or none`(root: String) throws {
    let prefix = root.hasPrefix("<k:") ? "k:" : ""
    let body = "<Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>"
      .replacing("</", with: "<|").replacing("<", with: "<" + prefix).replacing("<\(prefix)|", with: "</" + prefix)
    let text = root + body + "</\(prefix)kml>"
    #expect(KML.recognizes(Array(text.utf8)))
    #expect(try read(KML.self, text).waypoints.map(\.fix.position) == [Geographic(1, 2)])
  }

  @Test func `KML 2.0's schemas name their placemarks`() throws {
    let text = kml(
      """
      <Schema parent="Placemark" name="S_1"><SimpleField type="string" name="Foo"/></Schema>
      <S_1><name>1</name><Foo>foo</Foo><Point><coordinates>-122,37</coordinates></Point></S_1>
      """)
    #expect(try read(KML.self, text).waypoints.map(\.name) == ["1"])
    let (features, _) = try features(text)
    #expect(features.first?.properties["Foo"] == "foo")
  }

  // MARK: Features

  private func features(_ text: String) throws -> (features: [GeoFeature], codes: [String]) {
    var input = ByteSource(bytes: Array(text.utf8), path: "test")
    var (features, codes): ([GeoFeature], [String]) = ([], [])
    try KML.readFeatures(&input) {
      features.append($0)
    } problem: {
      codes.append($0.code)
    }
    return (features, codes)
  }
  private func ring(_ text: String) -> String { "<LinearRing><coordinates>\(text)</coordinates></LinearRing>" }

  @Test func `polygons with holes and their properties`() throws {
    let text = kml(
      """
      <Folder><name>hazards</name><Placemark id="x"><name>H-1</name><description>mined</description>
      <TimeSpan><begin>2026-01-01</begin></TimeSpan>
      <ExtendedData><Data name="class"><value> SHA </value></Data>
        <SchemaData><SimpleData name="recorded">2026-05-03</SimpleData></SchemaData></ExtendedData>
      <Polygon><outerBoundaryIs>\(ring("0,0 4,0 4,4 0,4 0,0"))</outerBoundaryIs>
        <innerBoundaryIs>\(ring("1,1 2,1 2,2 1,1"))</innerBoundaryIs>
        <innerBoundaryIs>\(ring("3,3 3.5,3 3.5,3.5"))</innerBoundaryIs></Polygon></Placemark></Folder>
      """)
    let (features, codes) = try features(text)
    #expect(codes == ["kml.ring-open"])
    let feature = try #require(features.first)
    #expect(feature.id == "H-1")
    #expect(
      feature.properties == [
        "name": "H-1", "description": "mined", "class": "SHA", "recorded": "2026-05-03", "folder": "hazards",
        "begin": "2026-01-01",
      ])
    #expect(feature.geometry?.polygons.first?.holes.count == 2)
    #expect(try read(KML.self, text).codes.last == "kml.not-a-log")
  }

  @Test(arguments: [
    ("0,0 4,0 bad 4,4 0,0", ["kml.coordinate", "kml.geometry"]), ("0,0 4,0 0,0", ["ring.too-few"]),
    ("0,0 4,0 4,95 0,0", ["kml.coordinate", "kml.geometry"]),
  ])
  func `a polygon of which a corner is lost is not used`(outer: String, expected: [String]) throws {
    let sound = "<Polygon><outerBoundaryIs>\(ring("0,0 4,0 4,4 0,0"))</outerBoundaryIs></Polygon>"
    let text = kml(
      "<Placemark><MultiGeometry>\(sound)<Polygon><outerBoundaryIs>\(ring(outer))</outerBoundaryIs></Polygon></MultiGeometry></Placemark>"
        + "<Placemark>\(sound)</Placemark>")
    let (features, codes) = try features(text)
    #expect(codes == expected)
    #expect(features.count == 1)
  }

  @Test func `links, overlays and updates are told and not followed`() throws {
    let log = try read(
      KML.self,
      kml(
        """
        <NetworkLink><Link><href>http://example.org/a.kml</href></Link></NetworkLink>
        <GroundOverlay><LatLonBox><north>1</north></LatLonBox></GroundOverlay>
        <NetworkLinkControl><Update><Change><Placemark><Point><coordinates>1,2</coordinates></Point></Placemark></Change></Update>
        </NetworkLinkControl>
        """))
    #expect(log.codes == ["kml.network", "kml.overlay", "kml.network"])
    #expect(log.problems[0].message.contains("http://example.org/a.kml"))
    #expect(log.waypoints.isEmpty)
  }

  @Test func `arrays of a track that do not fit are left out`() throws {
    let text = kml(
      "<Placemark><gx:Track><when>2026-05-03T10:11:12Z</when><gx:coord>1 2</gx:coord><gx:coord>3 4</gx:coord></gx:Track></Placemark>"
    )
    let log = try read(KML.self, text)
    #expect(log.codes == ["kml.track"])
    #expect(log.fixes.count == 2 && log.fixes.allSatisfy { $0.time == nil })
  }

  // MARK: Hostile files

  @Test func `a document type is refused, so that no entity is ever expanded`() {
    let bomb =
      "<!DOCTYPE kml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><kml><Placemark><name>&b;</name></Placemark></kml>"
    #expect { try read(KML.self, bomb) } throws: { ($0 as? FileUnreadable)?.code == "kml.doctype" }
    #expect(KML.recognizes(Array(bomb.utf8)))
  }

  @Test func `deep nesting, damage and foreign roots`() throws {
    let point = "<Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>"
    let deep = try read(KML.self, "<kml>\(point)" + String(repeating: "<Folder>", count: 100_000))
    #expect(deep.codes == ["kml.depth"])
    #expect(deep.waypoints.count == 1)
    let hundred = String(repeating: "<Folder>", count: 101) + point + String(repeating: "</Folder>", count: 101)
    #expect(try read(KML.self, "<kml>\(hundred)</kml>").waypoints.count == 1)
    let cut = try read(KML.self, "<kml>\(point)<Placemark><Point><coordinates>3,4</coordi")
    #expect(cut.codes == ["kml.xml"])
    #expect(cut.waypoints.map(\.fix.position) == [Geographic(1, 2)])
    #expect(throws: FileUnreadable.self) { try read(KML.self, "<html/>") }
    let endless = try read(KML.self, "<kml>\(point)<!-- " + String(repeating: "x", count: 10 << 20))
    #expect(endless.problems.first?.message.contains("8 MiB") == true)
    #expect(endless.waypoints.count == 1)
  }

  @Test func `problems without end are counted, not listed`() throws {
    let log = try read(KML.self, line(String(repeating: "x,y ", count: 5000)))
    #expect(log.problems.count == 1001)
    #expect(log.problems.last?.message.hasPrefix("4000 more") == true)
  }
}
