public import Survey

/// A kind of log that a receiver or a program writes.
///
/// To add one: write a type like `NMEA`, add it to `LogReader.formats`, and put a sample in `sample-surveys/`
/// (`docs/adding-a-format.md`).
public protocol LogFormat: Sendable {
  static var name: String { get }

  /// Whether the first bytes of a file, after decompression, look like this format. Extensions lie; contents do not.
  static func recognizes(_ head: [UInt8]) -> Bool

  /// Hands everything readable to `sink`, in the order of the file; what is not becomes a problem there.
  ///
  /// Throws only where nothing more of the file can be read. Returns the format with its version, and the program or
  /// device that wrote the file.
  static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?)
}

/// What the user said about a file that the file does not say itself.
public struct ReadOptions {
  /// For CSV: which column (from 1) holds what, where no header says so, such as `["lat": 3, "lon": 2, "time": 1]`.
  public var columns: [String: Int] = [:]
  /// For CSV and GeoJSON: what the coordinates are in; WGS 84 where nothing is said.
  public var crs: FileCRS?
  public init() {}
}

/// A file that cannot be used as a whole: exit status 65 or 66.
public struct FileUnreadable: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable { case notFound, unreadable, refused }
  public var path: String
  public var kind: Kind
  /// Stable and dotted, such as `file.not-found`, `geojson.crs`.
  public var code: String
  public var line: Int
  /// What is wrong and what to do.
  public var message: String
  /// For `crs.undeclared`: the first pair of numbers, as the file has them.
  public var pair: (first: Double, second: Double)? {
    get { numbers.count == 2 ? (numbers[0], numbers[1]) : nil }
    set { numbers = newValue.map { [$0.first, $0.second] } ?? [] }
  }
  private var numbers: [Double] = []

  public init(_ path: String, _ kind: Kind, code: String, line: Int = 0, _ message: String) {
    (self.path, self.kind, self.code, self.line, self.message) = (path, kind, code, line, message)
  }
}
