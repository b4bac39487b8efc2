import Geometry
import Glibc
import Projection
import Testing

@Suite struct AreaSigmaTests {
  /// Corners in metres from a place near Nis.
  private static func ring(_ metres: [(Double, Double)]) -> [Geographic] {
    let (center, scale) = (Geographic(21.9033, 43.3247), LocalScale(latitude: 43.3247))
    return metres.map {
      Geographic(center.longitude + $0.0 / scale.metresPerLongitude, center.latitude + $0.1 / scale.metresPerLatitude)
    }
  }

  private static func oval(_ index: Int) -> (Double, Double) {
    let turn = Double(index) * .pi / 6
    return (150 * cos(turn), 90 * sin(turn))
  }

  static let square: [(Double, Double)] = [(0.0, 0.0), (100, 0), (100, 100), (0, 100)]
  static let shapes: [(name: String, metres: [(Double, Double)])] = [
    ("a hectare", square),
    ("a triangle", [(0, 0), (300, 20), (80, 150)]),
    ("a strip", [(0, 0), (500, 0), (500, 12), (0, 12)]),
    ("an L", [(0, 0), (200, 0), (200, 60), (70, 60), (70, 240), (0, 240)]),
    ("a comb", [(0, 0), (90, 0), (90, 80), (60, 80), (60, 30), (30, 30), (30, 80), (0, 80)]),
    ("twelve corners", (0..<12).map(oval)),
  ]

  /// docs/field facts: square metres of a square hectare, by metres of sigma.
  @Test(arguments: [(0.02, 2.83), (0.5, 70.7), (2.2, 311.1)]) func `a square hectare`(sigma: Double, area: Double)
    throws
  {
    let ring = Self.ring(Self.square)
    #expect(abs(try areaSigma(of: ring, sigma: sigma) / area - 1) < 0.002)
    #expect(try areaSigma(of: ring + [ring[0]], sigma: sigma) == areaSigma(of: ring, sigma: sigma))
    #expect(abs(try areaSigma(of: ring.reversed(), sigma: sigma) / area - 1) < 0.002)
  }

  /// 6000 draws give a standard deviation to 0.9 %; four of that are 3.7 %.
  @Test(arguments: shapes.indices) func `Monte Carlo agrees`(index: Int) throws {
    let (name, metres) = Self.shapes[index]
    let ring = Self.ring(metres)
    for sigmas in [
      Array(repeating: 0.5, count: ring.count), ring.indices.map { $0 == 1 ? 3.0 : 0.02 },
      ring.indices.map { 0.1 + 0.2 * Double($0) },
    ] as [[Double]] {
      let drawn = try Self.deviation(of: metres, sigmas, draws: 6_000, seed: UInt64(index))
      let formula = try areaSigma(of: ring, sigmas: sigmas)
      #expect(abs(drawn / formula - 1) < 0.037, "\(name): \(drawn), by the formula \(formula)")
    }
  }

  private static func deviation(
    of metres: [(Double, Double)], _ sigmas: [Double], draws: Int, seed: UInt64
  ) throws -> Double {
    var random = GeographicLib.Random(state: seed)
    var (sum, squares) = (0.0, 0.0)
    let exact = try geodesicArea(of: ring(metres))
    for _ in 0..<draws {
      let moved = zip(metres, sigmas).map { corner, sigma in
        // Box and Muller's pair of normal deviates.
        let r = sigma * (-2 * log(Double.random(in: .leastNormalMagnitude..<1, using: &random))).squareRoot()
        let turn = Double.random(in: 0..<2 * .pi, using: &random)
        return (corner.0 + r * cos(turn), corner.1 + r * sin(turn))
      }
      let difference = try geodesicArea(of: ring(moved)) - exact
      (sum, squares) = (sum + difference, squares + difference * difference)
    }
    let mean = sum / Double(draws)
    return (squares / Double(draws) - mean * mean).squareRoot()
  }

  @Test func `a shift of the whole leaves the area alone`() throws {
    let moved = Self.ring(Self.square.map { ($0.0 + 2.2, $0.1 - 1.1) })
    #expect(abs(try geodesicArea(of: moved) - geodesicArea(of: Self.ring(Self.square))) < 0.01)
  }

  @Test func `what gives no sigma is refused`() {
    let ring = Self.ring(Self.square)
    for (corners, sigmas, code) in [
      ([], [], "sigma.too-few"), (Array(ring[..<2]) + [ring[0]], [1.0, 1], "sigma.too-few"),
      (ring, [1, 1, 1], "sigma.count"), (ring, [1, 1, 1, -1], "sigma.invalid"),
      (ring, [1, 1, .nan, 1], "sigma.invalid"), (ring, [1, 1, .infinity, 1], "sigma.invalid"),
      (Array(ring[..<3]) + [Geographic(0, 99)], [1, 1, 1, 1], "geodesic.position"),
    ] {
      let error = #expect(throws: AreaSigmaError.self) { _ = try areaSigma(of: corners, sigmas: sigmas) }
      #expect(error?.code == code)
    }
    for ring in [[], [ring[0]], [ring[0], ring[0]]] {
      #expect(throws: AreaSigmaError.self) { _ = try areaSigma(of: ring, sigma: 1) }
    }
  }
}
