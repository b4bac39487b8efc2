/// Writes the geometry of a row: GeoPackageBinary (OGC 12-128r17, 2.1.3), little-endian, with an envelope except for
/// points, for which it would say everything twice.
package func blob(of geometry: RawGeometry, srs: Int32, envelope: Envelope) -> [UInt8] {
  var writer = WKBWriter()
  writer.bytes = [UInt8(ascii: "G"), UInt8(ascii: "P"), 0]
  if case .point = geometry {
    writer.bytes.append(0b0000_0001)
    writer.integer(UInt32(bitPattern: srs))
  } else {
    writer.bytes.append(envelope.isEmpty ? 0b0001_0001 : 0b0000_0011)
    writer.integer(UInt32(bitPattern: srs))
    if !envelope.isEmpty {
      for number in [envelope.minX, envelope.maxX, envelope.minY, envelope.maxY] { writer.double(number) }
    }
  }
  writer.geometry(geometry)
  return writer.bytes
}

/// Writes well-known binary, little-endian, two numbers a position.
private struct WKBWriter {
  var bytes: [UInt8] = []

  mutating func geometry(_ geometry: RawGeometry) {
    bytes.append(1)
    switch geometry {
    case .point(let point):
      integer(1)
      position(point)
    case .line(let line):
      integer(2)
      positions(line)
    case .polygon(let rings):
      integer(3)
      integer(UInt32(rings.count))
      for ring in rings { positions(ring) }
    case .multiPoint(let points): members(4, points.map { .point($0) })
    case .multiLine(let lines): members(5, lines.map { .line($0) })
    case .multiPolygon(let polygons): members(6, polygons.map { .polygon($0) })
    case .collection(let all): members(7, all)
    }
  }

  private mutating func members(_ type: UInt32, _ all: [RawGeometry]) {
    integer(type)
    integer(UInt32(all.count))
    for member in all { geometry(member) }
  }

  private mutating func positions(_ list: [RawPosition]) {
    integer(UInt32(list.count))
    for one in list { position(one) }
  }

  private mutating func position(_ position: RawPosition) {
    double(position.x)
    double(position.y)
  }

  mutating func double(_ value: Double) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(shift)))
    }
  }

  mutating func integer(_ value: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
  }
}
