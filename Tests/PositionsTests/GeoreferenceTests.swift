import Geometry
import Presets
import Projection
import Survey
import Testing

@testable import Positions

/// At Nis, 43.3247 N 21.9033 E, in zone 7 by EPSG:9495; and near Loznica, in zone 6.
let nis = Projected(7_573_696.217, 4_798_205.043)
let nisPosition = Geographic(21.9033, 43.3247)
private let loznica = Projected(6_600_000, 4_930_000)
private let pristina = Projected(7_513_000, 4_724_000)

private func crs(_ code: String) throws -> ReferenceSystem { try ReferenceSystem(code) }

/// The code of a refusal.
private func refusal(_ work: () throws -> Void) -> String? {
  do { try work() } catch let error as ProjectionError { return error.code } catch { return "\(error)" }
  return nil
}

@Suite struct GeoreferenceTests {
  @Test func `the preset is that of the country that holds all hazards`() throws {
    var georeference = Georeference()
    georeference.settle(positions: [nisPosition], pairs: [])
    #expect(georeference.preset?.name == "Serbia" && !georeference.isPresetNamed)
    var onGrid = Georeference()
    try onGrid.settle(positions: [], pairs: [(crs("EPSG:6316"), [nis])])
    #expect(onGrid.preset?.name == "Serbia")
    // One hazard beside the border or across it, and there is none.
    for other in [Geographic(21.1655, 42.6629), Geographic(22.5, 42.34), Geographic(0, 0)] {
      var georeference = Georeference()
      georeference.settle(positions: [nisPosition, other], pairs: [])
      #expect(georeference.preset == nil, "\(other)")
    }
    // Who names an operation wants no preset.
    var named = Georeference(named: ["EPSG:9495"])
    named.settle(positions: [nisPosition], pairs: [])
    #expect(named.preset == nil)
  }

  @Test func `zones 6 and 7 are carried over by one operation`() throws {
    var georeference = Georeference()
    georeference.settle(positions: [nisPosition], pairs: [])
    let seventh = try #require(try georeference.conversion(from: crs("EPSG:6316"), at: [nis]))
    let sixth = try #require(try georeference.conversion(from: crs("EPSG:8678"), at: [loznica]))
    #expect(seventh.choice.operation.datumCode == "EPSG:9495" && sixth.choice.operation.datumCode == "EPSG:9495")
    #expect(seventh.choice.reason == .preset("Serbia") && sixth.choice.reason == .named)
    #expect(georeference.pinnedOperations.prefix(2) == ["EPSG:9495", "EPSG:9495"])
  }

  @Test func `a second file never switches, however much better another operation were for it`() throws {
    // Pristina has no preset operation: what the user named for the first is kept, or refused.
    var georeference = Georeference(named: ["EPSG:3962"])
    let first = try #require(try georeference.conversion(from: crs("EPSG:6316"), at: [nis]))
    let second = try #require(try georeference.conversion(from: crs("EPSG:6316"), at: [pristina]))
    #expect(first.choice.operation == second.choice.operation)
    #expect(first.choice.operation.datumCode == "EPSG:3962")
    var serbian = Georeference()
    serbian.settle(positions: [nisPosition], pairs: [])
    _ = try serbian.conversion(from: crs("EPSG:6316"), at: [nis])
    // In Zagreb, 9495 is not to be used, and no other is put in its place.
    #expect(
      refusal { _ = try serbian.conversion(from: crs("EPSG:8677"), at: [Projected(5_576_000, 5_075_000)]) } != nil)
  }

  @Test func `an operation keeps to its country from any CRS`() throws {
    for (source, target, sample) in [
      ("EPSG:6316", "EPSG:4326", nis), ("EPSG:32634", "EPSG:6316", Projected(573_237.798, 4_797_269.339)),
      ("EPSG:4326", "EPSG:6316", Projected(21.9033, 43.3247)),
    ] {
      var georeference = Georeference(named: ["EPSG:9143"])
      #expect(
        refusal { _ = try georeference.choice(from: crs(source), to: crs(target), at: [sample]) } == "crs.area",
        "\(source)")
    }
    var inside = Georeference(named: ["EPSG:9143"])
    #expect(try inside.choice(from: crs("EPSG:6316"), to: crs("EPSG:4326"), at: [pristina]).reason == .named)
    // One point of many is enough.
    var both = Georeference(named: ["EPSG:9143"])
    #expect(
      refusal { _ = try both.choice(from: crs("EPSG:6316"), to: crs("EPSG:4326"), at: [pristina, nis]) } == "crs.area")
    let georeference = Georeference()
    #expect(refusal { try georeference.confine("EPSG:9143", to: [nisPosition]) } == "crs.area")
    #expect(refusal { try georeference.confine("EPSG:9495", to: [nisPosition]) } == nil)
    // Of nobody knows where it is refused as well.
    #expect(
      refusal { try georeference.confine("INVERSE(EPSG):9143", to: []) } == "crs.area"
        || refusal { try georeference.confine("EPSG:9143", to: []) } == "crs.area")
  }

  @Test func `an operation keeps to its area of use`() throws {
    var named = Georeference(named: ["EPSG:6205"])
    #expect(refusal { _ = try named.conversion(from: crs("EPSG:6316"), at: [nis]) } == "crs.area")
    // A tenth of a degree past it is how far a place is known by then.
    var serbian = Georeference(preset: try Presets.named("serbia"))
    #expect(try serbian.conversion(from: crs("EPSG:6316"), at: [Projected(7_645_000, 4_765_000)]) != nil)
    #expect(
      refusal { _ = try serbian.conversion(from: crs("EPSG:6316"), at: [Projected(7_300_000, 4_865_000)]) }
        == "crs.area")
  }

  @Test func `degrees in the survey's own frame need nothing`() throws {
    var georeference = Georeference()
    #expect(try georeference.conversion(from: crs("EPSG:4326"), at: [Projected(21.9, 43.3)]) == nil)
    #expect(georeference.conversions.isEmpty)
    // Declared as what they are, neither.
    #expect(
      try georeference.conversion(from: crs("EPSG:4326"), at: [Projected(21.9, 43.3)], declared: .wgs84) == nil)
  }
}

@Suite struct FrameShiftTests {
  @Test func `ETRS89 lies a metre from WGS 84 and two centimetres and a half more each year`() throws {
    let etrs = try #require(ReferenceFrame("ETRS89"))
    func shift(_ epoch: Double) throws -> Double {
      let converter = try #require(try FrameShift.between(etrs, .wgs84, epoch: epoch)).open()
      return try converter.position(nisPosition.longitude, nisPosition.latitude).distance(to: nisPosition)
    }
    #expect(try abs(shift(2026.4) - 1.0435) < 0.001)
    #expect(try abs(shift(2026.4) - shift(2025.4) - 0.025) < 0.003)
    #expect(try FrameShift.between(etrs, etrs, epoch: nil) == nil)
  }

  @Test func `without a date there is no shift between frames that drift`() throws {
    let etrs = try #require(ReferenceFrame("ETRS89"))
    #expect(refusal { _ = try FrameShift.between(etrs, .wgs84, epoch: nil) } == "frame.epoch")
    let dated = try #require(ReferenceFrame("ITRF2014@2020.5"))
    let shift = try #require(try FrameShift.between(dated, etrs, epoch: 2026))
    #expect(shift.epoch == 2020.5, "what is declared goes before what is assumed")
  }

  @Test func `what is declared is carried over after the datum, once`() throws {
    let etrs = try #require(ReferenceFrame("ETRS89"))
    var georeference = Georeference()
    let conversion = try #require(
      try georeference.conversion(
        from: crs("EPSG:4326"), at: [Projected(21.9033, 43.3247)], declared: etrs, epoch: 2026.4))
    #expect(conversion.choice.reason == .sameDatum && conversion.shift?.epoch == 2026.4)
    let moved = try conversion.open().position(21.9033, 43.3247)
    #expect(abs(moved.distance(to: nisPosition) - 1.0435) < 0.001)
    #expect(conversion.use.frameShift?.hasPrefix("ETRS89 to WGS 84 at 2026.4") == true)
  }
}
