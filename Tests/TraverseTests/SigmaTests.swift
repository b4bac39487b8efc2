import Geometry
import Glibc
import Survey
import Testing

@testable import Traverse

@Suite struct SigmaTests {
  @Test func `one leg errs along by its distance, across by its bearing`() throws {
    var one = benchmarkSheet([leg("BM", "A", 30, 100)])
    one.known[0].sigma = 0.3
    #expect(try one.solved().point("A")?.sigma == nil)
    one.precision = LegPrecision(bearing: 0.5, distance: 0.05)
    let across = 100 * 0.5 * Double.pi / 180
    #expect(abs((try one.solved().point("A")?.sigma ?? 0) - (0.09 + across * across).squareRoot()) < 1e-9)
    one.precision = LegPrecision(bearing: 0, distance: 0.3, distanceRatio: 0.01)
    #expect(abs((try one.solved().point("A")?.sigma ?? 0) - (0.09 + 0.09 + 1).squareRoot()) < 1e-9)
    one.known[0].sigma = nil
    #expect(try one.solved().point("A")?.sigma == nil)
  }

  /// 4000 draws give a standard deviation to 1.1 %; four of that are 4.5 %.
  @Test func `Monte Carlo agrees on a chain`() throws {
    let rows = [(10.0, 120.0), (75, 60), (140, 90), (20, 35)]
    func chain(_ rows: [(Double, Double)]) -> TraverseSheet {
      benchmarkSheet(
        rows.enumerated().map { leg($0 == 0 ? "BM" : "P\($0 - 1)", "P\($0)", $1.0, $1.1) })
    }
    var plain = chain(rows)
    plain.known[0].sigma = 0
    plain.precision = LegPrecision(bearing: 1, distance: 0.2, distanceRatio: 0.002)
    let solution = try plain.solved()
    let (end, sigma) = (try #require(solution.point("P3")), try #require(solution.point("P3")?.sigma))
    var random = GeographicLib.Random(state: 5)
    let scale = LocalScale(latitude: nis.latitude)
    var (ee, nn, en) = (0.0, 0.0, 0.0)
    let draws = 4_000
    for _ in 0..<draws {
      let moved = rows.map { bearing, distance in
        let r = (-2 * log(Double.random(in: .leastNormalMagnitude..<1, using: &random))).squareRoot()
        let turn = Double.random(in: 0..<2 * .pi, using: &random)
        let along = (0.2 * 0.2 + 0.002 * 0.002 * distance * distance).squareRoot()
        return (bearing + r * cos(turn), distance + along * r * sin(turn))
      }
      let place = try #require(try chain(moved).solved().point("P3")).position
      let east = (place.longitude - end.position.longitude) * scale.metresPerLongitude
      let north = (place.latitude - end.position.latitude) * scale.metresPerLatitude
      (ee, nn, en) = (ee + east * east, nn + north * north, en + east * north)
    }
    let half = (ee - nn) / 2
    let drawn = (((ee + nn) / 2 + (half * half + en * en).squareRoot()) / Double(draws)).squareRoot()
    #expect(abs(drawn / sigma - 1) < 0.045, "\(drawn), by propagation \(sigma)")
  }
}
