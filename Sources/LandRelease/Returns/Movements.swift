import Survey

/// The ground that came and went within a period: what one job adds to a return.
struct Movements: Sendable {
  /// A hazard in one of its classes.
  struct Holding: Hashable, Sendable {
    var hazard: Int
    var hazardClass: HazardClass
  }

  let period: ClosedRange<CivilDate>
  private(set) var holdings: [Holding: Returns.Flow] = [:]
  private(set) var works: [Int: Returns.Work] = [:]

  init(_ period: ClosedRange<CivilDate>) { self.period = period }

  mutating func add(_ other: Movements) {
    holdings.merge(other.holdings, uniquingKeysWith: +)
    works.merge(other.works, uniquingKeysWith: +)
  }

  /// Follows one face through the period, from one day on which something happened to the next. Nothing is netted: ground
  /// that was released and reopened within the period counts as both.
  mutating func add(_ cover: FaceCover, claims: [Int], area: Double, _ rules: DecisionRules) {
    guard !cover.hazards.isEmpty else { return }
    let dawn = period.lowerBound.dayBefore
    var before = rules.decide(cover, claims: claims, on: dawn)
    if let before, before.state == .remaining {
      holdings[holding(before, dawn, rules), default: .init()].opening += area
    }
    var yesterday = dawn
    for day in rules.days(of: cover, claims: claims) where period.contains(day) {
      let after = rules.decide(cover, claims: claims, on: day)
      let step = Step(
        before: before, after: after, leaving: before.map { holding($0, yesterday, rules) },
        entering: after.map { holding($0, day, rules) },
        ended: ended(on: day, cover, claims, owner: owner(before, after), rules))
      take(step, area, rules)
      (before, yesterday) = (after, day)
    }
    if let before, before.state == .remaining {
      holdings[holding(before, period.upperBound, rules), default: .init()].closing += area
    }
  }

  /// What a day did to a face.
  private struct Step {
    var before, after: FaceState?
    var leaving, entering: Holding?
    /// Work that ended on that day and stands, in the order of effect.
    var ended: [Int]
  }

  private mutating func take(_ step: Step, _ area: Double, _ rules: DecisionRules) {
    guard let after = step.after, let entering = step.entering else { return }
    let wasRemaining = step.before?.state == .remaining
    if step.before == nil { holdings[entering, default: .init()].new += area }
    if after.state == .remaining {
      if wasRemaining, let leaving = step.leaving, leaving != entering {
        holdings[leaving, default: .init()].movedOut += area
        holdings[entering, default: .init()].movedIn += area
      } else if let before = step.before, !wasRemaining {
        reopen(before, after, entering, area)
      }
      return
    }
    var again = step.ended[...]
    if step.before == nil || wasRemaining, let first = again.popFirst() ?? after.releasedBy.first {
      release(by: first, from: step.before == nil ? entering : step.leaving ?? entering, area, rules)
    }
    for activity in again { works[activity, default: .init()].reprocessed += area }
  }

  /// The first work that stands keeps the square metre, whatever the map shows of what came after.
  private mutating func release(by activity: Int, from holding: Holding, _ area: Double, _ rules: DecisionRules) {
    let work = rules.activities[activity]
    let amount = Returns.Released(area, by: work.claims, searched: work.searched == true)
    holdings[holding, default: .init()].released += amount
    works[activity, default: .init()].released += amount
  }

  /// Released ground that remains again: by a find, or because another hazard was recorded over it.
  private mutating func reopen(_ before: FaceState, _ after: FaceState, _ entering: Holding, _ area: Double) {
    if after.reopenedBy.isEmpty {
      holdings[entering, default: .init()].new += area
    } else {
      holdings[entering, default: .init()].reopened += area
      if let first = before.releasedBy.first { works[first, default: .init()].undone += area }
    }
  }

  private func holding(_ state: FaceState, _ day: CivilDate, _ rules: DecisionRules) -> Holding {
    Holding(hazard: state.owner, hazardClass: rules.hazards[state.owner].hazard.hazardClass(on: day))
  }

  private func owner(_ before: FaceState?, _ after: FaceState?) -> Int? {
    before?.state == .remaining ? before?.owner : after?.owner
  }

  private func ended(
    on day: CivilDate, _ cover: FaceCover, _ claims: [Int], owner: Int?, _ rules: DecisionRules
  ) -> [Int] {
    guard let owner else { return [] }
    let (past, rules) = (rules.cover(cover, on: day), rules.rules(on: day))
    return claims.filter { rules.activities[$0].end == day && rules.stands($0, on: owner, past.discs) }
  }
}
