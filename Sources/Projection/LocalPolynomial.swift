/// An operation within one small square, as a polynomial of degree 5 through PROJ's own results.
///
/// PROJ stays the authority: the polynomial is interpolated at 36 places (the zeros of a Chebyshev polynomial, where
/// interpolation does not oscillate), and is taken only where it agrees with PROJ at 64 others, that reach beyond the square
/// on every side. Over 2 km the rest of the series of a map projection is some 1e-7 m; terms in which the degrees of both
/// coordinates together pass 5 are as small as that, and left out.
public struct LocalPolynomial: Sendable {
  private static let order = 6
  /// Of the squared grid of places where it is compared.
  private static let comparisons = 8
  /// How far the comparisons reach, in halves of the square.
  private static let reach = 1.05

  private let (centreX, centreY, perHalf): (Double, Double, Double)
  private let offset: SIMD2<Double>
  /// Of u^a v^b, in the order in which they are needed: by a, then by b, both downwards from the highest.
  private var coefficients: [SIMD2<Double>] = []

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
    var whole = [SIMD2<Double>](repeating: .zero, count: Self.order * Self.order)
    for (i, u) in Self.nodes.enumerated() {
      for (j, v) in Self.nodes.enumerated() {
        guard let value = transform(centreX + u * half, centreY + v * half) else { return nil }
        Self.add(SIMD2(value.x, value.y) - offset, i, j, to: &whole)
      }
    }
    for a in (0..<Self.order).reversed() {
      for b in (0..<Self.order - a).reversed() { coefficients.append(whole[a * Self.order + b]) }
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
    let c = coefficients.span
    var sum = SIMD2<Double>.zero
    var first = 0
    for count in 1...Self.order {
      var row = c[first]
      for index in first + 1..<first + count { row = row * v + c[index] }
      sum = sum * u + row
      first += count
    }
    let value = sum + offset
    return (value.x, value.y)
  }

  /// Adds what the value at one node means for every coefficient.
  private static func add(_ value: SIMD2<Double>, _ i: Int, _ j: Int, to coefficients: inout [SIMD2<Double>]) {
    for a in 0..<order {
      for b in 0..<order { coefficients[a * order + b] += value * (basis[i][a] * basis[j][b]) }
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
