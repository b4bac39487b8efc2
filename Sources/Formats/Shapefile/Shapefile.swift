public import Survey

/// Esri's Shapefile: shapes in a `.shp`, their properties in a `.dbf`, the CRS in a `.prj`.
///
/// The `.shp` is read by itself, record after record: the index (`.shx`) that other readers go by is often missing, and
/// sometimes false (`docs/decisions/0014-own-shapefile-reader.md`). The other files are looked for beside it, or in its
/// archive. One record is in memory at a time; the number of a record is its line.
public enum Shapefile: LogFormat {
  public static let name = "Shapefile"

  /// The endings of the files that are read besides, in the order in which they count.
  static let siblings = ["dbf", "prj", "cpg"]

  /// File code 9994 and version 1000; the index has the same, and begins with the place of the first record: 50.
  public static func recognizes(_ head: [UInt8]) -> Bool {
    let bytes = head.span
    guard bytes.count >= 36, bytes.bigEndian32(0) == 9994, bytes.int32(28) == 1000 else { return false }
    return !ShapefilePart.isIndex(head)
  }

  /// The paths of the files on disk that are read with the one at a path, if that is a shapefile.
  public static func companions(of path: String) throws(FileUnreadable) -> [String] {
    guard Siblings.ending(path) == "shp" else { return [] }
    var found: [String] = []
    for ending in siblings { if let path = try Siblings.path(of: ending, beside: path) { found.append(path) } }
    return found
  }

  /// As a log: points are waypoints, and each line is a track. Its positions need `options.crs`.
  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    let counts = try walk(&input, in: options.crs) { found in
      switch found {
      case .feature(let feature): feature.addShape(to: &sink)
      case .problem(let problem): sink.add(problem)
      }
    }
    sink.add(counts)
    return (name, nil)
  }

  /// Hands on every record, one after the other, as `GeoJSON.readFeatures` does; one without a shape has no geometry.
  ///
  /// Returns what became of the records. Throws `crs.undeclared` where no CRS is given.
  @discardableResult
  public static func readFeatures(
    _ input: inout ByteSource, in crs: FileCRS?, feature: (GeoFeature) -> Void, problem: (Problem) -> Void
  ) throws(FileUnreadable) -> RecordCounts {
    try walk(&input, in: crs) { found in
      switch found {
      case .feature(let found): feature(found)
      case .problem(let found): problem(found)
      }
    }
  }

  private static func walk(
    _ input: inout ByteSource, in crs: FileCRS?, _ found: (GeoPiece) -> Void
  ) throws(FileUnreadable) -> RecordCounts {
    var problems = ProblemLimit()
    func tell(_ piece: GeoPiece) {
      if case .problem(let problem) = piece, !problems.allows(problem) { return }
      found(piece)
    }
    let table = try DBFReader.open(beside: input, tell: tell)
    var reader = ShapefileReader(input, table, in: crs)
    var failure: FileUnreadable?
    do { try reader.read(tell) } catch { failure = error }
    let counts = reader.counts
    input = reader.close()
    if let failure { throw failure }
    for rest in problems.rest { found(.problem(rest)) }
    if let problem = input.problem { found(.problem(problem)) }
    return counts
  }
}

/// A feature or a problem, as a reader finds them.
extension Shapefile: FeatureFileFormat {
  public static func layers(of file: LogFile) throws(FileUnreadable) -> [FeatureLayer] {
    let input = try file.open()
    guard let text = try prj(of: input), !text.text.isEmpty else { return [FeatureLayer(crs: .undeclared)] }
    return [FeatureLayer(crs: .named(text))]
  }

  public static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    var input = try file.open()
    let siblings = input.siblings
    let records = try readFeatures(&input, in: crs, feature: feature, problem: problem)
    return FeatureReading(files: [try FileRead(consume input)] + (try parts(siblings)), records: records)
  }

  /// The files that belong to a `.shp`, hashed.
  static func parts(_ siblings: Siblings) throws(FileUnreadable) -> [FileRead] {
    var parts: [FileRead] = []
    for ending in self.siblings {
      if let part = try siblings.open(ending) { parts.append(try FileRead(consume part)) }
    }
    return parts
  }

  /// What a `.prj` says; more than this is none.
  private static func prj(of input: borrowing ByteSource) throws(FileUnreadable) -> DeclaredCRS? {
    guard var part = try input.siblings.open("prj") else { return nil }
    let head = try part.head(64 << 10)
    let bytes = head.starts(with: [0xef, 0xbb, 0xbf]) ? Array(head.dropFirst(3)) : head
    let text = bytes.span.trimmed(0..<(bytes.firstIndex(of: 0) ?? bytes.count))
    return DeclaredCRS(bytes.span.string(text), source: part.path)
  }
}
