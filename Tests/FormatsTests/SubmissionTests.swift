import Formats
import Geometry
import Survey
import Testing

/// A grid on which every number stands for ten thousand times its degrees.
private struct TenThousandth: PositionConverter {
  func position(_ first: Double, _ second: Double) throws(CoordinateFault) -> Geographic {
    Geographic(first / 10_000, second / 10_000)
  }
}

@Suite struct SubmissionTests {
  @Test(arguments: [
    // ODK Central, with a line break in a note and a point in a group.
    (
      "SubmissionDate,note,site-point-Latitude,site-point-Longitude,site-point-Altitude,site-point-Accuracy,KEY\n"
        + "2026-05-03T10:00:00Z,\"two\nlines\",43.5,21.5,200,4.5,uuid:1\n,,,,,,uuid:2\n",
      "uuid:1"
    ),
    // Kobo, which says each point twice.
    (
      "start;location;_location_latitude;_location_longitude;_location_altitude;_location_precision;_uuid\n"
        + "2026;43.5 21.5 200 4.5;43.5;21.5;200;4.5;u1\n",
      "u1"
    ),
    ("name,where,instanceID\nF-1,43.5 21.5 200 4.5,i\n", "F-1"),
  ])
  func `a geopoint is a waypoint, once`(text: String, name: String) throws {
    #expect(ODK.recognizes(Array(text.utf8)))
    let log = try read(ODK.self, text)
    #expect(log.problems.isEmpty)
    let point = try #require(log.waypoints.first)
    #expect(log.waypoints.count == 1)
    #expect(point.fix.position == Geographic(21.5, 43.5))
    #expect((point.fix.elevation, point.fix.sigma, point.name) == (200, 4.5, name))
  }

  @Test func `traces with empty points at their end; a tapped point is not measured`() throws {
    let log = try read(
      ODK.self,
      "_uuid,way\nu,43.5 21.5 200 4.5;43.6 21.6 0 0; 43.7 21.7;;  ;\nv,43.5 21.5 1 2;95.0 21.5 1 2;43.9 21.9 1 2\nw,12 34 56 78\nx,0.0 0.0 0.0 0.0\n"
    )
    #expect(log.codes == ["odk.coordinate", "odk.coordinate", "odk.coordinate"])
    // The answer without fractions is known for none when the others are known for positions.
    #expect(log.problems.map(\.line) == [3, 5, 4])
    #expect(log.tracks.map(\.header.name) == ["u way", "v way"])
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[3], [2]])
    #expect(log.tracks[0].segments[0].map(\.sigma) == [4.5, nil, nil])
    #expect(log.tracks[0].segments[0].map(\.quality) == [.unknown, .manual, .unknown])
    #expect(log.waypoints.isEmpty)
  }

  @Test func `an answer that is no position is told in a column of positions, and nowhere else`() throws {
    let log = try read(
      ODK.self, "_uuid,place,note\nu,43.5 21.5 200 4,43.5 21.5 200\nv,\"43,5 21,5 200 4\",dry\nw,,wet\n")
    #expect(log.waypoints.count == 2 && log.codes == ["odk.coordinate"] && log.problems.map(\.line) == [3])
    #expect(log.counts?.aside == ["odk.coordinate": 1] && log.counts?.addsUp == true)
  }

  @Test func `other sheets are not taken for submissions`() {
    for text in [
      "lat,lon\n43.5,21.5\n", "name,latitude,longitude,accuracy\na,43.5,21.5,3\n", "x,y\n1,2\n",
      "id,gps_latitude,gps_longitude\n1,43.5,21.5\n", "{\"a\":1}",
    ] {
      #expect(!ODK.recognizes(Array(text.utf8)))
      #expect(!Survey123.recognizes(Array(text.utf8)))
    }
  }

  @Test(arguments: [
    #"{"count":1,"results":[{"_id":7,"name":"F","site/point":"43.5 21.5 200 4.5","_geolocation":[43.5,21.5],"_uuid":"u"}]}"#,
    #"[{"instanceID":"F","g":{"point":"43.5 21.5 200 4.5"}}]"#,
    #"{"@odata.context":"x","value":[{"__id":"F","p":{"type":"Point","coordinates":[21.5,43.5,200],"properties":{"accuracy":4.5}}}]}"#,
    #"{"_uuid":"F","deep":[{"p":"43.5 21.5 200 4.5"}]}"#,
  ])
  func `JSON of Kobo, Collect and OData`(text: String) throws {
    #expect(ODKJSON.recognizes(Array(text.utf8)))
    let log = try read(ODKJSON.self, text)
    #expect(log.problems.isEmpty)
    #expect(log.waypoints.map(\.fix.position) == [Geographic(21.5, 43.5)])
    #expect(log.waypoints.map(\.name) == ["F"])
    #expect(log.waypoints.map(\.fix.sigma) == [4.5])
  }

  @Test func `a line of OData is a track; damaged JSON is told`() throws {
    let line = #"{"type":"LineString","coordinates":[[21.5,43.5],[21.6,95],[21.7,43.7]]}"#
    let log = try read(ODKJSON.self, #"{"@odata.context":"x","value":[{"__id":"u","way":\#(line)},{"__id":"#)
    #expect(log.codes == ["odk.coordinate", "odk.json"])
    #expect(log.fixes.map(\.position) == [Geographic(21.5, 43.5), Geographic(21.7, 43.7)])
  }

  @Test func `Survey123 in degrees, and in metres only when they are declared`() throws {
    let head = "ObjectID,GlobalID,What,x,y\n"
    let degrees = head + "1,g1,PMA-2,21.5,43.5\n2,g2,,x,y\n3,g3,,0,0\n"
    #expect(Survey123.recognizes(Array(degrees.utf8)))
    let log = try read(Survey123.self, degrees)
    #expect(log.waypoints.map(\.fix.position) == [Geographic(21.5, 43.5)])
    #expect(log.codes == ["csv.number", "csv.number"])
    let metres = head + "1,g1,,21.5,43.5\n2,g2,,215000,435000\n"
    do {
      _ = try read(Survey123.self, metres)
      Issue.record("metres were taken for degrees")
    } catch {
      #expect(error.code == "crs.undeclared")
      #expect(error.pair?.first == 215_000)
    }
    var options = ReadOptions()
    options.crs = FileCRS(name: "EPSG:3857", isGeographic: false, converter: TenThousandth())
    #expect(try read(Survey123.self, metres, options: options).waypoints.last?.fix.position == Geographic(21.5, 43.5))
  }
}

@Suite struct EsriTests {
  private let properties =
    #""globalid":"{A-1}","CreationDate":1777788000000,"Creator":"team1","name":"TP 1","esrignss_h_rms":0.014,"#
    + #""esrignss_fixtype":4,"esrignss_hdop":0.7,"esrignss_numsats":19,"esrignss_fixdatetime":1777788001500"#

  private func geojson(_ properties: String) -> String {
    #"{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{\#(properties)},"#
      + #""geometry":{"type":"Point","coordinates":[21.5,43.5]}}]}"#
  }

  @Test func `a point of ArcGIS has the quality, sigma and time of its receiver, and not of its form`() throws {
    for properties in [properties, properties.uppercased()] {
      let log = try read(GeoJSONLog.self, geojson(properties))
      let point = try #require(log.waypoints.first)
      #expect(log.problems.isEmpty && point.name == "TP 1")
      #expect((point.fix.quality, point.fix.sigma, point.fix.hdop, point.fix.satellites) == (.rtkFixed, 0.014, 0.7, 19))
      #expect(point.fix.time?.description == "2026-05-03T06:00:01.500Z")
    }
    let bare = try read(GeoJSONLog.self, geojson(#""globalid":"{A-1}","CreationDate":1777788000000"#))
    #expect(bare.waypoints.map(\.fix.time) == [nil] && bare.waypoints.map(\.name) == ["{A-1}"])
  }

  @Test(arguments: [
    ("0", FixQuality.invalid, []), ("1", .autonomous, []), ("2", .differential, []), ("5", .rtkFloat, []),
    ("9", .invalid, ["esri.quality"]), ("\"RTK Float\"", .rtkFloat, []), ("\"best\"", .invalid, ["esri.quality"]),
    ("null", .unknown, []), ("4,\"esrignss_positionsourcetype\":1", .manual, []),
  ])
  func `fix types`(type: String, quality: FixQuality, codes: [String]) throws {
    let log = try read(GeoJSONLog.self, geojson(#""GlobalID":"g","EditDate":1,"ESRIGNSS_FIXTYPE":\#(type)"#))
    #expect(log.waypoints.map(\.fix.quality) == [quality] && log.codes == codes)
  }

  @Test func `a CSV of the same layer says the same`() throws {
    let log = try read(
      Survey123.self,
      "GlobalID,name,Horizontal Accuracy (m),Fix Type,Number of Satellites,x,y\ng,TP 1,0.014,RTK Fixed,19,21.5,43.5\n")
    #expect(log.waypoints.map(\.fix.sigma) == [0.014] && log.waypoints.map(\.fix.quality) == [.rtkFixed])
    #expect(log.waypoints.map(\.fix.satellites) == [19])
  }

  private func set(_ reference: String, _ x: String = "21.5", _ y: String = "43.5") -> String {
    #"{"geometryType":"esriGeometryPoint",\#(reference)"features":[{"attributes":{\#(properties)},"#
      + #""geometry":{"x":\#(x),"y":\#(y)}}]}"#
  }

  @Test func `Esri's own JSON on WGS 84, and otherwise only as declared`() throws {
    let log = try read(EsriJSON.self, set(#""spatialReference":{"wkid":4326},"#))
    #expect(log.waypoints.map(\.fix.position) == [Geographic(21.5, 43.5)] && log.problems.isEmpty)
    #expect(log.waypoints.map(\.fix.sigma) == [0.014])
    for reference in ["", #""spatialReference":{"wkid":102100,"latestWkid":3857},"#] {
      let error = #expect(throws: FileUnreadable.self) { try read(EsriJSON.self, set(reference, "215000", "435000")) }
      #expect(error?.code == "crs.undeclared" && error?.pair?.first == 215_000)
    }
    var options = ReadOptions()
    options.crs = FileCRS(name: "EPSG:3857", isGeographic: false, converter: TenThousandth())
    let mercator = set(#""spatialReference":{"wkid":102100},"#, "215000", "435000")
    let declared = try read(EsriJSON.self, mercator, options: options)
    #expect(declared.waypoints.map(\.fix.position) == [Geographic(21.5, 43.5)])
    let degrees = set(#""spatialReference":{"wkid":4326},"#)
    #expect(throws: FileUnreadable.self) { try read(EsriJSON.self, degrees, options: options) }
  }
}
