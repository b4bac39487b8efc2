import Formats
import Geometry
import Survey
import Testing

@Suite struct CSVTests {
  @Test func `columns are found by their names, in three languages and any order`() throws {
    let headers = [
      "lat,lon", "Latitude,Longitude", "LAT (deg),LNG [deg]", "gps_latitude,gps longitude", "širina,dužina",
      "Ширина,Дужина", "широта,долгота", "\"geografska_širina\",\"geografska_dužina\"",
    ]
    for header in headers {
      let text = "\(header)\n43.25,21.5\n"
      #expect(CSV.recognizes(Array(text.utf8)), "\(header)")
      let log = try read(CSV.self, text)
      #expect(log.fixes.map(\.position) == [Geographic(21.5, 43.25)], "\(header)")
      #expect(log.problems.isEmpty)
    }
  }

  @Test func `semicolon, tab and decimal comma, quotes, byte order mark and every line end`() throws {
    for text in [
      "lat;lon;ele\n43,25;21,5;200,5\n", "lat\tlon\tele\r\n43,25\t21.5\t200,5\r\n",
      "\u{feff}lat;lon;ele\r43,25;21,5;200,5",
      "sep=;\nlat;lon;ele\n43,25;21,5;200,5\n", "# made by hand\nlat;lon;ele\n\n43,25;21,5;200,5\n\n",
      "lat,lon,ele\n\"43.25\",\"21.5\",\" 200.5 \"\n", "#lat,lon,ele\n43.25,21.5,200.5\n",
    ] {
      let log = try read(CSV.self, text)
      #expect(log.fixes.map(\.position) == [Geographic(21.5, 43.25)], "\(text)")
      #expect(log.fixes.map(\.elevation) == [200.5], "\(text)")
      #expect(log.problems.isEmpty, "\(text)")
    }
  }

  @Test func `times of the forms that sheets have`() throws {
    let cases: [(String, String?)] = [
      ("2026-05-03T10:11:12Z", "2026-05-03T10:11:12Z"), ("2026-05-03 12:11:12+02:00", "2026-05-03T10:11:12Z"),
      ("3.5.2026 10:11:12", "2026-05-03T10:11:12Z"), ("03.05.2026. 10:11", "2026-05-03T10:11:00Z"),
      ("2026/05/03 10:11:12", "2026-05-03T10:11:12Z"), ("1714725600", "2024-05-03T08:40:00Z"),
      ("1714725600.5", "2024-05-03T08:40:00.500Z"), ("1714725600123", "2024-05-03T08:40:00.123Z"),
      ("03/05/2026 10:11:12", nil), ("10:11:12", nil), ("31.02.2026 10:11:12", nil), ("171472", nil),
    ]
    for (time, expected) in cases {
      let log = try read(CSV.self, "time;lat;lon\n\(time);1;2\n")
      #expect(log.fixes.map { $0.time?.description } == [expected], "\(time)")
      #expect(log.codes == (expected == nil ? ["csv.time"] : []), "\(time)")
    }
    let apart = try read(CSV.self, "datum;vreme;lat;lon\n03.05.2026;10:11:12;1;2\n;;1;2\n")
    #expect(apart.fixes.map { $0.time?.description } == ["2026-05-03T10:11:12Z", nil])
    #expect(apart.problems.isEmpty)
  }

  @Test func `sigma from every column that says it`() throws {
    let cases: [(String, String, Double?)] = [
      ("sigma", "0.02", 0.02), ("sde,sdn", "0.01,0.03", 0.03), ("hrms", "0.02", 0.02 / 2.0.squareRoot()),
      ("sigma", "0", nil), ("sde", "0.01", nil), ("sigma", "-1", nil),
    ]
    for (names, values, sigma) in cases {
      #expect(
        try read(CSV.self, "lat,lon,\(names)\n1,2,\(values)\n").fixes.map(\.sigma) == [sigma], "\(names) \(values)")
    }
  }

  @Test func `quality by NMEA's digits or by name, and never better than it says`() throws {
    let cases: [(String, FixQuality, Bool)] = [
      ("4", .rtkFixed, true), ("5", .rtkFloat, true), ("0", .invalid, true), ("rtk-fixed", .rtkFixed, true),
      ("FLOAT", .rtkFloat, true), ("Single", .autonomous, true), ("fix", .unknown, true), ("", .unknown, true),
      ("9", .invalid, false), ("great", .invalid, false),
    ]
    for (word, quality, isKnown) in cases {
      let log = try read(CSV.self, "lat,lon,quality\n1,2,\(word)\n")
      #expect(log.fixes.map(\.quality) == [quality], "\(word)")
      #expect(log.codes == (isKnown ? [] : ["csv.quality"]), "\(word)")
    }
    // RTKLIB's Q has other digits.
    #expect(try read(CSV.self, "lat,lon,Q\n1,2,4\n").fixes.map(\.quality) == [.unknown])
  }

  @Test func `a change of lane begins a track, a change of segment a segment`() throws {
    let log = try read(CSV.self, "lane,segment,lat,lon\nA,1,1,1\nA,1,1,2\nA,2,1,3\nB,2,1,4\nA,2,1,5\n")
    #expect(log.tracks.map(\.header.name) == ["A", "B", "A"])
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[2, 1], [1], [1]])
  }

  @Test func `a bad row is a problem with its line, and the others are used`() throws {
    let cases: [(String, String)] = [
      ("x,2", "csv.number"), ("91,2", "csv.coordinate"), ("1,181", "csv.coordinate"), ("1", "csv.fields"),
      ("\"1,2", "csv.quote"), ("nan,2", "csv.number"), ("43°19'N,21°54'E", "csv.number"), (",", "csv.number"),
    ]
    for (row, code) in cases {
      let log = try read(CSV.self, "lat,lon\n1,2\n\(row)\n3,4\n")
      #expect(log.fixes.map(\.line) == [2, 4], "\(row)")
      #expect(log.codes == [code], "\(row)")
      #expect(log.problems[0].line == 3)
    }
    let swapped = try read(CSV.self, "lat,lon\n121.9,43.3\n")
    #expect(swapped.problems[0].message.contains("swapped"))
  }

  @Test func `what says no position is refused with advice`() throws {
    let cases: [(String, String)] = [
      ("id,easting,northing\n1,500000,4800000\n", "crs.undeclared"), ("E;N\n500000;4800000\n", "crs.undeclared"),
      ("lat,lon\n4800000,500000\n", "crs.undeclared"),
      ("a,b\n1,2\n", "csv.columns"), ("43.3,21.9\n43.4,21.9\n", "csv.columns"),
    ]
    for (text, code) in cases {
      do {
        let log = try read(CSV.self, text)
        Issue.record("read \(log.fixes.count) fixes of \(text)")
      } catch {
        #expect(error.code == code)
        #expect(error.kind == .refused)
      }
    }
  }

  @Test func `the user says which columns, where the header does not`() throws {
    var options = ReadOptions()
    options.columns = ["lat": 3, "lon": 2, "time": 1]
    for header in ["", "t,u,v\n"] {
      let log = try read(CSV.self, header + "2026-05-03T10:11:12Z,21.5,43.25\n", options: options)
      #expect(log.fixes.map(\.position) == [Geographic(21.5, 43.25)])
      #expect(log.fixes.first?.time != nil)
      #expect(log.problems.isEmpty)
    }
    for columns in [["latitude": 1, "lon": 2], ["lat": 0, "lon": 2]] {
      options.columns = columns
      #expect(throws: FileUnreadable.self) { try read(CSV.self, "1,2\n", options: options) }
    }
  }

  @Test func `a sheet is the same in blocks of any size`() throws {
    let text = "lat;lon;vreme\r\n" + (0..<50).map { "43,\($0);21,5;2026-05-03 10:11:\(10 + $0)\r\n" }.joined()
    let whole = try read(CSV.self, text)
    #expect(whole.fixes.count == 50)
    for blockSize in [1, 7, 64, 1000] { #expect(try read(CSV.self, text, blockSize: blockSize) == whole) }
  }
}
