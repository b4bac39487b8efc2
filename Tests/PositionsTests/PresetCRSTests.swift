import Positions
import Projection
import Testing

@Suite struct PresetCRSTests {
  @Test(arguments: [
    ("serbia", "EPSG:8682"), ("Serbia 7", "EPSG:6316"), ("serbia:6", "EPSG:8678"), ("RS 8", "EPSG:8679"),
    ("kosovo", "EPSG:9141"), ("EPSG:6316", "EPSG:6316"), ("north macedonia 7", "EPSG:6316"),
  ])
  func `a preset names its grid`(_ text: String, _ code: String) throws {
    #expect(try ReferenceSystem.named(text).code == code)
  }

  @Test(arguments: ["serbia 9", "nowhere", "serbia seven", "kosovo 7", "7", "", "kazakhstan", "+proj=utm +zone=34"])
  func `what names no grid, or several, is refused`(_ text: String) throws {
    let error = try #require(throws: ProjectionError.self) { _ = try ReferenceSystem.named(text) }
    #expect(error.code == "crs.unknown" || error.code == "crs.proj-string", "\(error)")
  }
}
