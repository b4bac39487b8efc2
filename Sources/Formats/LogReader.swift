public import Survey

/// Reads logs of any known format, told apart by their contents.
public enum LogReader {
  /// Every format, the most telling first: this list is the only place that knows them all.
  public static let formats: [any LogFormat.Type] = [
    GPX.self,
    KML.self,
    TCX.self,
    FIT.self,
    GPKG.self,
    Shapefile.self,
    NMEA.self,
    RTKLIB.self,
    EsriJSON.self,
    ODKJSON.self,
    GeoJSONLog.self,
    Survey123.self,
    ODK.self,
    CSV.self,
  ]

  /// Hands everything in the file at `path` to `sink`; `progress` is called with the bytes of the file read so far.
  ///
  /// Throws where nothing of the file can be used; what can be used in part gives problems in `sink`.
  public static func read(
    _ path: String, options: ReadOptions = ReadOptions(), into sink: inout some LogSink,
    progress: ((Int) -> Void)? = nil
  ) throws(FileUnreadable) -> LogSource {
    var input = try ByteSource(path: path)
    input.progress = progress
    return try read(consume input, options: options, into: &sink)
  }

  /// The same for a source that is open already.
  public static func read(
    _ input: consuming ByteSource, options: ReadOptions = ReadOptions(), into sink: inout some LogSink
  ) throws(FileUnreadable) -> LogSource {
    let path = input.path
    let format = try format(of: &input, options: options)
    let (name, creator) = try format.read(&input, options: options, into: &sink)
    let siblings = input.siblings
    let (bytes, sha256) = try input.finish()
    var source = LogSource(path: path, format: name, creator: creator, bytes: bytes, sha256: sha256)
    if name == Shapefile.name {
      source.parts = try Shapefile.parts(siblings).map { LogSource.Part(path: $0.path, sha256: $0.sha256) }
    }
    return source
  }

  /// The format of the file's first bytes; throws `log.empty` or `log.unknown-format`.
  public static func format(
    of input: inout ByteSource, options: ReadOptions = ReadOptions()
  ) throws(FileUnreadable) -> any LogFormat.Type {
    var head = try input.head()
    if let decoder = TextDecoder.utf16(head) ?? TextDecoder.xml(head) {
      input.decode(decoder)
      head = try input.head()
    }
    if let refusal = ShapefilePart.refusal(head, path: input.path) { throw refusal }
    guard !head.isEmpty else {
      if let problem = input.problem {
        throw FileUnreadable(input.path, .unreadable, code: problem.code, problem.message)
      }
      throw FileUnreadable(input.path, .refused, code: "log.empty", "is empty; fetch the log again from the receiver")
    }
    if let format = formats.first(where: { $0.recognizes(head) }) { return format }
    // Who names the columns says that it is a sheet.
    if !options.columns.isEmpty { return CSV.self }
    if BinaryLog.recognizes(head) {
      throw FileUnreadable(
        input.path, .refused, code: "log.binary",
        "holds binary messages of a receiver and no NMEA among the first of them: convert it with RTKLIB to .pos, or "
          + "switch NMEA on in the receiver")
    }
    let known = formats.map { $0.name }.joined(separator: ", ")
    throw FileUnreadable(
      input.path, .refused, code: "log.unknown-format",
      "is in no known format (\(known)); export the log in one of these")
  }
}
