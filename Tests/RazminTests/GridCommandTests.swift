import Foundation
import Testing

@Suite struct GridCommandTests {
  /// The sample's boxes were made with pyproj: corners in EPSG:6316, carried over by EPSG:9495.
  @Test func `boxes lie where another program put them`() throws {
    let run = try razmin("boxes", "village-strike", in: samples)
    #expect(run.status == 0 && run.errors.contains("88 boxes, 4 submunition-found"), "\(run.errors)")
    let cells = try json(Data(contentsOf: URL(filePath: samples + "/village-strike/cells.geojson")))
    var drawn: [String: Set<[Int]>] = [:]
    let corners = { (geometry: JSON?) throws -> Set<[Int]> in
      let rings = try #require(geometry?["coordinates"] as? [[[Double]]])
      return Set(rings[0].map { $0.map { Int(($0 * 1e8).rounded()) } })
    }
    for cell in try #require(cells["features"] as? [JSON]) {
      let id = try #require((cell["properties"] as? JSON)?["id"] as? String)
      drawn[id] = try corners(cell["geometry"] as? JSON)
    }
    let boxes = try parsed(run)
    let common = try boxes.filter { drawn[try #require($0.properties["id"] as? String)] != nil }
    #expect(common.count > 60)
    for box in common {
      let others = try #require(drawn[box.properties["id"] as? String ?? ""])
      // To a step of the lattice, a millimetre: two programs do not round the last digit alike.
      for corner in try corners(box.geometry) {
        let isThere = others.contains { abs($0[0] - corner[0]) <= 1 && abs($0[1] - corner[1]) <= 1 }
        #expect(isThere, "\(box.properties)")
      }
    }
    let first = try #require(boxes.first?.properties)
    #expect(first["id"] as? String == "E7430050N4786000" && first["mgrs"] as? String == "34TDN2963485072")
  }

  @Test func `MGRS of a box in UTM is its own corner`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    try change(folder + "/survey.toml", "grid = \"EPSG:6316\"\noperation = \"EPSG:9495\"", "grid = \"EPSG:32634\"")
    for box in try parsed(razmin("boxes", folder)) {
      let (id, mgrs) = (box.properties["id"] as? String ?? "", box.properties["mgrs"] as? String ?? "")
      let parts = id.dropFirst().split(separator: "N")
      #expect(mgrs.hasSuffix(String(parts[0].suffix(5) + parts[1].suffix(5))), "\(id) \(mgrs)")
    }
  }

  @Test func `without a legend there is no status and no colour, told once`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    try change(folder + "/survey.toml", "legend = \"legend.csv\"\n", "")
    let run = try razmin("boxes", folder)
    #expect(run.status == 0 && run.lines.count { $0.contains("[grid.no-legend]") } == 1)
    for box in try parsed(run) { #expect(box.properties["status"] is NSNull && box.properties["fill"] == nil) }
    // One that is damaged is as good as none, and the input was not all used.
    try change(folder + "/survey.toml", "box_m = 50", "box_m = 50\nlegend = \"legend.csv\"")
    try change(folder + "/legend.csv", "#33A02C", "green")
    let damaged = try razmin("boxes", folder)
    #expect(
      damaged.status == 2 && damaged.errors.contains("[grid.legend]") && damaged.errors.contains("[grid.no-legend]"))
  }

  @Test func `a misspelt category of the legend gives no box the status of a later row`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    try change(folder + "/legend.csv", "found,#E31A1C,submunition,", "found,#E31A1C,submunnition,")
    let run = try razmin("boxes", folder)
    #expect(run.status == 2 && run.errors.contains("legend.csv:2"), "\(run.errors)")
    #expect(run.errors.contains("did you mean \"submunition\"?"), "\(run.errors)")
    let boxes = try parsed(run)
    #expect(!boxes.isEmpty && boxes.allSatisfy { $0.properties["status"] is NSNull && $0.properties["fill"] == nil })
  }

  @Test(
    arguments: [
      ("boxes three-years", 64, "[grid.box]"), ("boxes three-years --box 0.001", 65, "[grid.too-many]"),
      ("boxes three-years --box 25 --hazard NONE", 66, "[hazard.unknown]"),
      ("boxes three-years --box 0", 65, "[grid.box]"),
      ("boxes nowhere", 66, "[file.not-found]"), ("cmrs three-years", 0, "no find is evidence"),
      ("cmrs village-strike", 1, "its edge is not reached"), ("strikes village-strike", 0, "2 of 2 strikes"),
      ("cmrs broken/find-no-fadeout", 1, "[find.no-fadeout]"), ("strikes three-years", 0, "0 of 0 strikes"),
      ("lanes nis-apron --hazard NIS-CHA-1 --heading 75 --width 5", 0, "9 lanes"),
      ("lanes nis-apron --hazard NONE --heading 75 --width 5", 66, "[hazard.unknown]"),
      ("lanes nis-apron --hazard NIS-CHA-1 --heading 75 --width 0", 64, "--width"),
      ("lanes nis-apron --hazard NIS-CHA-1 --heading 75 --width 0.001", 65, "[grid.too-many]"),
      ("boxes village-strike -o nowhere/out.geojson", 74, "cannot be written"),
    ] as [(String, Int32, String)])
  func `each command ends as it says`(line: String, status: Int32, says: String) throws {
    let run = try shell("\"$RAZMIN\" " + line, in: samples)
    #expect(run.status == status && run.errors.contains(says), "\(run.status) \(run.errors)")
    for word in ["safe", "free of"] { #expect(!(run.text + run.errors).lowercased().contains(word)) }
    if status > 2 { #expect(run.text.isEmpty) }
  }

  @Test func `a remnants survey has its layers, and a lineage that can be followed`() throws {
    let run = try razmin("cmrs", "village-strike", in: samples)
    let found = try parsed(run)
    let of = { (layer: String) in found.filter { $0.properties["layer"] as? String == layer } }
    #expect(of("cmrs-evidence").count == 5)
    let boxes = of("cmrs-box")
    #expect(Set(boxes.compactMap { $0.properties["status"] as? String }) == ["found", "next"])
    let orders = boxes.compactMap { $0.properties["order"] as? Int }.sorted()
    #expect(orders == Array(1...max(1, orders.count)) && orders.count == 11)
    let area = try #require(of("cha-proposed").first?.properties)
    let lineage = try #require(area["lineage"] as? [String: [String]])
    #expect(lineage["finds"] == ["S-001", "S-002", "S-003", "S-004", "S-005"] && lineage["strikes"] == ["U-001"])
    #expect(Set(lineage["boxes"] ?? []) == Set(boxes.compactMap { $0.properties["id"] as? String }))
    #expect(area["edge_reached"] as? Bool == false)
    // Nothing known of a figure: said, and not assumed.
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    try change(folder + "/survey.toml", "searched_percent = 95\n", "")
    let unsaid = try razmin("cmrs", folder)
    #expect(unsaid.status == 1 && unsaid.errors.contains("[grid.no-percent]") && unsaid.text.isEmpty)
    // A find that cannot be read might ask for more.
    try change(folder + "/survey.toml", "box_m = 50", "box_m = 50\nsearched_percent = 0.001")
    try change(folder + "/finds.geojson", "\"found\": \"2024-07-08\"", "\"found\": \"July\"")
    let unread = try razmin("cmrs", folder)
    #expect(unread.status == 1 && unread.errors.contains("finds.geojson:6 could not be read"))
    #expect(try parsed(unread).contains { $0.properties["status"] as? String == "searched" })
    // Nowhere is the edge called reached then, and the account says why; a strike that is lost stands there, too.
    try change(folder + "/strikes.geojson", "\"2023-04-12\", \"heading", "\"April\", \"heading")
    let lost = try razmin("cmrs", folder)
    #expect(!lost.errors.contains("; its edge is reached"))
    let areas = try parsed(lost).filter { $0.properties["layer"] as? String == "cha-proposed" }
    #expect(!areas.isEmpty && areas.allSatisfy { $0.properties["edge_reached"] as? Bool == false })
    let account = try #require(try json(Data(lost.text.utf8))["razmin"] as? JSON)
    #expect(account["edge_reached"] as? Bool == false)
    #expect((account["unread_finds"] as? [String])?.map { $0.hasPrefix("finds.geojson:") } == [true])
    #expect((account["unread_strikes"] as? [String])?.map { $0.hasPrefix("strikes.geojson:") } == [true])
    // Nor is the status of a box.
    let shown = try razmin("boxes", folder)
    #expect(try shown.status == 2 && parsed(shown).allSatisfy { $0.properties["status"] is NSNull })
  }

  @Test func `a strike without a footprint ends with 2, and one of unknown accuracy has a margin`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    let area = { (run: Run) in try parsed(run).compactMap { $0.properties["area_m2"] as? Double }.first ?? 0 }
    try change(folder + "/strikes.geojson", "\"sigma_m\"", "\"note\"")
    let unsure = try razmin("strikes", folder)
    // The ellipse of 180 by 90 m alone.
    #expect(try unsure.status == 0 && unsure.errors.contains("[strike.no-sigma]") && area(unsure) > .pi * 96 * 51)
    try change(folder + "/weapons.csv", "sample bomb", "Sample-BOMB")
    #expect(try razmin("strikes", folder).status == 0)
    try change(folder + "/weapons.csv", "Sample-BOMB", "another bomb")
    let without = try razmin("strikes", folder)
    #expect(without.status == 2 && without.errors.contains("0 of 2 strikes"))
  }

  @Test func `lanes across 180 degrees are refused`() throws {
    let scratch = try Scratch()
    let folder = try scratch.copy("village-strike")
    try Data(
      """
      {"type": "FeatureCollection", "features": [{"type": "Feature",
       "properties": {"id": "SEAM", "class": "CHA", "recorded": "2024-01-01"},
       "geometry": {"type": "MultiPolygon", "coordinates": [
         [[[179.999, -17], [180, -17], [180, -16.999], [179.999, -16.999], [179.999, -17]]],
         [[[-180, -17], [-179.999, -17], [-179.999, -16.999], [-180, -16.999], [-180, -17]]]]}}]}
      """.utf8
    ).write(to: URL(filePath: folder + "/hazards.geojson"))
    let toml = "[survey]\nid = \"S\"\nname = \"s\"\n[[hazards]]\nfile = \"hazards.geojson\"\n"
    try Data(toml.utf8).write(to: URL(filePath: folder + "/survey.toml"))
    let run = try razmin("lanes", folder, "--hazard", "SEAM", "--heading", "0", "--width", "5")
    #expect(run.status == 65 && run.errors.contains("passes 180 degrees") && run.text.isEmpty, "\(run.errors)")
  }

  @Test(arguments: [
    "boxes village-strike", "cmrs village-strike", "strikes village-strike", "boxes nis-apron --box 10",
  ])
  func `threads and repetition change nothing`(line: String) throws {
    let runs = try ["1", "4"].map { try shell("\"$RAZMIN\" " + line + " --jobs " + $0, in: samples).text }
    #expect(runs[0] == runs[1] && runs[0].count > 500)
  }

  @Test func `a strike outside every hazard is a finding, and its footprint a suspicion`() throws {
    let run = try razmin("validate", "village-strike", in: samples)
    #expect(run.status == 0 && run.text.contains("[strike.outside-hazard]") && run.text.contains("[strike.no-heading]"))
    let footprints = try parsed(razmin("strikes", "village-strike", in: samples)).map(\.properties)
    #expect(footprints.map { $0["shape"] as? String } == ["ellipse", "circle"])
    #expect(footprints.allSatisfy { $0["class"] as? String == "SHA" && $0["weapon_source"] is String })
  }
}
