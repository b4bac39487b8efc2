import Formats
import Geometry
import Survey
import Testing

@Suite struct TCXTests {
  private func point(_ latitude: String, _ longitude: String, _ time: String = "2026-05-03T10:11:12Z") -> String {
    """
    <Trackpoint><Time>\(time)</Time><Position><LatitudeDegrees>\(latitude)</LatitudeDegrees>
    <LongitudeDegrees>\(longitude)</LongitudeDegrees></Position><AltitudeMeters>200.5</AltitudeMeters></Trackpoint>
    """
  }
  private func file(_ body: String) -> String {
    "<?xml version='1.0'?><TrainingCenterDatabase xmlns='http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2'>"
      + body + "</TrainingCenterDatabase>"
  }

  @Test func `activities, laps and pauses`() throws {
    let text = file(
      """
      <Activities><Activity Sport="Other"><Id>2026-05-03T10:11:12Z</Id>
      <Lap><Track>\(point("43.1", "21.1"))\(point("43.2", "21.2", "2026-05-03T10:11:13.500Z"))</Track>
        <Track>\(point("43.3", "21.3"))</Track></Lap>
      <Lap><Track><Trackpoint><Time>2026-05-03T10:12:00Z</Time><HeartRateBpm><Value>90</Value></HeartRateBpm></Trackpoint>
        \(point("43.4", "21.4"))</Track></Lap>
      <Creator><Name>Forerunner</Name></Creator></Activity>
      <Activity><Id>second</Id><Lap><Track>\(point("43.5", "21.5"))</Track></Lap></Activity></Activities>
      """)
    #expect(TCX.recognizes(Array(text.utf8)))
    let log = try read(TCX.self, text)
    #expect(log.codes == ["tcx.no-position"])
    #expect(log.tracks.map(\.header) == [TrackHeader(name: "2026-05-03T10:11:12Z"), TrackHeader(name: "second")])
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[2, 1, 1], [1]])
    let fix = log.tracks[0].segments[0][1]
    #expect(fix.position == Geographic(21.2, 43.2))
    #expect((fix.time?.description, fix.elevation) == ("2026-05-03T10:11:13.500Z", 200.5))
  }

  @Test func `a course is planned, and claims nothing; its points are waypoints`() throws {
    let log = try read(
      TCX.self,
      file(
        """
        <Courses><Course><Name>lane</Name><Track>\(point("43.1", "21.1"))</Track><CoursePoint><Name>TP1</Name>
        <Time>2026-05-03T10:11:12Z</Time><Position><LatitudeDegrees>43.9</LatitudeDegrees>
        <LongitudeDegrees>21.9</LongitudeDegrees></Position><PointType>Generic</PointType><Notes>stake</Notes></CoursePoint>
        </Course></Courses>
        """))
    #expect(log.tracks.map(\.header) == [TrackHeader(name: "lane", kind: .route)])
    let point = try #require(log.waypoints.first)
    #expect((point.name, point.symbol, point.comment) == ("TP1", "Generic", "stake"))
    #expect(point.fix.position == Geographic(21.9, 43.9))
  }

  @Test(arguments: [("91", "2"), ("1", "181"), ("nan", "1"), ("", "1"), ("1e999", "0")])
  func `a position that is none is told`(latitude: String, longitude: String) throws {
    let log = try read(
      TCX.self,
      file("<Activities><Activity><Lap><Track>\(point(latitude, longitude))</Track></Lap></Activity></Activities>"))
    #expect(log.codes == ["tcx.coordinate"])
    #expect(log.fixes.isEmpty)
  }

  @Test func `damage, depth and document types`() throws {
    let head = "<TrainingCenterDatabase><Activities><Activity><Lap><Track>\(point("1", "2"))"
    #expect(try read(TCX.self, head).codes == ["tcx.xml"])
    let deep = try read(TCX.self, head + String(repeating: "<Lap>", count: 100_000))
    #expect(deep.codes == ["tcx.depth"] && deep.fixes.count == 1)
    #expect(throws: FileUnreadable.self) { try read(TCX.self, "<!DOCTYPE x [<!ENTITY a 'b'>]>" + head) }
  }
}
