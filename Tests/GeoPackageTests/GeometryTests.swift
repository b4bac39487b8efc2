import Testing

@testable import GeoPackage

/// A geometry of a table on WGS 84.
private func read(_ blob: [UInt8]) throws(GeometryFault) -> RawGeometry? { try geometry(ofBlob: blob, srs: 4326) }

private func position(_ x: Double, _ y: Double) -> RawPosition { RawPosition(x, y) }

@Suite struct GeometryTests {
  static let square: [any Sendable] = [1, 4, 0.0, 0.0, 2.0, 0.0, 2.0, 2.0, 0.0, 0.0]
  static let ring = [position(0, 0), position(2, 0), position(2, 2), position(0, 0)]

  @Test(arguments: [true, false]) func everyType(little: Bool) throws {
    func wkb(_ type: UInt32, _ parts: [any Sendable]) -> [UInt8] { Bytes.wkb(type, little: little, parts) }
    let point = wkb(1, [1.5, -2.5])
    let line = wkb(2, [2, 1.0, 2.0, 3.0, 4.0])
    let polygon = wkb(3, Self.square)
    let table: [([UInt8], RawGeometry)] = [
      (point, .point(position(1.5, -2.5))),
      (line, .line([position(1, 2), position(3, 4)])),
      (polygon, .polygon([Self.ring])),
      (wkb(4, [2, point, point]), .multiPoint([position(1.5, -2.5), position(1.5, -2.5)])),
      (wkb(5, [1, line]), .multiLine([[position(1, 2), position(3, 4)]])),
      (wkb(6, [1, polygon]), .multiPolygon([[Self.ring]])),
      (
        wkb(7, [2, point, wkb(7, [1, polygon])]),
        .collection([.point(position(1.5, -2.5)), .collection([.polygon([Self.ring])])])
      ),
    ]
    for (bytes, wanted) in table {
      for envelope in 0...4 {
        #expect(try read(Bytes.blob(bytes, envelope: envelope)) == wanted)
      }
    }
  }

  @Test(arguments: [1000, 2000, 3000, 0x8000_0000, 0x4000_0000, 0xC000_0000] as [UInt32])
  func heightsAndMeasuresAreDropped(flag: UInt32) throws {
    let rest = flag == 3000 || flag == 0xC000_0000 ? [9.0, 9.0] : [9.0]
    let point = Bytes.wkb(flag + 1, [1.0, 2.0] + rest)
    #expect(try read(Bytes.blob(point)) == .point(position(1, 2)))
    let line = Bytes.wkb(flag + 2, [2] as [any Sendable] + [1.0, 2.0] + rest + [3.0, 4.0] + rest)
    #expect(try read(Bytes.blob(line)) == .line([position(1, 2), position(3, 4)]))
  }

  @Test func whatIsEmptyIsNothing() throws {
    let empty: [[UInt8]] = [
      Bytes.wkb(1, [Double.nan, Double.nan]), Bytes.wkb(2, [0]), Bytes.wkb(3, [0]), Bytes.wkb(4, [0]),
      Bytes.wkb(6, [1, Bytes.wkb(3, [0])]), Bytes.wkb(7, [0]),
    ]
    for wkb in empty { #expect(try read(Bytes.blob(wkb, flags: 0b1_0000)) == nil) }
  }

  @Test func whatIsNotReadIsRefusedWithACode() {
    for type in 8...17 as ClosedRange<UInt32> {
      #expect(code(Bytes.blob(Bytes.wkb(type, [1, 1.0, 2.0]))) == "gpkg.geometry-type")
    }
    #expect(code(Bytes.blob(Bytes.wkb(1, [1.0, 2.0]), flags: 0b10_0000)) == "gpkg.geometry-type")
    let nested = (0..<20).reduce(Bytes.wkb(1, [1.0, 2.0])) { inner, _ in Bytes.wkb(7, [1, inner]) }
    let damaged: [[UInt8]] = [
      [], Array("GP".utf8), Bytes.blob([]), Bytes.blob(Bytes.wkb(1, [1.0])), Bytes.blob(Bytes.wkb(18, [])),
      Bytes.blob(Bytes.wkb(1, [1.0, 2.0]) + [0]), Bytes.blob(Bytes.wkb(1, [1.0, 2.0]), envelope: 5),
      Bytes.blob(Bytes.wkb(2, [Int(UInt32.max)])), Bytes.blob(Bytes.wkb(6, [Int(UInt32.max)])), Bytes.blob(nested),
      Bytes.blob(Bytes.wkb(2, [2, 1.0, Double.infinity, 3.0, 4.0])),
      Bytes.blob(Bytes.wkb(4, [1, Bytes.wkb(2, [0, 0])])),
      Bytes.blob(Bytes.wkb(4, [1, Bytes.wkb(2, [1, 1.0, 2.0])])), Bytes.blob(Bytes.wkb(0x2000_0001, [4326, 1.0, 2.0])),
      [0, 1] + Bytes.blob(Bytes.wkb(1, [1.0, 2.0])),
    ]
    for blob in damaged { #expect(code(blob) == "gpkg.geometry", "\(blob)") }
  }

  private func code(_ blob: [UInt8]) -> String? {
    do throws(GeometryFault) { _ = try read(blob) } catch { return error.code }
    return nil
  }

  @Test(arguments: [true, false]) func aGeometryInAnotherCRSThanItsTable(little: Bool) throws {
    let table: [(own: Int32, srs: Int64, isRead: Bool)] = [
      (0, 6316, true), (-1, 6316, true), (6316, 6316, true), (4326, 6316, false), (6316, 4326, false),
      (4326, 0, false), (1, 0x0100_0000, false), (-2, 4_294_967_294, false), (-32634, -32634, true),
    ]
    for (own, srs, isRead) in table {
      var head = Bytes(little: little)
      head.put(UInt32(bitPattern: own))
      let blob = [0x47, 0x50, 0, little ? 1 : 0] + head.list + Bytes.wkb(1, [1.0, 2.0])
      if isRead {
        #expect(try geometry(ofBlob: blob, srs: srs) == .point(position(1, 2)))
      } else {
        let fault = #expect(throws: GeometryFault.self) { try geometry(ofBlob: blob, srs: srs) }
        #expect(fault?.code == "gpkg.crs")
      }
    }
  }

  @Test func cutAnywhereItIsRefused() throws {
    let whole = Bytes.blob(Bytes.wkb(6, [2, Bytes.wkb(3, Self.square), Bytes.wkb(3, Self.square)]), envelope: 1)
    #expect(try read(whole) == .multiPolygon([[Self.ring], [Self.ring]]))
    for count in whole.indices { #expect(code(Array(whole[..<count])) == "gpkg.geometry") }
  }

  @Test func damagedAnywhereItEndsNothing() {
    let whole = Bytes.blob(
      Bytes.wkb(7, [2, Bytes.wkb(3, Self.square), Bytes.wkb(5, [1, Bytes.wkb(2, [1, 1.0, 2.0])])]))
    var random = Seeded(state: 7)
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = code(bytes)
    }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let all: [RawGeometry] = [
      .point(position(21.87323981, 43.33523503)), .multiPoint([position(1, 2), position(3, 4)]),
      .line([position(1, 2), position(3, 4)]), .multiLine([[position(1, 2), position(3, 4)]]),
      .polygon([Self.ring, Self.ring]), .multiPolygon([[Self.ring], [Self.ring, Self.ring]]),
      .collection([.point(position(1, 2)), .polygon([Self.ring])]),
    ]
    for geometry in all {
      let bytes = blob(of: geometry, srs: 4326, envelope: Envelope(geometry))
      #expect(try read(bytes) == geometry)
    }
    #expect(Envelope(.polygon([Self.ring])).maxX == 2)
  }
}
