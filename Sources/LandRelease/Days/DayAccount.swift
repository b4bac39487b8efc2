import Survey

/// What each day's work of the activities came to, in square metres.
struct DayAccount: Sendable {
  /// `released` is what the activity released and had not worked on a day before; what it had is `reprocessed`.
  private(set) var sums: [Work: JobAccount.ActivitySums] = [:]
  /// Inside hazards, where the same two or more works cover the ground, in the order of effect, then of days.
  private(set) var together: [[Work]: Double] = [:]

  mutating func add(_ other: DayAccount) {
    for (work, more) in other.sums { sums[work, default: JobAccount.ActivitySums()] += more }
    together.merge(other.together, uniquingKeysWith: +)
  }

  /// Takes ground in that a claim at home here covers outside every hazard.
  mutating func add(outside area: Double, _ works: [[Work]]) {
    for work in works.joined() { sums[work, default: JobAccount.ActivitySums()].outside += area }
  }

  /// Takes ground of a hazard in; `works` are those of each activity that claims it.
  mutating func add(_ area: Double, _ cover: FaceCover, _ works: [[Work]], owner: Int, _ rules: DecisionRules) {
    let all = works.flatMap { $0 }
    if all.count > 1 { together[all, default: 0] += area }
    var isReleased = false
    for (activity, own) in zip(cover.claims, works) {
      let releases = rules.effect(of: activity, on: owner) == .releases
      let stands = releases && rules.stands(activity, on: owner, cover.discs)
      for (at, work) in own.enumerated() {
        var sum = sums[work] ?? JobAccount.ActivitySums()
        if !releases {
          sum.ineffective += area
        } else if !stands {
          sum.reopened += area
        } else if isReleased || at > 0 {
          sum.reprocessed += area
        } else {
          sum.released += area
        }
        sums[work] = sum
      }
      if stands { isReleased = true }
    }
  }
}

extension PartitionPlan {
  /// The account of a job by days, from its ground as it was sorted, or with days drawn into it where one activity has
  /// several here. The account by activities does not know of them.
  func days(of job: Job, _ grounds: JobGrounds, _ sorted: SortedGround) throws -> DayAccount {
    var layers = DayLayers(of: parts(of: job), self)
    var sorted = sorted
    if !layers.isEmpty {
      var known: [Int: [Work: ClaimGround]] = [:]
      try layers.draw(self, remembering: &known)
      var drawn = grounds
      drawn.claims += layers.claims
      sorted = try SortedGround(drawn, rules, effectOrder: layers.effectOrder(self))
    }
    let own = Set(job.hazards)
    var account = DayAccount()
    for ground in sorted.grounds {
      let (cover, works) = layers.parted(ground.cover)
      if cover.hazards.isEmpty {
        account.add(outside: ground.area, layers.works(of: ground.homeClaims))
      } else if cover.hazards.contains(where: own.contains), let state = rules.decide(cover, claims: cover.claims) {
        account.add(ground.area, cover, works, owner: state.owner, rules)
      }
    }
    return account
  }
}
