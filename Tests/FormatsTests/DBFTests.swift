import Formats
import Survey
import Testing

/// The table of a shapefile: values, deleted rows, rows that are too many or too few, and encodings.
@Suite struct DBFTests {
  private func read(
    _ table: [UInt8]?, records: Int = 1, page: String? = nil
  ) throws -> ShapesRead {
    var shapes = ShapefileBuilder()
    for index in 0..<records { shapes.point(Double(index + 1), 43) }
    var files = ["a.shp": shapes.shp]
    files["a.dbf"] = table
    files["a.cpg"] = page.map { Array($0.utf8) }
    return try ShapeFolder(files).read()
  }

  @Test(arguments: [
    ("C", "text  ", JSONValue.string("text"), ""), ("C", " text", .string(" text"), ""), ("C", "", .null, ""),
    ("N", "    12", .int(12), ""), ("N", "-3.50", .number(-3.5), ""), ("N", "12,5", .number(12.5), ""),
    ("N", "", .null, ""), ("N", "******", .null, "dbf.value"), ("F", "1.5e2", .number(150), ""),
    ("N", "9007199254740993", .int(9_007_199_254_740_993), ""), ("N", "0x10", .null, "dbf.value"),
    ("D", "20260503", .string("2026-05-03"), ""), ("D", "00000000", .null, ""), ("D", "", .null, ""),
    ("D", "2026-5-3", .null, "dbf.value"), ("L", "T", .bool(true), ""), ("L", "y", .bool(true), ""),
    ("L", "n", .bool(false), ""), ("L", "?", .null, ""), ("L", "x", .null, "dbf.value"), ("M", "7", .null, "dbf.value"),
  ])
  func values(kind: String, text: String, value: JSONValue, code: String) throws {
    let width = kind == "D" ? 8 : 20
    let found = try read(ShapefileBuilder.dbf([("a", Character(kind), width)], [" " + text]))
    let read = try #require(found.features[0].properties["a"])
    // What is not understood stands there as text: absent would mean that there is nothing to understand.
    if code.isEmpty { #expect(read == value) } else { #expect(read.text?.hasPrefix("not understood: ") == true) }
    #expect(found.codes == (code.isEmpty ? [] : [code]))
  }

  @Test func namesAreFoundInCapitalsAndCut() throws {
    let table = ShapefileBuilder.dbf(
      [("REQUIRED_D", "N", 4), ("Status", "C", 4), ("x", "C", 1), ("X", "C", 1)], [" 20  abc 12"])
    let feature = try read(table).features[0]
    #expect(feature.value("required_depth_cm") == .int(20))
    #expect(feature.value("status") == .string("abc"))
    // Two that differ: nobody knows which is meant.
    #expect(feature.value("x") == nil && feature.values("x").count == 2)
    #expect(feature.value("required") == nil)
  }

  @Test func aColumnThatComesTwiceIsKeptAndTold() throws {
    let found = try read(ShapefileBuilder.dbf([("id", "C", 2), ("id", "C", 2)], [" a b "]))
    #expect(found.features[0].properties == ["id": .string("a"), "id_2": .string("b")])
    #expect(found.codes == ["dbf.column"])
  }

  @Test func aDeletedRowTakesItsShapeWithIt() throws {
    let found = try read(ShapefileBuilder.dbf([("id", "C", 1)], [" a", "*b", " c"]), records: 3)
    #expect(found.features.map { $0.properties["id"] } == [.string("a"), .string("c")])
    #expect(found.codes == ["shp.deleted"])
    #expect(found.counts.aside == ["shp.deleted": 1] && found.counts.addsUp)
  }

  @Test(arguments: [(2, 3, ["dbf.count"]), (3, 2, ["dbf.count"]), (2, 2, [])])
  func shapesAndRowsMustBeAsMany(records: Int, rows: Int, codes: [String]) throws {
    let found = try read(
      ShapefileBuilder.dbf([("id", "C", 1)], (0..<rows).map { " \($0)" }), records: records)
    #expect(found.codes == codes)
    #expect(found.features.count == records)
    #expect(found.features.map { $0.properties["id"] != nil } == (0..<records).map { $0 < rows })
  }

  @Test func aTableThatPromisesMoreIsTold() throws {
    let found = try read(ShapefileBuilder.dbf([("id", "C", 1)], [" a"], promised: 2_000_000_000))
    #expect(found.codes == ["dbf.damaged"])
    #expect(found.features.count == 1)
  }

  @Test func whatIsNoTableLeavesTheShapes() throws {
    for bytes in [[], Array("no table".utf8), [UInt8](repeating: 0xff, count: 400)] {
      let found = try read(bytes)
      #expect(found.codes == ["dbf.damaged"])
      #expect(found.features.map(\.properties) == [[:]])
    }
    var shapes = ShapefileBuilder()
    shapes.point(1, 2)
    #expect(try ShapeFolder(["a.shp": shapes.shp]).read().problems.map(\.code) == ["shp.no-table"])
  }

  /// `Niš` in UTF-8, windows-1250 and ISO 8859-2, `Ниш` in windows-1251, and `地` in Big5.
  @Test(
    arguments: [
      ([0x4e, 0x69, 0xc5, 0xa1], "UTF-8", 0, "Niš", []), ([0x4e, 0x69, 0x9a], "1250", 0, "Niš", []),
      ([0x4e, 0x69, 0x9a], "ANSI 1250", 0, "Niš", []), ([0x4e, 0x69, 0xb9], "ISO 88592", 0, "Niš", []),
      ([0x4e, 0x69, 0x9a], nil, 0xc8, "Niš", []), ([0xcd, 0xe8, 0xf8], nil, 0xc9, "Ниш", []),
      ([0xcd, 0xe8, 0xf8], "windows-1251", 0xc8, "Ниш", []), ([0x4e, 0x69, 0xc5, 0xa1], nil, 0x57, "Niš", []),
      ([0x4e, 0x69, 0x9a], nil, 0x57, "Niš", ["dbf.encoding"]),
      ([0x61, 0xa6, 0x61], "Big5", 0, "a\u{fffd}a", ["dbf.encoding"]),
      ([0x4e, 0x69, 0xc5], "UTF-8", 0, "Ni\u{fffd}", ["dbf.encoding"]),
      ([0x41, 0xa6, 0x61], nil, 0x78, "A\u{fffd}a", ["dbf.encoding"]),
    ] as [([UInt8], String?, UInt8, String, [String])])
  func encodings(bytes: [UInt8], page: String?, language: UInt8, text: String, codes: [String]) throws {
    let table = ShapefileBuilder.dbf(
      [("id", "C", 8)], [" " + String(repeating: "~", count: bytes.count)], language: language
    ) {
      [$0[0]] + bytes
    }
    let found = try read(table, page: page)
    #expect(found.features[0].properties["id"] == .string(text))
    #expect(found.codes == codes)
  }
}
