import Foundation
import Testing

/// A command in the folder of samples, and how it must end.
struct Ending: Sendable, CustomTestStringConvertible {
  let status: Int32
  let line: String
  /// Held by the last line on standard error.
  let says: String

  init(_ status: Int32, _ line: String, _ says: String = "") {
    (self.status, self.line, self.says) = (status, line, says)
  }
  var testDescription: String { "\(status) \(line)" }
}

private let done = [
  Ending(0, "ledger village-strike"),
  Ending(0, "ledger three-years"),
  Ending(0, "validate three-years"),
  Ending(0, "validate nis-apron --strict"),
  Ending(0, "inspect nis-apron/logs/2026-05-05.gpx"),
]

private let answerIsNo = [
  Ending(1, "ledger three-years --strict", "[activity.no-effect]"),
  Ending(1, "validate three-years --strict"),
  Ending(1, "ledger broken/find-no-fadeout", "does not close: 1 find in released ground (F-001)"),
  Ending(1, "remaining broken/find-no-fadeout", "does not close: 1 find in released ground (F-001)"),
  Ending(1, "validate broken/find-no-fadeout"),
  Ending(1, "validate broken/ring-too-few"),
  Ending(1, "validate broken/syntax"),
  Ending(1, "validate broken/duplicate-id"),
]

private let unusedInput = [
  Ending(2, "ledger broken/missing-file"),
  Ending(2, "remaining broken/duplicate-id"),
  Ending(2, "ledger broken/perimeter-open"),
  Ending(2, "import broken/gpx-cut/log.gpx", "[gpx.xml]"),
  Ending(2, "import broken/nmea-checksum/log.nmea"),
  Ending(2, "cleared broken/gzip-cut/log.gpx.gz --swath 1"),
  Ending(2, "validate broken/csv-number/log.csv"),
  Ending(2, "inspect nowhere.gpx nis-apron/logs/2026-05-05.gpx", "nowhere.gpx: there is no such file"),
  Ending(2, "import nis-apron/logs/2026-05-05.gpx broken/csv-crs/log.csv", "[crs.undeclared]"),
  Ending(2, "cleared nowhere.gpx three-years/logs/2023-04-18-perimeter.csv --swath 1"),
]

private let usage = [
  Ending(64, "nonsense"), Ending(64, "ledger"), Ending(64, "ledger nis-apron --nonsense"),
  Ending(64, "ledger nis-apron --format xml"), Ending(64, "ledger nis-apron --as-of 2024-02-30"),
  Ending(64, "remaining nis-apron --jobs 0"), Ending(64, "remaining nis-apron --layer green"),
  Ending(64, "cleared nis-apron/logs/2026-05-05.gpx"), Ending(64, "cleared x.gpx --swath 0"),
  Ending(64, "cleared x.gpx --swath nan"), Ending(64, "import"), Ending(64, "import x.gpx --max-speed-m-s -1"),
  Ending(64, "inspect x.gpx --min-quality good"), Ending(64, "import x.csv --columns lat"), Ending(64, "simulate"),
  Ending(64, "simulate --hazards 0 --out x"),
]

private let refused = [
  Ending(65, "import broken/csv-crs/log.csv", "[crs.undeclared]"),
  Ending(65, "inspect broken/geojson-crs/hazards.geojson", "[geojson.crs]"),
  Ending(65, "inspect README.md", "[log.unknown-format]"),
  Ending(65, "cleared README.md --swath 1", "[log.unknown-format]"),
  Ending(65, "inspect nis-apron", "[file.not-regular]"),
  Ending(65, "import /dev/null", "[file.not-regular]"),
  Ending(65, "ledger broken/syntax", "[survey.syntax]"),
  Ending(65, "remaining broken/syntax", "[survey.syntax]"),
  Ending(65, "inspect README.md broken/csv-crs/log.csv", "[crs.undeclared]"),
]

private let notFound = [
  Ending(66, "ledger nowhere", "nowhere: error: there is no such folder"),
  Ending(66, "remaining broken", "broken: error: there is no survey.toml in it"),
  Ending(66, "validate nowhere", "[file.not-found]"),
  Ending(66, "import nowhere.gpx", "nowhere.gpx: there is no such file"),
  Ending(66, "inspect nowhere.gpx", "[file.not-found]"),
  Ending(66, "cleared nowhere.gpx --swath 1", "[file.not-found]"),
  // Of several reasons the worse one is told: a missing file before a refused one.
  Ending(66, "inspect broken/csv-crs/log.csv nowhere.gpx README.md"),
]

private let noOutput = [
  Ending(74, "remaining village-strike -o nowhere/out.geojson", "nowhere/out.geojson: cannot be written: No such file"),
  Ending(74, "import nis-apron/logs/2026-05-05.gpx -o nis-apron", "cannot be written: Is a directory"),
  Ending(74, "cleared three-years/logs/2023-04-18-perimeter.csv --swath 1 -o /dev/full", "No space left on device"),
  Ending(74, "simulate --out /dev/null/x --hazards 1 --fixes 10", "cannot be written"),
]

@Test(arguments: done + answerIsNo + unusedInput + usage + refused + notFound + noOutput)
func `a command ends with the status of the contract`(ending: Ending) throws {
  let run = try shell("\"$RAZMIN\" \(ending.line)", in: samples)
  #expect(run.status == ending.status, "\(run.errors)")
  let last = run.lines.last ?? ""
  #expect(ending.says.isEmpty || last.contains(ending.says), "\(last)")
  if ending.status >= 64 {
    #expect(run.output.isEmpty, "half an answer")
    #expect(!run.errors.isEmpty)
  }
}

@Test(arguments: [
  "remaining village-strike", "ledger three-years", "ledger three-years --format json",
  "ledger three-years --format csv",
  "validate three-years", "validate three-years --json", "inspect nis-apron/logs/2026-05-05.gpx",
  "inspect --json nis-apron/logs/2026-05-05.gpx", "import nis-apron/logs/2026-05-05.gpx",
  "cleared three-years/logs/2023-04-18-perimeter.csv --swath 1",
  // 74 before what would be 1 and 2.
  "ledger broken/find-no-fadeout", "ledger broken/missing-file", "inspect broken/gpx-cut/log.gpx",
])
func `output that is lost is never a success`(line: String) throws {
  let run = try shell("\"$RAZMIN\" \(line) > /dev/full", in: samples)
  #expect(run.status == 74)
  #expect(run.errors.contains("standard output: cannot be written: No space left on device"), "\(run.errors)")
}

@Test func `a reader who leaves is told as lost output, and kills nothing`() throws {
  // More than a pipe holds.
  let run = try shell("\"$RAZMIN\" import --points nis-apron/logs/2026-05-05.gpx | head -c 10", in: samples)
  #expect(run.status == 74)
  #expect(run.text == "{\"type\":\"F")
  #expect(run.errors.contains("Broken pipe"))
}

@Test func `a file that cannot be finished leaves nothing, and the former one as it was`() throws {
  let scratch = try Scratch()
  let former = try scratch.write("former", to: "out.geojson")
  // The limit of one block stops the writing in the middle.
  for target in ["out.geojson", "new.geojson"] {
    let run = try shell(
      "trap '' XFSZ; ulimit -f 1; exec \"$RAZMIN\" remaining '\(samples)/village-strike' -o \(target)", in: scratch.path
    )
    #expect(run.status == 74)
    #expect(run.errors.contains("\(target): cannot be written: File too large"), "\(run.errors)")
  }
  #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["out.geojson"])
  #expect(try String(contentsOfFile: former, encoding: .utf8) == "former")
}

@Test func `no room for temporary files is told as lost output`() throws {
  let run = try shell("trap '' XFSZ; ulimit -f 1; exec \"$RAZMIN\" ledger three-years > /dev/null", in: samples)
  #expect(run.status == 0, "no walked lanes, nothing to keep: \(run.errors)")
  let full = try shell("trap '' XFSZ; ulimit -f 1; exec \"$RAZMIN\" ledger nis-apron > /dev/null", in: samples)
  #expect(full.status == 74)
  #expect(full.errors.contains("writing the temporary file: File too large; make room"), "\(full.errors)")
}

@Test func `a refused input leaves the former output as it was`() throws {
  let scratch = try Scratch()
  let former = try scratch.write("former", to: "out.geojson")
  for line in [
    "remaining broken/syntax", "import broken/csv-crs/log.csv", "cleared nowhere.gpx --swath 1",
    "import nowhere.gpx README.md",
  ] {
    let run = try shell("\"$RAZMIN\" \(line) -o '\(former)'", in: samples)
    #expect(run.status >= 65, "\(line)")
  }
  #expect(try contents(of: scratch.path) == ["out.geojson": Data("former".utf8)])
}

@Test func `output goes whole to a file, and what is said to standard error`() throws {
  let scratch = try Scratch()
  let run = try shell("\"$RAZMIN\" remaining '\(samples)/three-years' -o out.geojson", in: scratch.path)
  let direct = try razmin("remaining", "\(samples)/three-years")
  #expect(run.status == 0 && direct.status == 0)
  #expect(run.output.isEmpty)
  #expect(try contents(of: scratch.path) == ["out.geojson": direct.output])
  #expect(run.errors == direct.errors && run.errors.contains("razmin: recorded 75 728."))
}

@Test func `1 is told before 2`() throws {
  let scratch = try Scratch()
  let folder = try scratch.copy("broken/find-no-fadeout")
  try change(folder + "/survey.toml", "[[finds]]", "[[finds]]\nfile = \"lost.geojson\"\n\n[[finds]]")
  let run = try razmin("ledger", folder)
  #expect(run.status == 1)
  #expect(run.errors.contains("[file.not-found]") && run.errors.contains("[find.no-fadeout]"))
}

@Test func `what is readable of a damaged log is used`() throws {
  let run = try razmin("import", "--points", "\(samples)/broken/gpx-coordinate/log.gpx")
  let whole = try String(contentsOfFile: "\(samples)/broken/gpx-coordinate/log.gpx", encoding: .utf8)
  #expect(run.status == 2)
  #expect(run.lines.filter { $0.contains("[gpx.coordinate]") }.count == 3)
  #expect(try parsed(run).count == whole.components(separatedBy: "<trkpt").count - 1 - 3)
}
