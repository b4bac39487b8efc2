public import Geometry
public import Projection

/// How the positions of one source come to the survey's frame: decided once, run wherever they are read.
public struct Conversion: Hashable, Sendable {
  /// The CRS of the source.
  public let source: ReferenceSystem
  public let choice: OperationChoice
  /// From the frame that the source declares to the survey's, at an epoch.
  public let shift: FrameShift?

  public init(source: ReferenceSystem, choice: OperationChoice, shift: FrameShift? = nil) {
    (self.source, self.choice, self.shift) = (source, choice, shift)
  }

  public func open() throws(ProjectionError) -> GridConverter { try GridConverter(self) }
}

/// A frame declared, and the way from there.
public struct FrameShift: Hashable, Sendable {
  public let from, to: ReferenceFrame
  public let operation: CoordinateOperation
  /// Decimal year.
  public let epoch: Double

  /// `nil` where both frames are one; throws `frame.epoch` where the frames drift and no epoch is known.
  public static func between(
    _ from: ReferenceFrame, _ to: ReferenceFrame, epoch: Double?
  ) throws(ProjectionError) -> FrameShift? {
    guard let operation = try from.operation(to: to) else { return nil }
    guard let epoch = from.epoch ?? to.epoch ?? epoch else {
      throw ProjectionError(
        "frame.epoch", operation: "\(from) to \(to)",
        reason: "the frames drift apart: say when the positions were measured, such as \"\(from.name)@2026.35\"")
    }
    return FrameShift(from: from, to: to, operation: operation, epoch: epoch)
  }

  private init(from: ReferenceFrame, to: ReferenceFrame, operation: CoordinateOperation, epoch: Double) {
    (self.from, self.to, self.operation, self.epoch) = (from, to, operation, epoch)
  }

  public func open() throws(ProjectionError) -> FrameConverter { try FrameConverter(self) }
}

/// Moves positions from one frame to another. One thread.
public final class FrameConverter: PositionConverter {
  private let transformer: Transformer
  private let shift: FrameShift

  init(_ shift: FrameShift) throws(ProjectionError) {
    transformer = try Transformer.open(shift.operation)
    self.shift = shift
  }

  public func position(_ first: Double, _ second: Double) throws(CoordinateFault) -> Geographic {
    guard let moved = transformer.transform(first, second, epoch: shift.epoch) else {
      throw CoordinateFault("coordinate.range", "\(first), \(second) is no longitude and latitude in degrees")
    }
    return Geographic(moved.x, moved.y)
  }
}
