public import Geometry

/// A place where a weapon struck or was meant to strike: a usage point (IMAS 04.10), indirect evidence.
public struct Strike: Hashable, Sendable, Identifiable {
  public var id: String
  public var position: Geographic
  public var recorded: CivilDate
  /// Degrees from true north of the way the weapon flew, 0 to 360; `nil` where nobody knows.
  public var heading: Double?
  /// The name of a weapon of the survey.
  public var weapon: String?
  /// Metres, one axis; `nil` where the record does not say.
  public var sigma: Double?
  /// Its sigma, or that of a handheld receiver, in metres.
  public var usedSigma: Double { sigma ?? FixQuality.unknown.assumedSigma }
  /// Who says so.
  public var source: String?
  public var place: Place

  public init(id: String, position: Geographic, recorded: CivilDate, place: Place) {
    (self.id, self.position, self.recorded, self.place) = (id, position, recorded, place)
  }
}

extension FieldSurvey {
  /// The weapon of a strike, however the two spell it; `nil` where it has no size.
  public func weapon(of strike: Strike) -> Weapon? {
    guard let name = strike.weapon else { return nil }
    let key = folded(name)
    return weapons[name] ?? weapons.values.filter { folded($0.name) == key }.min { $0.name < $1.name }
  }
}

/// What one weapon covers, by the survey's own table: sources differ by a factor of sixteen, so none is built in.
public struct Weapon: Hashable, Sendable, Codable {
  public var name: String
  /// Metres along the heading and across it.
  public var length, width: Double
  public var source: String

  public init(name: String, length: Double, width: Double, source: String) {
    (self.name, self.length, self.width, self.source) = (name, length, width, source)
  }
}
