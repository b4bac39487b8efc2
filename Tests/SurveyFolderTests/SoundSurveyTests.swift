import Geometry
import Survey
import SurveyFolder
import Testing

@Test func `a sound survey gives no findings and everything in it`() throws {
  let folder = try Folder(Sound.files)
  let result = folder.load()
  #expect(result.findings.isEmpty)
  #expect(result.fatal.isEmpty && !result.isIncomplete)
  let survey = try #require(result.survey)
  #expect(survey.id == "T-01" && survey.name == "Test" && survey.grid == "EPSG:6316")
  #expect(survey.timeZone == "Europe/Belgrade" && survey.requiredDepth == 20 && survey.fadeout == 25)
  #expect(survey.sigmaFactor == 2.5)

  #expect(survey.hazards.map(\.id) == ["H-1", "7"])
  #expect(survey.hazards.map(\.hazardClass) == [.confirmed, .suspected])
  #expect(survey.hazards.map(\.requiredDepth) == [nil, 13])
  #expect(survey.hazards[0].reportedArea == 9000 && survey.hazards[0].village == "V")
  #expect(survey.hazards[1].polygons.map(\.holes.count) == [1])
  #expect(survey.hazards[1].place == Place("hazards.geojson", line: 3))

  #expect(survey.activities.map(\.id) == ["A-1", "A-2", "A-3", "A-4"])
  let track = survey.activities[0]
  #expect(track.logs == ["logs/a.gpx", "logs/b.nmea"] && track.swathWidth == 1.5 && track.sigma == 0.02)
  #expect(track.rules.maxGapSeconds == 5 && track.rules.maxGapMetres == 5 && track.rules.minQuality == .rtkFixed)
  #expect(track.start == CivilDate("2026-05-03") && track.end == CivilDate("2026-05-04"))
  #expect(track.place == Place("survey.toml", line: 16))
  #expect(survey.activities.map(\.polygons.count) == [0, 1, 3, 0])
  #expect(survey.activities[3].maxClosing == 3)
  #expect(survey.activities[2].searched == true)
  let cells = try #require(result.cells["A-2"])
  #expect((cells.used, cells.others, cells.withoutStatus) == (1, 1, 1))

  let find = try #require(survey.finds.first)
  #expect(find.id == "F-1" && find.depth == 4 && find.activity == "A-1" && find.sigma == 0.5)
  #expect(find.condition == "whole" && find.disposal == "in place" && find.disposed == CivilDate("2026-05-04"))
  #expect(find.position == Geographic(21.9005, 43.3005))
}

@Test func `every file read is there with its hash, and each once`() throws {
  let folder = try Folder(Sound.files)
  let inputs = try #require(folder.load().survey).inputs
  #expect(
    inputs.map(\.path) == [
      "cells.geojson", "finds.geojson", "hazards.geojson", "legend.csv", "strikes.geojson", "survey.toml",
      "weapons.csv",
    ])
  #expect(inputs.allSatisfy { $0.sha256.count == 64 })
}

@Test func `loading twice gives the same`() throws {
  let folder = try Folder(Sound.broken("survey.toml", "start = 2026-05-03", "begin = 1\nstart = 2027-05-03"))
  let (a, b) = (folder.load(), folder.load())
  #expect(a.survey == b.survey && a.findings == b.findings && !a.findings.isEmpty)
}

@Test func `a survey written another way is the same to TOML`() throws {
  var files = Sound.files
  files["survey.toml"] = "survey = { id = 'x', \"name\" = '''y''' }\nhazards = [{ file = 'hazards.geojson' }]\n"
  let folder = try Folder(files)
  let result = folder.load()
  #expect(result.findings.isEmpty)
  #expect(result.survey?.hazards.count == 2)
  #expect(result.survey?.timeZone == "UTC")
}
