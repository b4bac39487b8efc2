import Geometry
import Survey
import Testing
import Topology

@testable import LandRelease

extension Land {
  func differences(_ from: String, _ to: String, assured: Bool = false) async throws -> [Difference] {
    var found: [Difference] = []
    _ = try await LandRelease.differences(
      survey, steps: try steps(), from: try day(from), to: try day(to), assured: assured
    ) { found.append($0) }
    return found
  }
}

@Suite struct DifferenceRules {
  @Test func `what changed is told with what it was and what it is`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("N", Rect(0, 0, 50, 100), kind: .nonTechnicalSurvey, end: "2021-05-01")
    try land.work("C", Rect(40, 0, 20, 100), end: "2022-05-01")
    try land.hazard("G", Rect(200, 0, 50, 100), class: .confirmed, recorded: "2022-06-01")
    let all = try await land.differences("2021-12-31", "2022-12-31")
    let told = Dictionary(
      uniqueKeysWithValues: all.map { ("\($0.before?.layer.rawValue ?? "-") \($0.after?.layer.rawValue ?? "-")", $0) })
    #expect(told.keys.sorted() == ["- remaining", "cancelled cleared", "remaining cleared"])
    #expect(agree(told["- remaining"]?.area ?? 0, 5_000) && told["- remaining"]?.after?.hazard.id == "G")
    for key in ["cancelled cleared", "remaining cleared"] {
      #expect(agree(told[key]?.area ?? 0, 1_000) && told[key]?.after?.activities.map(\.id) == ["C"], "\(key)")
    }
    #expect(try await land.differences("2022-12-31", "2023-12-31").isEmpty)
  }

  @Test func `a class that changes is a difference of what remains only`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("N", Rect(0, 0, 50, 100), kind: .nonTechnicalSurvey, end: "2021-05-01")
    try land.change("H", to: .confirmed, on: "2022-06-01")
    let found = try await land.differences("2021-12-31", "2022-12-31")
    #expect(found.map(\.before?.hazardClass) == [.suspected] && found.map(\.after?.hazardClass) == [.confirmed])
    #expect(agree(found.first?.area ?? 0, 5_000))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `differences are valid, apart, and what the account differs by`(seed: UInt64) async throws {
    let land = try RandomLand(seed: seed, finds: Int(seed % 3)).land
    let (from, to, assured) = ("2021-06-30", "2023-06-30", seed % 2 == 0)
    let found = try await land.differences(from, to, assured: assured)
    for difference in found { #expect(try invalidity(difference.polygons) == nil) }
    for (index, difference) in found.enumerated() {
      for other in found[..<index] { #expect(try intersection(difference.polygons, other.polygons).steps == 0) }
    }
    let (before, after) = (try await land.divided(asOf: from).ledger, try await land.divided(asOf: to).ledger)
    let amounts = assured ? \Ledger.assured : \Ledger.nominal
    let change = after[keyPath: amounts].remaining - before[keyPath: amounts].remaining
    let told = found.reduce(0) { sum, difference in
      sum + (difference.after?.layer == .remaining ? difference.area : 0)
        - (difference.before?.layer == .remaining ? difference.area : 0)
    }
    #expect(agree(change, told, within: 4 * (0.000_56 * after.boundary + 0.01 + 1e-5 * after.recorded)))
  }
}
