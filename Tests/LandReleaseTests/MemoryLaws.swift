import Geometry
import Survey
import Synchronization
import Testing

@testable import LandRelease

/// Keeps accounts in a dictionary, and counts.
final class Notebook: AccountMemory {
  struct State {
    var kept: [[UInt8]: [Double]] = [:]
    var recalled = 0, missed = 0
  }
  let state = Mutex(State())

  func recall(_ key: [UInt8]) -> [Double]? {
    state.withLock { state in
      let numbers = state.kept[key]
      if numbers == nil { state.missed += 1 } else { state.recalled += 1 }
      return numbers
    }
  }

  func keep(_ numbers: [Double], as key: [UInt8]) { state.withLock { $0.kept[key] = numbers } }
}

@Suite struct MemoryLaws {
  private func ledger(_ land: Land, asOf: String?, _ memory: Notebook?) async throws -> (Ledger, [Finding]) {
    var options = PartitionOptions()
    (options.asOf, options.memory) = (try asOf.map(day), memory)
    let result = try await partition(land.survey, steps: try land.steps(), options: options) { _ in }
    return (result.ledger, result.findings)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `what is remembered is what dividing gives, to the last bit, on every day`(seed: UInt64) async throws {
    var random = try RandomLand(seed: seed, finds: Int(seed % 4), activities: 1...8)
    if seed % 3 == 0 { try random.land.change("H0", to: .confirmed, on: "2022-10-01") }
    let land = random.land
    let memory = Notebook()
    try await rememberAccounts(land.survey, steps: try land.steps(), in: memory)
    memory.state.withLock { ($0.recalled, $0.missed) = (0, 0) }
    for asOf in ["2019-01-01", "2020-07-01", "2021-05-05", "2022-11-11", "2023-06-06", nil] {
      let (plain, told) = try await ledger(land, asOf: asOf, nil)
      let (remembered, retold) = try await ledger(land, asOf: asOf, memory)
      #expect(plain == remembered && told == retold, "\(asOf ?? "-")")
    }
    #expect(memory.state.withLock { $0.missed } == 0)
    #expect(memory.state.withLock { $0.recalled } > 0)
  }

  @Test func `whatever an account rests on changes its key`() async throws {
    var land = Land()
    land.survey.fadeout = 5
    try land.hazard("H", Rect(0, 0, 30, 30))
    try land.work("D", Rect(0, 0, 10, 30), sigma: 0.1)
    try land.walk("W", lanes(3, length: 20, spacing: 0.8, x: 5, y: 5))
    try land.find("F", at: Projected(5, 5), found: "2023-01-01")
    let changes: [(inout Land) throws -> Void] = [
      { $0.survey.requiredDepth = 60 }, { $0.survey.sigmaFactor = 1 }, { $0.survey.fadeout = 6 },
      { $0.survey.hazards[0].requiredDepth = 51 }, { $0.survey.hazards[0].recorded = try day("2020-01-02") },
      { $0.survey.hazards[0].polygons = [try $0.polygon(Rect(0, 0, 30, 30.1).corners)] },
      { $0.survey.activities[0].depth = 49 }, { $0.survey.activities[0].sigma = 0.2 },
      { $0.survey.activities[0].claims = .reduced }, { $0.survey.activities[0].kind = .technicalSurvey },
      { $0.survey.activities[0].searched = true }, { $0.survey.activities[0].end = try day("2021-01-02") },
      { $0.survey.activities[1].swathWidth = 1.2 }, { $0.walks[0].points.removeLast() },
      { $0.survey.finds[0].position = $0.position(Projected(6, 5)) },
    ]
    for (index, change) in changes.enumerated() {
      let memory = Notebook()
      _ = try await ledger(land, asOf: nil, memory)
      var changed = land
      try change(&changed)
      #expect(
        try await ledger(changed, asOf: nil, memory).0 == (try await ledger(changed, asOf: nil, nil).0), "\(index)")
      #expect(memory.state.withLock { $0.missed } == 2, "\(index)")
    }
  }

  @Test func `numbers that are no account are not believed`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 30, 30))
    try land.work("D", Rect(0, 0, 10, 30))
    let plain = try await ledger(land, asOf: nil, nil).0
    for damage in [[], [1.0], Array(repeating: 0, count: 99), [.nan]] as [[Double]] {
      let memory = Notebook()
      _ = try await ledger(land, asOf: nil, memory)
      memory.state.withLock { state in state.kept = state.kept.mapValues { _ in damage } }
      #expect(try await ledger(land, asOf: nil, memory).0 == plain)
    }
  }
}
