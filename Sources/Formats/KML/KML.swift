public import Geometry
public import Survey

/// KML 2.0 to 2.3 with Google's extensions, in any of their namespaces or none.
///
/// As a log: lines and `gx:Track` are tracks, one a placemark, each of its geometries a segment; points are waypoints.
/// Polygons are no log and become a problem: `readFeatures` reads them. A placemark may have ten million positions.
/// Altitude modes are ignored, and links are never followed. The file is used up to the first XML error; of the
/// placemark that it breaks off in, a log keeps what stands before it, and ground nothing.
///
/// Its records are positions: tuples of `coordinates` and elements `gx:coord`, also empty ones.
public enum KML: LogFormat {
  public static let name = "KML"

  /// The first elements that are taken: some programs leave out `kml` around a single placemark or folder.
  static let roots: Set<String> = ["kml", "Placemark", "Folder"]

  public static func recognizes(_ head: [UInt8]) -> Bool { XMLRoot(head).map { roots.contains($0.name) } ?? false }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var used = RecordCounts()
    let reader = try walk(&input) { found in
      switch found {
      case .feature(let feature): feature.add(to: &sink, counting: &used)
      case .problem(let problem): sink.add(problem)
      }
    }
    let creator = reader.creator
    sink.add(used + reader.records)
    return (name, creator)
  }

  /// Hands on every placemark, one after the other: on WGS 84, which is all that KML knows; `converter` is for positions
  /// that were measured in another frame.
  ///
  /// Its properties are those of its ExtendedData, as text, and `name`, `description`, `folder`, `timestamp`, `begin` and
  /// `end` where it has them; its id is its name, or else the attribute. One whose ground is not wholly known is set
  /// aside and told. Returns what was seen, for a report.
  @discardableResult
  public static func readFeatures(
    _ input: inout ByteSource, in converter: (any PositionConverter)? = nil, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> KMLCounts {
    try walk(&input) { found in
      switch found {
      case .feature(let found):
        do throws(Problem) { feature(try found.geoFeature(in: converter)) } catch { problem(error) }
      case .problem(let found): problem(found)
      }
    }.counts
  }

  private static func walk(
    _ input: inout ByteSource, _ found: (KMLFound) -> Void
  ) throws(FileUnreadable) -> KMLReader {
    let reader = KMLReader(path: input.path)
    var stream = XMLStream(reader)
    var problems = ProblemLimit()
    while stream.stop == nil {
      let block = try input.next()
      stream.parse(block ?? [], isLast: block == nil)
      for piece in reader.found {
        if case .problem(let problem) = piece, !problems.allows(problem) { continue }
        found(piece)
      }
      reader.found.removeAll(keepingCapacity: true)
      if block == nil { break }
    }
    if let problem = try ended(stream.stop, reader, input.path, line: stream.line) {
      reader.cut()
      for piece in reader.found { found(piece) }
      found(.problem(problem))
    }
    for rest in problems.rest { found(.problem(rest)) }
    if let problem = input.problem { found(.problem(problem)) }
    return reader
  }

  private static func ended(
    _ stop: XMLStream.Stop?, _ reader: KMLReader, _ path: String, line: Int
  ) throws(FileUnreadable) -> Problem? {
    switch stop {
    case nil: return nil
    case .refused:
      guard let refusal = reader.refusal else { return nil }
      guard refusal.code == "kml.depth" else { throw refusal }
      return Problem(refusal.code, line: refusal.line, refusal.message)
    case .doctype:
      throw FileUnreadable(
        path, .refused, code: "kml.doctype", line: line,
        "declares a document type, as no KML does: it is not read")
    case .encoding:
      throw FileUnreadable(
        path, .refused, code: "kml.encoding", line: line,
        "is in an encoding that is not known here: save it as UTF-8")
    case .damaged(let reason):
      return Problem(
        "kml.xml", line: line, "the XML is damaged (\(reason)): what came before is used; export the file again")
    }
  }
}
