public import Geometry
public import Survey

/// What is recorded of one place: its state, and everything that has a part in it.
public struct WhyAnswer: Sendable {
  public let position: Geographic
  /// Recorded hazards that hold the place, in the order in which they take ground.
  public internal(set) var hazards: [Hazard] = []
  /// `nil` where no recorded hazard holds the place.
  public internal(set) var nominal, assured: State?
  /// Work whose ground comes near, the nearest first.
  public internal(set) var works: [Work] = []
  /// Finds near the place, with metres to them, the nearest first.
  public internal(set) var finds: [(find: Find, distance: Double)] = []
  /// Open spot tasks near the place, or perhaps near it by their sigma, with metres to where they are recorded.
  public internal(set) var spotTasks: [(task: SpotTask, distance: Double)] = []

  /// Ground in one state, and why.
  public struct State: Sendable {
    public let layer: LandState
    /// Whose ground it is: the first for which it is not released, or the first of all.
    public let hazard: Hazard
    /// What released it, in the order of effect.
    public let activities: [Activity]
    /// The day of the first of these, or of what last made it remain: the hazard's record, or a find.
    public let since: CivilDate
    /// Cleared, but not as deep as required.
    public let isShallow: Bool
    /// Ids of the finds that put it back.
    public let reopenedBy: [String]
  }

  /// One activity near the place.
  public struct Work: Sendable {
    public let activity: Activity
    /// Whether the map has its ground here, as it is and where it is sure.
    public internal(set) var holds = false, isSure = false
    /// What it does to the hazard that owns the place; `nil` where it does not hold the place, or there is no hazard.
    public internal(set) var effect: Effect?
    /// Metres to the line that was walked, or to the edge of what was drawn.
    public internal(set) var distance = Double.infinity
    public internal(set) var fix: NearestFix?
  }

  /// The fix of a log that is nearest to a place.
  public struct NearestFix: Sendable {
    /// Index of the log among the activity's logs.
    public let log: Int
    /// Its line in the log, or its index there.
    public let line: Int
    /// Metres from the place, and its sigma.
    public let distance, sigma: Double
  }

  /// Why a claim over a place does or does not release it.
  public enum Effect: Hashable, Sendable {
    case releases
    /// Less deep than required, or nobody says how deep.
    case tooShallow
    /// This kind of work may not claim this state.
    case kindMayNot
    /// It took effect before the hazard was recorded.
    case beforeHazard
    /// Finds of these ids put the ground back.
    case undone(by: [String])
  }
}
