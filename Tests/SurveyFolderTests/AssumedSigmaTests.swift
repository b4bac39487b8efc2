import Survey
import SurveyFolder
import Testing

/// A file of finds, spot tasks or strikes, each with its own properties behind what it needs.
private func load(_ key: String, _ each: [String]) throws -> SurveyFolder.LoadResult {
  let needed = [
    "finds": "\"found\": \"2026-05-03\"",
    "spot_tasks": "\"recorded\": \"2026-05-03\", \"status\": \"recorded\"",
  ]
  var files = Sound.files
  let toml = Sound.toml.replacing("file = \"finds.geojson\"", with: "file = \"none.geojson\"")
    .replacing("file = \"strikes.geojson\"", with: "file = \"none.geojson\"")
  files["none.geojson"] = "{\"type\": \"FeatureCollection\", \"features\": []}"
  files["survey.toml"] = toml + "\n[[\(key)]]\nfile = \"p.geojson\"\n"
  let features = each.enumerated().map { index, more in
    "{\"type\": \"Feature\", \"properties\": {\"id\": \"P-\(index)\", "
      + (needed[key] ?? "\"recorded\": \"2007-09-01\", \"heading_deg\": 300, \"weapon\": \"CBU-X\"")
      + (more.isEmpty ? "" : ", \(more)")
      + "}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [21.9005, 43.300\(index + 1)]}}"
  }
  files["p.geojson"] = "{\"type\": \"FeatureCollection\", \"features\": [\n\(features.joined(separator: ",\n"))\n]}"
  return try Folder(files).load()
}

extension SurveyFolder.LoadResult {
  fileprivate func told(_ code: String) -> [Finding] {
    findings.filter { $0.code == code && $0.place == Place("p.geojson") }
  }
}

@Suite struct AssumedSigmaTests {
  @Test(arguments: [("finds", "find.sigma-assumed", "finds"), ("spot_tasks", "task.sigma-assumed", "spot tasks")])
  func `what is assumed is told once a file`(key: String, code: String, what: String) throws {
    let result = try load(key, ["", "\"sigma_m\": 1.5, \"accuracy\": 9", "\"sigma_m\": 0", "\"colour\": \"red\""])
    let finding = try #require(result.told(code).first)
    #expect(result.told(code).count == 1 && finding.level == .info, "\(result.findings)")
    #expect(finding.message.hasPrefix("3 of 4 \(what) do not say how accurate their positions are; assumed 3 m"))
    #expect(!result.isIncomplete)
    #expect(try load(key, ["\"sigma_m\": 1.5", "\"sigma_m\": 0.02, \"hdop\": 1.1"]).told(code).isEmpty)
  }

  @Test(
    arguments: [
      "sigma", "Sigma_cm", "accuracy", "h_accuracy", "horizontalAccuracy", "HORIZONTAL_ACCURACY", "precision", "error",
      "xy_error_m", "hdop", "HRMS", "gps_acc", "Genauigkeit", "tačnost", "точность, м", "uncertainty_95",
    ], [("finds", "find.sigma-assumed"), ("spot_tasks", "task.sigma-assumed"), ("strikes", "strike.no-sigma")])
  func `a property that may be the accuracy is named, and its value is not taken`(
    name: String, kind: (key: String, code: String)
  ) throws {
    let result = try load(kind.key, ["\"\(name)\": 50", "\"\(name)\": \"40 m\"", "\"sigma_m\": 2"])
    let finding = try #require(result.told(kind.code).first, "\(result.findings)")
    #expect(result.told(kind.code).count == 1 && finding.level == .warning)
    #expect(finding.message.contains("2 of 3") && finding.message.contains("`\(name)`"), "\(finding.message)")
    #expect(finding.advice == "call it `sigma_m` if it is one standard deviation in metres")
    let survey = try #require(result.survey)
    let sigmas = survey.finds.map(\.sigma) + survey.spotTasks.map(\.sigma) + survey.strikes.map(\.sigma)
    #expect(sigmas.filter { $0 == nil }.count == 2 && sigmas.contains(2))
  }

  @Test(arguments: [
    "\"colour\": 50", "\"vertical_accuracy\": 2", "\"v_acc\": 2", "\"depth_error\": 2", "\"account\": 7",
    "\"accuracy\": null", "\"accuracy\": \" \"", "\"accuracy\": 0", "\"terror\": 1", "\"stdin\": 2",
  ])
  func `any other property is nobody's accuracy`(more: String) throws {
    #expect(try load("finds", [more]).told("find.sigma-assumed").map(\.level) == [.info])
    #expect(try load("strikes", [more]).told("strike.no-sigma").isEmpty)
  }

  @Test func `a column of a table is named as a property is`() throws {
    var files = Sound.files
    files["survey.toml"] = Sound.toml.replacing("finds.geojson", with: "f.csv")
    files["f.csv"] = "id;lat;lon;found;Accuracy\nF-1;43,3005;21,9005;3.5.2026;50\nF-2;43,3006;21,9005;3.5.2026;\n"
    let result = try Folder(files).load()
    let findings = result.findings.filter { $0.code == "find.sigma-assumed" }
    #expect(findings.map(\.place) == [Place("f.csv")] && findings.map(\.level) == [.warning], "\(result.findings)")
    let message = try #require(findings.first?.message)
    #expect(message.contains("2 of 2") && message.contains("`accuracy`"))
  }

  @Test func `waypoints without an accuracy are counted by their log`() throws {
    var files = Sound.files
    files["survey.toml"] = Sound.toml.replacing("file = \"finds.geojson\"", with: "logs = [\"logs/f.gpx\"]")
    let points = (1...3).map {
      "<wpt lat=\"43.300\($0)\" lon=\"21.9005\"><time>2026-05-03T10:00:00Z</time><name>F\($0)</name></wpt>"
    }
    files["logs/f.gpx"] =
      "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\">\(points.joined(separator: "\n"))</gpx>"
    let findings = try Folder(files).load().findings.filter { $0.code == "find.sigma-assumed" }
    #expect(findings.map(\.place) == [Place("logs/f.gpx")] && findings.map(\.level) == [.info])
    #expect(findings.first?.message.hasPrefix("3 of 3 finds") == true)
  }
}
