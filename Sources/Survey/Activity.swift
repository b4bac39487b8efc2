public import Geometry

/// What was done (IMAS 04.10).
public enum ActivityKind: String, Hashable, Sendable, CaseIterable {
  case clearance
  case bacSurface = "bac-surface"
  case bacSubsurface = "bac-subsurface"
  case technicalSurvey = "technical-survey"
  case nonTechnicalSurvey = "non-technical-survey"

  /// The state that this kind of work may put land into; no other claim of it releases anything.
  public var mayClaim: Release {
    switch self {
    case .clearance, .bacSurface, .bacSubsurface: .cleared
    case .technicalSurvey: .reduced
    case .nonTechnicalSurvey: .cancelled
    }
  }
}

/// How land was released. On the map the earlier case beats the later.
public enum Release: String, Hashable, Sendable, CaseIterable {
  case cleared, reduced, cancelled
}

/// How an activity's ground is given.
public enum ClaimGeometry: String, Hashable, Sendable, CaseIterable {
  /// The swath along the steps of logs.
  case track
  /// The ground inside a perimeter walked in a log.
  case perimeter
  /// Every polygon of files.
  case polygons
  /// The polygons of files whose `status` equals what the activity claims.
  case cells
}

/// One entry of `[[activities]]`, resolved and checked.
public struct Activity: Hashable, Sendable, Identifiable {
  public var id: String
  public var kind: ActivityKind
  public var claims: Release
  public var start: CivilDate
  /// The day on which it takes effect, and the last day whose fixes count.
  public var end: CivilDate
  public var geometry: ClaimGeometry
  public var team: String?
  public var organisation: String?
  public var method: String?
  public var note: String?
  /// Centimetres reached; `nil` where not given, and then a clearance releases nothing.
  public var depth: Double?
  /// For technical survey: physically searched, or inferred.
  public var searched: Bool?
  /// Paths of logs relative to the survey folder, for `track` and `perimeter`.
  public var logs: [String] = []
  /// For `polygons` and `cells`, read from files.
  public var polygons: [Polygon<Geographic>] = []
  /// Full width of the searched strip in metres, for `track`.
  public var swathWidth: Double?
  /// Metres, replacing what logs say or what would be assumed.
  public var sigma: Double?
  public var rules = TrackRules()
  /// Largest distance in metres between the ends of a perimeter walk that still counts as closed.
  public var maxClosing = 5.0
  public var reportedArea: Double?
  public var place: Place

  public init(
    id: String, kind: ActivityKind, claims: Release, start: CivilDate, end: CivilDate, geometry: ClaimGeometry,
    place: Place
  ) {
    (self.id, self.kind, self.claims, self.start, self.end) = (id, kind, claims, start, end)
    (self.geometry, self.place) = (geometry, place)
  }
}

/// When a step between two fixes counts as walked ground, and what is marked instead.
public struct TrackRules: Hashable, Sendable {
  /// Seconds. A receiver at 1 Hz that loses ten fixes no longer says where its bearer went.
  public var maxGapSeconds = 10.0
  /// Metres. Ten seconds of search at a walking-search pace of 0.5 m/s.
  public var maxGapMetres = 5.0
  /// Metres per second. Nobody searches ground at 2 m/s: that is commuting, or a jump of the receiver.
  public var maxSpeed = 2.0
  /// Fixes of a lower quality are not used; `nil` takes every measured one.
  public var minQuality: FixQuality?

  public init() {}
}
