import Geometry
import Survey
import Testing

@testable import LandRelease

extension Land {
  /// The return of the whole survey for a period.
  func returned(_ from: String, _ to: String) async throws -> Returns {
    try #require(try await divided(from: from, asOf: to).result.returns)
  }
}

@Suite struct ReturnRules {
  /// What a year's return says, in whole square metres.
  struct Year: Sendable {
    var year: Int
    var opening = 0.0, new = 0.0, reopened = 0.0, cancelled = 0.0, searched = 0.0, inferred = 0.0, cleared = 0.0
    var closing = 0.0
  }

  private func expect(_ flow: Returns.Flow, _ year: Year, within tolerance: Double = 1) {
    let pairs = [
      (flow.opening, year.opening), (flow.new, year.new), (flow.reopened, year.reopened),
      (flow.released.cancelled, year.cancelled), (flow.released.searched, year.searched),
      (flow.released.inferred, year.inferred), (flow.released.cleared, year.cleared), (flow.closing, year.closing),
    ]
    for (index, pair) in pairs.enumerated() {
      #expect(agree(pair.0, pair.1, within: tolerance), "\(year.year): \(index)")
    }
  }

  /// A hectare, cancelled in parts, cleared in parts, some of it twice.
  private func history() throws -> Land {
    var land = Land()
    land.survey.fadeout = 10
    try land.hazard("H", Rect(0, 0, 100, 100), recorded: "2020-03-01")
    try land.work("N", Rect(0, 0, 50, 100), kind: .nonTechnicalSurvey, end: "2021-05-01")
    let searched = try land.work("T", Rect(50, 0, 25, 100), kind: .technicalSurvey, end: "2021-06-01")
    land.survey.activities[searched].searched = true
    try land.work("U", Rect(75, 0, 5, 100), kind: .technicalSurvey, end: "2021-07-01")
    try land.work("C", Rect(40, 0, 60, 50), end: "2022-04-01")
    return land
  }

  @Test(arguments: [
    Year(year: 2019), Year(year: 2020, new: 10_000, closing: 10_000),
    Year(year: 2021, opening: 10_000, cancelled: 5_000, searched: 2_500, inferred: 500, closing: 2_000),
    // Of the 3 000 m² that C cleared, 2 000 had been released: the earlier work keeps them.
    Year(year: 2022, opening: 2_000, cleared: 1_000, closing: 1_000), Year(year: 2023, opening: 1_000, closing: 1_000),
  ]) func `each square metre is released once, by the first`(year: Year) async throws {
    let returns = try await history().returned("\(year.year)-01-01", "\(year.year)-12-31")
    expect(returns.nominal, year)
    let again = returns.activities.reduce(0) { $0 + $1.nominal.reprocessed }
    #expect(agree(again, year.year == 2022 ? 2_000 : 0))
  }

  @Test func `a period over several years counts each release under its own kind`() async throws {
    let returns = try await history().returned("2020-01-01", "2022-12-31")
    expect(
      returns.nominal,
      Year(
        year: 0, new: 10_000, cancelled: 5_000, searched: 2_500, inferred: 500, cleared: 1_000, closing: 1_000))
  }

  @Test func `what is released and reopened in one period counts as both`() async throws {
    var land = Land()
    land.survey.fadeout = 10
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 100, 100), end: "2021-02-01")
    try land.find("F", at: Projected(50, 50), found: "2021-03-01", sigma: 0)
    try land.work("B", Rect(0, 0, 100, 100), end: "2021-04-01")
    let disc = 3.1416 * 16 * 16
    land.survey.finds[0].sigma = 3
    let returns = try await land.returned("2021-01-01", "2021-12-31")
    expect(returns.nominal, Year(year: 2021, opening: 10_000, reopened: disc, cleared: 10_000 + disc), within: 3)
    let works = returns.activities.map(\.nominal)
    #expect(agree(works[0].released.cleared, 10_000) && agree(works[0].undone, disc, within: 3))
    #expect(agree(works[1].released.cleared, disc, within: 3) && agree(works[1].reprocessed, 10_000 - disc, within: 3))
    #expect(returns.items.map(\.find.id) == ["F"] && returns.items.first?.hazard?.id == "H")
  }

  @Test func `released ground under a new record is new, and what it takes from another hazard moves`() async throws {
    var land = Land()
    try land.hazard("S", Rect(0, 0, 100, 100))
    try land.work("A", Rect(0, 0, 50, 100), end: "2021-02-01")
    try land.hazard("C", Rect(0, 0, 100, 100), class: .confirmed, recorded: "2022-05-01")
    let returns = try await land.returned("2022-01-01", "2022-12-31")
    expect(returns.nominal, Year(year: 2022, opening: 5_000, new: 5_000, closing: 10_000))
    let rows = Dictionary(uniqueKeysWithValues: returns.hazards.map { ($0.hazard.id, $0.nominal) })
    #expect(agree(rows["S"]?.movedOut ?? 0, 5_000) && agree(rows["S"]?.closing ?? -1, 0))
    #expect(agree(rows["C"]?.movedIn ?? 0, 5_000) && agree(rows["C"]?.new ?? 0, 5_000))
  }

  @Test func `a class that changes moves what remains, there and back`() async throws {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100), recorded: "2020-03-01")
    try land.change("H", to: .confirmed, on: "2021-06-01")
    try land.change("H", to: .suspected, on: "2022-06-01")
    for (asOf, expected) in [("2021-05-31", "SHA"), ("2021-06-01", "CHA"), ("2022-06-01", "SHA"), (nil, "SHA")] {
      #expect(try await land.divided(asOf: asOf).hazard("H").hazardClass.rawValue == expected, "\(asOf ?? "")")
    }
    let returns = try await land.returned("2021-01-01", "2021-12-31")
    let rows = Dictionary(uniqueKeysWithValues: returns.hazards.map { ($0.hazardClass, $0.nominal) })
    #expect(agree(rows[.suspected]?.movedOut ?? 0, 10_000) && agree(rows[.suspected]?.closing ?? -1, 0))
    #expect(agree(rows[.confirmed]?.movedIn ?? 0, 10_000) && agree(rows[.confirmed]?.closing ?? 0, 10_000))
  }

  @Test func `rows are summed by what the records say, and the sums are the whole`() async throws {
    var land = try history()
    land.survey.hazards[0].municipality = "M"
    land.survey.organisation = "O"
    land.survey.activities[3].organisation = "P"
    land.survey.activities[3].reportedArea = 3_100
    let returns = try await land.returned("2020-01-01", "2022-12-31")
    for dimension in ReturnTable.Dimension.allCases {
      let rows = ReturnTable(returns, by: dimension, of: land.survey).rows
      let released = rows.reduce(0) { $0 + ($1.nominal?.released.total ?? $1.work?.released.total ?? 0) }
      #expect(agree(released, returns.nominal.released.total, within: 1e-6), "\(dimension)")
    }
    let organisations = ReturnTable(returns, by: .organisation, of: land.survey).rows
    #expect(organisations.map(\.name) == ["O", "P"] && organisations.map(\.reported) == [nil, 3_100])
  }
}

@Suite struct ReturnTaskRules {
  private func land() throws -> Land {
    var land = Land()
    try land.hazard("H", Rect(0, 0, 100, 100))
    (land.survey.hazards[0].municipality, land.survey.hazards[0].village) = ("M", "V")
    let activity = try land.work("A", Rect(0, 0, 10, 10))
    land.survey.activities[activity].organisation = "O"
    let rows: [(id: String, x: Double, recorded: String, closed: String?, status: SpotTaskStatus)] = [
      ("OLD", 50, "2020-01-01", "2020-12-31", .completed), ("OPEN", 50, "2020-05-01", nil, .recorded),
      ("DONE", 50, "2020-06-01", "2021-01-01", .completed), ("NEW", 500, "2021-12-31", nil, .recorded),
      ("BOTH", 50, "2021-03-01", "2021-03-01", .cancelled), ("LATER", 50, "2021-03-02", "2022-01-01", .completed),
      ("NEXT", 50, "2022-01-01", nil, .recorded),
    ]
    for row in rows {
      var task = SpotTask(
        id: row.id, position: land.position(Projected(row.x, 50)), recorded: try day(row.recorded), status: row.status,
        place: Place("tasks"))
      task.closed = try row.closed.map(day)
      (task.type, task.activity) = ("avio-bomba", row.id == "DONE" ? "A" : nil)
      if row.id == "OPEN" { task.village = "W" }
      land.survey.spotTasks.append(task)
    }
    return land
  }

  @Test func `each task counts on the day of its record and of its end`() async throws {
    let returns = try await land().returned("2021-01-01", "2021-12-31")
    #expect(returns.spotTasks.map(\.task.id) == ["BOTH", "DONE", "LATER", "NEW", "OPEN"])
    let flow = returns.tasks
    #expect(flow.before == 2 && flow.recorded == 3 && flow.completed == 1 && flow.cancelled == 1 && flow.after == 3)
  }

  @Test(arguments: ["2019-12-31", "2020-06-30", "2020-12-30", "2021-03-01", "2021-12-31"])
  func `what is open before and after a period is what is open on its evenings`(dawn: String) async throws {
    let land = try land()
    let open = { (asOf: CivilDate) in land.survey.spotTasks.count { $0.isOpen(asOf: asOf) } }
    let first = CivilDate(daysSinceEpoch: try day(dawn).daysSinceEpoch + 1)
    for last in ["2022-01-01", "2023-01-01"] {
      let returns = try await land.returned("\(first)", last)
      let (before, after) = (open(try day(dawn)), open(try day(last)))
      #expect(returns.tasks.before == before && returns.tasks.after == after, "\(last)")
    }
  }

  @Test func `tasks are summed by what they say, then by the hazard that holds them`() async throws {
    let land = try land()
    let returns = try await land.returned("2021-01-01", "2021-12-31")
    for (dimension, expected) in [
      (.municipality, [nil: 1, "M": 2]), (.village, [nil: 1, "V": 1, "W": 1]), (.hazard, [nil: 1, "H": 2]),
      (.hazardClass, [nil: 1, "SHA": 2]), (.ordnance, [nil: 0, "avio-bomba": 3]), (.organisation, [nil: 3, "O": 0]),
    ] as [(ReturnTable.Dimension, [String?: Int])] {
      let rows = ReturnTable(returns, by: dimension, of: land.survey).rows
      let after = Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0.tasks.after) })
      #expect(after == expected, "\(dimension)")
      #expect(rows.reduce(Returns.TaskFlow()) { $0 + $1.tasks } == returns.tasks, "\(dimension)")
      // A row of items alone is as whole as the others.
      let isWork = dimension == .organisation
      for row in rows {
        #expect((row.nominal == nil) == isWork && (row.assured == nil) == isWork, "\(dimension)")
        #expect((row.work == nil) != isWork && (row.assuredWork == nil) != isWork, "\(dimension)")
      }
    }
  }
}

@Suite struct ReturnLaws {
  private static let days = ["2019-12-31", "2020-06-30", "2021-04-01", "2022-05-01", "2024-12-31"]

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a return begins and ends with the account, and periods add up`(seed: UInt64) async throws {
    var random = try RandomLand(seed: seed, finds: Int(seed % 4))
    for (index, hazard) in random.land.survey.hazards.enumerated() where index % 2 == Int(seed % 2) {
      try random.land.change(
        hazard.id, to: hazard.recordedClass == .confirmed ? .suspected : .confirmed, on: "2022-10-01")
    }
    let land = random.land
    var sum = Returns.Flow()
    for (before, to) in zip(Self.days, Self.days.dropFirst()) {
      let from = "\(CivilDate(daysSinceEpoch: try day(before).daysSinceEpoch + 1))"
      let returns = try await land.returned(from, to)
      let (opening, closing) = (try await land.divided(asOf: before).ledger, try await land.divided(asOf: to).ledger)
      // The same arrangement at the end; at the beginning another, of which noding moves edges by half a lattice step.
      let doubt = 0.000_56 * closing.boundary + 0.01 + 1e-5 * closing.recorded
      for (flow, key) in [(returns.nominal, \Ledger.nominal), (returns.assured, \Ledger.assured)] {
        #expect(agree(flow.closing, closing[keyPath: key].remaining, within: 1e-6))
        #expect(agree(flow.opening, opening[keyPath: key].remaining, within: 4 * doubt), "\(from)")
      }
      for row in returns.hazards { #expect(abs(row.nominal.discrepancy) + abs(row.assured.discrepancy) < 1e-6) }
      let byWork = returns.activities.reduce(0) { $0 + $1.nominal.released.total }
      #expect(agree(byWork, returns.nominal.released.total, within: 1e-6))
      sum = sum + returns.nominal
    }
    let whole = try await land.returned("2020-01-01", "2024-12-31").nominal
    for value in [\Returns.Flow.new, \.reopened, \.released.cancelled, \.released.searched, \.released.cleared] {
      #expect(agree(sum[keyPath: value], whole[keyPath: value], within: 0.5), "\(value)")
    }
  }
}
