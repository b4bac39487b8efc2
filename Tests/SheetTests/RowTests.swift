import Formats
import Survey
import Testing

/// Bad cells, and what is doubted about shapes.
@Suite struct RowTests {
  @Test func `a coordinate that is none is a problem, and its point stays without it`() throws {
    for cell in ["NaN", "inf", "-inf", "1e999", "7.57E+06", "abc", "-", "#REF!", "=A1", ""] {
      let found = try sheet("id;easting;northing\nA;\(cell);2,5\nB;1,5;2,5\n")
      #expect(found.ids == ["A", "B"] && found.places == [[nil, nil], [1.5, 2.5]], "\(cell)")
      #expect(found.codes == ["sheet.coordinate", "sheet.coordinate"] && found.problems[0].line == 2, "\(cell)")
    }
    let huge = "1" + String(repeating: "0", count: 400)
    #expect(try sheet("id;easting;northing\nA;\(huge);2\n").points[0].grid?.first.number == nil)
  }

  @Test func `other cells that cannot be read leave the point as it is`() throws {
    let found = try sheet("id,point no,e,n,sigma,height\nA,1.5,1.5,2,good,-\n,,1.5,2,0,1e1\n")
    #expect(found.codes == ["sheet.number", "sheet.number", "sheet.number", "sheet.no-id"])
    #expect(found.points.map(\.sigma) == [nil, nil] && found.points[1].height == 10 && found.places[0] == [1.5, 2])
  }

  @Test func `trailing blanks in ids are taken off, and said where they would split a polygon`() throws {
    let found = try sheet(
      "PolyID,PointNo,PointID,Xcoord,Ycoord\nA1,1,TP1 ,1.5,1\nA1 ,2,TP2,2,1\nA1\u{a0},3, TP3\t,2,2\nB ,1,T,1,1\nB ,2,U,2,1\n"
        + "B ,3,V,2,2\n")
    #expect(found.ids == ["TP1", "TP2", "TP3", "T", "U", "V"])
    #expect(found.shapes.map(\.id) == ["A1", "B"] && found.codes == ["sheet.blank-id"])
  }

  /// Rows of point number, id and type.
  private func codes(_ rows: [(String, String, String)], shape: String = "A") throws -> [String] {
    let lines = rows.enumerated().map { "\(shape),\($1.0),\($1.1),\($1.2),\($0).5,1" }
    return try sheet("PolyID,PointNo,PointID,PointType,Xcoord,Ycoord\n" + lines.joined(separator: "\n")).codes
  }

  @Test func `numbering, order, types and the count of corners`() throws {
    let (s, t) = ("Start Point", "Turning Point")
    let cases: [([(String, String, String)], [String])] = [
      ([("1", "a", s), ("2", "b", t), ("3", "c", t)], []),
      ([("1", "a", ""), ("2", "b", ""), ("3", "c", "")], []),
      ([("", "a", s), ("", "b", t), ("", "c", t)], []),
      ([("1", "a", s), ("2", "b", t), ("4", "c", t)], ["sheet.numbering"]),
      ([("2", "a", s), ("3", "b", t), ("4", "c", t)], ["sheet.numbering"]),
      ([("1", "a", s), ("2", "b", t), ("2", "c", t)], ["sheet.numbering"]),
      ([("1", "a", s), ("", "b", t), ("2", "c", t)], ["sheet.numbering"]),
      ([("1", "a", s), ("3", "b", t), ("2", "c", t)], ["sheet.order"]),
      ([("1", "a", s), ("2", "b", t)], ["sheet.too-few"]),
      ([("1", "a", s), ("2", "b", t), ("3", "a", t)], ["sheet.duplicate-id", "sheet.too-few"]),
      ([("1", "a", t), ("2", "b", t), ("3", "c", t)], ["sheet.type"]),
      ([("1", "a", s), ("2", "b", s), ("3", "c", t)], ["sheet.type"]),
      ([("1", "a", s), ("2", "b", t), ("3", "c", "Benchmark")], ["sheet.type", "sheet.too-few"]),
      ([("1", "a", "SP"), ("2", "b", "tp"), ("3", "c", "intermediate")], []),
    ]
    for (rows, expected) in cases { #expect(try codes(rows) == expected, "\(rows)") }
  }

  @Test func `shapes are drawn by number, wherever their rows stand`() throws {
    let found = try sheet("PolyID,PointNo,PointID,Xcoord,Ycoord\nA,3,c,1.5,1\nB,1,x,1,1\nA,1,a,2,1\nA,2,b,2,2\n")
    #expect(found.shapes[0].points.map(\.id) == ["a", "b", "c"])
    let unnumbered = try sheet("PolyID,PointNo,PointID,Xcoord,Ycoord\nA,,c,1.5,1\nA,,a,2,1\nA,,b,2,2\n")
    #expect(unnumbered.shapes[0].points.map(\.id) == ["c", "a", "b"])
  }

  @Test func `polygons whose ids only look alike are named`() throws {
    let found = try sheet(
      "PolyID,PointID,Xcoord,Ycoord\nА1,a,1.5,1\nA1,b,2,1\na1,c,2,2\n")
    #expect(found.codes.filter { $0 == "sheet.alike-id" }.count == 2)
  }

  @Test func `the same id in two polygons is two points, in one it is a problem`() throws {
    #expect(try sheet("id,e,n\nA,1.5,1\nA ,2,1\n").codes == ["sheet.duplicate-id"])
  }

  @Test func `point types have the words of IMAS`() {
    let cases: [(String, PointType?)] = [
      ("Start Point", .start), ("TURNING POINT", .turning), ("turning", .turning), ("TP", .turning),
      ("Bench mark", .benchmark),
      ("Reference Point", .reference), ("Intermediate-Point", .intermediate), ("evidence", .evidence), ("", nil),
      ("Strike mark", .other("Strike mark")), ("1", .other("1")),
    ]
    for (name, type) in cases { #expect(PointType(name) == type, "\(name)") }
    for type in [PointType.reference, .benchmark, .start, .turning, .intermediate, .evidence] {
      #expect(PointType(type.name) == type)
    }
  }
}
