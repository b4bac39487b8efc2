public import Formats
public import Geometry
public import Positions
internal import Projection
internal import Survey

/// How the positions of an activity's logs come to the survey's frame.
public struct LogPositions: Sendable {
  /// `nil` for longitude and latitude on WGS 84, where somebody said so.
  private let conversion: Conversion?

  init(_ conversion: Conversion?) { self.conversion = conversion }

  /// For formats that do not say themselves what their numbers are; `nil` where they are longitude and latitude. For one
  /// reader.
  public func crs() throws -> FileCRS? {
    guard let conversion else { return .wgs84 }
    let source = conversion.source
    guard source.code != ReferenceSystem.wgs84 else { return nil }
    let plain = Conversion(source: source, choice: conversion.choice)
    return FileCRS(
      name: source.code ?? source.name, isGeographic: source.isGeographic, converter: try plain.open())
  }

  /// What a position was in the file, if the file was in this CRS; to a metre.
  public func numbers(of position: Geographic) -> (pair: Projected, isGeographic: Bool)? {
    guard let conversion, let transformer = try? Transformer.open(conversion.choice.operation) else { return nil }
    return transformer.transform(position.longitude, position.latitude, backwards: true)
      .map { (Projected($0.x, $0.y), conversion.source.isGeographic) }
  }

  /// From the frame that was declared for the logs, whatever their format; `nil` where it is the survey's.
  public func frame() throws -> FrameConverter? { try conversion?.shift?.open() }
}

/// A log that a table of finds lists.
public struct WaypointSource: Sendable {
  /// From the survey's folder.
  public var log: String
  /// `nil` where its positions are simply longitude and latitude in the survey's frame.
  public var positions: LogPositions?
}

/// A log as one activity lists it.
public struct ListedLog: Hashable, Sendable {
  public var activity, log: String
  public init(activity: String, log: String) { (self.activity, self.log) = (activity, log) }
}
