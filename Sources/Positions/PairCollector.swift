public import Geometry

/// Takes in the numbers of a file without carrying them anywhere.
public final class PairCollector: PositionConverter {
  private var box = Box<Projected>()

  public init() {}

  public func position(_ first: Double, _ second: Double) -> Geographic {
    if first.isFinite, second.isFinite { box.include(Projected(first, second)) }
    // Some position, different for different numbers: what is made of it is thrown away.
    return Geographic(first.remainder(dividingBy: 90), second.remainder(dividingBy: 90))
  }

  /// The box around them: its centre and its corners; nothing where there were none.
  public var corners: [Projected] {
    guard !box.isEmpty else { return [] }
    return [
      box.center, Projected(box.minX, box.minY), Projected(box.maxX, box.minY), Projected(box.maxX, box.maxY),
      Projected(box.minX, box.maxY),
    ]
  }
}
