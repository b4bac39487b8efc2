import Foundation
import Geometry
import Store
import Survey
import Testing

/// Every property is set to something that is not what a new value would have.
private func fullContent(_ seed: Int = 0) throws -> SurveyContent {
  let place = { (line: Int) in Place("folder/ä \"file\".geojson", line: line) }
  var survey = FieldSurvey(id: "S-1", name: "name \(seed)", timeZone: "Europe/Belgrade")
  (survey.grid, survey.operations, survey.pinnedOperations) = ("EPSG:6316", ["EPSG:9495"], ["EPSG:1", "EPSG:2"])
  (survey.requiredDepth, survey.fadeout, survey.sigmaFactor) = (0.1 + 0.2, 12.5, 2.5)
  (survey.municipality, survey.organisation, survey.preset) = ("Ниш", "o", "serbia")
  survey.frame = FrameUse(name: "ETRS89", doubt: 0.7)
  var use = CoordinateUse(
    crs: "EPSG:6316", crsName: "n", code: "EPSG:9495", name: "op", accuracy: 0.46, grids: ["a.tif"], reason: "why")
  (use.equatedFrame, use.doubt, use.frameShift) = ("f", 0.7, "shift")
  survey.coordinates = [use]
  survey.boxes = BoxGrid(
    box: 50,
    legend: Legend([
      .init(
        status: "done", meaning: "m", colour: "#00FF00", finds: .categories(["cluster munition container"]),
        leastPercent: 0.1 + 0.2),
      .init(status: "open", meaning: "n", colour: "#FF0000", finds: .any),
    ]))
  let ring = { (west: Double) throws -> Ring<Geographic> in
    try Ring([Geographic(west, 43), Geographic(west + 1.0 / 3, 43), Geographic(west, 43 + 1.0 / 7)])
  }
  var hazard = Hazard(
    id: "H-1", class: .confirmed, recorded: try #require(CivilDate("2020-02-29")),
    polygons: [Polygon(try ring(21), holes: [try ring(21.01)]), Polygon(try ring(22))], place: place(3))
  (hazard.requiredDepth, hazard.reportedArea, hazard.areaSigma) = (20, 1e4, 0.1)
  (hazard.municipality, hazard.village, hazard.evidence) = ("m", "v", "zero\0byte")
  let bare = Hazard(id: "H-2", class: .suspected, recorded: CivilDate(daysSinceEpoch: 1), polygons: [], place: place(0))
  survey.hazards = [hazard, bare]
  var activity = Activity(
    id: "A-1", kind: .bacSubsurface, claims: .reduced, start: CivilDate(daysSinceEpoch: 20_000),
    end: CivilDate(daysSinceEpoch: 20_001), geometry: .perimeter, place: place(9))
  (activity.team, activity.organisation, activity.method, activity.note) = ("t", "o", "m", "n")
  (activity.depth, activity.searched, activity.logs) = (13, true, ["l.gpx", "m.gpx"])
  activity.polygons = [Polygon(try ring(20)), Polygon(try ring(19))]
  (activity.swathWidth, activity.sigma, activity.maxClosing, activity.reportedArea) = (1.5, 0.03, 6, 77)
  (activity.rules.maxGapSeconds, activity.rules.maxGapMetres, activity.rules.maxSpeed) = (11, 6, 3)
  activity.rules.minQuality = .rtkFloat
  let idle = Activity(
    id: "A-2", kind: .clearance, claims: .cleared, start: CivilDate(daysSinceEpoch: 1),
    end: CivilDate(daysSinceEpoch: 1), geometry: .track, place: place(10))
  survey.activities = [activity, idle]
  var find = Find(
    id: "F-1", position: Geographic(21.1, 43.000000000000007), found: CivilDate(daysSinceEpoch: 5), place: place(1))
  (find.type, find.depth, find.activity, find.sigma) = ("t", 3, "A-1", 1)
  (find.condition, find.disposed, find.disposal) = ("c", CivilDate(daysSinceEpoch: 6), "d")
  survey.finds = [find]
  survey.inputs = [FieldSurvey.Input(path: "a", sha256: "00"), FieldSurvey.Input(path: "b", sha256: "11")]
  var content = SurveyContent(survey)
  content.wishes = SurveyContent.Wishes(operations: ["EPSG:9495"], preset: "serbia", allowsMissingGrid: true)
  content.findings = Finding.Level.allCases.map { Finding("c.\($0)", $0, at: place(2), "m", advice: "a") }
  (content.hasUnusedInput, content.unreadHazards, content.unreadFinds) = (true, [place(4), place(4)], [place(5)])
  (content.unreadSpotTasks, content.unreadStrikes) = ([place(6)], [place(7)])
  (content.unreadActivities, content.unreadClassChanges) = ([place(8)], [place(9)])
  content.otherPlaces = [Box([Geographic(1, 2), Geographic(3, 4)])]
  content.logs = [LogUse(activity: "A-1", order: 0, path: "l.gpx", sha256: nil)]
  content.runs = [
    StoredRun(
      activity: "A-2", log: 0, sequence: 1, points: 2, box: Box([Geographic(21, 43), Geographic(21.1, 43.1)]),
      day: CivilDate(daysSinceEpoch: 20_000), sha256: fingerprint(ofPoints: walked), number: 1)
  ]
  return content
}

private let walked = [21.0, 43, 0.02, 1, 21.1, 43.1, 1.0 / 3, 2]

private func scratch() -> String { FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).gpkg" }

private func put(_ content: SurveyContent, _ path: String) throws -> [String] {
  try StoreWriter.change(path) { store in
    try store.replace(content, lastChange: "2026-05-06T00:00:00.000Z", told: { $0 }, points: { _ in walked })
  }
}

@Test func `a survey comes out of a store as it went in, to the last bit`() throws {
  let path = scratch()
  defer { try? FileManager.default.removeItem(atPath: path) }
  let content = try fullContent()
  #expect(try put(content, path).count == 11)
  let store = try StoreReader.open(path)
  #expect(try store.content() == content)
  #expect(try store.points(of: content.runs[0]) == walked)
  #expect(StoreReader.isStore(path))
}

@Test func `the same survey again changes no byte, and another name one table`() throws {
  let path = scratch()
  defer { try? FileManager.default.removeItem(atPath: path) }
  _ = try put(try fullContent(), path)
  let before = try #require(FileManager.default.contents(atPath: path))
  #expect(try put(try fullContent(), path) == [])
  #expect(FileManager.default.contents(atPath: path) == before)
  #expect(try put(try fullContent(1), path) == ["survey"])
  #expect(try StoreReader.open(path).content().survey.name == "name 1")
}

@Test func `the same survey gives the same bytes in every new store`() throws {
  let (one, other) = (scratch(), scratch())
  defer { for path in [one, other] { try? FileManager.default.removeItem(atPath: path) } }
  for path in [one, other] { _ = try put(try fullContent(), path) }
  #expect(FileManager.default.contents(atPath: one) == FileManager.default.contents(atPath: other))
}

@Test func `a store takes no other survey, and no survey that would come out otherwise`() throws {
  let path = scratch()
  defer { try? FileManager.default.removeItem(atPath: path) }
  _ = try put(try fullContent(), path)
  let before = try #require(FileManager.default.contents(atPath: path))
  var other = try fullContent()
  other.survey.id = "S-2"
  var broken = try fullContent()
  broken.survey.finds[0].position = Geographic(21, 91)
  var unknown = try fullContent()
  unknown.runs[0].activity = "nobody"
  for (content, code) in [
    (other, "store.other-survey"), (broken, "store.mismatch"), (unknown, "store.mismatch"),
  ] {
    #expect { try put(content, path) } throws: { ($0 as? StoreError)?.code == code }
    #expect(FileManager.default.contents(atPath: path) == before)
  }
}

/// A fix with everything, one with nothing, and many to fill chunks.
private let fixes: [StoredFix] =
  [
    StoredFix(
      Fix(
        Geographic(21.1, -43.2), time: Timestamp(milliseconds: -5), quality: .rtkFixed, sigma: 0.02, elevation: -3.5,
        hdop: 0.9, satellites: 17, line: 12), beginsTrack: true, beginsSegment: true),
    StoredFix(Fix(Geographic(.infinity, 0), line: 13), beginsSegment: true),
  ] + (0..<5000).map { StoredFix(Fix(Geographic(21 + Double($0) / 1e6, 43), line: 14 + $0)) }

@Test func `every fix of a log comes out as it was read, and a log is stored once`() throws {
  let path = scratch()
  defer { try? FileManager.default.removeItem(atPath: path) }
  let source = LogSource(path: "l", format: "GPX 1.1", bytes: 5, sha256: "abc")
  let add = { (sha256: String) throws -> Void in
    try StoreWriter.change(path) { store in
      guard try !store.holds(log: sha256) else { return }
      _ = try store.add(log: "l.gpx", sha256: sha256, crs: nil) { recorder in
        recorder.begin(track: TrackHeader(name: "lane"))
        for fix in fixes {
          if fix.beginsSegment { recorder.beginSegment() }
          recorder.add(fix.fix)
        }
        recorder.add(Waypoint(fixes[0].fix, name: "find"))
        return source
      }
    }
  }
  try add("abc")
  let before = FileManager.default.contents(atPath: path)
  try add("abc")
  #expect(FileManager.default.contents(atPath: path) == before)
  // Bytes that are not those that were announced are not stored.
  #expect { try add("other") } throws: { ($0 as? StoreError)?.code == "store.log-changed" }
  let store = try StoreReader.open(path)
  let log = try #require(try store.logs().first)
  #expect(try store.logs().count == 1 && log.fixes == fixes.count)
  var found: [StoredFix] = []
  try store.eachFix(of: log) { found += $0 }
  #expect(found == fixes)
  #expect { try store.content() } throws: { ($0 as? StoreError)?.code == "store.empty" }
}
