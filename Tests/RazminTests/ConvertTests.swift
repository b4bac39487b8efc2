import Foundation
import Testing

private let nis = "7573696.217 4798205.043"

/// `razmin convert` over lines of standard input.
private func convert(_ options: String, _ lines: String) throws -> Run {
  let scratch = try Scratch()
  let file = try scratch.write(lines, to: "input")
  return try shell("\"$RAZMIN\" convert \(options) < '\(file)'")
}

@Suite struct ConvertTests {
  @Test(arguments: [
    (0, "--from EPSG:6316 --to EPSG:4326 \(nis)"), (0, "--from EPSG:6316 --to mgrs \(nis)"),
    (0, "--to utm --lat 43.3247 --lon 21.9033"), (0, "--from 'MGI 1901 / Balkans zone 7' --to dms \(nis)"),
    (0, "--from EPSG:6316 --to EPSG:4326"), (0, "--to EPSG:32634 34TEN7323797269"),
    (64, "\(nis)"), (64, "--to EPSG:4326 --from EPSG:6316 --decimals 13 \(nis)"), (64, "--to utm --lat 43"),
    (64, "--to dd --language klingon \(nis)"), (64, "--to dd --preset atlantis --from EPSG:6316 \(nis)"),
    (64, "--to dd --frm EPSG:6316 \(nis)"), (65, "--to nowhere \(nis)"), (65, "--from EPSG:1 --to dd \(nis)"),
    (66, "--to dd --from EPSG:6316 --input nowhere.txt"),
    (74, "--from EPSG:6316 --to EPSG:4326 \(nis) > /dev/full"),
  ])
  func `it ends with the status of the contract`(_ status: Int, _ line: String) throws {
    let run = try shell("\"$RAZMIN\" convert \(line)")
    #expect(Int(run.status) == status, "\(run.text)\(run.errors)")
    if status != 0 { #expect(run.output.isEmpty && !run.errors.isEmpty) }
  }

  @Test func `a list keeps its rows, whatever is in them`() throws {
    let long = String(repeating: "7", count: 2 << 20)
    let lines =
      "\(nis)\nnothing\n\n573696.217 4798205.043\n\(long)\n7573696,217 4798205,043\na\u{0}b\n7573696.217 4798205.043\n"
    let run = try convert("--from EPSG:6316 --to EPSG:4326", lines)
    let place = "21.903299971 43.324699910"
    #expect(run.text == "\(place)\n* *\n\n* *\n* *\n\(place)\n* *\n\(place)\n")
    #expect(run.status == 2)
    for words in ["input:2:", "[position.syntax]", "input:4:", "[coordinate.prefix]", "input:5:", "[text.long-line]"] {
      #expect(run.errors.contains(words), "\(words): \(run.errors)")
    }
    // The account of which operation comes once.
    #expect(run.lines.filter { $0.contains("by EPSG:9495") }.count == 1)
  }

  @Test func `where no row can be used the list is refused`() throws {
    let run = try convert("--from EPSG:6316 --to EPSG:4326", "573696.217 4798205.043\nx\n")
    #expect(run.status == 65 && run.output.isEmpty, "no operation was chosen: \(run.text)")
    let undeclared = try convert("--to EPSG:4326", "\(nis)\n\(nis)\n")
    #expect(undeclared.status == 65 && undeclared.text == "* *\n* *\n")
    #expect(undeclared.errors.contains("[crs.undeclared]"))
    let none = try convert("--from EPSG:6316 --to EPSG:4326", "")
    #expect(none.status == 0 && none.output.isEmpty)
  }

  @Test func `columns of a table are added to, and the rest is kept`() throws {
    let comma = "id;E;N;note\n1;7573696,217;4798205,043;\"a; b\"\n2;573696,217;4798205,043;x\n3;1\n4;\"7;2;3\n"
    let run = try convert("--from EPSG:6316 --to EPSG:32634 --columns e,n", comma)
    #expect(run.status == 2)
    let rows = run.text.split(separator: "\n").map(String.init)
    #expect(rows.count == 5)
    #expect(rows[0] == "id;E;N;note;easting;northing")
    #expect(rows[1].hasPrefix("1;7573696,217;4798205,043;\"a; b\";573237.79"), "\(rows[1])")
    #expect(rows[2] == "2;573696,217;4798205,043;x;*;*" && rows[3] == "3;1;*;*" && rows[4] == "4;\"7;2;3;*;*")
    #expect(run.errors.contains("[csv.fields]") && run.errors.contains("[csv.quote]"))
    // By number, and one column for a notation.
    let one = try convert("--to EPSG:6316 --columns 2", "id,position\n1,34TEN7323797269\n")
    #expect(
      one.status == 0 && one.text.hasPrefix("id,position,easting,northing\n1,34TEN7323797269,7573695."), "\(one.text)")
    for columns in ["x,y", "e", "e,e", "e,n,note", "0,1", "9,10", ""] {
      let wrong = try convert("--from EPSG:6316 --to EPSG:4326 --columns '\(columns)'", comma)
      #expect(wrong.status == 65 && !wrong.text.contains("21.9"), "\(columns): \(wrong.text)\(wrong.errors)")
    }
  }

  @Test func `plain rows and rows in quotes are carried to the same places`() throws {
    // Quotes keep a row from the fast way through; a polynomial may move a number by one in the last digit.
    var (plain, quoted) = ("id,lon,lat\n", "id,lon,lat\n")
    for index in 0..<2500 {
      let (longitude, latitude) = (21.9 + Double(index % 50) / 2000, 43.32 + Double(index / 50) / 2000)
      plain += "\(index),\(longitude),\(latitude)\n"
      quoted += "\(index),\"\(longitude)\",\"\(latitude)\"\n"
      if index == 1700 {
        for row in ["x,181,43\n", "y,0,0\n", "z,43.3,21.9\n", "\n", "é,21.9,43.3\n"] {
          plain += row
          quoted += row
        }
      }
    }
    let options = "--from EPSG:4326 --to EPSG:32634 --columns lon,lat"
    let (fast, slow) = (try convert(options, plain), try convert(options, quoted))
    #expect(fast.status == 2 && fast.errors == slow.errors)
    let rows = zip(
      fast.text.split(separator: "\n", omittingEmptySubsequences: false),
      slow.text.split(separator: "\n", omittingEmptySubsequences: false))
    var compared = 0
    for (a, b) in rows {
      let (a, b) = (a.split(separator: ","), b.replacing("\"", with: "").split(separator: ","))
      #expect(a.count == b.count && a.prefix(3) == b.prefix(3))
      for (x, y) in zip(a.suffix(2), b.suffix(2)) where x != y {
        let distance = try #require(Double(x)) - #require(Double(y))
        #expect(abs(distance) < 0.0011, "\(a) and \(b)")
      }
      compared += 1
    }
    #expect(compared == 2507)
  }

  @Test func `a row far from the others is not carried over by their operation`() throws {
    // The second lies in Croatia: legal in the CRS, and not for Serbia's operation.
    let run = try convert("--from EPSG:4326 --to EPSG:3906 --preset serbia", "21.9033 43.3247\n")
    #expect(run.status == 0, "\(run.errors)")
    let mixed = try convert("--from EPSG:4326 --to EPSG:3906", "21.9033 43.3247\n15.98 45.81\n")
    #expect(mixed.status == 65 || mixed.text.contains("*"), "\(mixed.text)\(mixed.errors)")
    #expect(!mixed.text.contains("15.9"))
  }

  @Test func `explained, it prints the pipeline and the other candidates`() throws {
    let run = try shell("\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 --explain \(nis)")
    #expect(
      run.lines.contains {
        $0.hasPrefix("razmin: pipeline: +proj=pipeline") || $0.hasPrefix("razmin: pipeline: proj=pipeline")
      }, "\(run.errors)")
    #expect(run.lines.contains("razmin: instead: EPSG:3962 (5 m), 9.3 m away"))
    #expect(run.text == "21.903299971 43.324699910\n", "explaining changes nothing")
  }

  @Test func `in the order of the authority pairs are turned, in and out`() throws {
    let run = try shell("\"$RAZMIN\" convert --from EPSG:4326 --to EPSG:6316 --authority-order 43.3247 21.9033")
    #expect(run.text == "7573696.217 4798205.042\n", "\(run.errors)")
    let back = try shell("\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 --authority-order \(nis)")
    #expect(back.text == "43.324699910 21.903299971\n")
  }

  @Test(arguments: [
    ("dd", "43.32470000° N, 21.90330000° E"), ("dm", "43°19.482000′ N, 21°54.198000′ E"),
    ("dms", "43°19′28.9200″ N, 21°54′11.8800″ E"), ("utm", "34N 573237.798 4797269.339"), ("mgrs", "34TEN7323797269"),
    ("dd --language sr-Cyrl", "43.32470000° С, 21.90330000° И"),
  ])
  func `every notation reads back to its own precision`(_ to: String, _ text: String) throws {
    let run = try shell("\"$RAZMIN\" convert --to \(to) --lat 43.3247 --lon 21.9033")
    #expect(run.text.trimmingCharacters(in: .newlines) == text, "\(run.text)\(run.errors)")
    let language = to.contains("sr-Cyrl") ? "--language sr-Cyrl" : ""
    let back = try convert("--to EPSG:4326 \(language)", run.text)
    let numbers = back.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    try #require(numbers.count == 2, "\(back.errors)")
    let tolerance = to == "mgrs" ? 0.75 : 0.002
    #expect(hypot((numbers[0] - 21.9033) * 81_080, (numbers[1] - 43.3247) * 111_108) < tolerance, "\(back.text)")
  }

  @Test(arguments: ["90 N 0 E", "89.9 N 120 E", "84.5 N 179.9 W", "85 S 45 W", "90 S 0 E"])
  func `at the poles there are UPS and MGRS`(_ place: String) throws {
    for (to, tolerance) in [("ups", 0.002), ("mgrs", 0.75)] {
      let there = try convert("--to \(to)", place + "\n")
      #expect(there.status == 0, "\(there.errors)")
      let back = try convert("--to ups", there.text)
      let here = try convert("--to ups", place + "\n")
      func pair(_ run: Run) -> [Double] { run.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } }
      try #require(pair(back).count == 2 && pair(here).count == 2, "\(back.text)\(back.errors)")
      #expect(hypot(pair(back)[0] - pair(here)[0], pair(back)[1] - pair(here)[1]) <= tolerance, "\(to) \(there.text)")
    }
    #expect(try convert("--to utm", place + "\n").status == 65)
  }

  @Test func `a thousand places agree with pyproj by the same operation`() throws {
    var lines: [String] = []
    var seed: UInt64 = 19_990_412
    func next() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 11) / 0x1p53
    }
    for _ in 0..<1000 { lines.append("\(7_480_000 + next() * 90_000) \(4_800_000 + next() * 130_000)") }
    let scratch = try Scratch()
    let input = try scratch.write(lines.joined(separator: "\n") + "\n", to: "input")
    let program = """
      import sys
      from pyproj import Transformer
      grid = Transformer.from_crs("EPSG:6316", "EPSG:3906", always_xy=True)
      datum = Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::9495")
      for line in sys.stdin:
          x, y = grid.transform(*map(float, line.split()))
          y, x = datum.transform(y, x)
          print(repr(x), repr(y))
      """
    let code = try scratch.write(program, to: "oracle.py")
    let oracle = try shell(".venv/bin/python '\(code)' < '\(input)'")
    try #require(oracle.status == 0, "run make oracle once: \(oracle.errors)")
    let run = try shell(
      "\"$RAZMIN\" convert --from EPSG:6316 --to EPSG:4326 --operation EPSG:9495 --decimals 12 < '\(input)'")
    #expect(run.status == 0, "\(run.errors)")
    func numbers(_ run: Run) -> [Double] { run.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } }
    let (ours, theirs) = (numbers(run), numbers(oracle))
    try #require(ours.count == 2000 && theirs.count == 2000)
    let worst = zip(ours, theirs).map { abs($0 - $1) }.max() ?? .infinity
    // A micrometre.
    #expect(worst < 1e-11, "\(worst) degrees")
  }
}
