import Geometry
import Projection
import Survey

/// What one job adds to the account.
struct JobAccount: Sendable {
  struct HazardSums: Sendable {
    var gross = 0.0, ceded = 0.0
    var nominal = Amounts(), assured = Amounts()
  }
  struct ActivitySums: Sendable {
    var released = 0.0, reprocessed = 0.0, reopened = 0.0, ineffective = 0.0, outside = 0.0

    static func += (sum: inout Self, more: Self) {
      sum.released += more.released
      sum.reprocessed += more.reprocessed
      sum.reopened += more.reopened
      sum.ineffective += more.ineffective
      sum.outside += more.outside
    }
  }
  /// Square metres of one activity inside one hazard that release nothing, by reason.
  struct Ineffective: Hashable, Sendable {
    var activity, hazard: Int
    var effect: DecisionRules.Effect
  }
  /// One activity inside one hazard.
  struct Worked: Hashable, Sendable { var activity, hazard: Int }
  /// Square metres that two activities both claim with effect.
  struct Pair: Hashable, Sendable { var first, second: Int }

  var hazards: [Int: HazardSums] = [:]
  var activities: [Int: ActivitySums] = [:]
  var ineffective: [Ineffective: Double] = [:]
  var shared: [Pair: Double] = [:]
  /// Square metres where an activity may release what is a hazard's, whether or not it was the first.
  var effective: [Worked: Double] = [:]
  /// Square metres inside hazards that the same two or more activities claim, by their indices in the order of effect.
  var together: [[Int]: Double] = [:]
  /// The same by days, where they are asked for; not remembered.
  var days = DayAccount()
  var recorded = 0.0
  /// Metres of boundary of that union.
  var boundary = 0.0
  var grid: Amounts?

  /// Takes ground of one cover in.
  mutating func add(
    _ ground: CoveredGround, nominal: FaceState?, assured: FaceState?, _ rules: DecisionRules
  ) {
    let area = ground.area
    if ground.cover.hazards.isEmpty {
      for activity in ground.homeClaims { activities[activity, default: ActivitySums()].outside += area }
      return
    }
    guard let nominal, let assured else { return }
    for hazard in ground.cover.hazards {
      hazards[hazard, default: HazardSums()].gross += area
      if hazard != nominal.owner { hazards[hazard, default: HazardSums()].ceded += area }
    }
    hazards[nominal.owner, default: HazardSums()].nominal.add(
      area, to: nominal.state, searched: nominal.isSearched(rules))
    hazards[assured.owner, default: HazardSums()].assured.add(
      area, to: assured.state, searched: assured.isSearched(rules))
    addWork(ground.cover, area, owner: nominal.owner, rules)
  }

  private mutating func addWork(_ cover: FaceCover, _ area: Double, owner: Int, _ rules: DecisionRules) {
    if cover.claims.count > 1 { together[cover.claims, default: 0] += area }
    var releasers: [Int] = []
    for activity in cover.claims {
      var sums = activities[activity] ?? ActivitySums()
      let effect = rules.effect(of: activity, on: owner)
      if effect != .releases {
        sums.ineffective += area
        ineffective[Ineffective(activity: activity, hazard: owner, effect: effect), default: 0] += area
      } else if !rules.stands(activity, on: owner, cover.discs) {
        sums.reopened += area
        effective[Worked(activity: activity, hazard: owner), default: 0] += area
      } else {
        effective[Worked(activity: activity, hazard: owner), default: 0] += area
        if releasers.isEmpty { sums.released += area } else { sums.reprocessed += area }
        for earlier in releasers { shared[Pair(first: earlier, second: activity), default: 0] += area }
        releasers.append(activity)
      }
      activities[activity] = sums
    }
  }
}

extension FaceState {
  /// Whether reduced land was physically searched by one of the activities that reduced it.
  func isSearched(_ rules: DecisionRules) -> Bool { releasedBy.contains { rules.activities[$0].searched == true } }
}
