import Foundation
import Testing

/// A survey with one find 810 m east of its hazard, and a house 162 m east of the find.
private func survey(_ scratch: Scratch, head: String = "", find: String) throws -> NisSurvey {
  try NisSurvey(
    scratch, head: head, tables: "[[finds]]\nfile = \"finds.geojson\"",
    files: [
      "finds.geojson": """
      {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "F-1", "found": "2026-05-03"\(find)},
      "geometry": {"type": "Point", "coordinates": [21.9150, 43.3250]}}]}
      """,
      "house.geojson": "{\"type\": \"Point\", \"coordinates\": [21.9170, 43.3250]}",
    ])
}

private func checked(_ run: Run) throws -> [(properties: JSON, geometry: JSON?)] {
  try parsed(run).filter { $0.properties["layer"] as? String == "checked" }
}

@Suite struct CheckTests {
  /// k is 2 where nobody says.
  @Test(
    arguments: [
      ("", ", \"sigma_m\": 50", 62.2), ("", ", \"sigma_m\": 0.5", 161.2), ("", "", 156.2),
      ("sigma_factor = 3", ", \"sigma_m\": 50", 12.2), ("sigma_factor = 3", ", \"sigma_m\": 60", 0),
    ] as [(String, String, Double)])
  func `a find counts from k sigma round it, from a folder and from its store`(
    head: String, find: String, away: Double
  ) throws {
    let scratch = try Scratch()
    let survey = try survey(scratch, head: head, find: find)
    let (house, store) = (survey.path + "/house.geojson", scratch.path + "/store.gpkg")
    let made = try razmin("import", survey.path, "--into", store)
    try #require(made.status == 0, "\(made.errors)")
    for place in [survey.path, store] {
      let run = try razmin("check", place, house, "--distance", "100")
      let answer = try #require(try checked(run).first?.properties)
      let distance = try #require(answer["distance_m"] as? Double)
      #expect(abs(distance - away) < 0.2, "\(distance)")
      #expect(run.status == (away <= 100 ? 1 : 0) && answer["near"] as? Bool == (away <= 100), "\(run.errors)")
      #expect(answer["nearest"] as? String == "find F-1")
      #expect(answer["finds"] as? [String] == (away <= 100 ? ["F-1"] : []))
    }
  }

  @Test func `a place from a table is a Point, and no line has one position`() throws {
    let scratch = try Scratch()
    let survey = try survey(scratch, find: "")
    let houses = try scratch.write("lat,lon,name\n43.3250,21.9170,A\n43.3251,21.9180,B\n", to: "houses.csv")
    let found = try checked(try razmin("check", survey.path, houses, "--distance", "10"))
    #expect(found.map { $0.properties["name"] as? String } == ["A", "B"])
    #expect(found.map { $0.geometry?["type"] as? String } == ["Point", "Point"])
    #expect(found.first?.geometry?["coordinates"] as? [Double] == [21.917, 43.325])
    let road = try scratch.write("lat,lon\n43.3250,21.9170\n43.3251,21.9180\n", to: "road.csv")
    let line = try checked(try razmin("check", survey.path, road, "--distance", "10"))
    #expect(line.map { $0.geometry?["type"] as? String } == ["LineString"])
  }

  /// All of it on one line, and the third cannot be used.
  @Test func `every feature is told from the others, by its name, its id or its number`() throws {
    let scratch = try Scratch()
    let survey = try survey(scratch, find: "")
    let features = [
      ("\"id\": \"M-1\", ", "{\"name\": \"mill\", \"id\": 4}", "21.917"),
      ("\"id\": \"M-2\", ", "{\"name\": \" \"}", "21.918"), ("", "{}", "521.9"), ("", "{\"ID\": 7}", "21.919"),
      ("\"id\": 8, ", "null", "21.92"), ("", "{}", "21.921"),
    ].map { id, properties, east in
      "{\"type\": \"Feature\", \(id)\"properties\": \(properties), "
        + "\"geometry\": {\"type\": \"Point\", \"coordinates\": [\(east), 43.325]}}"
    }
    let file = try scratch.write(
      "{\"type\": \"FeatureCollection\", \"features\": [\(features.joined(separator: ", "))]}", to: "places.geojson")
    let run = try razmin("check", survey.path, file, "--distance", "10")
    #expect(run.status == 1 && run.errors.contains("feature 3"))
    #expect(try checked(run).map { $0.properties["name"] as? String } == ["mill", "M-2", "7", "8", "feature 6"])
  }
}

@Test func `an accuracy that is not read is told as a warning, and the account closes all the same`() throws {
  let scratch = try Scratch()
  let path = try survey(scratch, find: ", \"accuracy\": 50").path
  let says =
    "finds.geojson: warning: 1 of 1 finds do not say how accurate their positions are; assumed 3 m, as of a "
    + "handheld receiver; what stands under `accuracy` is not read; call it `sigma_m` if it is one standard deviation in "
    + "metres [find.sigma-assumed]"
  #expect(try razmin("validate", path).text.contains(says))
  #expect(try razmin("remaining", path).lines.contains(says))
  #expect(try razmin("ledger", path).status == 0)
}
