import Geometry
import Projection
import Testing

@testable import Positions

/// A pair, the CRS that is said of it, and the fault in it.
private struct Fault: Sendable, CustomTestStringConvertible {
  let crs: String
  let first, second: Double
  let code: String

  init(_ crs: String, _ first: Double, _ second: Double, _ code: String) {
    (self.crs, self.first, self.second, self.code) = (crs, first, second, code)
  }
  var testDescription: String { "\(crs) \(first) \(second)" }
}

private let faults = [
  Fault("EPSG:6316", 4_798_205, 7_573_696, "coordinate.swapped"),
  Fault("EPSG:6316", 573_696, 4_798_205, "coordinate.prefix"),
  Fault("EPSG:6316", 6_573_696, 4_798_205, "coordinate.zone"),
  Fault("EPSG:6316", 8_573_696, 4_798_205, "coordinate.zone"),
  Fault("EPSG:8678", 7_573_696, 4_798_205, "coordinate.zone"),
  Fault("EPSG:32634", 7_573_696, 4_798_205, "coordinate.zone"),
  Fault("EPSG:32634", 4_797_269, 573_237, "coordinate.swapped"),
  Fault("EPSG:6316", 21.9, 43.3, "coordinate.degrees"),
  Fault("EPSG:6316", 43.3, 21.9, "coordinate.degrees"),
  Fault("EPSG:6316", 0, 0, "coordinate.null-island"),
  Fault("EPSG:6316", .nan, 4_798_205, "coordinate.range"),
  Fault("EPSG:6316", 7_573_696, .infinity, "coordinate.range"),
  Fault("EPSG:6316", 7_573_696, 1_798_205, "coordinate.outside"),
  Fault("EPSG:6316", 7_150_000, 4_865_000, "coordinate.outside"),
  Fault("EPSG:6316", -1e300, 1e300, "coordinate.outside"),
  Fault("EPSG:3906", 43.3, 21.9, "coordinate.swapped"),
  Fault("EPSG:3906", 121.9, 43.3, "coordinate.outside"),
  Fault("EPSG:3906", 7_573_696, 4_798_205, "coordinate.range"),
  Fault("EPSG:3906", 21.9, 93.3, "coordinate.range"),
]

private func converter(_ crs: String, by code: String = "EPSG:9495") throws -> GridConverter {
  let (source, target) = (try ReferenceSystem(crs), try ReferenceSystem("EPSG:4326"))
  let choice = try OperationChoice.choose(from: source, to: target, at: [], OperationWishes(named: [code]))
  return try Conversion(source: source, choice: choice).open()
}

@Suite struct GridConverterTests {
  @Test(arguments: faults)
  fileprivate func `what cannot be in a CRS is refused, and said what it is`(_ fault: Fault) throws {
    let converter = try converter(fault.crs)
    let error = try #require(throws: CoordinateFault.self) { _ = try converter.position(fault.first, fault.second) }
    #expect(error.code == fault.code, "\(error)")
  }

  @Test func `what can be is carried over`() throws {
    #expect(try converter("EPSG:6316").position(nis.easting, nis.northing).distance(to: nisPosition) < 0.02)
    // Serbia's east lies in zone 8 and is mapped in zone 7.
    #expect(abs(try converter("EPSG:6316").position(7_645_000, 4_765_000).longitude - 22.77) < 0.01)
  }
}
