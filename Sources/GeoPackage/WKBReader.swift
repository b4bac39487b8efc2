/// Reads well-known binary (ISO 13249-3, OGC 06-103r4 clause 8) in either byte order, with or without Z and M.
///
/// What is empty is left out: a polygon without rings has no ground.
struct WKBReader {
  private let bytes: [UInt8]
  private var index: Int
  private static let maxCollections = 16

  init(_ bytes: [UInt8], at index: Int) { (self.bytes, self.index) = (bytes, index) }

  var isAtEnd: Bool { index == bytes.count }

  /// The head of a geometry: how its numbers are laid out.
  private struct Layout {
    var isLittleEndian: Bool
    var type: UInt32
    /// How many numbers a position has.
    var numbers: Int
  }

  mutating func geometry(depth: Int) throws(GeometryFault) -> RawGeometry? {
    let layout = try layout()
    switch layout.type {
    case 1: return try point(layout).map { .point($0) }
    case 2:
      let positions = try positions(layout)
      return positions.isEmpty ? nil : .line(positions)
    case 3:
      let rings = try rings(layout)
      return rings.isEmpty ? nil : .polygon(rings)
    case 4...7:
      guard depth < Self.maxCollections else { throw .damaged("its geometry is nested too deeply") }
      return try members(layout, depth: depth)
    case 8...17:
      throw GeometryFault(
        code: "gpkg.geometry-type",
        message: "its geometry is \(Self.name(layout.type)), which is not read: turn curves into straight lines "
          + "with ogr2ogr -nlt CONVERT_TO_LINEAR")
    default: throw .damaged("its geometry is of the unknown type \(layout.type)")
    }
  }

  private static func name(_ type: UInt32) -> String {
    switch type {
    case 15: "a polyhedral surface"
    case 16: "a network of triangles"
    case 17: "a triangle"
    default: "a curve, or bounded by curves"
    }
  }

  private mutating func members(_ layout: Layout, depth: Int) throws(GeometryFault) -> RawGeometry? {
    // No member is shorter than its head and a count.
    let count = try count(layout, ofSize: 9)
    var (points, lines, polygons, all): ([RawPosition], [[RawPosition]], [[[RawPosition]]], [RawGeometry]) = (
      [], [], [], []
    )
    for _ in 0..<count {
      guard let member = try geometry(depth: depth + 1) else { continue }
      switch (layout.type, member) {
      case (4, .point(let position)): points.append(position)
      case (5, .line(let line)): lines.append(line)
      case (6, .polygon(let rings)): polygons.append(rings)
      case (7, _): all.append(member)
      default: throw .damaged("its geometry holds parts of another kind")
      }
    }
    switch layout.type {
    case 4: return points.isEmpty ? nil : .multiPoint(points)
    case 5: return lines.isEmpty ? nil : .multiLine(lines)
    case 6: return polygons.isEmpty ? nil : .multiPolygon(polygons)
    default: return all.isEmpty ? nil : .collection(all)
    }
  }

  private mutating func layout() throws(GeometryFault) -> Layout {
    guard index < bytes.count, bytes[index] <= 1 else { throw .damaged("its geometry has no byte order") }
    var layout = Layout(isLittleEndian: bytes[index] == 1, type: 0, numbers: 2)
    index += 1
    let type = try integer(layout)
    // ISO counts Z and M in thousands; older programs set high bits (as PostGIS does).
    let (high, low) = (type >> 29, type & 0x1FFF_FFFF)
    guard high & 1 == 0, low < 4000 else { throw .damaged("its geometry is of the unknown type \(type)") }
    layout.type = low % 1000
    let thousands = low / 1000
    layout.numbers += (thousands & 1 != 0 || high & 4 != 0 ? 1 : 0) + (thousands & 2 != 0 || high & 2 != 0 ? 1 : 0)
    return layout
  }

  private mutating func point(_ layout: Layout) throws(GeometryFault) -> RawPosition? {
    try need(layout.numbers * 8)
    let position = position(layout)
    // Not a number twice is how an empty point is written.
    if position.x.isNaN, position.y.isNaN { return nil }
    return try finite(position)
  }

  private mutating func rings(_ layout: Layout) throws(GeometryFault) -> [[RawPosition]] {
    let count = try count(layout, ofSize: 4)
    var rings: [[RawPosition]] = []
    for _ in 0..<count { rings.append(try positions(layout)) }
    return rings
  }

  private mutating func positions(_ layout: Layout) throws(GeometryFault) -> [RawPosition] {
    let count = try count(layout, ofSize: layout.numbers * 8)
    var positions: [RawPosition] = []
    positions.reserveCapacity(count)
    for _ in 0..<count { positions.append(try finite(position(layout))) }
    return positions
  }

  private func finite(_ position: RawPosition) throws(GeometryFault) -> RawPosition {
    guard position.x.isFinite, position.y.isFinite else { throw .damaged("a position of its geometry is no number") }
    return position
  }

  /// A count of things of at least `size` bytes each, so many of which must still be there.
  private mutating func count(_ layout: Layout, ofSize size: Int) throws(GeometryFault) -> Int {
    let count = Int(try integer(layout))
    guard count <= (bytes.count - index) / size else { throw .damaged("its geometry breaks off") }
    return count
  }

  private func need(_ count: Int) throws(GeometryFault) {
    guard bytes.count - index >= count else { throw .damaged("its geometry breaks off") }
  }

  private mutating func integer(_ layout: Layout) throws(GeometryFault) -> UInt32 {
    try need(4)
    var value: UInt32 = 0
    for offset in 0..<4 {
      value |= UInt32(bytes[index + offset]) << (8 * (layout.isLittleEndian ? offset : 3 - offset))
    }
    index += 4
    return value
  }

  /// Whoever calls has seen that it is there.
  private mutating func position(_ layout: Layout) -> RawPosition {
    let position = RawPosition(double(layout, at: index), double(layout, at: index + 8))
    index += layout.numbers * 8
    return position
  }

  private func double(_ layout: Layout, at start: Int) -> Double {
    let bits = unsafe bytes[start..<start + 8].withUnsafeBytes { unsafe $0.loadUnaligned(as: UInt64.self) }
    return Double(bitPattern: layout.isLittleEndian ? UInt64(littleEndian: bits) : UInt64(bigEndian: bits))
  }
}
