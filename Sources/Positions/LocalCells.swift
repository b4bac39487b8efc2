import Geometry
import Projection

/// Squares of a CRS with a polynomial in place of an operation, each made once many pairs have fallen into it.
struct LocalCells {
  /// In the unit of the source: 2 km, or what is less than that.
  private let size: Double
  /// In the unit of the target: a micrometre.
  private let tolerance: Double

  private struct Key: Hashable { var column, row: Int32 }
  private enum Cell {
    case seen(Int)
    /// Of `polynomials`.
    case polynomial(Int)
    /// PROJ is asked each time.
    case none
  }
  private var cells: [Key: Cell] = [:]
  private var polynomials: [LocalPolynomial] = []
  private var last: (key: Key, index: Int)?

  /// What a polynomial costs, in pairs that PROJ carries, about.
  private static let worthwhile = 100
  /// Of squares, so that memory stays bounded: some 12 MB.
  private static let most = 20_000

  init(from source: ReferenceSystem, to target: ReferenceSystem) {
    size = source.isGeographic ? 0.02 : 2000
    tolerance = target.isGeographic ? 9e-12 : 1e-6
  }

  /// What the polynomial of the last pair's square gives; `nil` where this one does not lie in it.
  func movedAsLast(_ first: Double, _ second: Double) -> (x: Double, y: Double)? {
    guard let last, last.key == key(first, second) else { return nil }
    return polynomials[last.index](first, second)
  }

  /// `nil` round 0, 0: what is refused there is smaller than a square.
  private func key(_ first: Double, _ second: Double) -> Key? {
    let (column, row) = ((first / size).rounded(.down), (second / size).rounded(.down))
    guard abs(column) < 1e9, abs(row) < 1e9, abs(column) > 2 || abs(row) > 2 else { return nil }
    return Key(column: Int32(column), row: Int32(row))
  }

  /// What the polynomial gives; `nil` where there is none.
  ///
  /// `transform` is the operation with all that refuses a pair; it is asked for the places of a polynomial, too.
  mutating func moved(
    _ first: Double, _ second: Double, _ transform: (Double, Double) -> (x: Double, y: Double)?
  ) -> (x: Double, y: Double)? {
    guard let key = key(first, second) else { return nil }
    switch cells[key] {
    case .none?: return nil
    case .polynomial(let index)?:
      last = (key, index)
      return polynomials[index](first, second)
    case .seen(let count)?:
      cells[key] = .seen(count + 1)
      guard count >= Self.worthwhile else { return nil }
    case nil:
      if cells.count < Self.most { cells[key] = .seen(1) }
      return nil
    }
    let polynomial = LocalPolynomial(
      west: Double(key.column) * size, south: Double(key.row) * size, size: size, tolerance: tolerance,
      transform: transform)
    cells[key] = polynomial.map { _ in .polynomial(polynomials.count) } ?? Cell.none
    if let polynomial { polynomials.append(polynomial) }
    return polynomial?(first, second)
  }
}
