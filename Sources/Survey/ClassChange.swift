/// A recorded area that changed its class: suspected land is confirmed by direct evidence, and may go back again.
public struct ClassChange: Hashable, Sendable {
  /// The day from which the area has the class.
  public var date: CivilDate
  public var hazardClass: HazardClass
  /// Who decided it: an organisation, and what it is in the programme; no person.
  public var organisation: String?
  public var role: String?
  public var note: String?
  public var place: Place

  public init(_ hazardClass: HazardClass, on date: CivilDate, place: Place) {
    (self.hazardClass, self.date, self.place) = (hazardClass, date, place)
  }
}

extension Hazard {
  /// Its class at the end of a day; without a day, at the last change.
  public func hazardClass(on day: CivilDate?) -> HazardClass {
    classChanges.last { change in day.map { change.date <= $0 } ?? true }?.hazardClass ?? recordedClass
  }
}

extension FieldSurvey {
  /// The hazards that are recorded by the end of a day, each with its class on that day; without a day, all.
  public func hazards(asOf day: CivilDate?) -> [Hazard] {
    hazards.filter { hazard in day.map { hazard.recorded <= $0 } ?? true }.map { hazard in
      var hazard = hazard
      hazard.hazardClass = hazard.hazardClass(on: day)
      return hazard
    }
  }

  /// The finds that are made by the end of a day; without a day, all.
  public func finds(asOf day: CivilDate?) -> [Find] {
    finds.filter { find in day.map { find.found <= $0 } ?? true }
  }
}
