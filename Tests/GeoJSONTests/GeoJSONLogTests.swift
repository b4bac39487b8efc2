import Formats
import Geometry
import Survey
import Testing

@Suite struct GeoJSONLogTests {
  private func log(_ features: String...) throws -> FieldLog {
    var log = FieldLog()
    let text = "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}"
    let source = try LogReader.read(ByteSource(bytes: Array(text.utf8), path: "log.geojson"), into: &log)
    #expect(source.format == "GeoJSON" && source.bytes == text.utf8.count)
    return log
  }
  private func feature(_ type: String, _ coordinates: String, _ properties: String = "") -> String {
    "{\"type\":\"Feature\",\"properties\":{\(properties)},"
      + "\"geometry\":{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}}"
  }

  @Test func `lines are tracks with a segment a line`() throws {
    let log = try log(
      feature(
        "LineString", "[[1,2],[3,4]]",
        "\"name\":\"a\",\"coordTimes\":[\"2026-05-03T06:00:00Z\",\"2026-05-03T08:00:01+02:00\"]"),
      feature("MultiLineString", "[[[1,2],[3,4]],[[5,6],[7,8]]]", "\"name\":\"b\",\"quality\":\"rtk-fixed\""))
    #expect(log.problems.isEmpty)
    #expect(log.tracks.map(\.header.name) == ["a", "b"])
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[2], [2, 2]])
    #expect(log.fixes.compactMap { $0.time?.description } == ["2026-05-03T06:00:00Z", "2026-05-03T06:00:01Z"])
    #expect(log.fixes.map(\.line) == [2, 2, 3, 3, 3, 3] && log.fixes.last?.quality == .rtkFixed)
  }

  @Test func `points of import are fixes, in their tracks and segments`() throws {
    func point(_ track: Int, _ segment: Int) -> String {
      feature(
        "Point", "[1,2]",
        "\"track\":\(track),\"segment\":\(segment),\"time\":\"2026-05-03T06:00:00.5Z\",\"quality\":\"rtk-float\",\"sigma_m\":0.4"
      )
    }
    let log = try log(point(1, 1), point(1, 1), point(1, 2), point(2, 2))
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[2, 1], [1]])
    #expect(
      log.fixes.first
        == Fix(
          Geographic(1, 2), time: Timestamp(milliseconds: 1_777_788_000_500), quality: .rtkFloat, sigma: 0.4, line: 2))
  }

  @Test func `other points are waypoints`() throws {
    let log = try log(feature("Point", "[1,2]", "\"name\":\"F-1\",\"sym\":\"Flag\",\"desc\":\"PMA-2\""))
    #expect(log.waypoints == [Waypoint(Fix(Geographic(1, 2), line: 2), name: "F-1", symbol: "Flag", comment: "PMA-2")])
    #expect(log.tracks.isEmpty)
  }

  @Test(arguments: [
    ("Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]", "", "geojson.not-a-log", 0),
    ("LineString", "[[1,2],[3,4]]", "\"coordTimes\":[\"2026-05-03T06:00:00Z\"]", "geojson.time", 2),
    ("LineString", "[[1,2],[3,4]]", "\"coordTimes\":\"now\"", "geojson.time", 2),
    ("Point", "[1,2]", "\"track\":1,\"segment\":1,\"time\":\"yesterday\"", "geojson.time", 1),
    ("Point", "[1,2]", "\"track\":1,\"segment\":1,\"quality\":\"good\"", "geojson.quality", 1),
    ("Point", "[1,2]", "\"track\":1,\"segment\":1,\"sigma_m\":-1", "geojson.sigma", 1),
  ])
  func `what is no log is told`(type: String, coordinates: String, properties: String, code: String, fixes: Int) throws
  {
    let log = try log(feature(type, coordinates, properties))
    #expect(log.problems.map(\.code) == [code] && log.fixes.count == fixes)
  }

  @Test func `a log in another coordinate system is refused`() {
    let text =
      "{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:3857\"}}}"
    var log = FieldLog()
    let error = #expect(throws: FileUnreadable.self) {
      try LogReader.read(ByteSource(bytes: Array(text.utf8), path: "log.geojson"), into: &log)
    }
    #expect(error?.code == "geojson.crs")
  }
}
