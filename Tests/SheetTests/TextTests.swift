import Formats
import Survey
import Testing

/// Encodings, delimiters, quotes and decimal signs.
@Suite struct TextTests {
  private func text(_ description: String) -> String {
    "id;easting;northing;opis\r\nTP1;7573696,217;4798205,043;\(description)\r\nTP2;7573796,5;4798305,25;\r\n"
  }

  @Test func `every encoding, with and without a byte order mark, is told by the bytes`() throws {
    let cases: [(String, [SheetEncoding])] = [
      ("tačka pored šume, kuća Đorđevića", [.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1250]),
      ("тачка поред шуме, кућа Ђорђевића", [.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1251]),
      ("Граница у леса", [.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1251]),
      ("plain", [.utf8, .utf16LittleEndian, .utf16BigEndian]),
    ]
    for (description, encodings) in cases {
      for encoding in encodings {
        for mark in [true, false] {
          let content = try #require(encoded(text(description), encoding, mark: mark))
          let found = try sheet(content)
          #expect(
            found.reading == SheetReading(container: .text(encoding: encoding, delimiter: ";"), decimal: .comma))
          #expect(found.points[0].description == description && found.places[0] == [7573696.217, 4798205.043])
          #expect(try sheet(content, options { $0.encoding = encoding }).points == found.points)
        }
      }
    }
  }

  @Test func `eight bits that tell nothing are refused until declared`() throws {
    // One letter: Č, or И.
    let bytes = Array("id;e;n;opis\nTP1;1,5;2;".utf8) + [0xc8, 0x0a]
    #expect(refusal(bytes) == "sheet.encoding")
    #expect(try sheet(bytes, options { $0.encoding = .windows1250 }).points[0].description == "Č")
    #expect(try sheet(bytes, options { $0.encoding = .windows1251 }).points[0].description == "И")
    // A degree sign is the same in both.
    let degree = Array("id;lat;lon\nTP1;43".utf8) + [0xb0] + Array(" 19;21".utf8) + [0xb0] + Array(" 54\n".utf8)
    #expect(try sheet(degree).points[0].geographic?.second == .text("43° 19"))
  }

  @Test func `bytes that are no text are refused`() {
    let cases: [[UInt8]] = [
      [0, 0, 0, 0], [0xff, 0xfe], [0xff, 0xfe, 0x41], [0xff, 0xfe, 0, 0, 0x41, 0, 0, 0], [0xfe, 0xff, 0xd8, 0x00],
      Array("id,e,n\nA,1,\0\n".utf8), [0xef, 0xbb, 0xbf, 0xff, 0x41], [0x98, 0x81, 0x2c],
    ]
    for bytes in cases { #expect(["sheet.encoding", "sheet.empty"].contains(refusal(bytes) ?? "read"), "\(bytes)") }
    #expect(refusal(Array("id,e,n\n".utf8), options { $0.encoding = .utf16BigEndian }) == "sheet.encoding")
    #expect(refusal([0xef, 0xbb, 0xbf, 0x41], options { $0.encoding = .windows1250 }) == "sheet.encoding")
    #expect(refusal([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]) == "sheet.format")
  }

  @Test func `delimiters, a sep line, quotes, and any line end`() throws {
    let cases: [(String, Character)] = [
      ("id,e,n,d\nA,1.5,2,x\n", ","), ("id;e;n;d\nA;1,5;2;x\n", ";"), ("id\te\tn\td\r\nA\t1.5\t2\tx\r\n", "\t"),
      ("sep=;\r\nid;e;n;d\r\nA;1,5;2;x\r\n", ";"), ("sep=|\nid|e|n|d\nA|1.5|2|x", "|"), ("id;e;n;d\rA;1,5;2;x\r", ";"),
      ("\"id\",\"e\",\"n\",\"d\"\n\"A\", \"1.5\" ,\"2\",\"x\"\n", ","), ("id;e;n;a, b, c, d, f;d\nA;1,5;2;;x\n", ";"),
    ]
    for (text, delimiter) in cases {
      let found = try sheet(text)
      #expect(found.reading.container == .text(encoding: .utf8, delimiter: delimiter), "\(text)")
      #expect(found.places == [[1.5, 2]] && found.points[0].description == "x", "\(text)")
      #expect(found.problems.isEmpty, "\(text)")
    }
    let quoted = try sheet("id,e,n,d\n\"A\nB\",1.5,2,\"say \"\"x\"\", y\"\nC,1.5,2,\n")
    #expect(quoted.points.map(\.line) == [2, 4] && quoted.ids == ["A\nB", "C"])
    #expect(quoted.points[0].description == "say \"x\", y")
    for broken in ["id,e,n\nA,1,\"2\nB,1,2\n", "id,e,n\n\"A\"B,1,2\n"] { #expect(refusal(broken) == "sheet.quote") }
  }

  @Test func `the decimal sign is decided by all numbers together`() throws {
    let cases: [(rows: String, DecimalSign?, Double)] = [
      ("A;7573696,217;4798205", .comma, 7573696.217), ("A;7573696.217;4798205", .point, 7573696.217),
      ("A;7573696;4798205", nil, 7_573_696), ("A;1,234;4798205,5", .comma, 1.234), ("A;1.234;4798205.5", .point, 1.234),
      ("A;0,123;2", .comma, 0.123), ("A;1,2345;2", .comma, 1.2345), ("A;1.2;2", .point, 1.2),
      ("A;-1,5;2", .comma, -1.5),
      ("A;\u{2212}1,5;2", .comma, -1.5), ("A;+1,5;2", .comma, 1.5), ("A;,5;2", .comma, 0.5), ("A;5,;2", .comma, 5),
    ]
    for (row, sign, value) in cases {
      let found = try sheet("id;easting;northing\n\(row)\n")
      #expect(found.reading.decimal == sign && found.places[0][0] == value, "\(row)")
    }
    // No latitude is 43 thousand, so one with three decimals tells.
    #expect(try sheet("id;lat;lon\nA;43,325;21,903\n").points[0].geographic?.second.number == 43.325)
    // A comma between fields leaves only the point.
    #expect(try sheet("id,e,n\nA,1.234,2.345\n").places == [[1.234, 2.345]])
  }

  @Test func `two readings of the numbers, or two signs, are refused`() throws {
    let cases: [(String, String)] = [
      ("A;1,234;5,678", "sheet.decimal"), ("A;1.234;5.678", "sheet.decimal"), ("A;1,5;2.5", "sheet.decimal"),
      ("A;1,234;2.5", "sheet.decimal"), ("A;1,5;2\nB;1.234;2", "sheet.decimal"), ("A;7.573.696;1", "sheet.thousands"),
      ("A;7 573 696,2;1", "sheet.thousands"), ("A;7.573.696,2;1", "sheet.thousands"),
      ("A;1,234.5;1", "sheet.thousands"),
      ("A;7'573'696;1", "sheet.thousands"), ("A;7\u{a0}573\u{a0}696;1", "sheet.thousands"),
    ]
    for (row, code) in cases { #expect(refusal("id;easting;northing\n\(row)\n") == code, "\(row)") }
    let ambiguous = "id;easting;northing\nA;1,234;5,678\n"
    #expect(try sheet(ambiguous, options { $0.decimal = .comma }).places == [[1.234, 5.678]])
    #expect(refusal(ambiguous, options { $0.decimal = .point }) == "sheet.decimal")
  }

  @Test func `a comma that separates fields and decimals alike moves nothing silently`() throws {
    let found = try sheet("id,easting,northing\nA,7573696,217,4798205,043\nB,7573696,4798205\n")
    #expect(found.codes == ["sheet.fields"] && found.problems[0].line == 2)
    #expect(found.ids == ["A", "B"] && found.points[0].grid == nil && found.places[1] == [7_573_696, 4_798_205])
    // Blank fields at the end of a header do not make room for the shift.
    let wide = try sheet("id,easting,northing,d,,\nA,7573696,217,4798205,043,,,\n")
    #expect(wide.codes == ["sheet.fields"])
  }
}
