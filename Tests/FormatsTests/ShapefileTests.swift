import Formats
import Geometry
import Survey
import Testing

@Suite struct ShapefileTests {
  private func read(_ builder: ShapefileBuilder) throws -> ShapesRead { try ShapeFolder(["a.shp": builder.shp]).read() }

  @Test func everyKindOfShapeIsReadAndCounted() throws {
    var shapes = ShapefileBuilder()
    shapes.point(21, 43)
    shapes.null()
    shapes.multiPoint([(1, 2), (3, 4)])
    shapes.parts(3, [[(1, 1), (2, 2)]])
    shapes.parts(13, [[(1, 1), (2, 2)], [(3, 3), (4, 4), (5, 5)]])
    shapes.parts(5, [[(0, 1), (1, 1), (1, 0), (0, 1)]])
    shapes.parts(25, [[(0, 1), (1, 1), (1, 0), (0, 1)]])
    shapes.point(22, 44, kind: 11)
    let found = try read(shapes)
    let square: Polygon<Geographic> = try Polygon(Ring([Geographic(0, 1), Geographic(1, 1), Geographic(1, 0)]))
    #expect(
      found.features.map(\.geometry) == [
        .point(Geographic(21, 43)), nil, .multiPoint([Geographic(1, 2), Geographic(3, 4)]),
        .line([Geographic(1, 1), Geographic(2, 2)]),
        .multiLine([
          [Geographic(1, 1), Geographic(2, 2)], [Geographic(3, 3), Geographic(4, 4), Geographic(5, 5)],
        ]), .polygon(square), .polygon(square), .point(Geographic(22, 44)),
      ])
    #expect(found.features.map(\.line) == Array(1...8))
    #expect(found.codes == [])
    #expect((found.counts.seen, found.counts.used, found.counts.other, found.counts.addsUp) == (8, 7, 1, true))
  }

  /// Each breaks the second of three points, or the file round them; what is expected to be used still, and told.
  @Test(arguments: [
    ("length of the record too large", ["shp.truncated"], [1]),
    ("length of the record too small", ["shp.record", "shp.broken-off"], [1]),
    ("the kind is unknown", ["shp.type"], [1, 3]),
    ("a surface in space", ["shp.type"], [1, 3]),
    ("not a number", ["shp.coordinate"], [1, 3]),
    ("no data", ["shp.coordinate"], [1, 3]),
    ("null island", ["coordinate.null-island"], [1, 3]),
    ("off the earth", ["coordinate.range"], [1, 3]),
    ("another number", ["shp.record-number"], [1, 3]),
    ("a promise of points", ["shp.record"], [1, 3]),
    ("a promise of negative points", ["shp.record"], [1, 3]),
    ("a promise of parts", ["shp.record"], [1, 3]),
    ("parts out of order", ["shp.record"], [1, 3]),
    ("a line of one point", ["shp.record"], [1, 3]),
    ("the header promises more", ["shp.short"], [1, 2, 3]),
    ("the header promises less", ["shp.length"], [1, 2, 3]),
    ("zeros behind", ["shp.trailing"], [1, 2, 3]),
    ("counted from zero", [], [1, 2, 3]),
  ])
  func damageIsToldAndTheRestIsUsed(what: String, codes: [String], used: [Int]) throws {
    var shapes = ShapefileBuilder()
    for x in [1.0, 2, 3] { shapes.point(x, 43) }
    let little = ShapefileBuilder.little
    func second(_ kind: Int, _ make: (inout ShapefileBuilder) -> Void) {
      var other = ShapefileBuilder()
      make(&other)
      shapes.records[1] = other.records[0]
    }
    switch what {
    case "length of the record too large": shapes.words[1] = 1 << 20
    case "length of the record too small": shapes.words[1] = 4
    case "the kind is unknown": shapes.records[1].replaceSubrange(0..<4, with: little(7))
    case "a surface in space": shapes.records[1].replaceSubrange(0..<4, with: little(31))
    case "not a number": second(1) { $0.point(.nan, 43) }
    case "no data": second(1) { $0.point(-1.7976931348623157e308, 43) }
    case "null island": second(1) { $0.point(0, 0) }
    case "off the earth": second(1) { $0.point(7_500_000, 4_800_000) }
    case "another number": shapes.numbers[1] = 9
    case "a promise of points": second(3) { $0.parts(3, [[(1, 1), (2, 2)]], claimed: 1 << 30) }
    case "a promise of negative points": second(3) { $0.parts(3, [[(1, 1), (2, 2)]], claimed: -1) }
    case "a promise of parts":
      second(3) { $0.parts(3, [[(1, 1), (2, 2)]]) }
      shapes.records[1].replaceSubrange(36..<40, with: little(0x7fff_ffff))
    case "parts out of order":
      second(3) { $0.parts(3, [[(1, 1), (2, 2)], [(3, 3), (4, 4)]]) }
      shapes.records[1].replaceSubrange(48..<52, with: little(-1))
    case "a line of one point": second(3) { $0.parts(3, [[(1, 1)]]) }
    case "the header promises more": shapes.moreInHeader = 30
    case "the header promises less": shapes.moreInHeader = -14
    case "zeros behind": shapes.trailing = [UInt8](repeating: 0, count: 40)
    case "counted from zero": for index in 0..<3 { shapes.numbers[index] = index }
    default: Issue.record("no such damage: \(what)")
    }
    let found = try read(shapes)
    #expect(found.codes == codes)
    #expect(found.features.filter { $0.geometry != nil }.map(\.line) == used)
    #expect(found.counts.addsUp, "\(found.counts)")
    #expect(found.problems.allSatisfy { $0.line == 0 || $0.line == 2 })
  }

  /// Wherever it is cut, each record before is used, and it is told that something is missing.
  @Test func aFileThatIsCutIsNeverTakenForWhole() throws {
    var shapes = ShapefileBuilder()
    for x in [1.0, 2, 3] { shapes.point(x, 43) }
    let whole = shapes.shp
    for length in 100..<whole.count {
      let found = try ShapeFolder(["a.shp": Array(whole[..<length])]).read()
      #expect(found.features.count == (length - 100) / 28)
      #expect(!found.codes.isEmpty && found.counts.addsUp, "\(length)")
    }
    for length in 36..<100 {
      #expect(throws: FileUnreadable.self) { try ShapeFolder(["a.shp": Array(whole[..<length])]).read() }
    }
  }

  @Test func bytesChangedAtRandomEndNothing() throws {
    var shapes = ShapefileBuilder()
    shapes.parts(5, [[(0, 0), (0, 9), (9, 9), (9, 0), (0, 0)], [(1, 1), (2, 1), (2, 2), (1, 1)]])
    shapes.point(1, 2)
    shapes.parts(3, [[(1, 1), (2, 2)]])
    let (whole, table) = (
      shapes.shp, ShapefileBuilder.dbf([("id", "C", 4), ("n", "N", 4)], [" a   1", " b   2", " c   3"])
    )
    var random = Seeded(state: 8)
    for _ in 0..<400 {
      var (bytes, rows) = (whole, table)
      for _ in 0..<3 {
        bytes[Int.random(in: 32..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        rows[Int.random(in: 0..<rows.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      let found = try ShapeFolder(["a.shp": bytes, "a.dbf": rows]).read()
      #expect(found.counts.addsUp)
    }
  }

  @Test func withoutACRSNothingIsTakenForDegrees() throws {
    var shapes = ShapefileBuilder()
    shapes.null()
    shapes.point(21.5, 43.5)
    let folder = try ShapeFolder(["a.shp": shapes.shp])
    do {
      _ = try folder.read(in: nil)
      Issue.record("it was read")
    } catch let error as FileUnreadable {
      #expect((error.code, error.line) == ("crs.undeclared", 2))
      #expect(error.pair?.first == 21.5 && error.pair?.second == 43.5)
    }
  }

  @Test func itIsALogOfTracksAndWaypoints() throws {
    var shapes = ShapefileBuilder()
    shapes.point(21, 43)
    shapes.parts(3, [[(21.1, 43), (21.2, 43)], [(21.3, 43), (21.4, 43)]])
    shapes.parts(5, [[(0, 1), (1, 1), (1, 0), (0, 1)]])
    let rows = [" find   2026-05-03T10:11:12Z", " lane 1", " area"]
    let folder = try ShapeFolder([
      "a.shp": shapes.shp, "a.dbf": ShapefileBuilder.dbf([("NAME", "C", 7), ("TIME", "C", 20)], rows),
    ])
    var options = ReadOptions()
    options.crs = .wgs84
    var log = FieldLog()
    let source = try LogReader.read(LogFile(folder.path + "/a.shp"), options: options, into: &log)
    #expect(log.waypoints.map(\.name) == ["find"])
    #expect(log.waypoints[0].fix.time?.description == "2026-05-03T10:11:12Z")
    #expect(log.tracks.map(\.header.name) == ["lane 1"])
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[2, 2]])
    #expect(log.codes == ["shp.not-a-log"])
    #expect(log.counts?.seen == 3)
    #expect((source.format, source.parts.map { $0.path.hasSuffix("a.dbf") }) == ("Shapefile", [true]))
  }

  @Test(arguments: ["dbf", "shx", "prj", "cpg", "sbn"])
  func aFileThatOnlyBelongsToOneIsRefused(ending: String) throws {
    var shapes = ShapefileBuilder()
    shapes.point(1, 2)
    var index = Array(shapes.shp[..<100])
    index += ShapefileBuilder.big(50) + ShapefileBuilder.big(10)
    let contents: [String: [UInt8]] = [
      "dbf": ShapefileBuilder.dbf([("id", "C", 4)], [" a"]), "shx": index, "prj": Array("GEOGCS[\"x\"]".utf8),
      "cpg": Array("UTF-8".utf8), "sbn": [0, 0, 0x27, 0x0a, 0xff],
    ]
    let name = ending == "shx" ? "a.shp" : "a.\(ending)"
    let folder = try ShapeFolder([name: contents[ending] ?? []])
    var log = FieldLog()
    do {
      _ = try LogReader.read(folder.path + "/" + name, into: &log)
      Issue.record("it was read")
    } catch { #expect(error.code == "shp.part") }
  }
}
