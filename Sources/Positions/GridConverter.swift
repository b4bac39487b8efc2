public import Geometry
import Notation
import Projection

/// Carries the numbers of a file from the CRS that was declared for it, and refuses those that cannot be in it. One thread.
///
/// A wrong declaration mostly throws points far off: axes swapped, a leading digit missing, degrees in a metric CRS. What is
/// wrong is looked for, and said. Errors of under a kilometre (a wrong datum) cannot be seen here.
public final class GridConverter: PositionConverter {
  private let transformer: Transformer
  private let frame: FrameConverter?
  private let source: ReferenceSystem
  private let area: Box<Geographic>?
  /// The millions of metres in front of eastings of a Gauss-Krueger zone: 7 in EPSG:6316; 0 for UTM.
  private let prefix: Int?
  /// Files of shifts that the operation looks into; it ends where they end.
  let grids: [String]

  /// A CRS is used past its area by some: Serbia's east lies in zone 8 and is mapped in zone 7. Degrees.
  private static let margin = 2.0

  convenience init(_ conversion: Conversion) throws(ProjectionError) {
    try self.init(conversion.choice.operation, frame: conversion.shift?.open())
  }

  /// Only to look whether numbers can be in a CRS: a guess at the datum shift is good enough for that.
  convenience init(roughly operation: CoordinateOperation) throws(ProjectionError) {
    try self.init(
      operation, Transformer.open(pipelines: operation.pipelines, name: operation.name), frame: nil)
  }

  private convenience init(_ operation: CoordinateOperation, frame: FrameConverter?) throws(ProjectionError) {
    try self.init(operation, Transformer.open(operation), frame: frame)
  }

  /// `frame` comes after the operation.
  private init(
    _ operation: CoordinateOperation, _ transformer: consuming Transformer, frame: FrameConverter?
  ) throws(ProjectionError) {
    source = operation.source
    grids = operation.grids.map(\.name)
    self.frame = frame
    // Areas across the antimeridian are not looked at.
    area = source.areaOfUse.flatMap { $0.minX <= $0.maxX ? $0.grown(by: Self.margin) : nil }
    var prefix: Int?
    if !source.isGeographic, let middle = source.areaOfUse?.center,
      let pair = transformer.transform(middle.longitude, middle.latitude, backwards: true)
    {
      prefix = Int(exactly: (pair.x / 1e6).rounded(.down))
    }
    self.prefix = prefix
    self.transformer = transformer
  }

  public func position(_ first: Double, _ second: Double) throws(CoordinateFault) -> Geographic {
    guard first.isFinite, second.isFinite else {
      throw CoordinateFault("coordinate.range", "\(first), \(second) are no coordinates")
    }
    guard first != 0 || second != 0 else {
      throw CoordinateFault("coordinate.null-island", "0, 0 is what programs write where they have no position")
    }
    guard let place = carry(first, second) else { throw fault(first, second) }
    guard let frame else { return place }
    return try frame.position(place.longitude, place.latitude)
  }

  /// `nil` where the pair cannot be in this CRS.
  private func carry(_ first: Double, _ second: Double) -> Geographic? {
    if source.isGeographic {
      guard Geographic(first, second).isOnEarth else { return nil }
    } else {
      guard abs(first) > 180 || abs(second) > 180 else { return nil }
    }
    guard let moved = transformer.transform(first, second) else { return nil }
    let place = Geographic(moved.x, moved.y)
    guard place.isOnEarth, area?.contains(place) ?? true else { return nil }
    return place
  }

  /// Whether the map projection alone, which needs no grid, puts a pair where the CRS is used.
  private func isInside(_ first: Double, _ second: Double) -> Bool {
    guard let base = source.base, let geographic = try? ReferenceSystem(base),
      let projection = try? candidates(from: source, to: geographic, over: nil).first,
      let converter = try? GridConverter(roughly: projection)
    else { return false }
    return converter.carry(first, second) != nil
  }

  /// What is most likely wrong with a pair.
  private func fault(_ first: Double, _ second: Double) -> CoordinateFault {
    let (pair, crs) = ("\(first), \(second)", source.code ?? source.name)
    if carry(second, first) != nil {
      return CoordinateFault(
        "coordinate.swapped",
        "\(pair) lies far from where \(crs) is used, and \(second), \(first) does not: the axes are swapped; Razmin takes "
          + (source.isGeographic ? "longitude, latitude" : "easting, northing"))
    }
    guard !source.isGeographic else {
      let isOnEarth = Geographic(first, second).isOnEarth
      return CoordinateFault(
        isOnEarth ? "coordinate.outside" : "coordinate.range",
        isOnEarth
          ? "\(pair) lies far from where \(crs) is used (\(source.areaName))"
          : "\(pair) is no longitude and latitude in degrees: is it a grid? Declare its CRS")
    }
    if abs(first) <= 180, abs(second) <= 180 {
      return CoordinateFault("coordinate.degrees", "\(pair) look like degrees, and \(crs) is in metres")
    }
    if let prefix, prefix > 0, (0..<1e6).contains(first), carry(first + Double(prefix) * 1e6, second) != nil {
      return CoordinateFault(
        "coordinate.prefix", "\(pair): the leading \(prefix) of \(crs) is missing; or the numbers are of another grid")
    }
    if !grids.isEmpty, isInside(first, second) {
      return CoordinateFault(
        "coordinate.outside",
        "\(pair) lies outside of the grid \(grids.joined(separator: ", ")): name an operation that needs none")
    }
    if let zone = gaussKruegerZone(easting: first), zone != prefix {
      return CoordinateFault(
        "coordinate.zone",
        "\(pair): an easting with the prefix \(zone) is not of \(crs)"
          + (prefix.map { $0 > 0 ? ", whose prefix is \($0)" : ", which has none" } ?? "")
          + "; put each zone into a file of its own and declare it")
    }
    return CoordinateFault("coordinate.outside", "\(pair) lies far from where \(crs) is used (\(source.areaName))")
  }
}
