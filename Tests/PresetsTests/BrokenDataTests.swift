import Testing

@testable import Presets

/// The data are part of the programme; that they are read with care is what keeps a slip of the pen in them from being
/// believed.
@Suite struct BrokenDataTests {
  static let sound = """
    {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {
    "id": "a", "name": "A", "codes": ["AA", "AAA"], "official": [{"crs": "EPSG:1", "what": "x", "prefix": 7}],
    "legacy": [], "general": [], "operations": [
    {"from": "EPSG:3906", "operation": "EPSG:9495", "to": "EPSG:4326", "accuracy_m": 1, "own": true, "why": "x"}],
    "boundary_m": 100, "sources": ["x"]},
    "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}
    """

  private func read(_ text: String) throws(PresetError) -> [Preset] { try PresetReader.read(Array(text.utf8)) }

  @Test func `the sound one is read`() throws {
    let preset = try #require(try read(Self.sound).first)
    #expect(preset.official == [CRSEntry(crs: "EPSG:1", what: "x", prefix: 7, isDeprecated: false)])
    #expect(preset.operation(from: "EPSG:3906")?.operation == "EPSG:9495")
    #expect(preset.boundary.count == 1 && preset.boundaryTolerance == 100)
  }

  @Test(arguments: [
    ("\"id\": \"a\"", "\"id\": \"\""), ("\"id\": \"a\"", "\"id\": 3"), ("\"name\"", "\"nome\""),
    ("\"codes\": [\"AA\"", "\"codes\": [1"), ("\"codes\": [\"AA\", \"AAA\"]", "\"codes\": \"AA\""),
    ("[\"AA\", \"AAA\"]", "[\"AA\", \"AAA\"], \"undecided\": [{}]"), ("\"official\": [{", "\"official\": [3, {"),
    ("\"EPSG:1\"", "\"EPSG\""), ("\"EPSG:1\"", "\"EPSG:x\""), ("\"EPSG:1\"", "\":1\""),
    ("\"prefix\": 7", "\"prefix\": \"7\""),
    ("\"prefix\": 7", "\"deprecated\": \"yes\""), ("\"legacy\": [],", ""), ("\"operations\": [", "\"operations\": [3,"),
    ("\"accuracy_m\": 1", "\"accuracy_m\": -1"), ("\"accuracy_m\": 1", "\"accuracy_m\": null"), ("\"own\": true,", ""),
    ("\"why\": \"x\"}", "\"why\": \"x\", \"why\": \"y\"}"), ("\"boundary_m\": 100", "\"boundary_m\": 0"),
    ("\"boundary_m\": 100", "\"boundary_m\": 1e9"), ("\"sources\"", "\"source\""), ("\"Polygon\"", "\"LineString\""),
    ("[[0, 0], [1, 0], [1, 1], [0, 0]]", "[[0, 0], [0, 0]]"), ("[1, 1]", "[1, 100]"), ("\"Feature\",", "\"Featur\","),
    ("\"general\": [],", "\"general\": [], \"cautions\": [{\"operation\": \"EPSG:1\", \"why\": \"x\"}],"),
    ("\"general\": [],", "\"general\": [], \"grids\": [{\"operation\": \"EPSG:1\"}],"),
    ("\"general\": [],", "\"general\": [], \"notes\": [3],"),
    ("{\"type\": \"FeatureCollection\", \"features\": [", "[["),
    ("}}]}", "}}, {\"type\": \"Feature\", \"properties\": {}, \"geometry\": null}]}"),
  ]) func `what is wrong is thrown, never passed over`(piece: String, broken: String) throws {
    let text = Self.sound
    let parts = text.split(separator: piece, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "\(piece) does not occur")
    let error = try #require(throws: PresetError.self, "\(broken)") { try read(parts[0] + broken + parts[1]) }
    #expect(error.code == "preset.data" && error.message.hasPrefix("presets.geojson, "), "\(error.message)")
  }

  @Test func `two of one name, two operations from one CRS, and no preset at all`() throws {
    let feature = try #require(Self.sound.split(separator: "\"features\": [", maxSplits: 1).last).dropLast(2)
    for text in [
      "{\"type\": \"FeatureCollection\", \"features\": [\(feature), \(feature)]}",
      Self.sound.replacing(
        "\"why\": \"x\"}",
        with: "\"why\": \"x\"}, {\"from\": \"EPSG:3906\", \"operation\": \"EPSG:1\", "
          + "\"to\": \"EPSG:4326\", \"accuracy_m\": 1, \"own\": true, \"why\": \"x\"}"),
      "{\"type\": \"FeatureCollection\", \"features\": []}", "", "null", "\u{0}\u{1}", "{",
    ] {
      #expect(throws: PresetError.self, "\(text.prefix(200))") { try read(text) }
    }
  }

  @Test func `cut off anywhere, it is refused and ends nothing`() {
    let bytes = Array(Self.sound.utf8)
    for count in 0..<bytes.count {
      #expect(throws: PresetError.self, "\(count)") { try PresetReader.read(Array(bytes[..<count])) }
    }
  }
}
