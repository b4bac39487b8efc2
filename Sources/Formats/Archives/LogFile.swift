import Digests
public import Survey

/// One log: a file, or a member of an archive, unpacked.
public struct LogFile: Sendable {
  /// As the user named it; behind the archive's path, `/` and the member's own.
  public let path: String
  /// SHA-256 of the archive that it came in.
  public let archiveSHA256: String?
  /// Of a member.
  let content: [UInt8]?
  /// Of a member: those that belong to it.
  private var members: [String: Siblings.Member] = [:]
  /// What the archive says of it, told with what is in it.
  fileprivate let remarks: [Problem]

  public init(_ path: String) { (self.path, content, archiveSHA256, remarks) = (path, nil, nil, []) }

  init(
    _ path: String, content: [UInt8], siblings: [String: Siblings.Member] = [:], archiveSHA256: String,
    remarks: [Problem]
  ) {
    (self.path, self.content, self.archiveSHA256, self.remarks) = (path, content, archiveSHA256, remarks)
    members = siblings
  }

  /// Bytes of a member; `nil` for a file, which the system knows.
  public var size: Int? { content?.count }

  /// SHA-256 of its bytes, decompressed where they are a gzip: the same for a copy of any name, however it is packed. Of a
  /// shapefile all files count, since one `.shp` lies elsewhere with another `.prj`.
  ///
  /// Where the gzip is damaged, of its bytes as they lie on disk: what could be unpacked of it may be all of a sound log,
  /// which is no copy, since it may be used where this one is refused.
  public func identity() throws(FileUnreadable) -> String {
    var input = try open()
    var digest = Digest()
    let isShapefile = Shapefile.recognizes(try input.head())
    while let block = try input.next() { digest.update(block) }
    if input.problem != nil { return "damaged \(try input.finish().sha256)" }
    for ending in isShapefile ? Shapefile.siblings : [] {
      guard var part = try input.siblings.open(ending) else { continue }
      digest.update(Array(".\(ending)".utf8))
      while let block = try part.next() { digest.update(block) }
    }
    return digest.hexadecimal()
  }

  /// Throws `gzip.corrupt` where it is a gzip that is damaged in its middle.
  ///
  /// Nobody knows which digits are then wrong, and a wrong digit is a wrong place: nothing may be claimed by such a log. A
  /// gzip that ends too early is whole up to there.
  public func checkCompression() throws(FileUnreadable) {
    var input = try open()
    _ = try input.head(1)
    guard input.isCompressed else { return }
    while try input.next() != nil {}
    guard input.problem?.code == "gzip.corrupt" else { return }
    throw FileUnreadable(
      path, .refused, code: "gzip.corrupt",
      "the compressed data is damaged, and which of its numbers are wrong is not known: nothing is claimed by it; fetch "
        + "the log again")
  }

  /// Its bytes from the start, as often as it is wanted.
  public func open() throws(FileUnreadable) -> ByteSource {
    guard let content else { return try ByteSource(path: path) }
    var input = ByteSource(bytes: content, path: path)
    input.siblings = .members(members)
    return input
  }
}

extension LogReader {
  /// Hands `body` the log at `path`, or each log of an archive (zip, tar, tar.gz, KMZ) in its order, one at a time.
  ///
  /// What of an archive cannot be used goes to `refused`, and the others are handed on; throws what `body` throws, and
  /// `FileUnreadable` where nothing of the file can be used. At most 10 000 members, 256 MiB of each and 4 GiB of all.
  public static func eachLog(
    of path: String, refused: (FileUnreadable) -> Void, _ body: (LogFile) throws -> Void
  ) throws {
    var input = try ByteSource(path: path)
    guard LogArchive.recognizes(try input.head()) else { return try body(LogFile(path)) }
    let sha256 = try input.finish().sha256
    try LogArchive(path: path, sha256: sha256).each(refused: refused, body)
  }

  /// Whether a file names its own CRS, or a zip may hold one that does; a zip is asked for its names only.
  public static func mayNameCRS(_ path: String) -> Bool {
    guard var input = try? ByteSource(path: path), let head = try? input.head() else { return false }
    guard LogArchive.recognizes(head) else { return Shapefile.recognizes(head) || GPKG.recognizes(head) }
    guard var names = try? ArchiveReader.openDirectory(path) else { return false }
    while let member = try? names.next() {
      if ["shp", "gpkg"].contains(Siblings.ending(member.name)) { return true }
    }
    return false
  }

  /// Hands everything in the log to `sink`; as `read(_:options:into:progress:)` of a path.
  public static func read(
    _ file: LogFile, options: ReadOptions = ReadOptions(), into sink: inout some LogSink,
    progress: ((Int) -> Void)? = nil
  ) throws(FileUnreadable) -> LogSource {
    var input = try file.open()
    input.progress = progress
    for remark in file.remarks { sink.add(remark) }
    var source = try read(consume input, options: options, into: &sink)
    source.archiveSHA256 = file.archiveSHA256
    return source
  }
}
