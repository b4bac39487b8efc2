import GeoPackage
import Geometry
import Glibc
import Survey

/// GeoPackage (OGC 12-128r17), of any version and from any program.
///
/// As a log: lines are tracks, one a row, points are waypoints. As a file of features: each of its tables is a layer with a
/// CRS of its own. The line of a problem is the id of the row. The whole file is in memory while it is read.
public enum GPKG: LogFormat, FeatureFileFormat {
  public static let name = "GeoPackage"

  public static func recognizes(_ head: [UInt8]) -> Bool { GeoPackageFile.recognizes(head) }

  /// Larger ones hold pictures, as a rule, and would not fit into a small computer's memory.
  static let maxBytes = 1 << 30

  /// Every byte of the file. Where another program still holds changes beside it, the file alone is not what that program
  /// shows, and is refused.
  static func bytes(_ input: inout ByteSource) throws(FileUnreadable) -> [UInt8] {
    // SQLite keeps both beside the file itself, not beside a link to it.
    let paths = Set([input.path, whereItLies(input.path) ?? input.path]).sorted()
    for (suffix, isHot) in [("-wal", hasLog), ("-journal", hasJournal)] {
      guard let path = paths.first(where: { isHot($0 + suffix) }) else { continue }
      throw FileUnreadable(
        input.path, .refused, code: "gpkg.open",
        "is not whole: \(path)\(suffix) beside it holds changes that are not in it yet. Close the program that has "
          + "it open (QGIS: remove the layer, or end the program); if none has, open and close the file in QGIS once")
    }
    var bytes: [UInt8] = []
    while let block = try input.next() {
      bytes += block
      guard bytes.count <= maxBytes else {
        throw FileUnreadable(
          input.path, .refused, code: "gpkg.too-large",
          "is larger than \(maxBytes >> 20) MiB: take out the layers that are meant, with ogr2ogr NEW.gpkg OLD.gpkg LAYER"
        )
      }
    }
    return bytes
  }

  /// The path without links.
  private static func whereItLies(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  /// Whether a write-ahead log holds anything.
  private static func hasLog(_ path: String) -> Bool { !start(of: path).isEmpty }

  /// Whether a journal is one that was not played back: programs that keep it clear its head.
  private static func hasJournal(_ path: String) -> Bool { start(of: path) == [0xD9, 0xD5, 0x05, 0xF9] }

  private static func start(of path: String) -> [UInt8] {
    guard var file = try? ByteSource(path: path), let head = try? file.head(4) else { return [] }
    return head
  }
}

extension FileUnreadable {
  init(_ path: String, _ error: GeoPackageError) {
    self.init(
      path, error.code == "gpkg.damaged" ? .unreadable : .refused, code: error.code, error.message)
  }
}
