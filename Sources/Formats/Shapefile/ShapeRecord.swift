import Geometry
import Survey

/// The kinds of shapes, by the numbers of the "ESRI Shapefile Technical Description" of July 1998, which is also the source of
/// every offset here. The forms with Z and M have the same x and y at the same places; what comes behind is not read.
enum ShapeKind {
  case null, point, line, polygon, multiPoint, multiPatch

  init?(_ number: Int) {
    switch number {
    case 0: self = .null
    case 1, 11, 21: self = .point
    case 3, 13, 23: self = .line
    case 5, 15, 25: self = .polygon
    case 8, 18, 28: self = .multiPoint
    case 31: self = .multiPatch
    default: return nil
    }
  }
}

/// The shape of one record: pairs of numbers as the file has them, in parts.
struct ShapeRecord {
  let kind: ShapeKind
  private(set) var parts: [[Projected]] = []

  /// Less is how a file says "no data" (page 2 of the description).
  private static let noData = -1e38

  /// Throws `shp.record` where the numbers in it do not fit, `shp.coordinate` for what is no coordinate, `shp.type` for
  /// what is not read.
  init(_ bytes: [UInt8]) throws(Problem) {
    let content = bytes.span
    guard content.count >= 4, let kind = ShapeKind(content.int32(0)) else {
      throw Problem("shp.type", line: 0, "its type is none of the known ones")
    }
    self.kind = kind
    switch kind {
    case .null: break
    case .multiPatch:
      throw Problem(
        "shp.type", line: 0, "it is a surface in space (MultiPatch), which is no ground: draw it as a polygon")
    case .point:
      try Self.require(content.count >= 20, "a point without its coordinates")
      parts = [try Self.positions(content, 4, 0..<1)]
    case .multiPoint:
      try Self.require(content.count >= 40, "it ends before its number of points")
      let count = content.int32(36)
      try Self.require(count >= 0 && 40 + 16 * count <= content.count, "it promises \(count) points and is too short")
      if count > 0 { parts = [try Self.positions(content, 40, 0..<count)] }
    case .line, .polygon: parts = try Self.parts(content)
    }
  }

  private static func parts(_ content: Text) throws(Problem) -> [[Projected]] {
    try require(content.count >= 44, "it ends before its number of points")
    let (count, points) = (content.int32(36), content.int32(40))
    try require(
      count >= 0 && points >= 0 && 44 + 4 * count + 16 * points <= content.count,
      "it promises \(count) parts with \(points) points and is too short for them")
    if count == 0, points == 0 { return [] }
    try require(count > 0, "it has \(points) points in no part")
    let starts = (0..<count).map { content.int32(44 + 4 * $0) }
    var parts: [[Projected]] = []
    for (index, start) in starts.enumerated() {
      let end = index + 1 < count ? starts[index + 1] : points
      try require(index > 0 || start == 0, "its first part does not begin at its first point")
      try require(start < end && end <= points, "its parts do not follow each other")
      parts.append(try positions(content, 44 + 4 * count, start..<end))
    }
    return parts
  }

  private static func positions(_ content: Text, _ base: Int, _ range: Range<Int>) throws(Problem) -> [Projected] {
    var positions: [Projected] = []
    positions.reserveCapacity(range.count)
    for index in range {
      let (x, y) = (content.double(base + 16 * index), content.double(base + 16 * index + 8))
      guard x.isFinite, y.isFinite, x > noData, y > noData else {
        throw Problem("shp.coordinate", line: 0, "\(x), \(y) is no coordinate")
      }
      positions.append(Projected(x, y))
    }
    return positions
  }

  private static func require(_ isSound: Bool, _ what: @autoclosure () -> String) throws(Problem) {
    guard isSound else { throw Problem("shp.record", line: 0, what() + ": it is damaged") }
  }
}
