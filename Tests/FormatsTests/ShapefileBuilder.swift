import Formats
import FoundationEssentials
import Survey

/// Writes shapefiles by the "ESRI Shapefile Technical Description" and dBASE III, sound or with one thing wrong.
struct ShapefileBuilder {
  typealias Pair = (Double, Double)
  /// The content of each record, behind its head.
  var records: [[UInt8]] = []
  /// Number and length in words, where they are to be other than right.
  var numbers: [Int: Int] = [:]
  var words: [Int: Int] = [:]
  /// Words that the header promises more than there are.
  var moreInHeader = 0
  var trailing: [UInt8] = []

  static func big(_ value: Int) -> [UInt8] { little(value).reversed() }
  static func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  static func double(_ value: Double) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
  }

  mutating func point(_ x: Double, _ y: Double, kind: Int = 1) {
    records.append(
      Self.little(kind) + Self.double(x) + Self.double(y) + (kind == 11 ? Self.double(5) + Self.double(0) : []))
  }
  mutating func null() { records.append(Self.little(0)) }
  mutating func multiPoint(_ points: [Pair]) {
    records.append(Self.little(8) + Self.box + Self.little(points.count) + Self.numbers(points))
  }
  /// Lines (3, 13, 23) or rings (5, 15, 25); heights and measures behind them are nonsense on purpose.
  mutating func parts(_ kind: Int, _ parts: [[Pair]], claimed: Int? = nil) {
    var starts: [UInt8] = []
    var next = 0
    for part in parts {
      starts += Self.little(next)
      next += part.count
    }
    let rest = kind > 10 ? [UInt8](repeating: 0xff, count: 16 + 8 * next) : []
    records.append(
      Self.little(kind) + Self.box + Self.little(parts.count) + Self.little(claimed ?? next) + starts
        + Self.numbers(parts.flatMap { $0 }) + rest)
  }

  private static let box = [UInt8](repeating: 0, count: 32)
  private static func numbers(_ points: [Pair]) -> [UInt8] { points.flatMap { double($0.0) + double($0.1) } }

  var shp: [UInt8] {
    var body: [UInt8] = []
    for (index, record) in records.enumerated() {
      body += Self.big(numbers[index] ?? index + 1) + Self.big(words[index] ?? record.count / 2) + record
    }
    body += trailing
    let length = (100 + body.count - trailing.count) / 2 + moreInHeader
    let kind = records.first.map { Array($0.prefix(4)) } ?? Self.little(0)
    return Self.big(9994) + [UInt8](repeating: 0, count: 20) + Self.big(length) + Self.little(1000) + kind
      + [UInt8](repeating: 0, count: 64) + body
  }

  /// A table; rows are the bytes of their columns, and those that begin with `*` are deleted.
  static func dbf(
    _ columns: [(name: String, kind: Character, width: Int)], _ rows: [String], language: UInt8 = 0,
    promised: Int? = nil,
    raw: ([UInt8]) -> [UInt8] = { $0 }
  ) -> [UInt8] {
    let width = columns.reduce(1) { $0 + $1.width }
    let length = 33 + 32 * columns.count
    var bytes: [UInt8] = [3, 126, 5, 3] + little(promised ?? rows.count)
    bytes += [UInt8(length & 255), UInt8(length >> 8), UInt8(width & 255), UInt8(width >> 8)]
    bytes += [UInt8](repeating: 0, count: 17) + [language, 0, 0]
    for column in columns {
      bytes += (Array(column.name.utf8) + [UInt8](repeating: 0, count: 11)).prefix(11)
      bytes += [column.kind.asciiValue ?? 0, 0, 0, 0, 0, UInt8(column.width)] + [UInt8](repeating: 0, count: 15)
    }
    bytes.append(0x0d)
    for row in rows { bytes += raw(Array(row.utf8)) + [UInt8](repeating: 0x20, count: max(0, width - row.utf8.count)) }
    return bytes + [0x1a]
  }
}

/// A folder of a test, gone with it.
final class ShapeFolder {
  let path: String

  init(_ files: [String: [UInt8]]) throws {
    path = FileManager.default.temporaryDirectory.path + "/razmin-shapes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, bytes) in files { try Data(bytes).write(to: URL(filePath: path + "/" + name)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Everything that is read of one of its files.
  func read(_ name: String = "a.shp", in crs: FileCRS? = .wgs84) throws -> ShapesRead {
    var input = try ByteSource(path: path + "/" + name)
    var found = ShapesRead()
    found.counts = try Shapefile.readFeatures(&input, in: crs) {
      found.features.append($0)
    } problem: {
      found.problems.append($0)
    }
    return found
  }
}

struct ShapesRead {
  var features: [GeoFeature] = []
  var problems: [Problem] = []
  var counts = RecordCounts()
  /// Without the one about a table that is not there, which most tests do not write.
  var codes: [String] { problems.map(\.code).filter { $0 != "shp.no-table" } }
}
