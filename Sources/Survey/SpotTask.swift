public import Geometry

/// How far an EOD spot task has come.
public enum SpotTaskStatus: String, Hashable, Sendable, CaseIterable {
  case recorded
  case inProgress = "in-progress"
  case completed, cancelled

  /// Whether nothing is left to do.
  public var isClosed: Bool { self == .completed || self == .cancelled }
}

/// One deep item, such as an air bomb: a point with an estimated depth, and never an area.
public struct SpotTask: Hashable, Sendable, Identifiable {
  public var id: String
  public var position: Geographic
  public var recorded: CivilDate
  /// As of the last record.
  public var status: SpotTaskStatus
  /// When work began; `nil` where none has, or the record does not say.
  public var started: CivilDate?
  /// When it was completed or cancelled.
  public var closed: CivilDate?
  /// As the record writes it.
  public var type: String?
  /// The name that the catalogue of ordnance has for this type; `nil` where it does not know the spelling.
  public var ordnance: String?
  /// Its kind by that catalogue, in the words of IMAS.
  public var category: String?
  /// Metres below the surface.
  public var estimatedDepth: Double?
  /// Kilograms.
  public var mass: Double?
  /// What is known of the hole where it went in; `yes` or `no` where the record says only that.
  public var entryHole: String?
  /// Metres; `nil` where the record does not say.
  public var sigma: Double?
  public var municipality: String?
  public var village: String?
  /// The id of the activity that recorded it, or works on it.
  public var activity: String?
  public var place: Place

  public init(id: String, position: Geographic, recorded: CivilDate, status: SpotTaskStatus, place: Place) {
    (self.id, self.position, self.recorded) = (id, position, recorded)
    (self.status, self.place) = (status, place)
  }

  /// What it was on a day, `nil` before it was recorded; without a day, what it is.
  public func status(asOf day: CivilDate?) -> SpotTaskStatus? {
    guard let day else { return status }
    if day < recorded { return nil }
    if let closed, closed <= day { return status }
    // A task that was closed later was worked on from the day on which work began.
    return started.map { $0 <= day } ?? false ? .inProgress : .recorded
  }

  /// Whether it is recorded, and something is left to do, on a day.
  public func isOpen(asOf day: CivilDate?) -> Bool { status(asOf: day).map { !$0.isClosed } ?? false }

  /// Metres, one axis; a record without one is taken for a handheld receiver's.
  public var usedSigma: Double { sigma ?? FixQuality.unknown.assumedSigma }
}
