public import Geometry

/// Takes in the numbers of a file without carrying them anywhere.
public final class PairCollector: PositionConverter {
  private var box = Box<Projected>()
  private var piece = Box<Projected>()
  private var pieces: [Projected] = []
  /// More corners decide nothing that these do not, and a hostile file has no end of them.
  private static let limit = 100_000

  public init() {}

  public func position(_ first: Double, _ second: Double) -> Geographic {
    if first.isFinite, second.isFinite {
      box.include(Projected(first, second))
      piece.include(Projected(first, second))
    }
    // Some position, different for different numbers: what is made of it is thrown away.
    return Geographic(first.remainder(dividingBy: 90), second.remainder(dividingBy: 90))
  }

  /// A feature ends: what lies between two of them is nobody's.
  public func endPiece() {
    if pieces.count < Self.limit { pieces += Self.corners(of: piece) }
    piece = Box()
  }

  /// The box around all of them: its centre and its corners; nothing where there were none.
  public var corners: [Projected] { Self.corners(of: box) }

  /// The same for each feature.
  public var cornersOfPieces: [Projected] { pieces.isEmpty ? corners : pieces }

  private static func corners(of box: Box<Projected>) -> [Projected] {
    guard !box.isEmpty else { return [] }
    return [
      box.center, Projected(box.minX, box.minY), Projected(box.maxX, box.minY), Projected(box.maxX, box.maxY),
      Projected(box.minX, box.maxY),
    ]
  }
}
