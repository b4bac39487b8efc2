import Formats
import Geometry
import Survey
import Testing

/// One small log of a format, and what becomes of its records.
private struct Account: Sendable, CustomTestStringConvertible {
  let name: String
  let format: any LogFormat.Type
  let text: String
  let seen, used, other: Int
  var aside: [String: Int] = [:]

  var testDescription: String { name }

  static let all: [Account] = [
    Account(
      name: "KML points, a line, a track and an area", format: KML.self,
      text: """
        <kml><Document>
        <Placemark><name>F-1</name><Point><coordinates>21.5,43.5,200</coordinates></Point></Placemark>
        <Placemark><LineString><coordinates>21.5,43.5 21.6,43.6 21.7,99 0,0</coordinates></LineString></Placemark>
        <Placemark><gx:Track><when>2026-05-03T10:11:12Z</when><when>2026-05-03T10:11:13Z</when>
        <when>2026-05-03T10:11:14Z</when><gx:coord>21.5 43.5 1</gx:coord><gx:coord/><gx:coord>21.5 x</gx:coord></gx:Track>
        </Placemark>
        <Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>21,43 22,43 22,44 21,43</coordinates></LinearRing>
        </outerBoundaryIs></Polygon></Placemark>
        <Placemark><Point><gx:Track><gx:coord>21.5 43.5 1</gx:coord></gx:Track></Point></Placemark>
        <GroundOverlay><gx:LatLonQuad><coordinates>21,43 22,43 22,44 21,44</coordinates></gx:LatLonQuad></GroundOverlay>
        </Document></kml>
        """,
      seen: 17, used: 4, other: 8,
      aside: ["kml.coordinate": 2, "coordinate.null-island": 1, "kml.no-position": 1, "kml.geometry": 1]),
    Account(
      name: "KML that breaks off in a track", format: KML.self,
      text: """
        <kml><Placemark><gx:Track><when>2026-05-03T10:11:12Z</when><when>2026-05-03T10:11:13Z</when>
        <when>2026-05-03T10:11:14Z</when><gx:coord>21.5 43.5 1</gx:coord><gx:coord>21.5 43.6 1</gx:coord><gx:coord>21.5 4
        """,
      seen: 2, used: 2, other: 0),
    Account(
      name: "TCX", format: TCX.self,
      text: "<TrainingCenterDatabase><Activities><Activity><Lap><Track>" + trackpoint("43.5", "21.5")
        + trackpoint("43.5", "181") + trackpoint("0", "0")
        + "<Trackpoint><Time>2026-05-03T10:11:12Z</Time></Trackpoint>"
        + "<Trackpoint>" + trackpoint("43.6", "21.6") + "</Trackpoint></Track></Lap></Activity></Activities>"
        + "<Courses><Course><CoursePoint><Position><LatitudeDegrees>43</LatitudeDegrees><LongitudeDegrees>21"
        + "</LongitudeDegrees></Position></CoursePoint></Course></Courses><Trackpoint><Position>",
      seen: 8, used: 3, other: 0,
      aside: ["tcx.coordinate": 2, "coordinate.null-island": 1, "tcx.no-position": 1, "tcx.xml": 1]),
    Account(
      name: "ODK CSV", format: ODK.self,
      text:
        "where,way,site-Latitude,site-Longitude,KEY\n43.5 21.5 200 4,43.5 21.5 1 2;95.0 21.5 1 2;43.6 21.6 1 2,,,a\n"
        + ",,43.5,21.5,b\n,,43.5,,c\n,,,,d\n",
      seen: 7, used: 4, other: 1, aside: ["odk.coordinate": 2]),
    Account(
      name: "ODK JSON", format: ODKJSON.self,
      text: #"[{"instanceID":"a","p":"43.5 21.5 200 4"},{"instanceID":"b"},{"instanceID":"c","#
        + #""g":{"type":"Polygon","coordinates":[[[21,43],[22,43],[22,95],[21,43]],[[21,43]]]}},{"instanceID":"#,
      seen: 8, used: 4, other: 1, aside: ["odk.coordinate": 2, "odk.json": 1]),
    Account(
      name: "Survey123 CSV", format: Survey123.self, text: "GlobalID,x,y\n{1},21.5,43.5\n{2},,\n{3},0,0\n{4},\"21.5",
      seen: 4, used: 1, other: 0, aside: ["csv.number": 2, "sheet.quote": 1]),
    Account(
      name: "GeoJSON", format: GeoJSONLog.self,
      text: #"{"type":"FeatureCollection","features":[7,"#
        + [
          feature("Point", "[21.5,43.5]"), feature("Point", "[21.5,95]"), feature("LineString", "[[21,43],[0,0]]"),
          feature("LineString", "[[0,0],[0,0]]"), feature("Polygon", "[[[1,1],[2,1],[2,2],[1,1]]]"),
          feature("MultiPoint", "[[21,43],[22,43]]"), #"{"type":"Feature","properties":null,"geometry":null}"#,
        ].joined(separator: ",") + "]}",
      seen: 8, used: 3, other: 2,
      aside: ["geojson.type": 1, "geojson.coordinate": 1, "coordinate.null-island": 1]),
    Account(
      name: "Esri JSON", format: EsriJSON.self,
      text: #"{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":4326},"features":["#
        + #"{"attributes":{"name":"a"},"geometry":{"x":21.5,"y":43.5}},{"attributes":{},"geometry":{"x":21.5,"y":95}},"#
        + #"{"attributes":{},"geometry":null},{"geometry":{"paths":[[[21,43],[22,43]]]}},{"attributes":"#,
      seen: 5, used: 2, other: 0, aside: ["esri.geometry": 2, "esri.json": 1]),
  ]
}

private func trackpoint(_ latitude: String, _ longitude: String) -> String {
  "<Trackpoint><Time>2026-05-03T10:11:12Z</Time><Position><LatitudeDegrees>\(latitude)</LatitudeDegrees>"
    + "<LongitudeDegrees>\(longitude)</LongitudeDegrees></Position></Trackpoint>"
}

private func feature(_ type: String, _ coordinates: String) -> String {
  #"{"type":"Feature","properties":{},"geometry":{"type":"\#(type)","coordinates":\#(coordinates)}}"#
}

/// What was handed on, where a record is a position.
private func handedOn(_ log: FieldLog) -> Int { log.fixes.count + log.waypoints.count }

@Suite struct RecordCountTests {
  @Test(arguments: Account.all)
  private func `every record is used, something else, or set aside under a code`(account: Account) throws {
    let isRecognized = account.format.recognizes(Array(account.text.utf8))
    #expect(isRecognized)
    let log = try read(account.format, account.text)
    let counts = try #require(log.counts)
    #expect(counts.seen == account.seen && counts.used == account.used && counts.other == account.other, "\(counts)")
    #expect(counts.aside == account.aside && counts.addsUp)
    #expect(Set(counts.aside.keys).isSubset(of: log.codes), "\(log.codes)")
  }

  @Test(arguments: Account.all)
  private func `the records add up whatever is cut off or changed`(account: Account) throws {
    var random = Seeded(state: 11)
    let whole = Array(account.text.utf8)
    var damaged = (0..<whole.count).map { Array(whole[..<$0]) }
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 32...126, using: &random)
      }
      let (a, b) = (Int.random(in: 0...bytes.count, using: &random), Int.random(in: 0...bytes.count, using: &random))
      damaged.append(bytes)
      damaged.append(Array(whole[..<max(a, b)]) + Array(whole[min(a, b)...]))
    }
    for bytes in damaged {
      // A file may be refused as a whole.
      guard let log = try? read(account.format, bytes) else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      let counts = try #require(log.counts, "\(text)")
      #expect(counts.addsUp, "\(counts) of \(text)")
      #expect(Set(counts.aside.keys).isSubset(of: log.codes), "\(log.codes) of \(text)")
      let isByFeature = [GeoJSONLog.name, EsriJSON.name].contains(account.format.name)
      #expect(isByFeature || handedOn(log) == counts.used, "\(text)")
    }
  }
}
