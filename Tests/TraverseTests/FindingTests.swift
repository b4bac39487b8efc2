import Geometry
import Survey
import Testing

@testable import Traverse

/// Nothing of a sheet is lost: what cannot be placed is named, with its row, and has no place.
@Suite struct FindingTests {
  static let today = CivilDate(year: 2026, month: 7, day: 2)

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let legs: [Leg]
    /// Code and line of every finding but no-closing, in order.
    let findings: [String]
    /// What has a place besides the benchmark.
    var placed: [String] = []
    var at = nis
    var testDescription: String { name }
  }

  private static func magnetic(_ year: Int) -> BearingReference {
    CivilDate(year: year, month: 1, day: 2).map { .magneticNorth($0) } ?? .trueNorth
  }

  static let cases: [Case] = [
    Case(name: "371 degrees", legs: [leg("BM", "A", 371, 10)], findings: ["traverse.bearing-range:2"]),
    Case(name: "a bearing below nought", legs: [leg("BM", "A", -1, 10)], findings: ["traverse.bearing-range:2"]),
    Case(
      name: "6500 mils",
      legs: [leg("BM", "A", 6500, 10, unit: .milsNATO), leg("BM", "B", 6100, 10, unit: .milsSoviet)],
      findings: ["traverse.bearing-range:2", "traverse.bearing-range:3"]),
    Case(name: "401 gons", legs: [leg("BM", "A", 401, 10, unit: .gons)], findings: ["traverse.bearing-range:2"]),
    Case(name: "no bearing", legs: [leg("BM", "A", .nan, 10)], findings: ["traverse.bearing-range:2"]),
    Case(name: "no distance", legs: [leg("BM", "A", 1, 0)], findings: ["traverse.zero-leg:2"]),
    Case(
      name: "distances that are none",
      legs: [leg("BM", "A", 1, -5), leg("BM", "B", 1, .nan), leg("BM", "C", 1, .infinity), leg("BM", "D", 1, 100_001)],
      findings: ["traverse.distance:2", "traverse.distance:3", "traverse.distance:4", "traverse.distance:5"]),
    Case(
      name: "no name", legs: [leg("BM", "", 1, 10), leg("", "A", 1, 10)],
      findings: ["traverse.unnamed:2", "traverse.unnamed:3"]),
    Case(name: "from itself", legs: [leg("BM", "BM", 1, 10)], findings: ["traverse.cycle:2"]),
    Case(
      name: "a point nobody gives, and what hangs on it",
      legs: [leg("BM", "A", 1, 10), leg("X", "B", 1, 10), leg("B", "C", 1, 10), leg("C", "D", 1, 10)],
      findings: ["traverse.unknown-point:3", "traverse.unknown-point:4", "traverse.unknown-point:5"], placed: ["A"]),
    Case(
      name: "what hangs on a broken row",
      legs: [leg("BM", "A", 999, 10), leg("A", "B", 1, 10), leg("B", "C", 1, 10), leg("BM", "D", 1, 10)],
      findings: ["traverse.bearing-range:2", "traverse.unknown-point:3", "traverse.unknown-point:4"], placed: ["D"]),
    Case(
      name: "a broken row beside a sound one to the same point",
      legs: [leg("BM", "A", 999, 10), leg("A", "B", 1, 10), leg("BM", "A", 9, 10)],
      findings: ["traverse.bearing-range:2"], placed: ["A", "B"]),
    Case(
      name: "points that hang on each other",
      legs: [leg("A", "B", 1, 10), leg("B", "C", 1, 10), leg("C", "A", 1, 10), leg("C", "D", 1, 10)],
      findings: ["traverse.cycle:2", "traverse.cycle:3", "traverse.cycle:4", "traverse.cycle:5"]),
    Case(
      name: "a cycle and an unknown point",
      legs: [leg("A", "B", 1, 10), leg("B", "A", 1, 10), leg("X", "Y", 1, 10)],
      findings: ["traverse.cycle:2", "traverse.cycle:3", "traverse.unknown-point:4"]),
    Case(
      name: "grid north without a grid", legs: [leg("BM", "A", 1, 10, reference: .gridNorth), leg("A", "B", 1, 10)],
      findings: ["traverse.no-grid:2", "traverse.unknown-point:3"]),
    Case(
      name: "a compass before and after the model",
      legs: [
        leg("BM", "A", 1, 10, reference: magnetic(1999)), leg("BM", "B", 1, 10, reference: magnetic(2030)),
        leg("BM", "C", 1, 10, reference: magnetic(2000)),
      ], findings: ["traverse.magnetic:2", "traverse.magnetic:3"], placed: ["C"]),
    Case(
      name: "a compass beside the magnetic pole", legs: [leg("BM", "A", 1, 10, reference: magnetic(2020))],
      findings: ["traverse.magnetic:2"], at: Geographic(164, 86.5)),
    Case(
      name: "a compass not far from it", legs: [leg("BM", "A", 1, 10, reference: magnetic(2020))],
      findings: ["traverse.magnetic-caution:2"], placed: ["A"], at: Geographic(87, 82)),
    Case(
      name: "a side too long",
      legs: [
        leg("BM", "SP", 0, 80, .start), leg("SP", "T1", 90, 50), leg("T1", "T2", 0, 50.01),
        leg("T2", "T3", 270, 50),
      ],
      // The side that closes it, T3 to SP, is 50.01 m too.
      findings: ["traverse.leg-long:4", "traverse.leg-long:5"], placed: ["SP", "T1", "T2", "T3"]),
    Case(
      name: "an intermediate point mends it",
      legs: [
        leg("BM", "SP", 0, 80, .start), leg("SP", "T1", 90, 40), leg("T1", "I1", 0, 45, .intermediate),
        leg("I1", "T2", 0, 45), leg("T2", "T3", 270, 40), leg("T3", "I2", 180, 45, .intermediate),
      ], findings: [], placed: ["SP", "T1", "I1", "T2", "T3", "I2"]),
    Case(
      name: "a long side between points measured from the benchmark",
      legs: [leg("BM", "SP", 0, 40, .start), leg("BM", "T1", 180, 40)], findings: ["traverse.leg-long:3"],
      placed: ["SP", "T1"]),
  ]

  @Test(arguments: cases) func `each fault has its row`(item: Case) throws {
    let solution = try benchmarkSheet(item.legs, at: item.at).solved()
    let found = solution.findings.filter { $0.code != "traverse.no-closing" }
    #expect(found.map { "\($0.code):\($0.place.line)" } == item.findings)
    #expect(solution.points.map(\.id) == ["BM"] + item.placed)
    #expect(solution.findings.contains { $0.code == "traverse.no-closing" })
    #expect(solution.findings.allSatisfy { !$0.message.isEmpty && !$0.advice.isEmpty && $0.place.file == "sheet.csv" })
    // A leg has an azimuth, or a finding of level error, and never neither.
    let broken = Set(found.filter { $0.level == .error }.map(\.place.line))
    for leg in solution.legs { #expect((leg.azimuth == nil) == broken.contains(leg.leg.place.line)) }
    #expect(solution.legs.map(\.leg.to) == item.legs.map(\.to))
  }

  @Test func `the same name twice is a check, and its misclosure a finding`() throws {
    let solution = try benchmarkSheet([leg("BM", "A", 0, 100), leg("BM", "A", 90, 100)]).solved()
    #expect(solution.points.count == 2)
    #expect(solution.findings.map(\.code) == ["traverse.misclosure"])
    #expect(abs(solution.closures[0].distance - 100 * 2.0.squareRoot()) < 0.01)
  }

  @Test func `an empty sheet says nothing`() throws {
    let solution = try benchmarkSheet([]).solved()
    #expect(solution.findings.isEmpty && solution.misclosure == nil && solution.perimeter.isEmpty)
  }
}
