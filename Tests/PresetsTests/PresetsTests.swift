import Geometry
import Presets
import Testing

@Suite struct PresetsTests {
  static let ids = [
    "serbia", "kosovo", "bosnia-and-herzegovina", "croatia", "montenegro", "north-macedonia", "slovenia", "bulgaria",
    "romania", "hungary", "albania", "azerbaijan", "armenia", "kazakhstan", "kyrgyzstan", "tajikistan",
  ]

  @Test func `sixteen countries, each with sources and the means to say what it is`() throws {
    let all = try Presets.all
    #expect(all.map(\.id) == Self.ids)
    for preset in all {
      #expect(preset.sources.contains { $0.contains("EPSG") } && preset.sources.contains { $0.contains("boundary") })
      #expect(preset.codes.map(\.count) == [2, 3], "\(preset.id)")
      #expect(!preset.legacy.isEmpty && !(preset.official + preset.general).isEmpty, "\(preset.id)")
      #expect(preset.operations.allSatisfy { !$0.why.isEmpty })
      #expect((3_000...20_000).contains(preset.boundaryTolerance), "\(preset.id)")
    }
  }

  @Test(arguments: ids) func `a preset answers to its id, its name and its codes`(id: String) throws {
    let preset = try Presets.named(id)
    #expect(preset.id == id)
    for name in [preset.name, preset.name.uppercased(), id.uppercased()] + preset.codes {
      #expect(try Presets.named(name) == preset, "\(name)")
    }
    #expect(try Presets.named(preset.codes[0].lowercased()) == preset)
  }

  @Test(arguments: [
    ("sebria", "serbia"), ("Kosova", "kosovo"), ("macedonia", "north-macedonia"), ("kazahstan", "kazakhstan"),
    ("Bosnia & Herzegovina", "bosnia-and-herzegovina"), ("tadjikistan", "tajikistan"),
    ("bosnia", "bosnia-and-herzegovina"),
  ]) func `a misspelt name gets the nearest`(name: String, near: String) throws {
    let error = try #require(throws: PresetError.self) { try Presets.named(name) }
    #expect(error.code == "preset.unknown")
    #expect(error.message.hasSuffix("did you mean \(near)?"), "\(error.message)")
  }

  @Test(arguments: ["", "x", "stan", "France", String(repeating: "serbia", count: 20_000)])
  func `what is no preset gets the list`(name: String) throws {
    let error = try #require(throws: PresetError.self) { try Presets.named(name) }
    #expect(error.code == "preset.unknown" && error.message.utf8.count < 500)
    for id in Self.ids { #expect(error.message.contains(id)) }
  }

  @Test func `the pinned operations that the field relies on`() throws {
    func pinned(_ id: String, _ crs: String) throws -> String? {
      try Presets.named(id).operation(from: crs)?.operation
    }
    #expect(try pinned("serbia", "EPSG:3906") == "EPSG:9495")
    #expect(try Presets.named("serbia").grids.map(\.operation) == ["EPSG:9496"])
    #expect(try pinned("bosnia-and-herzegovina", "EPSG:3906") == "EPSG:8823")
    #expect(try pinned("hungary", "EPSG:4237") == "EPSG:1449")
    #expect(try pinned("azerbaijan", "EPSG:4284") == "EPSG:1808")
    // Where nothing fits, nothing is pinned, and the data say among what to choose.
    #expect(try pinned("montenegro", "EPSG:3906") == nil)
    #expect(try Presets.named("montenegro").undecided.map(\.candidates) == [["EPSG:3965", "EPSG:3962"]])
    #expect(try pinned("kosovo", "EPSG:3906") == nil)
    #expect(try pinned("bulgaria", "EPSG:4179") == nil)
    for id in ["armenia", "kazakhstan", "kyrgyzstan", "tajikistan"] {
      let legacy = try Presets.named(id).operations.filter { $0.source == "EPSG:4284" }
      #expect(legacy.map(\.isOwn) == [false], "\(id) has no operation of its own to rely on")
    }
  }

  @Test func `Kosovo's own operation is confined to Kosovo, and pinned nowhere`() throws {
    for operation in ["EPSG:9143", "EPSG:9142"] {
      #expect(try Presets.confinement(of: operation)?.id == "kosovo")
      for preset in try Presets.all {
        #expect(preset.operations.allSatisfy { $0.operation != operation })
        #expect(preset.undecided.allSatisfy { !$0.candidates.contains(operation) })
      }
    }
    #expect(try Presets.confinement(of: "EPSG:9495") == nil)
    // Russia's are cautioned against in four countries, and confined to none.
    #expect(try Presets.confinement(of: "EPSG:5044") == nil)
    #expect(try Presets.named("kazakhstan").caution(about: "EPSG:5044") != nil)
  }

  @Test func `PROJ's database knows every code, and agrees with what is said of it`() throws {
    let (lines, status) = try python("presets_check.py", "data")
    #expect(lines.last?.hasSuffix(" 0 wrong") == true, "\(lines.joined(separator: "\n"))")
    #expect(lines.last?.hasPrefix("16 presets, 135 codes, ") == true)
    #expect(status == 0)
  }

  @Test func `why Kosovo's own operation is not pinned: it contradicts all others in Kosovo itself`() throws {
    let (lines, status) = try python("presets_check.py", "kosovo")
    try #require(status == 0 && lines.count == 15)
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      let stands = try #require(Double(words[1]))
      let turned = try #require(Double(words[2]))
      #expect((1_600...1_625).contains(stands), "\(line)")
      // With rotations in centesimal seconds and the coordinate frame convention, as its neighbours have them.
      #expect(turned < (words[0] == "EPSG:3962" ? 10 : 2), "\(line)")
    }
  }
}
