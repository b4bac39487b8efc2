public import Geometry
public import Projection

/// Carries pairs from one CRS to another by one operation, and refuses those that cannot be in the first. One thread.
public struct PairConversion: ~Copyable {
  public let choice: OperationChoice
  private let transformer: Transformer
  private let check: GridConverter
  private let area: Box<Geographic>?
  /// `nil` for an operation with a grid of shifts, which is in pieces.
  private var cells: LocalCells?

  /// Chooses the operation for `samples`; see `Georeference`.
  public static func open(
    from source: ReferenceSystem, to target: ReferenceSystem, at samples: [Projected],
    _ georeference: inout Georeference
  ) throws(ProjectionError) -> PairConversion {
    let choice = try georeference.choice(from: source, to: target, at: samples)
    let wgs84 = try ReferenceSystem(ReferenceSystem.wgs84)
    let rough = try candidates(from: source, to: wgs84, over: nil)
    // Where PROJ knows no way to WGS 84 at all, `choice` has failed before, or stays on one datum.
    guard let check = rough.first(where: \.isUsable) ?? rough.first(where: { $0.missingGrids.isEmpty }) else {
      throw ProjectionError(operation: source.name, reason: "PROJ knows no way from it to degrees")
    }
    return PairConversion(
      choice: choice, transformer: try Transformer.open(choice.operation), check: try GridConverter(roughly: check),
      area: choice.operation.areaOfUse.flatMap { $0.minX <= $0.maxX ? $0.grown(by: Georeference.margin) : nil },
      cells: choice.operation.grids.isEmpty && check.grids.isEmpty ? LocalCells(from: source, to: target) : nil)
  }

  private init(
    choice: OperationChoice, transformer: consuming Transformer, check: GridConverter, area: Box<Geographic>?,
    cells: LocalCells?
  ) {
    self.choice = choice
    self.transformer = transformer
    self.check = check
    self.area = area
    self.cells = cells
  }

  /// East first on both sides. Throws what is wrong with the pair, and `crs.area` where it lies outside of where the
  /// operation, which was chosen for others, is meant to be used.
  ///
  /// Where many pairs have come from the same two kilometres, a polynomial stands in for PROJ, within 1 µm of it.
  public mutating func convert(_ first: Double, _ second: Double) throws(CoordinateFault) -> (Double, Double) {
    if let moved = cells?.movedAsLast(first, second) { return moved }
    // Taken out, so that what it calls can look at the rest.
    var cells = cells.take()
    let moved = cells?.moved(first, second) { try? exact($0, $1) }
    self.cells = cells
    if let moved { return moved }
    return try exact(first, second)
  }

  private func exact(_ first: Double, _ second: Double) throws(CoordinateFault) -> (x: Double, y: Double) {
    let place = try check.position(first, second)
    guard area?.contains(place) ?? true else {
      throw CoordinateFault(
        "crs.area",
        "\(first), \(second) lies outside of where \(choice.operation.label) is used (\(choice.operation.areaName)): "
          + "convert it by itself")
    }
    guard let moved = transformer.transform(first, second) else {
      throw CoordinateFault("crs.outside", "\(first), \(second) lies outside of where the operation is defined")
    }
    return moved
  }
}
