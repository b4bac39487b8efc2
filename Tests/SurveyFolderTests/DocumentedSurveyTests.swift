import FoundationEssentials
import Survey
import SurveyFolder
import Testing

/// The page of keys, and the survey that it shows.
private let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "docs/survey-toml.md")

@Test func `the survey on the page of keys is understood to the last key`() throws {
  let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
  let fenced = text.split(separator: "```toml\n").last.flatMap { $0.split(separator: "```").first }
  let folder = try Folder(["survey.toml": String(try #require(fenced))])
  let result = folder.load()
  let survey = try #require(result.survey)
  #expect(survey.id == "SRB-NIS-01" && survey.boxes?.box == 50)
  // Its files are not there; nothing else may be wrong with it.
  #expect(Set(result.findings.map(\.code)).isSubset(of: ["file.not-found"]), "\(result.findings)")
  #expect(result.findings.count == 9)
}
