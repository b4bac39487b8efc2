import Geometry
import Projection
import Testing

/// At Nis, 43.3247 N 21.9033 E, in zone 7 by EPSG:9495 (field-facts of PROJ 9.1.1).
private let nis = Projected(7573696.217, 4798205.043)

private func choose(
  _ source: String = "EPSG:6316", _ target: String = "EPSG:4326", at samples: [Projected] = [nis],
  named: [String] = [], preset: (String, [String])? = nil, missing: Bool = false
) throws -> OperationChoice {
  var wishes = OperationWishes(named: named)
  wishes.preset = preset.map { (name: $0.0, codes: $0.1) }
  wishes.allowsMissingGrid = missing
  return try OperationChoice.choose(from: ReferenceSystem(source), to: ReferenceSystem(target), at: samples, wishes)
}

/// One point by an operation; a transformer cannot be copied into an expectation.
private func carry(
  _ x: Double, _ y: Double, by operation: CoordinateOperation, epoch: Double? = nil
) throws -> (Double, Double) {
  let transformer = try Transformer.open(operation)
  let result = transformer.transform(x, y, epoch: epoch)
  return try #require(result)
}

private func position(_ choice: OperationChoice, _ place: Projected = nis) throws -> Geographic {
  let (x, y) = try carry(place.easting, place.northing, by: choice.operation)
  return Geographic(x, y)
}

@Suite struct OperationChoiceTests {
  @Test func `without a word, the operations at Nis are too far apart to choose between`() throws {
    let error = try #require(throws: ProjectionError.self) { _ = try choose() }
    #expect(error.code == "crs.choice")
    #expect(error.reason.contains("EPSG:3962 (5 m) 9.3 m away"), "\(error.reason)")
  }

  @Test func `what is named is taken, and the others are measured against it`() throws {
    let choice = try choose(named: ["EPSG:9495"])
    #expect(choice.reason == .named)
    #expect(choice.operation.contains("9495"))
    #expect(choice.operation.accuracy == 0.46)
    #expect(choice.operation.equated?.frame == "SRB_ETRS89")
    #expect(choice.operation.equated?.doubt == 1)
    let place = try position(choice)
    // There and back differ by a centimetre: the height that a datum shift gives is dropped in two dimensions.
    #expect(place.distance(to: Geographic(21.9033, 43.3247)) < 0.02)
    let old = try #require(choice.others.first { $0.operation.contains("EPSG:3962") })
    #expect(abs(old.distance - 9.3) < 0.1)
    // Near Presevo the box in which PROJ offers Kosovo's own operation is entered.
    let presevo = try choose(at: [Projected(7_554_000, 4_684_000)], named: ["EPSG:9495"])
    let kosovo = try #require(presevo.others.first { $0.operation.contains("EPSG:9143") })
    #expect(abs(kosovo.distance - 1603) < 20)
  }

  @Test func `a preset's first operation that can be run is taken`() throws {
    // EPSG:9496 needs a grid that PROJ does not ship.
    let choice = try choose(preset: ("serbia", ["EPSG:9496", "EPSG:9495"]))
    #expect(choice.reason == .preset("serbia"))
    #expect(choice.operation.contains("EPSG:9495"))
  }

  @Test func `a named operation whose grid is missing is refused`() throws {
    let error = try #require(throws: ProjectionError.self) { _ = try choose(named: ["EPSG:9496"]) }
    #expect(error.code == "crs.missing-grid")
  }

  @Test func `the name goes before the preset`() throws {
    let choice = try choose(named: ["EPSG:3962"], preset: ("serbia", ["EPSG:9495"]))
    #expect(choice.operation.contains("EPSG:3962"))
  }

  @Test func `Kosovo's own operation comes by name only`() throws {
    let pristina = Projected(7_513_000, 4_724_000)
    let error = try #require(throws: ProjectionError.self) { _ = try choose(at: [pristina]) }
    #expect(error.code == "crs.choice")
    #expect(try choose(at: [pristina], named: ["EPSG:9143"]).operation.contains("EPSG:9143"))
  }

  @Test func `one datum needs no choice`() throws {
    let choice = try choose("EPSG:32634", at: [Projected(573_237.798, 4_797_269.339)], named: ["EPSG:9495"])
    #expect(choice.reason == .sameDatum)
    #expect(choice.operation.code == "none")
    #expect(
      try position(choice, Projected(573_237.798, 4_797_269.339)).distance(to: Geographic(21.9033, 43.3247)) < 0.001)
    // Zone 7 to zone 6: a map projection each way.
    #expect(try choose("EPSG:6316", "EPSG:8678").reason == .sameDatum)
  }

  @Test func `a ballpark guess is refused`() throws {
    // Zone 7 with its datum unknown to PROJ: no operation to WGS 84 exists but a guess.
    let wkt = """
      PROJCRS["own",BASEGEOGCRS["own",DATUM["own datum",ELLIPSOID["Bessel 1841",6377397.155,299.1528128]]],\
      CONVERSION["c",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0],\
      PARAMETER["Longitude of natural origin",21],PARAMETER["Scale factor at natural origin",0.9999],\
      PARAMETER["False easting",7500000],PARAMETER["False northing",0]],CS[Cartesian,2],AXIS["e",east],AXIS["n",north],\
      LENGTHUNIT["metre",1]]
      """
    let error = try #require(throws: ProjectionError.self) { _ = try choose(wkt) }
    #expect(error.code == "crs.ballpark")
  }

  @Test func `from WGS 84 to a grid, by a code that ends at SRB_ETRS89`() throws {
    let choice = try choose("EPSG:4326", "EPSG:6316", at: [Projected(21.9033, 43.3247)], named: ["EPSG:9495"])
    let (x, y) = try carry(21.9033, 43.3247, by: choice.operation)
    #expect(abs(x - nis.easting) < 0.001 && abs(y - nis.northing) < 0.001)
    // From UTM, too: two pipelines, with the frames equated between them.
    let utm = Projected(573_237.798, 4_797_269.339)
    let fromUTM = try choose("EPSG:32634", "EPSG:6316", at: [utm], named: ["EPSG:9495"])
    #expect(fromUTM.operation.pipelines.count == 2)
    let (e, n) = try carry(utm.easting, utm.northing, by: fromUTM.operation)
    #expect(abs(e - nis.easting) < 0.002 && abs(n - nis.northing) < 0.002)
  }
}

@Suite struct ReferenceSystemTests {
  @Test func `codes, URNs, names and WKT2 name the same CRS`() throws {
    for text in [
      "EPSG:6316", "epsg:6316", "urn:ogc:def:crs:EPSG::6316", "http://www.opengis.net/def/crs/EPSG/0/6316",
      "MGI 1901 / Balkans zone 7",
    ] {
      let crs = try ReferenceSystem(text)
      #expect(crs.code == "EPSG:6316" && crs.base == "EPSG:3906" && !crs.isGeographic && !crs.isNorthFirst, "\(text)")
    }
  }

  @Test func `a deprecated code names its successor and its axes`() throws {
    let old = try ReferenceSystem("EPSG:3909")
    #expect(old.isDeprecated && old.isNorthFirst)
    #expect(old.successors.map(\.code) == ["EPSG:6316"])
    #expect(old.successors.map(\.isNorthFirst) == [false])
    #expect(try ReferenceSystem("EPSG:31277").isDeprecated)
    #expect(try ReferenceSystem("EPSG:4326").isNorthFirst)
  }

  @Test(arguments: [
    ("EPSG:999999", "crs.unknown"), ("", "crs.unknown"), ("zone 7", "crs.unknown"), ("EPSG:9495", "crs.unknown"),
    ("+proj=utm +zone=34 +datum=WGS84", "crs.proj-string"), ("+init=epsg:4326", "crs.proj-string"),
    ("EPSG:5773", "crs.kind"), ("EPSG:4978", "crs.kind"),
  ])
  func `what is no CRS for a survey is refused`(_ text: String, _ code: String) throws {
    let error = try #require(throws: ProjectionError.self) { _ = try ReferenceSystem(text) }
    #expect(error.code == code, "\(error)")
  }
}

@Suite struct ReferenceFrameTests {
  @Test func `ETRS89 parts from WGS 84 by two and a half centimetres a year`() throws {
    let etrs = try #require(ReferenceFrame("ETRS89"))
    let operation = try #require(try etrs.operation(to: .wgs84))
    let nis = Geographic(21.9033, 43.3247)
    func shift(_ epoch: Double) throws -> Double {
      let (x, y) = try carry(nis.longitude, nis.latitude, by: operation, epoch: epoch)
      return Geographic(x, y).distance(to: nis)
    }
    // pyproj 3.7.2: 1.0435 m by ITRF2014 to ETRF2000 (1).
    #expect(try abs(shift(2026.4) - 1.0435) < 0.001)
    #expect(try abs(shift(2026.4) - shift(2025.4) - 0.025) < 0.003)
  }

  @Test func `frames are known by their usual names`() {
    #expect(ReferenceFrame("WGS84") == .wgs84)
    #expect(ReferenceFrame("ITRF2014@2026.35")?.epoch == 2026.35)
    for text in ["", "ETRS", "WGS 84@", "ITRF2014@12", "ITRF2014@2026@3"] {
      #expect(ReferenceFrame(text) == nil, "\(text)")
    }
  }
}
