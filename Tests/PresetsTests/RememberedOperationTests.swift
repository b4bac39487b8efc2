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

  /// Every operation that covers the ground was looked at before what is named or pinned.
  private func slowly(
    _ grid: String, _ box: Box<Geographic>, _ named: [String], _ preferred: [String]
  ) throws -> CoordinateOperation? {
    let (wgs84, target) = (try ReferenceSystem(ReferenceSystem.wgs84), try ReferenceSystem(grid))
    let found = try search(from: wgs84, to: target, over: box, true).filter(\.isUsable)
    let best = found.filter { !$0.contains("EPSG:9143") }
      .min { a, b in (a.accuracy ?? .infinity, a.code) < (b.accuracy ?? .infinity, b.code) }
    if let best, best.code == "none" { return best }
    for code in named.isEmpty ? preferred : named {
      if let match = try operation(code, from: wgs84, to: target), match.isUsable { return match }
    }
    return named.isEmpty ? best : nil
  }

  @Test func `the operation of areas is the one that looking at all gives`() throws {
    var compared = 0
    for preset in try Presets.all {
      var box = Box<Geographic>()
      for polygon in preset.boundary { box.include(polygon.box) }
      let small = Box([box.center, Geographic(box.center.longitude + 0.01, box.center.latitude + 0.01)])
      let pinned = preset.grids.map(\.operation) + preset.operations.map(\.operation)
      let wishes = [([], []), ([], pinned), (Array(pinned.suffix(1)), pinned), (["EPSG:1"], [])]
      for crs in Set((preset.official + preset.legacy + preset.general).map(\.crs)).sorted()
      where try !ReferenceSystem(crs).isGeographic {
        for (box, (named, preferred)) in [(box, wishes[1]), (small, wishes[0]), (small, wishes[2]), (small, wishes[3])]
        {
          let expected = try slowly(crs, box, named, preferred)
          let chosen = try? CoordinateOperation.forAreas(in: crs, over: box, named: named, preferred: preferred)
          #expect(chosen == expected, "\(preset.id) \(crs) \(named) \(preferred)")
          compared += 1
        }
      }
    }
    #expect(compared > 100)
  }
}
