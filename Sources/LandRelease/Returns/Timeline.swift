import Survey

extension CivilDate {
  var dayBefore: CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch - 1) }
}

extension DecisionRules {
  /// Decides one face as it was at the end of a day: by the hazards recorded, the work ended and the finds made by then.
  func decide(_ cover: FaceCover, claims: [Int], on day: CivilDate) -> FaceState? {
    rules(on: day).decide(self.cover(cover, on: day), claims: claims)
  }

  func rules(on day: CivilDate) -> DecisionRules {
    DecisionRules(
      hazards: hazards, activities: activities, requiredDepth: requiredDepth, asOf: day, reopenings: reopenings)
  }

  /// What was there on a day of what covers a face, in the order of that day: a class that changed changes it.
  func cover(_ cover: FaceCover, on day: CivilDate) -> FaceCover {
    var past = cover
    past.hazards = cover.hazards.filter { hazards[$0].hazard.recorded <= day }
    if past.hazards.count > 1, past.hazards.contains(where: { !hazards[$0].hazard.classChanges.isEmpty }) {
      past.hazards.sort { takesGroundBefore(hazards[$0].hazard, hazards[$1].hazard, on: day) }
    }
    past.discs = cover.discs.filter { reopenings[$0].find.found <= day }
    return past
  }

  /// The days on which something may have happened to a face, in their order.
  func days(of cover: FaceCover, claims: [Int]) -> [CivilDate] {
    var days = Set(cover.discs.map { reopenings[$0].find.found })
    for hazard in cover.hazards {
      days.insert(hazards[hazard].hazard.recorded)
      days.formUnion(hazards[hazard].hazard.classChanges.map(\.date))
    }
    for claim in claims { days.insert(activities[claim].end) }
    return days.sorted()
  }
}
