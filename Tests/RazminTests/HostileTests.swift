import Foundation
import Testing

/// A file that somebody made to do harm, or a disk spoiled, and how razmin must end with it.
struct Hostile: Sendable, CustomTestStringConvertible {
  let name: String
  /// Lines of Python that write the file `name`; `head`, `fill` and `sparse` are defined.
  let made: String
  let status: Int32
  let code: String
  /// More than this fails; what is in use, the program itself included.
  let mebibytes: Int

  init(_ name: String, _ made: String, _ status: Int32, _ code: String, mebibytes: Int = 112) {
    (self.name, self.made, self.status, self.code, self.mebibytes) = (name, made, status, code, mebibytes)
  }
  var testDescription: String { name }
}

/// Ten times the letters of the one before: 10^12 in the last.
private let entities =
  "'<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">' + ''.join(f'<!ENTITY {b} \"{(chr(38) + a + \";\") * 10}\">'"
  + " for a, b in zip('abcdefghijk', 'bcdefghijkl')) + ']>'"

private let structures = [
  Hostile("bomb.gpx", "write(\(entities), '<gpx version=\"1.1\"><trk>&l;</trk></gpx>')", 65, "gpx.doctype"),
  Hostile("bomb.kml", "write(\(entities), '<kml><Placemark><name>&l;</name></Placemark></kml>')", 65, "kml.doctype"),
  Hostile("bomb.tcx", "write(\(entities), '<TrainingCenterDatabase>&l;</TrainingCenterDatabase>')", 65, "tcx.doctype"),
  Hostile("deep.gpx", "write('<gpx version=\"1.1\">', '<a>' * 100000)", 2, "gpx.depth"),
  Hostile("deep.kml", "write('<kml>', '<Folder>' * 100000)", 2, "kml.depth"),
  Hostile("deep.tcx", "write('<TrainingCenterDatabase>', '<a>' * 100000)", 2, "tcx.depth"),
  Hostile("lists.geojson", "write('{\"type\":\"LineString\",\"coordinates\":', '[' * 100000)", 2, "geojson.syntax"),
  Hostile("objects.geojson", "write('{\"type\":\"Feature\",\"properties\":', '{\"a\":' * 100000)", 2, "geojson.syntax"),
  Hostile(
    "geometries.geojson", "write('{\"type\":\"GeometryCollection\",\"geometries\":[' * 100000)", 2, "geojson.syntax"),
  Hostile("deep.json", "write('{\"value\":[{\"__id\":\"1\",\"a\":', '{\"a\":' * 100000)", 2, "odk.json"),
]

private let archives = [
  Hostile("bomb.zip", "pack({'a.gpx': None})", 65, "archive.too-large", mebibytes: 512),
  Hostile("nested.zip", "pack({'b.zip': b'PK\\3\\4'})", 65, "archive.nested"),
  Hostile("leaves.zip", "pack({'../../a.gpx': gpx, '/a.gpx': gpx, 'C:\\\\a.gpx': gpx})", 2, "archive.path"),
  Hostile(
    "more.zip", "pack({'a.gpx': gpx}); patch(b'PK\\5\\6', 8, 'HHI', 65000, 65000, 0xfffffff0)", 65, "archive.damaged"),
  Hostile("longer.zip", "pack({'a.gpx': gpx}); patch(b'PK\\3\\4', 18, 'II', 1 << 30, 1 << 30)", 65, "archive.damaged"),
  Hostile(
    "longer.fit", "write(bytes([14, 32, 0, 0, 240, 255, 255, 255]), '.FIT', bytes([0, 0, 64]))", 2, "fit.truncated"),
  Hostile(
    "bomb.gpx.gz", "write(gzip.compress(b'<gpx version=\"1.1\"><trk a=\"' + b'1' * (128 << 20), 1))", 2, "gpx.xml"),
]

/// A line of 128 MiB, of zeros or of letters.
private let lines = [
  Hostile("zeros.nmea", "sparse(nmea)", 2, "nmea.binary"),
  Hostile("zeros.csv", "sparse(csv)", 65, "log.unknown-format"),
  Hostile("zeros.geojson", "sparse('{\"type\":\"FeatureCollection\",\"features\":[')", 2, "geojson.syntax"),
  Hostile("zeros.gpx", "sparse('<gpx version=\"1.1\">')", 2, "gpx.xml"),
  Hostile("zeros", "sparse('')", 65, "log.unknown-format"),
  Hostile("line.csv", "fill(csv, '4')", 2, "text.long-line"),
  Hostile("quote.csv", "fill(csv + '\"', '4')", 2, "text.long-line"),
  Hostile("line.geojson", "fill('{\"type\":\"Feature\",\"properties\":{\"a\":\"', 'a')", 2, "geojson.syntax"),
  Hostile("number.geojson", "fill('{\"type\":\"Feature\",\"properties\":{\"a\":', '1')", 2, "geojson.syntax"),
  Hostile("tag.gpx", "fill('<gpx version=\"1.1\"><trk a=\"', 'a')", 2, "gpx.xml"),
  Hostile("comment.kml", "fill('<kml><!--', 'a')", 2, "kml.xml"),
]

@Suite(.serialized) struct HostileTests {
  private static let tools = """
    import gzip, io, struct, sys, zipfile
    name = sys.argv[1]
    nmea = '$GPGGA,101112.00,4319.4820,N,02154.1980,E,4,12,0.8,200,M,45,M,,*4A\\r\\n$GPRMC,'
    csv = 'lat,lon,time\\n43.3,21.9,2026-05-03T10:11:12Z\\n'
    gpx = b'<gpx version="1.1"><trk><trkseg><trkpt lat="43.3" lon="21.9"/></trkseg></trk></gpx>'
    def write(*parts):
        open(name, 'wb').write(b''.join(p if isinstance(p, bytes) else p.encode() for p in parts))
    def fill(head, letter):
        with open(name, 'wb') as out:
            out.write(head.encode())
            for _ in range(128): out.write(letter.encode() * (1 << 20))
    def sparse(head):
        with open(name, 'wb') as out:
            out.write(head.encode())
            out.truncate(128 << 20)
    def pack(members):
        with zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for member, content in members.items():
                if content is not None:
                    archive.writestr(member, content)
                    continue
                with archive.open(member, 'w') as out:
                    for _ in range(1024): out.write(bytes(1 << 20))
    def patch(mark, offset, form, *values):
        content = bytearray(open(name, 'rb').read())
        at = content.find(mark) + offset
        content[at:at + struct.calcsize('<' + form)] = struct.pack('<' + form, *values)
        open(name, 'wb').write(content)

    """

  @Test(arguments: structures + archives + lines)
  func `a hostile file ends with a reason, in bounded memory`(file: Hostile) throws {
    let scratch = try Scratch()
    let script = try scratch.write(Self.tools + file.made, to: "make.py")
    let made = try shell("python3 '\(script)' '\(file.name)'", in: scratch.path)
    try #require(made.status == 0, "\(made.errors)")
    let run = try measured("inspect '\(file.name)'", in: scratch.path)
    #expect(run.run.status == file.status, "\(run.run.errors)")
    #expect((run.run.text + run.run.errors).contains("[\(file.code)]"), "\(run.run.text)\(run.run.errors)")
    // The sanitizers keep memory of their own.
    #expect(run.mebibytes <= file.mebibytes || isSanitized, "\(run.mebibytes) MiB")
  }

  private var isSanitized: Bool { executable.contains("-asan") || executable.contains("-tsan") }

  /// A line of razmin, with the memory that it used at most.
  private func measured(_ arguments: String, in folder: String) throws -> (run: Run, mebibytes: Int) {
    let script =
      "import os, resource, sys; child = os.spawnvp(os.P_WAIT, sys.argv[2], sys.argv[2:]); "
      + "open(sys.argv[1], 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)); "
      + "sys.exit(child if child >= 0 else 128 - child)"
    let run = try shell("python3 -c \"\(script)\" peak \"$RAZMIN\" \(arguments)", in: folder)
    let peak = try String(contentsOfFile: folder + "/peak", encoding: .utf8)
    return (run, try #require(Int(peak)) / 1024)
  }

  private static let formats: [(name: String, text: String)] = [
    (
      "a.gpx",
      "<gpx version='1.1'><trk><trkseg><trkpt lat='43.3' lon='21.9'/>"
        + "<trkpt lat='NUMBER' lon='21.9'/></trkseg></trk></gpx>"
    ),
    (
      "a.kml",
      "<kml><Placemark><LineString><coordinates>21.9,43.3 21.9,NUMBER</coordinates></LineString>"
        + "</Placemark></kml>"
    ),
    ("a.csv", "lat,lon\n43.3,21.9\nNUMBER,21.9\n"),
    ("a.geojson", "{\"type\":\"LineString\",\"coordinates\":[[21.9,43.3],[21.9,NUMBER]]}"),
    (
      "a.pos",
      "%  UTC latitude(deg) longitude(deg) height(m) Q ns\n2026/05/03 07:12:00 43.3 21.9 196 1 9\n"
        + "2026/05/03 07:12:01 NUMBER 21.9 196 1 9\n"
    ),
  ]

  @Test(arguments: ["1e999", "NaN", "-nan", "Infinity", "0x7f", "1e", "--1", "100 000 digits"])
  func `what is no number is no position`(number: String) throws {
    let scratch = try Scratch()
    let written = number == "100 000 digits" ? String(repeating: "9", count: 100_000) : number
    for (name, text) in Self.formats {
      _ = try scratch.write(text.replacingOccurrences(of: "NUMBER", with: written), to: name)
      let run = try razmin("inspect", "--json", name, in: scratch.path)
      #expect(run.status == 2, "\(name): \(run.text)\(run.errors)")
      let found = try json(run.output)
      #expect(((found["fixes"] ?? found["features"]) as? Int ?? 9) <= 1, "\(name): \(run.text)")
      #expect((found["problems"] as? [JSON])?.isEmpty == false)
    }
  }

  // MARK: What is no file

  @Test func `pipes, devices, folders and loops are refused, and not waited for`() throws {
    let scratch = try Scratch()
    let made = try shell("mkfifo pipe; ln -s b a; ln -s a b; mkdir folder; ln -s /dev/zero zero", in: scratch.path)
    try #require(made.status == 0)
    for (name, status, code) in [
      ("pipe", 65, "file.not-regular"), ("folder", 65, "file.not-regular"), ("zero", 65, "file.not-regular"),
      ("/dev/zero", 65, "file.not-regular"), ("a", 65, "file.unreadable"), ("/proc/self/mem", 65, "file.unreadable"),
      ("nowhere", 66, "file.not-found"), (String(repeating: "n", count: 5000), 65, "file.unreadable"),
    ] {
      for command in [["import"], ["inspect"], ["cleared", "--swath", "1"]] {
        let line = (command + ["'\(name)'"]).joined(separator: " ")
        let run = try shell("timeout 60 \"$RAZMIN\" \(line)", in: scratch.path)
        #expect(run.status == Int32(status) && run.errors.contains("[\(code)]"), "\(line): \(run.status) \(run.errors)")
      }
    }
  }

  /// Root may read everything, unless it gives that power up.
  @Test(arguments: ["inspect", "ledger"])
  func `a file without permission is refused`(command: String) throws {
    let scratch = try Scratch()
    _ = try scratch.write("<gpx version='1.1'/>", to: "a.gpx")
    let powers = "-dac_override,-dac_read_search"
    let without = getuid() == 0 ? "setpriv --bounding-set \(powers) --inh-caps \(powers)" : ""
    let line = "\(without) \"$RAZMIN\" \(command) a.gpx"
    let run = try shell("chmod 000 a.gpx; \(line)", in: scratch.path)
    #expect(run.status == 65 && run.errors.contains("[file.unreadable]"), "\(run.status) \(run.errors)")
  }

  @Test func `a file that shrinks while it is read ends early, and nothing else happens`() throws {
    let scratch = try Scratch()
    let run = try shell(
      """
      python3 -c "print('lat,lon'); print('43.3,21.9\\n' * 9000000, end='')" > a.csv
      "$RAZMIN" inspect --json a.csv > out & child=$!
      sleep 0.2; truncate -s 30 a.csv
      wait $child; code=$?; cat out; exit $code
      """, in: scratch.path)
    // As it happens to stand when the file is cut: sound to the end, or with a last row that breaks off.
    #expect([0, 2].contains(run.status), "\(run.status) \(run.errors)")
    #expect(try json(run.output)["format"] as? String == "CSV")
  }

  // MARK: Words that act on a terminal

  @Test func `nothing from a file or its name acts on the terminal`() throws {
    let scratch = try Scratch()
    let name = "a\u{1b}[31m\nrazmin: all is well\u{202e}.csv"
    _ = try scratch.write("lat,lon,n\u{1b}]0;owned\u{7}\n43.3,21.9,\n\u{9b}2J,21.9,\n", to: name)
    _ = try scratch.write("a\u{1b}[2J,b\nc,d\n", to: "columns.csv")
    for (command, file) in [("inspect", name), ("import", name), ("validate", name), ("inspect", "columns.csv")] {
      let run = try razmin(command, file, in: scratch.path)
      let words = command == "import" ? run.errors : run.text + run.errors
      #expect(words.contains("\\u{1b}"), "\(command) \(file): \(words)")
      let acts = words.unicodeScalars.filter {
        $0.value < 0x20 && $0 != "\n" || (0x7f..<0xa0).contains($0.value) || $0.value == 0x202e
      }
      #expect(acts.isEmpty, "\(command) \(file): \(words)")
      #expect(!words.contains("\nrazmin: all is well"))
    }
    let survey = try scratch.copy("village-strike")
    try change(survey + "/survey.toml", "name = \"", "name = \"\\u001b[31m")
    let ledger = try razmin("ledger", survey)
    #expect(ledger.text.contains("\\u{1b}[31m") && !ledger.text.contains("\u{1b}"))
  }
}
