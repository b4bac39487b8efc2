public import Survey

/// A file of features of any known format, told apart by its contents.
public struct FeatureFile: Sendable {
  /// Every format, the most telling first. What is none of these is read as GeoJSON, which then says what is wrong.
  public static let formats: [any FeatureFileFormat.Type] = [KML.self, GPKG.self, Shapefile.self]

  /// Tables and forms whose records are points: finds and tasks are read from them, ground never is.
  public static let points: [any FeatureFileFormat.Type] = [ODKJSON.self, Survey123.self, ODK.self, PointTable.self]

  public let file: LogFile
  public let format: any FeatureFileFormat.Type
  public let layers: [FeatureLayer]

  /// Looks which format it is, and what is in it; `takesPoints` says whether it may be one of `points`.
  public static func open(_ file: LogFile, takesPoints: Bool = false) throws(FileUnreadable) -> FeatureFile {
    var input = try file.open()
    let head = try input.head()
    let known = (takesPoints ? formats + points : formats).first { $0.recognizes(head) }
    if known == nil, let refusal = ShapefilePart.refusal(head, path: file.path) { throw refusal }
    let format = known ?? GeoJSON.self
    return FeatureFile(file: file, format: format, layers: try format.layers(of: file))
  }

  /// Reads one of its layers; see `FeatureFileFormat`.
  public func readFeatures(
    of layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void, problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    try format.readFeatures(of: file, layer: layer, in: crs, feature: feature, problem: problem)
  }
}

extension GeoJSON: FeatureFileFormat {
  public static let name = GeoJSONLog.name
  public static func recognizes(_ head: [UInt8]) -> Bool { GeoJSONLog.recognizes(head) }
  public static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    var input = try file.open()
    try readFeatures(&input, in: crs, feature: feature, problem: problem)
    return FeatureReading(files: [try FileRead(consume input)])
  }
}

extension KML: FeatureFileFormat {
  public static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    var input = try file.open()
    try readFeatures(&input, in: crs?.converter, feature: feature, problem: problem)
    return FeatureReading(files: [try FileRead(consume input)])
  }
}

extension FileRead {
  /// Reads what is left of a source.
  init(_ input: consuming ByteSource) throws(FileUnreadable) {
    path = input.path
    (bytes, sha256) = try input.finish()
  }
}
