internal import Formats
internal import Positions
internal import Projection

/// The CRS of a file and what carries it over; no conversion for longitude and latitude in the survey's frame.
struct FileSource {
  /// Longitude and latitude on WGS 84, as GeoJSON means it.
  static let plain = FileSource(crs: ReferenceSystem.wgs84, conversion: nil, isNamed: false)

  let crs: String
  let conversion: Conversion?
  /// Whether somebody said that it is in this CRS: not only its format.
  let isNamed: Bool

  /// For one reader.
  func open() throws(ProjectionError) -> FileCRS? {
    guard let conversion else { return nil }
    return FileCRS(
      name: conversion.source.code ?? crs, isGeographic: conversion.source.isGeographic,
      converter: try conversion.open())
  }
}
