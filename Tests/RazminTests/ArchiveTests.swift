import Foundation
import Testing

/// Archives of logs, made with Python's zipfile and with tar.
@Suite struct ArchiveTests {
  private let logs = samples + "/nis-apron/logs"

  /// A scratch folder with the logs of a sample survey packed by lines of Python; `z` writes `a.zip`.
  private func packed(_ lines: String) throws -> Scratch {
    let scratch = try Scratch()
    let script = try scratch.write(
      """
      import zipfile, tarfile, gzip, sys, io, os
      logs = sys.argv[1]
      gpx = open(logs + "/2026-05-05.gpx", "rb").read()
      nmea = open(logs + "/2026-05-06-morning.nmea", "rb").read()
      z = zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED)
      \(lines)
      z.close()
      """, to: "pack.py")
    let run = try shell("python3 '\(script)' '\(logs)'", in: scratch.path)
    try #require(run.status == 0, "\(run.errors)")
    return scratch
  }

  private func inspected(_ run: Run) throws -> [JSON] {
    try run.output.split(separator: 0x0a).map { try json(Data($0)) }
  }

  @Test(arguments: [
    "z.writestr('day/a.gpx', gpx); z.writestr('b.nmea', nmea)",
    "z.close(); t = tarfile.open('a.zip', 'w:gz'); [(i := tarfile.TarInfo(n), setattr(i, 'size', len(b)), t.addfile(i, io.BytesIO(b))) for n, b in (('day/a.gpx', gpx), ('b.nmea', nmea))]; t.close(); z = t",
    "z.close(); t = tarfile.open('a.zip', 'w'); [(i := tarfile.TarInfo(n), setattr(i, 'size', len(b)), t.addfile(i, io.BytesIO(b))) for n, b in (('day/a.gpx', gpx), ('b.nmea', nmea))]; t.close(); z = t",
  ])
  func `each member is a log of its own`(lines: String) throws {
    let scratch = try packed(lines)
    let run = try razmin("inspect", "--json", "a.zip", in: scratch.path)
    #expect(run.status == 0, "\(run.errors)")
    let found = try inspected(run)
    #expect(found.map { $0["path"] as? String } == ["a.zip/day/a.gpx", "a.zip/b.nmea"])
    let plain = try inspected(
      try razmin("inspect", "--json", logs + "/2026-05-05.gpx", logs + "/2026-05-06-morning.nmea"))
    for key in ["sha256", "format", "bytes"] {
      #expect(found.map { "\($0[key] ?? 0)" } == plain.map { "\($0[key] ?? 0)" })
    }
    let sum = try shell("sha256sum a.zip", in: scratch.path).text.prefix(64)
    #expect(found.allSatisfy { $0["archive_sha256"] as? String == String(sum) })
    #expect(found.map { $0["fixes"] as? Int } == plain.map { $0["fixes"] as? Int })
  }

  @Test func `what is no log, leaves the folder, links or is an archive itself is told, and the rest is used`() throws {
    let scratch = try packed(
      """
      z.writestr('../../evil.gpx', gpx)
      z.writestr('photo.jpg', b'\\xff\\xd8\\xff')
      z.writestr('__MACOSX/._a.gpx', b'x')
      inner = io.BytesIO(); y = zipfile.ZipFile(inner, 'w'); y.writestr('x.gpx', gpx); y.close()
      z.writestr('inner.zip', inner.getvalue())
      link = zipfile.ZipInfo('link.gpx'); link.create_system = 3; link.external_attr = 0o120777 << 16
      z.writestr(link, '/etc/passwd')
      z.writestr('b.nmea.gz', gzip.compress(nmea))
      """)
    let run = try razmin("inspect", "--json", "a.zip", in: scratch.path)
    #expect(run.status == 2)
    #expect(try inspected(run).map { $0["path"] as? String } == ["a.zip/../../evil.gpx", "a.zip/b.nmea.gz"])
    #expect(run.text.contains("archive.path"))
    for code in ["log.unknown-format", "archive.nested", "archive.link"] { #expect(run.errors.contains("[\(code)]")) }
    #expect(!run.errors.contains("MACOSX"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["a.zip", "pack.py"])
  }

  /// Deflated and stored, cut at many places: as many sentences as stand there whole, and never a part of one.
  @Test(arguments: ["DEFLATED", "STORED"])
  func `of a log in which a zip ends what came before is used, by whole lines`(method: String) throws {
    let scratch = try packed(
      """
      z.writestr('a.gpx', gpx)
      z.writestr('b.nmea', nmea, zipfile.ZIP_\(method)); z.close()
      whole = open('a.zip', 'rb').read()
      second = whole.index(b'PK\\x03\\x04', 4)
      last = whole.index(b'PK\\x01\\x02')
      for i in range(8):
          open(f'cut-{i}.zip', 'wb').write(whole[:second + 200 + (last - second - 200) * i // 8])
      open('b.nmea', 'wb').write(nmea if isinstance(nmea, bytes) else nmea.encode())
      """)
    let sound = try inspected(try razmin("inspect", "--json", "b.nmea", in: scratch.path))
    let all = try #require(sound.first?["fixes"] as? Int)
    var before = -1
    for cut in 0..<8 {
      let run = try razmin("inspect", "--json", "cut-\(cut).zip", in: scratch.path)
      #expect(run.status == 2)
      let logs = try inspected(run)
      let log = try #require(logs.last)
      guard logs.count == 2 else { continue }
      #expect(log["path"] as? String == "cut-\(cut).zip/b.nmea")
      let codes = (log["problems"] as? [JSON] ?? []).compactMap { $0["code"] as? String }
      // The last second may lack its GGA; a part of a sentence would have no checksum, or a wrong one.
      #expect(Set(codes).isSubset(of: ["archive.damaged", "nmea.position-unused"]), "\(codes)")
      #expect(codes.first == "archive.damaged")
      let fixes = try #require(log["fixes"] as? Int)
      #expect(fixes > before && fixes < all, "\(cut)")
      before = fixes
    }
    #expect(before > all / 2)
  }

  /// Of bytes that were changed nobody knows which are wrong.
  @Test func `a zip damaged or encrypted gives what is whole`() throws {
    let scratch = try packed(
      """
      z.writestr('a.gpx', gpx); z.writestr('b.nmea', nmea); z.close()
      whole = open('a.zip', 'rb').read()
      second = whole.index(b'PK\\x03\\x04', 4)
      hurt = bytearray(whole); hurt[second + 3000] ^= 0xff; open('hurt.zip', 'wb').write(hurt)
      locked = bytearray(whole)
      locked[second + 6] |= 1
      directory = whole.index(b'PK\\x01\\x02'); locked[whole.index(b'PK\\x01\\x02', directory + 4) + 8] |= 1
      open('locked.zip', 'wb').write(locked)
      """)
    for (name, code) in [
      ("hurt.zip", "archive.damaged"), ("locked.zip", "archive.encrypted"),
    ] {
      let run = try razmin("inspect", "--json", name, in: scratch.path)
      #expect(run.status == 2, "\(name)")
      #expect(try inspected(run).map { $0["path"] as? String } == ["\(name)/a.gpx"], "\(name)")
      #expect(run.errors.contains("\(name)/b.nmea") && run.errors.contains("[\(code)]"), "\(run.errors)")
    }
  }

  @Test func `a bomb is refused in bounded memory`() throws {
    let scratch = try packed("f = z.open('bomb.gpx', 'w')\nfor i in range(300): f.write(bytes(1 << 20))\nf.close()")
    let run = try shell("ulimit -v 2000000; \"$RAZMIN\" inspect a.zip", in: scratch.path)
    #expect(run.status == 65)
    #expect(run.errors.contains("[archive.too-large]"), "\(run.errors)")
  }

  @Test func `a KMZ is its main KML`() throws {
    let kml = "<kml><Placemark><name>NAME</name><Point><coordinates>21.5,43.5</coordinates></Point></Placemark></kml>"
    let scratch = try packed(
      """
      kml = "\(kml)"
      z.writestr('a.kml', kml.replace('NAME', 'a')); z.writestr('files/icon.png', b'PNG')
      z.writestr('doc.kml', kml.replace('NAME', 'doc')); z.close()
      y = zipfile.ZipFile('b.kmz', 'w'); y.writestr('sub/x.kml', kml); y.writestr('root.kml', kml); y.close()
      x = zipfile.ZipFile('several.zip', 'w'); x.writestr('1.kml', kml); x.writestr('2.kml', kml + ' '); x.close()
      """)
    for (name, members) in [("a.zip", ["doc.kml"]), ("b.kmz", ["root.kml"]), ("several.zip", ["1.kml", "2.kml"])] {
      let run = try razmin("inspect", "--json", name, in: scratch.path)
      #expect(try inspected(run).map { $0["path"] as? String } == members.map { "\(name)/\($0)" })
      #expect(run.errors.contains("archive.other-kml") == (members.count == 1))
    }
  }

  @Test func `an archive without a log, and a workbook, are refused`() throws {
    let scratch = try packed("y = zipfile.ZipFile('b.zip', 'w'); y.writestr('[Content_Types].xml', '<x/>'); y.close()")
    #expect(try razmin("import", "a.zip", in: scratch.path).errors.contains("[archive.empty]"))
    let workbook = try razmin("import", "b.zip", in: scratch.path)
    #expect(workbook.status == 65 && workbook.errors.contains("[log.unknown-format]"))
  }

  // MARK: The same log twice

  @Test(arguments: ["again.gpx", "again.gpx.gz", "a.zip"])
  func `a copy of a log is counted once, however it is packed`(copy: String) throws {
    let scratch = try packed(
      "z.writestr('deep/x.gpx', gpx)\nopen('again.gpx', 'wb').write(gpx)\nopen('again.gpx.gz', 'wb').write(gzip.compress(gpx))"
    )
    let first = logs + "/2026-05-05.gpx"
    for command in [["import"], ["import", "--points"], ["cleared", "--swath", "1"]] {
      let arguments = command.map { "'\($0)'" }.joined(separator: " ")
      let once = try shell("\"$RAZMIN\" \(arguments) '\(first)'", in: scratch.path)
      let twice = try shell("\"$RAZMIN\" \(arguments) '\(first)' '\(copy)'", in: scratch.path)
      #expect(twice.status == 0)
      #expect(try features(once) == features(twice))
      #expect(twice.errors.contains("[log.duplicate]"))
    }
  }

  @Test func `a survey counts a copy in an archive once, also in another activity of the same days`() throws {
    let scratch = try packed("z.writestr('x.gpx', gpx); z.writestr('y.nmea', nmea)")
    let plain = try razmin("remaining", samples + "/nis-apron")
    // The archive stands for one log of A-002, and brings a copy of A-001's.
    let survey = try scratch.copy("nis-apron")
    try FileManager.default.copyItem(atPath: scratch.path + "/a.zip", toPath: survey + "/logs/a.zip")
    try change(survey + "/survey.toml", "\"logs/2026-05-06-morning.nmea\"", "\"logs/a.zip\"")
    try change(survey + "/survey.toml", "logs = [\"logs/a.zip\"", "logs = [\"logs/2026-05-05.gpx\", \"logs/a.zip\"")
    let packed = try razmin("remaining", survey)
    // The days of the two differ, so the GPX is read again, and its dates keep it from claiming anything.
    #expect(try features(plain) == features(packed))
    #expect(packed.errors.contains("[log.duplicate]"))
    try change(survey + "/survey.toml", "start = 2026-05-06", "start = 2026-05-05")
    let overlapping = try razmin("remaining", survey)
    #expect(overlapping.errors.contains("logs/a.zip/x.gpx: warning: holds the same bytes as logs/2026-05-05.gpx"))
    #expect(try features(plain).count == features(overlapping).count)
  }

  @Test func `hazards and finds are read from KML and KMZ too`() throws {
    let scratch = try Scratch()
    let survey = try scratch.copy("nis-apron")
    let script = try scratch.write(
      """
      import json, sys, zipfile
      folder = sys.argv[1]
      def ring(r): return "<LinearRing><coordinates>" + " ".join(f"{x!r},{y!r},0" for x, y, *_ in r) + "</coordinates></LinearRing>"
      def polygon(p):
          inner = "".join(f"<innerBoundaryIs>{ring(r)}</innerBoundaryIs>" for r in p[1:])
          return f"<Polygon><outerBoundaryIs>{ring(p[0])}</outerBoundaryIs>{inner}</Polygon>"
      def geometry(g):
          c = g["coordinates"]
          if g["type"] == "Point": return f"<Point><coordinates>{c[0]!r},{c[1]!r}</coordinates></Point>"
          if g["type"] == "Polygon": return polygon(c)
          return "<MultiGeometry>" + "".join(map(polygon, c)) + "</MultiGeometry>"
      for name in ("hazards", "finds"):
          features = json.load(open(f"{folder}/{name}.geojson"))["features"]
          text = "<kml xmlns='http://www.opengis.net/kml/2.2'><Document>"
          for f in features:
              data = "".join(f"<Data name='{k}'><value>{v}</value></Data>" for k, v in f["properties"].items() if v is not None)
              if "id" in f and "id" not in f["properties"]: data += f"<Data name='id'><value>{f['id']}</value></Data>"
              text += f"<Placemark><ExtendedData>{data}</ExtendedData>{geometry(f['geometry'])}</Placemark>"
          text += "</Document></kml>"
          if name == "hazards": open(f"{folder}/hazards.kml", "w").write(text)
          else:
              z = zipfile.ZipFile(f"{folder}/finds.kmz", "w"); z.writestr("doc.kml", text); z.close()
      """, to: "convert.py")
    let made = try shell("python3 '\(script)' '\(survey)'")
    try #require(made.status == 0, "\(made.errors)")
    try change(survey + "/survey.toml", "hazards.geojson", "hazards.kml")
    try change(survey + "/survey.toml", "finds.geojson", "finds.kmz")
    let (plain, other) = (try razmin("remaining", samples + "/nis-apron"), try razmin("remaining", survey))
    #expect(other.status == plain.status, "\(other.errors)")
    #expect(try features(plain) == features(other))
  }
}
