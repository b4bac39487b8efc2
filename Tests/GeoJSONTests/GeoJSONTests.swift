import Geometry
import Survey
import Testing

@testable import Formats

private func feature(_ geometry: String, _ more: String = "") -> String {
  "{\"type\":\"Feature\",\"properties\":{}\(more),\"geometry\":\(geometry)}"
}
private func geometry(_ type: String, _ coordinates: String) -> String {
  "{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}"
}
private let point = feature(geometry("Point", "[21.9,43.32]"))

@Suite struct GeoJSONTests {
  private let square = "[[0,0],[4,0],[4,4],[0,4],[0,0]]"

  @Test func `all geometries of the standard`() throws {
    let ring = try Ring([Geographic(0, 0), Geographic(4, 0), Geographic(4, 4), Geographic(0, 4)])
    let (a, b) = (Geographic(1, 2), Geographic(3, 4))
    let cases: [(String, GeoGeometry?)] = [
      (geometry("Point", "[1,2]"), .point(a)),
      (geometry("Point", "[1,2,300,4]"), .point(a)),
      (geometry("MultiPoint", "[[1,2],[3,4]]"), .multiPoint([a, b])),
      (geometry("LineString", "[[1,2],[3,4,5]]"), .line([a, b])),
      (geometry("MultiLineString", "[[[1,2],[3,4]],[[3,4],[1,2]]]"), .multiLine([[a, b], [b, a]])),
      (geometry("Polygon", "[\(square)]"), .polygon(Polygon(ring))),
      (geometry("Polygon", "[\(square),\(square)]"), .polygon(Polygon(ring, holes: [ring]))),
      (
        geometry("MultiPolygon", "[[\(square)],[\(square),\(square)]]"),
        .multiPolygon([Polygon(ring), Polygon(ring, holes: [ring])])
      ),
      (
        "{\"type\":\"GeometryCollection\",\"geometries\":[\(geometry("Point", "[1,2]")),"
          + "{\"type\":\"GeometryCollection\",\"geometries\":[]}]}",
        .collection([.point(a), .collection([])])
      ),
      ("null", nil), (geometry("Polygon", "[]"), nil),
      ("{\"coordinates\":[1,2],\"bbox\":[],\"type\":\"Point\"}", .point(a)),
    ]
    for (text, expected) in cases {
      for blockSize in [1, 1 << 20] {
        let reading = try Reading(feature(text), blockSize: blockSize)
        #expect(reading.problems.isEmpty && reading.features.map(\.geometry) == [expected], "\(text)")
      }
      if text != "null" { #expect(try Reading(text).features.map(\.geometry) == [expected], "\(text)") }
    }
  }

  @Test func `members come in any order and keep their lines`() throws {
    let reading = try Reading(
      """
      {"features": [
        {"geometry": {"coordinates": [1, 2], "type": "Point"},
         "id": 7, "properties": {"class": "CHA", "n": 2, "x": 1.5, "l": [null, true], "o": {"b": 1}},
         "type": "Feature"},
        {"type": "Feature", "id": "b", "geometry": null, "properties": null}
       ],
       "name": "hazards", "type": "FeatureCollection"}
      """)
    #expect(reading.problems.isEmpty)
    var expected = [
      GeoFeature(
        id: "7", geometry: .point(Geographic(1, 2)),
        properties: ["class": "CHA", "n": 2, "x": .number(1.5), "l": [.null, true], "o": ["b": 1]], line: 2),
      GeoFeature(id: "b", geometry: nil, line: 5),
    ]
    for index in expected.indices { expected[index].ordinal = index + 1 }
    #expect(reading.features == expected)
  }

  /// Whatever is wrong with one feature, its neighbours are used and the problem has its line and code.
  @Test(arguments: [
    ("5", "geojson.type"), ("null", "geojson.type"), ("[]", "geojson.type"),
    (geometry("Point", "[1,2]"), "geojson.type"),
    ("{\"type\":\"feature\",\"geometry\":null}", "geojson.type"),
    (feature("\"POINT(1 2)\""), "geojson.geometry"),
    (feature("{\"type\":\"Point\"}"), "geojson.geometry"),
    (feature("{\"coordinates\":[1,2]}"), "geojson.type"),
    (feature(geometry("Circle", "[1,2]")), "geojson.type"),
    (feature(geometry("point", "[1,2]")), "geojson.type"),
    (feature(geometry("Point", "[1]")), "geojson.coordinate"),
    (feature(geometry("Point", "[1,null]")), "geojson.coordinate"),
    (feature(geometry("Point", "[\"1\",\"2\"]")), "geojson.coordinate"),
    (feature(geometry("Point", "[{},2]")), "geojson.coordinate"),
    (feature(geometry("Point", "[181,2]")), "geojson.coordinate"),
    (feature(geometry("Point", "[43.3,-190]")), "geojson.coordinate"),
    (feature(geometry("Point", "[573237.8,4797269.3]")), "geojson.coordinate"),
    (feature(geometry("Point", "\"1,2\"")), "geojson.geometry"),
    (feature(geometry("Point", "[[1,2]]")), "geojson.geometry"),
    (feature(geometry("LineString", "[1,2]")), "geojson.geometry"),
    (feature(geometry("LineString", "[[1,2]]")), "geojson.geometry"),
    (feature(geometry("LineString", "[[1,2],[]]")), "geojson.geometry"),
    (feature(geometry("LineString", "[[1,2],[[3,4]]]")), "geojson.geometry"),
    (feature(geometry("MultiLineString", "[[[1,2],[3,4]],[]]")), "geojson.geometry"),
    (feature(geometry("Polygon", "[[[0,0],[1,1],[0,0]]]")), "ring.too-few"),
    (feature(geometry("Polygon", "[[]]")), "geojson.geometry"),
    (feature(geometry("Polygon", "[[[[0,0],[1,0],[1,1],[0,0]]]]")), "geojson.geometry"),
    (feature(geometry("MultiPolygon", "[[]]")), "geojson.geometry"),
    (feature(geometry("MultiPolygon", "[[[[[0,0]]]]]")), "geojson.geometry"),
    (feature("{\"type\":\"GeometryCollection\"}"), "geojson.geometry"),
    (feature("{\"type\":\"GeometryCollection\",\"geometries\":[null]}"), "geojson.geometry"),
    (feature("{\"type\":\"GeometryCollection\",\"geometries\":[\(geometry("Point", "[1]"))]}"), "geojson.coordinate"),
    (feature("{\"type\":\"Feature\",\"geometry\":null}"), "geojson.type"),
    (
      feature(
        "{\"type\":\"Point\",\"coordinates\":[1,2],\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:32634\"}}}"
      ), "geojson.crs"
    ),
  ])
  func `a bad feature leaves its neighbours alone`(bad: String, code: String) throws {
    let reading = try Reading("{\"type\":\"FeatureCollection\",\"features\":[\(point),\n\(bad),\n\(point)]}")
    #expect(reading.codes == [code] && reading.problems.first?.line == 2, "\(bad): \(reading.problems)")
    #expect(reading.features.map(\.line) == [1, 3])
  }

  /// The geometry is sound, so the feature is used; what is wrong besides is told.
  @Test(arguments: [
    (feature(geometry("Polygon", "[[[0,0],[4,0],[4,4]]]")), "geojson.ring-open"),
    ("{\"type\":\"Feature\",\"geometry\":null,\"properties\":5}", "geojson.properties"),
    (feature("null", ",\"id\":{}"), "geojson.id"),
    (feature("null", ",\"properties\":{\"a\":1,\"a\":2}"), "geojson.duplicate-member"),
    (feature("null", ",\"geometry\":null"), "geojson.duplicate-member"),
    (feature("null", ",\"id\":\"\\ud800\""), "geojson.encoding"),
  ])
  func `a flaw beside a sound geometry is told`(text: String, code: String) throws {
    let reading = try Reading(text)
    #expect(reading.features.count == 1 && reading.codes.last == code, "\(reading.problems)")
  }

  @Test func `swapped axes are suspected where they can be seen`() throws {
    let reading = try Reading(feature(geometry("Point", "[43.3,121.9]")))
    #expect(reading.problems.first?.message.contains("longitude comes first") == true)
  }

  @Test(arguments: [
    "", "  \n", "\"text\"", "[1,2]", "{}", "{\"type\":\"FeatureCollection\"}", "{\"type\":\"Topology\"}",
  ])
  func `what is no GeoJSON is told`(text: String) throws {
    let reading = try Reading(text)
    #expect(reading.features.isEmpty && reading.problems.count == 1)
  }

  @Test func `a truncated file gives what stands before the break`() throws {
    let whole = "{\"type\":\"FeatureCollection\",\"features\":[\(point),\n\(point)]}"
    let bytes = Array(whole.utf8)
    for count in 1..<bytes.count - 1 {
      let reading = try Reading(Array(bytes[..<count]))
      #expect(reading.codes == ["geojson.syntax"], "\(count)")
      #expect(
        reading.features.count == (count <= point.utf8.count + 39 ? 0 : count <= 2 * point.utf8.count + 41 ? 1 : 2))
    }
  }

  @Test(arguments: [
    "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84",
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "epsg:4326",
    "http://www.opengis.net/def/crs/EPSG/0/4326",
  ])
  func `the old crs member may say WGS 84`(name: String) throws {
    let crs = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"\(name)\"}}"
    #expect(try Reading("{\"type\":\"FeatureCollection\",\(crs),\"features\":[\(point)]}").features.count == 1)
  }

  @Test(arguments: [
    "{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:32634\"}}",
    "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::14326\"}}",
    "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4326:EPSG::5773\"}}",
    "{\"type\":\"link\",\"properties\":{\"href\":\"http://example.com/4326\"}}", "null", "{}", "4326",
  ])
  func `any other crs refuses the file, wherever it stands`(crs: String) {
    for text in [
      "{\"crs\":\(crs),\"type\":\"FeatureCollection\",\"features\":[\(point)]}",
      "{\"type\":\"FeatureCollection\",\"features\":[\(point)],\n\"crs\":\(crs)}",
    ] {
      let error = #expect(throws: FileUnreadable.self) { try Reading(text) }
      #expect(error?.code == "geojson.crs" && error?.kind == .refused)
      #expect(error?.message.contains("declare it with `crs`") == true)
    }
  }

  @Test func `a feature a line, with one line broken`() throws {
    for (separator, lines) in [("", [1, 2, 6]), ("\u{1E}", [1, 2, 4, 6])] {
      let records = [point, point, "{\"type\":\"Feature\",", point, "garbage", point]
      for blockSize in [1, 1 << 20] {
        let reading = try Reading(records.map { separator + $0 + "\n" }.joined(), blockSize: blockSize)
        #expect(reading.features.map(\.line) == lines)
        #expect(reading.problems.map(\.line) == [4, 5])
      }
    }
  }

  @Test func `hostile nesting ends in a problem`() throws {
    let collections = String(repeating: "{\"type\":\"GeometryCollection\",\"geometries\":[", count: 100_000)
    #expect(try Reading(collections).codes == ["geojson.syntax"])
    let deep = 30
    let closed =
      String(repeating: "{\"type\":\"GeometryCollection\",\"geometries\":[", count: deep)
      + String(repeating: "]}", count: deep)
    #expect(try Reading(closed).codes == ["geojson.geometry"])
    #expect(try Reading(feature("null", ",\"properties\":" + String(repeating: "[", count: 9999))).codes.count == 1)
  }

  /// Damaged anywhere, a file gives features or problems, and never takes the process down.
  @Test(arguments: 0..<300) func `damage is survived`(seed: Int) throws {
    var random = Seeded(seed)
    var bytes = Array(
      "{\"type\":\"FeatureCollection\",\"features\":[\(point),\(feature(geometry("MultiPolygon", "[[\(square)]]"), ",\"id\":1"))]}"
        .utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes.remove(at: at)
      case 2: bytes.insert(Array("{}[]\",:\\0e-\n".utf8).randomElement(using: &random) ?? 0, at: at)
      default: bytes.removeSubrange(at...)
      }
      if bytes.isEmpty { bytes = [0x7B] }
    }
    do {
      let whole = try Reading(bytes)
      #expect(whole.features.count + whole.problems.count > 0)
      #expect(try Reading(bytes, blockSize: 3) == whole)
    } catch let error as FileUnreadable { #expect(error.code == "geojson.crs") }
  }
}
