import Geometry
import Projection
import Survey
import Testing

@testable import LandRelease

@Suite struct SamplingTests {
  @Test func `the figure of the quality assurance note`() {
    // One hectare, a tenth inspected, nine of ten found, five items left.
    #expect(abs(SamplingArithmetic(fraction: 0.1, detection: 0.9, residual: 5).passes - 0.624) < 5e-4)
  }

  /// N, n, K, q; then by Python's fractions, and by scipy.stats.hypergeom 1.17.1 in the same digits:
  /// C(N - K, n) / C(N, n), and the sum over j with (1 - q)^j.
  @Test(arguments: [
    (100, 10, 5, 0.9, 0.583752366926152, 0.6184000547835816), (100, 10, 5, 1.0, 0.583752366926152, 0.583752366926152),
    (330, 32, 5, 0.9, 0.5985283644374425, 0.6317928934467134), (20, 20, 3, 0.5, 0.0, 0.125),
    (50, 1, 50, 0.25, 0.0, 0.75),
    (1000, 80, 12, 0.8, 0.3655454097534391, 0.45056682773095524), (10, 0, 4, 0.9, 1.0, 1.0),
  ])
  func `a lot is hypergeometric`(row: (Int, Int, Int, Double, Double, Double)) throws {
    let lot = try #require(LotArithmetic(boxes: row.0, inspected: row.1, detection: row.3, residual: row.2))
    #expect(abs(lot.passesUnseen - row.4) < 1e-12)
    #expect(abs(lot.passes - row.5) < 1e-12)
  }

  @Test func `more items than boxes are no lot`() {
    #expect(LotArithmetic(boxes: 4, inspected: 2, detection: 1, residual: 5) == nil)
  }

  private func ground() async throws -> (polygons: [Polygon<LatticePoint>], grid: CoordinateOperation) {
    var land = Land()
    land.survey.grid = "EPSG:32634"
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.walk("A", lanes(20, length: 60, spacing: 0.8, x: 5, y: 5))
    try land.work("B", Rect(60, 40, 30, 30))
    let divided = try await land.divided()
    return (divided.polygons(.cleared), try #require(divided.result.grid))
  }

  @Test(arguments: [0.7, 2, 10, 250]) func `boxes share all the ground, on whole multiples`(size: Double) async throws {
    let (polygons, grid) = try await ground()
    let boxes = try sampleBoxes(over: polygons, size: size, grid: grid)
    let area = try GridProjectors(grid).area(of: polygons)
    #expect(abs(boxes.reduce(0) { $0 + $1.area } - area) < 1e-3)
    #expect(Set(boxes.map { [$0.column, $0.row] }).count == boxes.count)
    #expect(boxes.allSatisfy { $0.area <= size * size + 1e-6 && $0.area > 0 })
    // What a box says that it holds, it holds: measured on the map, where a metre of the grid is 0.9996 m or so.
    for (box, drawn) in zip(boxes, try mapped(boxes, grid: grid)).prefix(20) {
      #expect(abs(drawn.ellipsoidalArea / (size * size) - 1) < 0.01)
      #expect(box.corner.easting == Double(box.column) * size)
    }
  }

  @Test func `as much is drawn as asked for, and not a box more`() async throws {
    let (polygons, grid) = try await ground()
    let boxes = try sampleBoxes(over: polygons, size: 3, grid: grid)
    for fraction in [0.01, 0.1, 0.5, 1] {
      var (random, again, other) = (SplitMix(state: 7), SplitMix(state: 7), SplitMix(state: 8))
      let sample = BoxSample(boxes, fraction: fraction, using: &random)
      #expect(sample.drawn == BoxSample(boxes, fraction: fraction, using: &again).drawn)
      if fraction < 1 { #expect(sample.drawn != BoxSample(boxes, fraction: fraction, using: &other).drawn) }
      #expect(Set(sample.drawn).count == sample.drawn.count && Set(boxes).isSuperset(of: sample.drawn))
      #expect(sample.fraction >= fraction - 1e-12)
      #expect(sample.area - (sample.drawn.last?.area ?? 0) < fraction * sample.total)
    }
  }

  @Test func `every box is as likely as any other`() {
    let boxes = (0..<10).map { SampleBox(column: $0, row: 0, size: 1, area: 1) }
    var (random, counts) = (SplitMix(state: 1), [Int](repeating: 0, count: 10))
    for _ in 0..<10_000 { for box in BoxSample(boxes, fraction: 0.3, using: &random).drawn { counts[box.column] += 1 } }
    // Three in ten, and four standard deviations of 46.
    #expect(counts.allSatisfy { abs($0 - 3000) < 184 }, "\(counts)")
  }
}
