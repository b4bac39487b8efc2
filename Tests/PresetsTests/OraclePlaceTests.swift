import Geometry
import Presets
import Testing

/// shapely says inside or outside, and pyproj how far the boundary is, on the ellipsoid.
@Suite struct OraclePlaceTests {
  /// Half of the places are anywhere round the presets, half within 30 km of a corner of a boundary.
  private func places() throws -> [Geographic] {
    var random = SplitMix(state: 2026)
    let corners = try Presets.all.map { $0.boundary.flatMap { $0.rings.flatMap(\.corners) } }
    var places: [Geographic] = []
    for _ in 0..<150 {
      let balkan = Bool.random(using: &random)
      places.append(
        Geographic(
          .random(in: balkan ? 13...30 : 43...88, using: &random),
          .random(in: balkan ? 39...49 : 36...56, using: &random)))
    }
    for corners in corners {
      for _ in 0..<25 {
        let corner = try #require(corners.randomElement(using: &random))
        places.append(
          Geographic(
            corner.longitude + .random(in: -0.35...0.35, using: &random),
            corner.latitude + .random(in: -0.27...0.27, using: &random)))
      }
      // On a corner itself, due north and due south of one.
      let corner = try #require(corners.randomElement(using: &random))
      for north in [0, 0.5, -0.5] { places.append(Geographic(corner.longitude, corner.latitude + north)) }
    }
    return places
  }

  @Test func `places are where shapely and pyproj see them`() throws {
    let places = try places()
    let (lines, status) = try python(
      "presets_check.py", "places", input: places.map { "\($0.longitude) \($0.latitude)" })
    try #require(status == 0 && lines.count == places.count)
    var seen = [Placement.inside: 0, .near: 0, .outside: 0]
    for (position, line) in zip(places, lines) {
      let words = line.split(separator: " ").compactMap { Double($0) }
      let presets = try Presets.all
      try #require(words.count == 2 * presets.count)
      for (index, preset) in presets.enumerated() {
        let (isInside, metres) = (words[2 * index] == 1, words[2 * index + 1])
        let tolerance = preset.boundaryTolerance
        // What the flat metres may be wrong by.
        if abs(metres - tolerance) < 0.01 * tolerance { continue }
        let expected: Placement = metres < tolerance ? .near : isInside ? .inside : .outside
        seen[expected, default: 0] += 1
        let found = preset.place(of: position)
        #expect(found == expected, "\(preset.id) \(position): \(metres) m, inside \(isInside)")
      }
    }
    #expect(seen.values.allSatisfy { $0 > 60 }, "\(seen)")
  }
}
