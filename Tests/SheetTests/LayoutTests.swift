import Formats
import Survey
import Testing

@Suite struct LayoutTests {
  private let imsma = "ProjName,PolyID,PointNo,PointID,PointType,Xcoord,Ycoord,Distance,Bearing,FrPointID,PointDesc\n"

  @Test func `IMSMA NG: polygons, single points and every column`() throws {
    let found = try sheet(
      imsma + """
        MGI 7,A1,1,TP1,Start Point,7573696.217,4798205.043,,,,"by the road, left"
        MGI 7,A1,2,TP2,Turning Point,7573796.25,4798205.5,100.03,89.75,TP1,
        MGI 7,A1,3,TP3,Turning Point,7573796.25,4798305.5,100.00,0,TP2,
        MGI 7,A2,1,TP1,Start Point,7573896.25,4798205.5,,,,
        MGI 7,A2,2,TP2,Turning Point,7573996.25,4798205.5,,,,
        MGI 7,A2,3,IP1,Intermediate Point,7573996.25,4798305.5,,,,
        MGI 7,,,BM1,Benchmark,7573690,4798200,,,,

        """)
    #expect(found.layout == .imsma && found.problems.isEmpty && found.crsName == nil)
    #expect(found.unread == ["ProjName"])
    #expect(found.shapes.map(\.id) == ["A1", "A2"] && found.shapes.map(\.points.count) == [3, 3])
    #expect(found.singles.map(\.type) == [.benchmark])
    #expect(found.points[5].type == .intermediate)
    let second = found.points[1]
    #expect(second.grid?.axes == .xy && second.grid?.unit == nil)
    #expect(second.grid?.first == .number(7573796.25, text: "7573796.25"))
    #expect(second.distance == 100.03 && second.bearings == [SheetBearing(89.75)] && second.fromPoint == "TP1")
    #expect(second.line == 3 && second.number == 2 && found.points[0].description == "by the road, left")
    #expect(found.reading.description == "UTF-8, separated by comma, decimal point")
    #expect(found.sha256.count == 64)
  }

  @Test func `IMSMA NG in any order of columns, case and blanks`() throws {
    let found = try sheet("ycoord;XCOORD;Point ID ;polyid;PointNo\n4798205,5;7573696,25;TP1;A;1\n")
    #expect(found.layout == .imsma)
    #expect(found.places == [[7573696.25, 4798205.5]])
  }

  /// The header as at https://community.emlid.com/t/41572, the figures made up.
  @Test func `Emlid: both kinds of coordinates, the CRS by its name, sigma of the worse axis`() throws {
    let found = try sheet(
      """
      Name,Code,Easting,Northing,Elevation,Description,Longitude,Latitude,Ellipsoidal height,Origin,Easting RMS,\
      Northing RMS,Elevation RMS,Lateral RMS,Antenna height,Antenna height units,Solution status,Base easting,CS name
      TP1,TP,7573696.217,4798205.043,210.5,,21.9033,43.3247,255.1,Global,0.010,0.014,0.02,0.017,1.8,m,FIX,,MGI 1901 / Balkans zone 7 (E-N)
      RP1,,7573690.1,4798200.2,210.4,,21.9032,43.3246,255.0,Global,,,,0.02,1.8,m,FIX,,MGI 1901 / Balkans zone 7 (E-N)

      """)
    #expect(found.layout == .emlid && found.problems.isEmpty)
    #expect(found.crsName == "MGI 1901 / Balkans zone 7 (E-N)")
    #expect(found.places[0] == [7573696.217, 4798205.043])
    #expect(found.points[0].grid?.axes == .eastingNorthing)
    #expect(found.points[0].geographic?.first.number == 21.9033 && found.points[0].geographic?.second.number == 43.3247)
    #expect(found.points.map(\.sigma) == [0.014, 0.02 / 2.0.squareRoot()])
    #expect(found.points[0].type == .turning && found.points[0].height == 210.5)
    #expect(found.unread.contains("Ellipsoidal height") && found.unread.contains("Base easting"))
  }

  @Test func `Emlid: rows that disagree about the CRS leave it open, and antenna heights in feet are said`() throws {
    let found = try sheet(
      """
      Name,Easting,Northing,Lateral RMS,Antenna height units,CS name
      A,1.5,2,0.1,ft,One
      B,1.5,3,0.1,ft,Two

      """)
    #expect(found.crsName == nil && found.codes.sorted() == ["sheet.crs", "sheet.unit"])
  }

  @Test func `Trimble: northing first, and the unit of the header`() throws {
    let cases: [(String, LengthUnit?)] = [
      ("Point ID,Northing,Easting,Elevation,Feature Code", nil), ("Point ID,Northing (m),Easting (m)", .metre),
      ("Point name,Northing (ft),Easting (ft)", .foot), ("Point ID,Northing (usft),Easting (usft)", .usSurveyFoot),
      ("Point ID,Northing (US ft),Easting (US ft)", .usSurveyFoot),
      ("Point ID,Northing (US survey feet),Easting (US survey feet)", .usSurveyFoot),
      ("Point ID,Northing [International Feet],Easting [International Feet]", .foot),
    ]
    for (header, unit) in cases {
      let found = try sheet(header + "\nTP1,15742011.2,24847428.5\n")
      #expect(found.layout == .trimble, "\(header)")
      #expect(found.places == [[24847428.5, 15742011.2]], "\(header)")
      #expect(found.points[0].grid?.unit == unit, "\(header)")
    }
    let feet = "id,e (ft),n (ft)\nA,1,2\n"
    #expect(try sheet(feet).codes == ["sheet.foot"])
    let declared = try sheet(feet, options { $0.unit = .usSurveyFoot })
    #expect(declared.points[0].grid?.unit == .usSurveyFoot && declared.problems.isEmpty)
    #expect(LengthUnit.foot.metres == 0.3048 && abs(LengthUnit.usSurveyFoot.metres - 0.304800609601219) < 1e-15)
  }

  @Test func `heights, distances and sigmas are in metres where a unit is named`() throws {
    let found = try sheet("id,easting_ft,northing_ft,height_ft,sigma_ft,distance_ft\nA,1.5,2,100,10,1000\n")
    #expect(found.places == [[1.5, 2]])
    #expect(abs((found.points[0].height ?? 0) - 30.48) < 1e-9 && abs((found.points[0].sigma ?? 0) - 3.048) < 1e-9)
    #expect(abs((found.points[0].distance ?? 0) - 304.8) < 1e-9)
  }

  @Test func `Leica: by its point id or its coordinate quality`() throws {
    for header in ["PtID\tEast\tNorth\tHeight\tCode", "Point Id\tEasting\tNorthing\tOrtho. Height\t2D CQ"] {
      let found = try sheet(header + "\nTP1\t7573696,217\t4798205,043\t210,5\t0,012\n")
      #expect(found.layout == .leica && found.places == [[7573696.217, 4798205.043]], "\(header)")
      #expect(found.points[0].height == 210.5)
      #expect(found.reading.description == "UTF-8, separated by tab, decimal comma")
    }
    #expect(try sheet("Point Id,Easting,Northing,2D CQ,3D CQ\nA,1.5,2,0.012,0.02\n").points[0].sigma == 0.012)
  }

  @Test func `a sheet of nobody: names that tell, in three languages`() throws {
    for header in [
      "name,lon,lat", "Тачка,Дужина,Ширина", "tačka,geografska dužina,geografska širina", "id,долгота,широта",
    ] {
      let found = try sheet(header + "\nP1,21.9033,43.3247\n")
      #expect(found.layout == .table && found.ids == ["P1"], "\(header)")
      #expect(found.points[0].geographic?.first.number == 21.9033, "\(header)")
    }
    let both = try sheet("id,X,Y,Easting,Northing\nP1,9.5,8,1.5,2\n")
    #expect(both.places == [[1.5, 2]] && both.unread == ["X", "Y"])
  }

  @Test func `notations are handed on as they stand`() throws {
    let found = try sheet("id;lat;lon\nP1;43°19'28.9\"N;21°54'11.9\"E\nP2;43 19 28.9;21 54 11.9\n")
    #expect(found.problems.isEmpty)
    #expect(found.points[0].geographic?.second == .text("43°19'28.9\"N"))
    #expect(found.points[1].geographic?.first == .text("21 54 11.9"))
    #expect(try sheet("id,MGRS\nP1,34T EP 73237 97269\n").points[0].notation == "34T EP 73237 97269")
  }

  @Test func `a title above the header is said to be left out`() throws {
    let found = try sheet("Turning points of task 12\n\nid,easting,northing\nTP1,1.5,2\n")
    #expect(found.ids == ["TP1"] && found.codes == ["sheet.title"])
  }

  @Test func `no header: the user names the columns`() throws {
    let text = "TP1,4798205.043,7573696.217,210.5,TP\nTP2,4798305.043,7573796.217,210.5,TP\n"
    #expect(refusal(text) == "sheet.columns")
    let found = try sheet(
      text,
      options {
        $0.columns = ["id": 1, "northing": 2, "easting": 3, "height": 4, "code": 5]
        $0.layout = .trimble
        $0.unit = .usSurveyFoot
      })
    #expect(found.layout == .trimble && found.ids == ["TP1", "TP2"])
    #expect(found.places[0] == [7573696.217, 4798205.043] && found.points[0].grid?.unit == .usSurveyFoot)
    // With a header that says nothing, its row is no point.
    let named = try sheet("a,b,c\nTP1,1.5,2\n", options { $0.columns = ["id": 1, "easting": 3, "northing": 2] })
    #expect(named.places == [[2, 1.5]])
  }

  @Test func `what could be meant in two ways, or in none, is refused`() {
    let cases: [(String, String)] = [
      ("", "sheet.empty"), ("\n\n", "sheet.columns"), (" , \n,\n", "sheet.columns"), ("just text", "sheet.columns"),
      ("id,easting\n1,2\n", "sheet.columns"), ("id,east,north,easting,northing\n1,2,3,4,5\n", "sheet.columns"),
      ("id,easting (km),northing (km)\n1,2,3\n", "sheet.unit"), ("id,easting (ft),northing (m)\n1,2,3\n", "sheet.unit"),
      ("id,easting (°),northing (°)\n1,2,3\n", "sheet.unit"), ("id,lat (m),lon (m)\n1,2,3\n", "sheet.unit"),
      ("id,e,n\nA,1,2\nid,n,e\nB,2,1\n", "sheet.columns"), ("id,e,n,bearing (mils)\n1,2,3,4\n", "sheet.unit"),
    ]
    for (text, code) in cases {
      let found = refusal(text)
      #expect(found == code || (found == "sheet.empty" && text.allSatisfy { " ,\n".contains($0) }), "\(text)")
    }
    #expect(refusal("id,e,n\n") == "sheet.empty")
    #expect(refusal("id,e (m),n (m)\n1,2,3\n", options { $0.unit = .foot }) == "sheet.unit")
    #expect(refusal("id,e,n\n1,2,3\n", options { $0.layout = .imsma }) == "sheet.columns")
    for columns in [
      ["id": 1], ["easting": 0, "northing": 1], ["east": 1, "north": 2], ["easting": 1, "northing": 1],
    ] {
      #expect(refusal("1,2,3\n", options { $0.columns = columns }) == "sheet.columns", "\(columns)")
    }
  }

  @Test func `bearings with their north, in degrees or gon`() throws {
    let found = try sheet(
      "id,e,n,bearing_true_deg,bearing_magnetic_deg,grid bearing (gon)\nA,1.5,2,90.25,84.5,100\nB,1.5,2,361,-1,\n")
    #expect(
      found.points[0].bearings == [
        SheetBearing(90.25, .trueNorth), SheetBearing(84.5, .magnetic), SheetBearing(100, .grid, unit: .gons),
      ])
    #expect(found.points[1].bearings.isEmpty && found.codes == ["sheet.number", "sheet.number"])
  }
}
