import Formats
import Geometry
import Testing

private func collection(
  _ features: [(GeoJSONShape?, JSONObject)], _ members: JSONObject = [:]
) throws -> String {
  var writer = GeoJSONWriter([UInt8]())
  for (shape, properties) in features { try writer.feature(shape, properties) }
  return String(decoding: try writer.finish(members), as: UTF8.self)
}

private func ring(_ corners: (Int, Int)...) throws -> Ring<LatticePoint> {
  try Ring(corners.map { LatticePoint(x: $0.0, y: $0.1) })
}

/// Fails as a full disk does.
private struct FullDisk: OutputSink {
  mutating func write(_ bytes: [UInt8]) throws(OutputFailed) { throw OutputFailed("disk", "full") }
}

@Suite struct GeoJSONWriterTests {
  @Test func `an empty collection with its metadata`() throws {
    #expect(
      try collection([], ["razmin": ["version": "0.1.0"]])
        == "{\"type\":\"FeatureCollection\",\"features\":[\n],\n\"razmin\":{\"version\":\"0.1.0\"}}\n")
  }

  @Test func `features stand on a line each, properties in their order`() throws {
    let text = try collection([
      (.points([Geographic(21.9, 43.3200000049)]), ["b": 1, "a": .fixed(2, decimals: 4)]), (nil, [:]),
    ])
    #expect(
      text == """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"b":1,"a":2.0000},"geometry":{"type":"Point","coordinates":[21.9,43.32]}},
        {"type":"Feature","properties":{},"geometry":null}
        ]}

        """)
  }
  @Test(arguments: [
    (0, "0"), (1, "0.00000001"), (-1, "-0.00000001"), (100_000_000, "1"), (-18_000_000_000, "-180"),
    (2_190_330_010, "21.9033001"), (-2_190_000_001, "-21.90000001"), (17_999_999_999, "179.99999999"),
    (10_000_000, "0.1"), (999_999_999, "9.99999999"), (1_000_000_000, "10"),
  ])
  func `lattice steps are written exactly`(steps: Int, text: String) throws {
    let square = Polygon(try ring((steps, 0), (steps + 3, 0), (steps, 3)))
    #expect(try collection([(.polygons([square]), [:])]).contains("[[[\(text),0],"))
  }

  @Test func `outer rings run counter-clockwise, holes clockwise, both closed`() throws {
    let clockwise = try ring((0, 0), (0, 900), (900, 900), (900, 0))
    let counter = try ring((100, 100), (200, 100), (200, 200))
    let text = try collection([(.polygons([Polygon(clockwise, holes: [counter])]), [:])])
    #expect(
      text.contains(
        """
        {"type":"Polygon","coordinates":[[[0,0],[0.000009,0],[0.000009,0.000009],[0,0.000009],[0,0]],\
        [[0.000001,0.000001],[0.000002,0.000002],[0.000002,0.000001],[0.000001,0.000001]]]}
        """))
  }

  @Test func `the direction of a sliver is found exactly`() throws {
    // b x c is -1: products of this size differ by less than doubles can tell.
    let (b, c) = ((17_999_999_999, 8_999_999_999), (17_999_999_997, 8_999_999_998))
    for sliver in [try ring((0, 0), b, c), try ring((0, 0), c, b)] {
      let text = try collection([(.polygons([Polygon(sliver)]), [:])])
      #expect(text.contains("[[[0,0],[179.99999997,89.99999998],[179.99999999,89.99999999],[0,0]]]"))
    }
  }

  @Test func `several parts make a Multi geometry`() throws {
    let triangle = Polygon(try ring((0, 0), (5, 0), (0, 5)))
    let line = [Geographic(1, 2), Geographic(3, 4)]
    #expect(try collection([(.polygons([triangle, triangle]), [:])]).contains("\"MultiPolygon\",\"coordinates\":[[[["))
    #expect(try collection([(.lines([line]), [:])]).contains("\"LineString\",\"coordinates\":[[1,2],[3,4]]}"))
    #expect(try collection([(.lines([line, line]), [:])]).contains("\"MultiLineString\",\"coordinates\":[[[1,2],"))
    #expect(
      try collection([(.points([line[0], line[1]]), [:])]).contains("\"MultiPoint\",\"coordinates\":[[1,2],[3,4]]}"))
    #expect(try collection([(.polygons([]), [:])]).contains("\"geometry\":null"))
  }

  @Test func `a sink that fails is heard`() throws {
    var writer = GeoJSONWriter(FullDisk())
    var failed = false
    for _ in 0..<2000 where !failed {
      do { try writer.feature(.points([Geographic(1, 2)]), ["name": "large enough"]) } catch { failed = true }
    }
    #expect(failed)
  }

  /// What is written is what was noded: every corner comes back to its own lattice point.
  @Test(arguments: 0..<50) func `polygons come back`(seed: Int) throws {
    var random = Seeded(seed)
    func ring() throws -> Ring<LatticePoint> {
      try Ring(
        (0..<Int.random(in: 3...40, using: &random)).map { _ in
          LatticePoint(
            x: .random(in: -18_000_000_000...18_000_000_000, using: &random),
            y: .random(in: -9_000_000_000...9_000_000_000, using: &random))
        })
    }
    let polygons = try (0..<Int.random(in: 1...4, using: &random)).map { _ in
      Polygon(try ring(), holes: try (0..<Int.random(in: 0...2, using: &random)).map { _ in try ring() })
    }
    let text = try collection([(.polygons(polygons), [:])])
    let reading = try Reading(text, blockSize: 100)
    #expect(reading.problems.isEmpty)
    let back = reading.features[0].geometry?.polygons ?? []
    #expect(back.map { corners($0.rings) } == polygons.map { corners($0.rings) })
  }

  private func corners(_ rings: [Ring<Geographic>]) -> [Set<LatticePoint>] {
    rings.map { Set($0.corners.map(LatticePoint.init(nearest:))) }
  }
  private func corners(_ rings: [Ring<LatticePoint>]) -> [Set<LatticePoint>] { rings.map { Set($0.corners) } }
}
