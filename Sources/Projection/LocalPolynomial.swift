/// An operation within one small square, as a polynomial through PROJ's own results.
///
/// PROJ stays the authority: the polynomial is interpolated at the zeros of a Chebyshev polynomial, where interpolation does not
/// oscillate, and is taken only where it agrees with PROJ at more places than those, that reach beyond the square on every
/// side. Terms in which the degrees of both coordinates together pass that of the polynomial are as small as those left out.
public struct LocalPolynomial: Sendable {
  /// What of the series of a map projection is kept.
  public enum Degree: Sendable {
    /// For 1 km, over which the rest is some 1e-9 m: 16 places, compared at 25.
    case three
    /// For 2 km, over which the rest is some 1e-7 m: 36 places, compared at 64.
    case five

    /// From so many positions on, the places that PROJ is asked for are worth their while.
    var fewest: Int { self == .three ? 60 : 400 }
  }
  /// How far the comparisons reach, in halves of the square.
  private static let reach = 1.05

  /// One more than the degree.
  private let order: Int
  private let (centreX, centreY, perHalf): (Double, Double, Double)
  private let offset: SIMD2<Double>
  /// Of u^a v^b, in the order in which they are needed: by a, then by b, both downwards from the highest.
  private var coefficients: [SIMD2<Double>] = []

  /// The square from `west` and `south` on. `nil` where `transform` refuses one of the places, or differs there from the
  /// polynomial by more than `tolerance`.
  public init?(
    west: Double, south: Double, size: Double, degree: Degree = .five, tolerance: Double,
    transform: (_ x: Double, _ y: Double) -> (x: Double, y: Double)?
  ) {
    let half = size / 2
    let basis = degree == .three ? Basis.three : Basis.five
    order = basis.order
    (centreX, centreY, perHalf) = (west + half, south + half, 1 / half)
    guard let centre = transform(centreX, centreY) else { return nil }
    offset = SIMD2(centre.x, centre.y)
    var whole = [SIMD2<Double>](repeating: .zero, count: basis.order * basis.order)
    for (i, u) in basis.nodes.enumerated() {
      for (j, v) in basis.nodes.enumerated() {
        guard let value = transform(centreX + u * half, centreY + v * half) else { return nil }
        basis.add(SIMD2(value.x, value.y) - offset, i, j, to: &whole)
      }
    }
    for a in (0..<basis.order).reversed() {
      for b in (0..<basis.order - a).reversed() { coefficients.append(whole[a * basis.order + b]) }
    }
    // Of the squared grid of places where it is compared.
    let comparisons = basis.comparisons
    let place = { (index: Int) in Self.reach * (2 * Double(index) / Double(comparisons - 1) - 1) * half }
    for i in 0..<comparisons {
      for j in 0..<comparisons {
        let x = centreX + place(i)
        let y = centreY + place(j)
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
    for count in 1...order {
      var row = c[first]
      for index in first + 1..<first + count { row = row * v + c[index] }
      sum = sum * u + row
      first += count
    }
    let value = sum + offset
    return (value.x, value.y)
  }
}

/// Where a polynomial is interpolated, and how.
private struct Basis {
  /// One more than the degree.
  let order: Int
  /// In each direction, where it is compared.
  let comparisons: Int
  let nodes: [Double]
  /// For each node, the coefficients of Lagrange's polynomial that is 1 there and 0 at the others.
  private let factors: [[Double]]

  /// Half of the nodes, the others being their negatives.
  private init(_ half: [Double], comparisons: Int) {
    self.comparisons = comparisons
    let nodes = half + half.reversed().map { -$0 }
    (self.nodes, order) = (nodes, nodes.count)
    factors = nodes.map { node in
      nodes.filter { $0 != node }.reduce([1]) { product, other in
        // Times (u - other) / (node - other).
        let raised = [0] + product
        let kept = product + [0]
        return zip(raised, kept).map { ($0 - other * $1) / (node - other) }
      }
    }
  }

  /// cos((2k + 1) π / 12): ±cos 15°, ±cos 45°, ±cos 75°.
  static let five = Basis(
    [(6.0.squareRoot() + 2.0.squareRoot()) / 4, 0.5.squareRoot(), (6.0.squareRoot() - 2.0.squareRoot()) / 4],
    comparisons: 8)
  /// cos((2k + 1) π / 8): ±cos 22.5°, ±cos 67.5°.
  static let three = Basis(
    [(2 + 2.0.squareRoot()).squareRoot() / 2, (2 - 2.0.squareRoot()).squareRoot() / 2], comparisons: 5)

  /// Adds what the value at one node means for every coefficient.
  func add(_ value: SIMD2<Double>, _ i: Int, _ j: Int, to coefficients: inout [SIMD2<Double>]) {
    let (first, second) = (factors[i], factors[j])
    for a in 0..<order {
      for b in 0..<order { coefficients[a * order + b] += value * (first[a] * second[b]) }
    }
  }
}
