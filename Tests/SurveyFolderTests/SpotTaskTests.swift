import Geometry
import Survey
import SurveyFolder
import Testing

private let good = """
  "id": "T-1", "recorded": "2024-12-02", "status": "completed", "started": "2025-04-02", "closed": "2025-04-09",\
   "type": "Mk 84", "estimated_depth_m": 6.5, "mass_kg": 907, "entry_hole": true, "sigma_m": 1.5, "municipality": "M",\
   "village": "V", "activity": "A-1"
  """

private func load(_ properties: String, geometry: String = "\"Point\", \"coordinates\": [21.9005, 43.3005]") throws
  -> SurveyFolder.LoadResult
{
  var files = Sound.files
  files["survey.toml"] = Sound.toml + "\n[[spot_tasks]]\nfile = \"tasks.geojson\"\n"
  files["tasks.geojson"] = """
    {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {\(properties)}, "geometry": {"type": \(geometry)}}
    ]}
    """
  return try Folder(files).load()
}

@Suite struct SpotTaskTests {
  @Test func `a task is read with everything in it`() throws {
    let result = try load(good)
    #expect(result.findings.isEmpty, "\(result.findings)")
    let task = try #require(result.survey?.spotTasks.first)
    #expect(task.id == "T-1" && task.position == Geographic(21.9005, 43.3005) && task.status == .completed)
    #expect(task.recorded == CivilDate("2024-12-02") && task.started == CivilDate("2025-04-02"))
    #expect(task.closed == CivilDate("2025-04-09") && task.type == "Mk 84" && task.category == "air-dropped bomb")
    #expect(task.estimatedDepth == 6.5 && task.mass == 907 && task.entryHole == "yes" && task.sigma == 1.5)
    #expect(task.municipality == "M" && task.village == "V" && task.activity == "A-1")
    #expect(task.place == Place("tasks.geojson", line: 2))
  }

  @Test(
    arguments: [
      ("2024-12-01", nil), ("2024-12-02", .recorded), ("2025-04-01", .recorded), ("2025-04-02", .inProgress),
      ("2025-04-08", .inProgress), ("2025-04-09", .completed), (nil, .completed),
    ] as [(String?, SpotTaskStatus?)])
  func `a task has the status that it had on a day`(day: String?, status: SpotTaskStatus?) throws {
    let task = try #require(try load(good).survey?.spotTasks.first)
    let day = day.flatMap { CivilDate($0) }
    #expect(task.status(asOf: day) == status)
    #expect(task.isOpen(asOf: day) == (status == .recorded || status == .inProgress))
  }

  @Test(arguments: [
    ("\"status\": \"completed\"", "\"status\": \"complete\"", "did you mean \"completed\""),
    ("\"status\": \"completed\"", "\"state\": \"completed\"", "recorded, in-progress, completed, cancelled"),
    ("\"status\": \"completed\"", "\"status\": \"recorded\"", ""),
    ("\"status\": \"completed\"", "\"status\": \"in-progress\"", ""),
    (", \"closed\": \"2025-04-09\"", "", "`closed`"), ("2025-04-09", "2025-04-01", "correct the dates"),
    ("2025-04-02", "2024-04-02", "correct the dates"), ("\"id\": \"T-1\", ", "", "`id`"),
    ("\"recorded\": \"2024-12-02\", ", "", "`recorded`"), ("2024-12-02", "2.12.2024", "a date"),
    ("6.5", "\"deep\"", "a number"), ("907", "-1", "a number"), ("true", "[]", "a text"),
  ])
  func `a task that contradicts itself or lacks something keeps the account open`(
    old: String, new: String, advice: String
  )
    throws
  {
    #expect(good.contains(old))
    let result = try load(good.replacing(old, with: new))
    #expect(result.survey?.spotTasks.isEmpty == true)
    #expect(result.unreadSpotTasks == [Place("tasks.geojson", line: 2)])
    #expect(result.findings.contains { $0.code == "task.invalid" && $0.advice.contains(advice) }, "\(result.findings)")
  }

  @Test func `an area is no spot task`() throws {
    let result = try load(good, geometry: "\"Polygon\", \"coordinates\": \(Sound.square)")
    #expect(result.unreadSpotTasks == [Place("tasks.geojson", line: 2)])
  }

  @Test(arguments: [
    ("[[spot_task]]\nfile = \"finds.geojson\"", "survey.unknown-key"),
    ("[spot_tasks]\nfile = \"finds.geojson\"", "survey.type"),
    ("[[spot_tasks]]\nfiel = \"finds.geojson\"", "survey.unknown-key"),
    ("[[spot_tasks]]\nfile = \"no.geojson\"", "file.not-found"),
    ("[[spot_tasks]]", "survey.missing-key"),
  ])
  func `a table that cannot be read is told`(table: String, code: String) throws {
    var files = Sound.files
    files["survey.toml"] = Sound.toml + "\n" + table + "\n"
    let result = try Folder(files).load()
    #expect(result.findings.contains { $0.code == code && $0.level == .error }, "\(result.findings)")
    #expect(!result.unreadSpotTasks.isEmpty)
  }

  @Test func `an activity that the survey lacks, and an id used twice`() throws {
    let result = try load(good.replacing("A-1", with: "A-9"))
    #expect(result.findings.map(\.code) == ["task.activity"] && result.unreadSpotTasks.isEmpty)
    let twice = try load(
      good
        + "}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [21.9, 43.3]}}, {\"type\": \"Feature\", \"properties\": {"
        + good)
    #expect(twice.findings.map(\.code) == ["survey.duplicate-id"] && twice.unreadSpotTasks.count == 1)
    #expect(twice.survey?.spotTasks.count == 1)
  }
}
