public import Survey

/// A kind of file that holds features: points, lines and areas with properties.
///
/// To add one: write a type like `Shapefile`, and add it to `FeatureFile.formats`.
public protocol FeatureFileFormat: Sendable {
  static var name: String { get }

  /// Whether the first bytes of a file look like this format. Extensions lie; contents do not.
  static func recognizes(_ head: [UInt8]) -> Bool

  /// The layers of a file, without reading their features; one on WGS 84 unless a format says otherwise.
  static func layers(of file: LogFile) throws(FileUnreadable) -> [FeatureLayer]

  /// Hands on every feature of a layer, in order, and what cannot be used as a problem.
  ///
  /// `crs` carries its coordinates over; `nil` is for layers that are on WGS 84 by their format, and refused with
  /// `crs.undeclared` for all others. Throws where nothing more can be read: whoever catches an error drops the features
  /// that were handed on before.
  static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading
}

extension FeatureFileFormat {
  /// One layer without a name, on WGS 84: what most formats are.
  public static func layers(of file: LogFile) throws(FileUnreadable) -> [FeatureLayer] { [FeatureLayer(crs: .wgs84)] }
}

/// What was read of a layer.
public struct FeatureReading: Sendable {
  /// Every file that was read, to its end: the one that was named, and those that belong to it.
  public var files: [FileRead]
  /// `nil` where the format does not count them.
  public var records: RecordCounts?

  public init(files: [FileRead], records: RecordCounts? = nil) { (self.files, self.records) = (files, records) }
}

/// A file, read to its end.
public struct FileRead: Hashable, Sendable {
  /// As it was opened.
  public let path: String
  public let bytes: Int
  /// As it lies on disk, in lower-case hexadecimal.
  public let sha256: String

  public init(path: String, bytes: Int, sha256: String) {
    (self.path, self.bytes, self.sha256) = (path, bytes, sha256)
  }
}
