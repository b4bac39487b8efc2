/// An operation within one small square, as a polynomial of degree 5 in both coordinates through PROJ's own results.
///
/// PROJ stays the authority: the polynomial agrees with it at 36 places (the zeros of a Chebyshev polynomial, where
/// interpolation does not oscillate), and is taken only where it also agrees at 64 others, that reach beyond the square on
/// every side. Over 2 km the rest of the series of a map projection is some 1e-7 m.
public struct LocalPolynomial: Sendable {
  private static let order = 6
  /// Of the squared grid of places where it is compared.
  private static let comparisons = 8
  /// How far the comparisons reach, in halves of the square.
  private static let reach = 1.05

  private let (centreX, centreY, perHalf): (Double, Double, Double)
  private let offset: SIMD2<Double>
  /// Of u^a v^b at `a * order + b`.
  private var coefficients = [SIMD2<Double>](repeating: .zero, count: order * order)

  /// The square from `west` and `south` on. `nil` where `transform` refuses one of the places, or differs there from the
  /// polynomial by more than `tolerance`.
  public init?(
    west: Double, south: Double, size: Double, tolerance: Double,
    transform: (_ x: Double, _ y: Double) -> (x: Double, y: Double)?
  ) {
    let half = size / 2
    (centreX, centreY, perHalf) = (west + half, south + half, 1 / half)
    guard let centre = transform(centreX, centreY) else { return nil }
    offset = SIMD2(centre.x, centre.y)
    for (i, u) in Self.nodes.enumerated() {
      for (j, v) in Self.nodes.enumerated() {
        guard let value = transform(centreX + u * half, centreY + v * half) else { return nil }
        add(SIMD2(value.x, value.y) - offset, i, j)
      }
    }
    for i in 0..<Self.comparisons {
      for j in 0..<Self.comparisons {
        let x = centreX + Self.comparison(i) * half
        let y = centreY + Self.comparison(j) * half
        guard let value = transform(x, y) else { return nil }
        let found = self(x, y)
        guard abs(found.x - value.x) <= tolerance, abs(found.y - value.y) <= tolerance else { return nil }
      }
    }
  }

  /// What the operation gives for a pair in the square.
  public func callAsFunction(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let u = (x - centreX) * perHalf
    let v = (y - centreY) * perHalf
    var sum = SIMD2<Double>.zero
    for a in stride(from: Self.order - 1, through: 0, by: -1) {
      var row = coefficients[a * Self.order + Self.order - 1]
      for b in stride(from: Self.order - 2, through: 0, by: -1) { row = row * v + coefficients[a * Self.order + b] }
      sum = sum * u + row
    }
    let value = sum + offset
    return (value.x, value.y)
  }

  /// Adds what the value at one node means for every coefficient.
  private mutating func add(_ value: SIMD2<Double>, _ i: Int, _ j: Int) {
    for a in 0..<Self.order {
      for b in 0..<Self.order { coefficients[a * Self.order + b] += value * (Self.basis[i][a] * Self.basis[j][b]) }
    }
  }

  private static func comparison(_ index: Int) -> Double {
    reach * (2 * Double(index) / Double(comparisons - 1) - 1)
  }

  /// cos((2k + 1) π / 12): ±cos 15°, ±cos 45°, ±cos 75°.
  private static let nodes: [Double] = {
    let half = [(6.0.squareRoot() + 2.0.squareRoot()) / 4, 0.5.squareRoot(), (6.0.squareRoot() - 2.0.squareRoot()) / 4]
    return half + half.reversed().map { -$0 }
  }()

  /// For each node, the coefficients of Lagrange's polynomial that is 1 there and 0 at the others.
  private static let basis: [[Double]] = nodes.map { node in
    nodes.filter { $0 != node }.reduce([1]) { product, other in
      // Times (u - other) / (node - other).
      let raised = [0] + product
      let kept = product + [0]
      return zip(raised, kept).map { ($0 - other * $1) / (node - other) }
    }
  }
}
