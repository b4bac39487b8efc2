import Formats
import Geometry
import Survey
import Testing

@Suite struct WriterTests {
  private let rows = [
    TurningPointRow(
      shape: "A1", number: 1, id: "TP1", type: .start, grid: Projected(7573696.2168, 4798205.0432),
      gridName: "EPSG:6316", utm: .init(zone: 34, isNorth: true, Projected(573237.798, 4797269.339)),
      position: Geographic(21.9033, 43.3247), sigma: 0.02, description: "by the \"road\", left"),
    TurningPointRow(
      shape: "A1", number: 2, id: "=TP2", type: .turning, grid: Projected(7_573_796, 4798205.5), gridName: "EPSG:6316",
      position: Geographic(-0.5, -43.3247), fromPoint: "TP1", distance: 100.03449, trueBearing: 89.75001,
      magneticBearing: 84.1, magneticDate: CivilDate(year: 2026, month: 5, day: 3)),
    TurningPointRow(id: "BM ", type: .benchmark),
  ]

  @Test func `Razmin's own table as CSV`() {
    let text = String(decoding: RazminSheet.table(rows).csv(), as: UTF8.self)
    #expect(
      text
        == """
        shape_id,point_no,point_id,point_type,crs,easting_m,northing_m,utm_zone,utm_easting_m,utm_northing_m,\
        latitude_deg,longitude_deg,sigma_m,from_point,distance_m,bearing_true_deg,bearing_magnetic_deg,magnetic_date,description
        A1,1,TP1,Start Point,EPSG:6316,7573696.217,4798205.043,34N,573237.798,4797269.339,43.32470000,21.90330000,0.020,\
        ,,,,,"by the ""road"", left"
        A1,2,=TP2,Turning Point,EPSG:6316,7573796.000,4798205.500,,,,-43.32470000,-0.50000000,,TP1,100.034,89.7500,84.1000,\
        2026-05-03,
        ,,"BM ",Benchmark,,,,,,,,,,,,,,,

        """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
  }

  @Test func `IMSMA NG's columns, with a decimal comma where the PC wants one`() {
    let table = IMSMASheet.table(rows, project: "MGI 7", coordinates: .grid, bearing: .magnetic)
    let text = String(decoding: table.csv(.init(delimiter: ";", decimal: .comma)), as: UTF8.self)
    #expect(
      text.split(separator: "\r\n").map(String.init) == [
        "ProjName;PolyID;PointNo;PointID;PointType;Xcoord;Ycoord;Distance;Bearing;FrPointID;PointDesc",
        "MGI 7;A1;1;TP1;Start Point;7573696,217;4798205,043;;;;\"by the \"\"road\"\", left\"",
        "MGI 7;A1;2;=TP2;Turning Point;7573796,000;4798205,500;100,034;84,1000;TP1;",
        "MGI 7;;;\"BM \";Benchmark;;;;;;",
      ])
    let geographic = IMSMASheet.table(rows, project: "WGS 84", coordinates: .geographic)
    #expect(geographic.rows[0][5...6] == [.number(21.9033, decimals: 8), .number(43.3247, decimals: 8)])
    let untyped = (1...2).map { (n: Int) in TurningPointRow(shape: "A", number: n, id: "\(n)") }
    #expect(
      IMSMASheet.table(untyped, project: "", coordinates: .utm).rows.map { $0[4] } == [
        .text("Start Point"), .text("Turning Point"),
      ])
  }

  @Test func `numbers have their decimals and nothing that is not finite`() {
    let cases: [(Double, Int, String)] = [
      (0.0005, 3, "0.001"), (-0.0004, 3, "0.000"), (-0.5, 1, "-0.5"), (1234567.0005, 2, "1234567.00"), (2, 0, "2"),
      (.nan, 2, ""), (.infinity, 2, ""), (1e300, 2, "1e+300"), (0.07, 2, "0.07"), (-12.005, 9, "-12.005000000"),
    ]
    for (value, decimals, text) in cases {
      let table = SheetTable(name: "S", header: ["a", "b"], rows: [[.number(value, decimals: decimals), .text("x")]])
      #expect(String(decoding: table.csv(), as: UTF8.self) == "a,b\r\n\(text),x\r\n")
    }
  }

  @Test func `XLSX is the same every time, and openpyxl reads what was written`() throws {
    let scratch = try Scratch()
    let table = RazminSheet.table(rows)
    let workbook = try table.xlsx()
    #expect(try table.xlsx() == workbook)
    let path = scratch.path + "/a.xlsx"
    try write(workbook, to: path)
    let cells = Set(try oracle("dump", path, in: scratch).split(separator: "\n").map(String.init))
    for expected in [
      // No clock.
      "created\t2000-01-01 00:00:00", "A1\ts\t'shape_id'", "A2\ts\t'A1'", "B2\tn\t1", "F2\tn\t7573696.217",
      "J2\tn\t4797269.339", "K3\tn\t-43.3247",
      // Text, though it begins like a formula.
      "C3\ts\t'=TP2'", "S2\ts\t'by the \"road\", left'", "C4\ts\t'BM '",
    ] { #expect(cells.contains(expected), "\(expected)") }
    #expect(!cells.contains { $0.contains("\tf\t") })
  }

  @Test func `text that XLSX cannot hold is refused or kept apart`() throws {
    let odd = ["a\0b", "_x0041_", "x\u{1}y", "\u{ffff}", " blanks ", "ш š 😀", "tab\tline\nend"]
    let table = SheetTable(
      name: "S", header: ["id", "e", "n", "d"],
      rows: odd.map { [.text("p"), .number(1.5, decimals: 1), .number(2, decimals: 0), .text($0)] })
    let found = try sheet(try table.xlsx())
    #expect(
      found.points.map(\.description) == [
        "a\u{fffd}b", "_x0041_", "x\u{1}y", "\u{fffd}", "blanks", "ш š 😀", "tab\tline\nend",
      ])
    let long = SheetTable(name: "S", header: ["a"], rows: [[.text(String(repeating: "x", count: 40_000))]])
    #expect(throws: OutputFailed.self) { try long.xlsx() }
    let named = SheetTable(name: String(repeating: "x", count: 40), header: ["a"], rows: [])
    #expect(throws: OutputFailed.self) { try named.xlsx() }
  }
}
