/// What a sample says of a lot: the probability that it is passed although something is left in it.
public struct SamplingArithmetic: Hashable, Sendable {
  /// The share of the lot that is inspected, 0 to 1.
  public let fraction: Double
  /// The probability that an inspection finds an item that lies where it looks, 0 to 1.
  public let detection: Double
  /// Items that are left in the lot.
  public let residual: Int

  /// Largest `residual` for which the lot is reckoned: the work grows with its square.
  public static let maxResidual = 10_000

  public init(fraction: Double, detection: Double, residual: Int) {
    (self.fraction, self.detection, self.residual) = (fraction, detection, residual)
  }

  /// `(1 - f q)^K`: items that lie anywhere, independently of each other.
  public var passes: Double {
    let one = 1 - fraction * detection
    // By repeated multiplication: the same bits everywhere.
    return (0..<residual).reduce(1.0) { product, _ in product * one }
  }
}

/// A lot of boxes of which some are inspected whole, each item that is left lying in a box of its own.
public struct LotArithmetic: Hashable, Sendable {
  public let boxes, inspected: Int
  public let detection: Double
  public let residual: Int

  /// `nil` where there are more items than boxes.
  public init?(boxes: Int, inspected: Int, detection: Double, residual: Int) {
    guard residual <= boxes, inspected <= boxes, residual >= 0, inspected >= 0 else { return nil }
    (self.boxes, self.inspected, self.detection, self.residual) = (boxes, inspected, detection, residual)
  }

  /// Hypergeometric: `C(N - K, n) / C(N, n)`, the probability that no inspected box holds an item.
  public var passesUnseen: Double {
    (0..<residual).reduce(1.0) { $0 * Double(max(0, boxes - inspected - $1)) / Double(boxes - $1) }
  }

  /// The probability that no item is found: over the number j of inspected boxes that hold one, the sum of
  /// `C(K, j) C(N - K, n - j) / C(N, n) (1 - q)^j`.
  ///
  /// Placed one after the other, the next item comes to lie in an inspected box with probability `(n - j) / (N - i)`.
  public var passes: Double {
    var hits = [1.0]
    for placed in 0..<residual {
      var next = Array(repeating: 0.0, count: hits.count + 1)
      for (count, probability) in hits.enumerated() {
        let into = Double(max(0, inspected - count)) / Double(boxes - placed)
        next[count] += probability * (1 - min(1, into))
        next[count + 1] += probability * min(1, into) * (1 - detection)
      }
      hits = next
    }
    return hits.reduce(0, +)
  }
}
