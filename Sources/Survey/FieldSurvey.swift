/// A survey folder, read and checked: what is recorded, and what was done about it.
public struct FieldSurvey: Hashable, Sendable {
  public var id: String
  public var name: String
  /// The CRS in which planar areas are printed, such as `EPSG:6316`.
  public var grid: String?
  /// The coordinate operations, such as `EPSG:9495`, that the survey pins for the datums of its files and its grid.
  public var operations: [String] = []
  /// Those that were chosen for its files, or that its preset pins: where the grid can be reached by one of them, it is.
  public var pinnedOperations: [String] = []
  public var timeZone: String
  /// Centimetres.
  public var requiredDepth: Double?
  /// Metres of fade-out round a find; never assumed.
  public var fadeout: Double?
  /// Metres. A disc round a find is drawn in one local frame, whose lengths are true to x²/2R² at x metres from its centre
  /// (`LocalFrame`): its radius is short by x³/6R², 0.5 mm here and over a kilometre at 1000 km.
  public static let mostReach = 5_000.0
  /// k: how many standard deviations the assured part stays away from the edge.
  public var sigmaFactor = 2.0
  public var municipality: String?
  public var organisation: String?
  /// The name of a set of national values, such as `serbia`.
  public var preset: String?
  public var frame = FrameUse()
  /// How the coordinates of its files were carried over, a CRS each.
  public var coordinates: [CoordinateUse] = []
  public var boxes: BoxGrid?
  public var hazards: [Hazard] = []
  public var activities: [Activity] = []
  public var finds: [Find] = []
  /// Single deep items, each to be dug for by itself; they are no ground and in no account of land.
  public var spotTasks: [SpotTask] = []
  public var strikes: [Strike] = []
  /// By name.
  public var weapons: [String: Weapon] = [:]
  /// Every file that was read, with its hash; logs come after they have been read.
  public var inputs: [Input] = []

  public struct Input: Hashable, Sendable, Comparable {
    public var path: String
    public var sha256: String
    public init(path: String, sha256: String) { (self.path, self.sha256) = (path, sha256) }
    public static func < (a: Self, b: Self) -> Bool { (a.path, a.sha256) < (b.path, b.sha256) }
  }

  public init(id: String, name: String, timeZone: String = "UTC") {
    (self.id, self.name, self.timeZone) = (id, name, timeZone)
  }
}

/// Something in a survey that its planner should know, with a stable code.
public struct Finding: Hashable, Sendable {
  public enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
    case info, warning, error
    public static func < (a: Self, b: Self) -> Bool { a.order < b.order }
    private var order: Int { self == .info ? 0 : self == .warning ? 1 : 2 }
  }
  /// Dotted, such as `activity.depth`; the list is in `docs/findings.md`.
  public var code: String
  public var level: Level
  public var place: Place
  /// What was found.
  public var message: String
  /// What to do about it.
  public var advice: String

  public init(_ code: String, _ level: Level, at place: Place, _ message: String, advice: String) {
    (self.code, self.level, self.place, self.message, self.advice) = (code, level, place, message, advice)
  }
}
