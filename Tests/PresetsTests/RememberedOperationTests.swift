import Geometry
import Presets
import Testing

@testable import Projection

/// What is remembered of a search for operations is what the search finds: a mistake here would be one of datum.
@Suite struct RememberedOperationTests {
  @Test func `every system of every preset, both ways, over its country and everywhere`() throws {
    let wgs84 = try ReferenceSystem(ReferenceSystem.wgs84)
    var questions: [(from: ReferenceSystem, to: ReferenceSystem, box: Box<Geographic>?, strictly: Bool)] = []
    for preset in try Presets.all {
      var box = Box<Geographic>()
      for polygon in preset.boundary { box.include(polygon.box) }
      for entry in preset.official + preset.legacy + preset.general {
        let crs = try ReferenceSystem(entry.crs)
        questions.append((wgs84, crs, nil, true))
        questions.append((crs, wgs84, box, true))
        questions.append((wgs84, crs, box, false))
      }
    }
    // More than are remembered, so that some are forgotten and searched for again; each is asked twice at once.
    #expect(questions.count > 64)
    for (from, to, box, strictly) in questions {
      let found = try search(from: from, to: to, over: box, strictly)
      for _ in 0..<2 {
        let known = try candidates(from: from, to: to, over: box, strictly: strictly)
        #expect(known == found, "\(from.name) to \(to.name)")
      }
    }
    for (from, to, box, strictly) in questions.suffix(40) {
      let found = try search(from: from, to: to, over: box, strictly)
      #expect(try candidates(from: from, to: to, over: box, strictly: strictly) == found, "\(from.name) to \(to.name)")
    }
  }
}
