import Foundation
import Testing

/// A walk round a square of 40 m with a deep notch, so that a corner that is missing lets ground in.
struct Walk: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// What of it is written, and how.
  var log: @Sendable () -> String
  var cutsGzip = false
  /// Square metres to the whole one; `nil` where it is refused.
  var released: Double?
}

private typealias Corner = (east: Double, north: Double)
private let corners: [Corner] = [(-20, -20), (20, -20), (20, 20), (0, -15), (-20, 20), (-20, -20)]

private func degrees(_ at: Corner) -> (latitude: String, longitude: String) {
  let (latitude, longitude) = (43.3 + at.north / 111_110, 21.9 + at.east / (111_320 * cos(43.3 * .pi / 180)))
  return (String(latitude.description.prefix(11)), String(longitude.description.prefix(11)))
}

/// A fix every two seconds, twenty an edge.
private func gpx(without lost: Range<Int> = 0..<0, unreadable: Range<Int> = 0..<0, isTimed: Bool = true) -> String {
  var points: [Corner] = []
  for (a, b) in zip(corners, corners.dropFirst()) {
    for step in 0..<20 {
      let t = Double(step) / 20
      points.append((a.east + (b.east - a.east) * t, a.north + (b.north - a.north) * t))
    }
  }
  points.append(corners[0])
  var text = "<gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>\n"
  for (index, point) in points.enumerated() where !lost.contains(index) {
    let (latitude, longitude) = degrees(point)
    let seconds = index % 30 * 2
    let time = "<time>2026-01-01T00:0\(index / 30):\(seconds < 10 ? "0" : "")\(seconds)Z</time>"
    text += "<trkpt lat=\"\(unreadable.contains(index) ? "x" : latitude)\" lon=\"\(longitude)\">\(isTimed ? time : "")"
    text += "</trkpt>\n"
  }
  return text + "</trkseg></trk></gpx>\n"
}

private func form(unreadable: Int? = nil) -> String {
  let answers = corners.enumerated().map { index, corner in
    "\(index == unreadable ? "4x.3" : degrees(corner).latitude) \(degrees(corner).longitude) 0 0.1"
  }
  return "SubmissionDate,shape,KEY\n2026-01-01T00:00:00Z,\(answers.joined(separator: "; ")),uuid:1\n"
}

private let walks = [
  Walk(testDescription: "walked", log: { gpx() }, released: 901),
  Walk(testDescription: "one fix lost", log: { gpx(without: 42..<43) }, released: 901),
  Walk(testDescription: "an outage across the notch", log: { gpx(without: 42..<79) }),
  Walk(testDescription: "unreadable fixes in the notch", log: { gpx(unreadable: 42..<79) }),
  Walk(testDescription: "no times, one fix unreadable", log: { gpx(unreadable: 60..<61, isTimed: false) }),
  Walk(testDescription: "corners without times", log: { form() }, released: 901),
  Walk(testDescription: "one corner unreadable", log: { form(unreadable: 3) }),
  Walk(testDescription: "walked, the gzip cut", log: { gpx() }, cutsGzip: true),
  Walk(testDescription: "corners, the gzip cut", log: { form() }, cutsGzip: true),
]

@Test(arguments: walks)
func `a perimeter of which something is missing releases nothing`(walk: Walk) throws {
  let scratch = try Scratch()
  let square = [(-50.0, -50.0), (50, -50), (50, 50), (-50, 50), (-50, -50)].map { degrees(($0.0, $0.1)) }
    .map { "[\($0.longitude),\($0.latitude)]" }.joined(separator: ",")
  let hazard = """
    {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"A","class":"CHA",\
    "recorded":"2020-01-01"},"geometry":{"type":"Polygon","coordinates":[[\(square)]]}}]}
    """
  let survey = """
    [survey]
    id = "X"
    name = "x"
    [[hazards]]
    file = "h.geojson"
    [[activities]]
    id = "P"
    kind = "technical-survey"
    claims = "reduced"
    start = 2026-01-01
    end = 2026-01-01
    geometry = "perimeter"
    logs = ["log"]
    sigma_m = 0.1
    max_closing_m = 5
    """
  for (name, text) in [("survey.toml", survey), ("h.geojson", hazard), ("log", walk.log())] {
    try text.write(toFile: scratch.path + "/" + name, atomically: true, encoding: .utf8)
  }
  if walk.cutsGzip {
    let packed = try shell("gzip -c log | head -c -20 > cut && mv cut log", in: scratch.path)
    #expect(packed.status == 0)
  }
  let run = try razmin("ledger", scratch.path)
  #expect(run.status == (walk.released == nil ? 2 : 0), "\(run.errors)")
  let line = try #require(run.text.split(separator: "\n").first { $0.contains("reduced, inferred") })
  let square2 = try #require(line.split(separator: " ").compactMap { Double($0) }.first)
  #expect(abs(square2 - (walk.released ?? 0)) < 2, "\(line)")
}

@Test func `a negative latitude or longitude is no option`() throws {
  let run = try razmin("convert", "--to", "dd", "--lat", "-39.5", "--lon", "-75.2")
  #expect(run.status == 0, "\(run.errors)")
  #expect(run.text.contains("39.5") && run.text.contains("75.2"))
}

@Test(arguments: [7, 12, 16]) func `the row in which a gzip is cut is no position`(bytes: Int) throws {
  let scratch = try Scratch()
  let rows = "SubmissionDate,place-Latitude,place-Accuracy,KEY,place-Longitude\n"
  let text = rows + "2026-01-01,43.30000001,3,uuid:1,21.90000001\n2026-01-01,43.30000002,3,uuid:2,21.90000002\n"
  try text.write(toFile: scratch.path + "/form.csv", atomically: true, encoding: .utf8)
  // Stored, so that the cut falls on a digit: the last eight bytes are the checksum and the length.
  let pack = """
    python3 -c "import gzip; c = gzip.compress(open('form.csv', 'rb').read(), 0); \
    open('form.gz', 'wb').write(c[:-\(bytes + 3)])"
    """
  #expect(try shell(pack, in: scratch.path).status == 0)
  let run = try razmin("import", "--points", scratch.path + "/form.gz")
  #expect(run.status == 2, "\(run.errors)")
  #expect(run.text.contains("43.30000001"))
  #expect(bytes + 3 > 9 ? !run.text.contains("43.30000002") : true, "\(run.text)")
}
