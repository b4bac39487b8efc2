import Survey

/// Sums the accounts of all jobs, and says what a planner should know about them.
struct SurveyAccount {
  let rules: DecisionRules
  private(set) var sum = JobAccount()
  private let openFinds: [String]

  init(_ rules: DecisionRules, openFinds: [String], hasGrid: Bool) {
    (self.rules, self.openFinds) = (rules, openFinds)
    sum.grid = hasGrid ? Amounts() : nil
  }

  mutating func add(_ account: JobAccount) {
    for (index, sums) in account.hazards {
      var row = sum.hazards[index] ?? JobAccount.HazardSums()
      row.gross += sums.gross
      row.ceded += sums.ceded
      row.nominal += sums.nominal
      row.assured += sums.assured
      sum.hazards[index] = row
    }
    for (index, sums) in account.activities {
      sum.activities[index, default: JobAccount.ActivitySums()] += sums
    }
    sum.ineffective.merge(account.ineffective, uniquingKeysWith: +)
    sum.shared.merge(account.shared, uniquingKeysWith: +)
    sum.effective.merge(account.effective, uniquingKeysWith: +)
    sum.together.merge(account.together, uniquingKeysWith: +)
    sum.days.add(account.days)
    sum.recorded += account.recorded
    sum.boundary += account.boundary
    if let grid = account.grid { sum.grid? += grid }
  }

  var ledger: Ledger {
    var ledger = Ledger()
    for (index, prepared) in rules.hazards.enumerated() {
      let sums = sum.hazards[index] ?? JobAccount.HazardSums()
      var row = Ledger.HazardRow(
        id: prepared.hazard.id, hazardClass: prepared.hazard.hazardClass, recorded: prepared.hazard.recorded,
        municipality: prepared.hazard.municipality, village: prepared.hazard.village,
        reported: prepared.hazard.reportedArea, grossSigma: prepared.hazard.areaSigma)
      (row.gross, row.ceded, row.nominal, row.assured) = (sums.gross, sums.ceded, sums.nominal, sums.assured)
      ledger.hazards.append(row)
      ledger.nominal += sums.nominal
      ledger.assured += sums.assured
    }
    for (index, activity) in rules.activities.enumerated() where rules.asOf.map({ activity.end <= $0 }) ?? true {
      let sums = sum.activities[index] ?? JobAccount.ActivitySums()
      var row = Ledger.ActivityRow(
        id: activity.id, kind: activity.kind, claims: activity.claims, end: activity.end, team: activity.team,
        reported: activity.reportedArea)
      (row.released, row.reprocessed, row.reopened) = (sums.released, sums.reprocessed, sums.reopened)
      (row.ineffective, row.outside) = (sums.ineffective, sums.outside)
      ledger.activities.append(row)
    }
    ledger.recorded = sum.recorded
    ledger.boundary = sum.boundary
    ledger.grid = sum.grid
    ledger.openFinds = openFinds
    return ledger
  }
}
