public import Geometry
public import Survey

/// A survey as it is once everything that belongs to it has been read: what a store keeps, and hands back as it was.
public struct SurveyContent: Hashable, Sendable {
  public var survey: FieldSurvey
  public var wishes = Wishes()
  /// In the order in which they were found.
  public var findings: [Finding] = []
  /// Whether some input could not be used.
  public var hasUnusedInput = false
  /// Where hazards, finds, spot tasks, strikes, activities and changes of class stand that could not be used.
  public var unreadHazards: [Place] = [], unreadFinds: [Place] = [], unreadSpotTasks: [Place] = []
  public var unreadStrikes: [Place] = [], unreadActivities: [Place] = [], unreadClassChanges: [Place] = []
  /// Boxes of hazards that are not among those of the survey, and are looked at to see whether a place lies near any.
  public var otherPlaces: [Box<Geographic>] = []
  /// The logs of its activities.
  public var logs: [LogUse] = []
  /// Runs of walked steps, in the order of the input.
  public var runs: [StoredRun] = []
  /// The history, in its order.
  public var events: [StoredEvent] = []
  /// The clearance grid as it stood at the import, for GIS programs; no answer is computed from it.
  public var boxes: [StoredBox] = []
  /// Read by themselves, where an account is asked for.
  public var accounts: [StoredAccount] = []

  /// What was said on the command line when the survey was read.
  public struct Wishes: Hashable, Sendable {
    public var operations: [String] = []
    public var preset: String?
    public var allowsMissingGrid = false

    public init(operations: [String] = [], preset: String? = nil, allowsMissingGrid: Bool = false) {
      (self.operations, self.preset, self.allowsMissingGrid) = (operations, preset, allowsMissingGrid)
    }
  }

  public init(_ survey: FieldSurvey) { self.survey = survey }
}

/// A log as an activity lists it.
public struct LogUse: Hashable, Sendable {
  /// The activity's id, and the number of the log among its logs, members of archives counted.
  public var activity: String, order: Int
  /// From the survey's folder; of a member of an archive behind the archive's own.
  public var path: String
  /// `nil` where it could not be read.
  public var sha256: String?

  public init(activity: String, order: Int, path: String, sha256: String?) {
    (self.activity, self.order, self.path, self.sha256) = (activity, order, path, sha256)
  }
}

/// Consecutive points whose steps all claim ground; the points themselves are read when they are wanted.
public struct StoredRun: Hashable, Sendable {
  public var activity: String
  /// The number of the log among the activity's logs, and of the run in it.
  public var log: Int, sequence: Int
  public var points: Int
  /// Degrees; the longitude counted on past 180 where the run crosses it.
  public var box: Box<Geographic>
  /// The local calendar day of its steps, where fixes say it.
  public var day: CivilDate?
  /// Of the points as they are packed.
  public var sha256: String
  /// Among all runs of the survey, from 1.
  public var number: Int

  public init(
    activity: String, log: Int, sequence: Int, points: Int, box: Box<Geographic>, day: CivilDate?, sha256: String,
    number: Int
  ) {
    (self.activity, self.log, self.sequence, self.points) = (activity, log, sequence, points)
    (self.box, self.day, self.sha256, self.number) = (box, day, sha256, number)
  }
}

/// What a group of hazards came to.
public struct StoredAccount: Hashable, Sendable {
  /// The SHA-256 of all that it rests on.
  public var key: String
  public var numbers: [Double]

  public init(key: String, numbers: [Double]) { (self.key, self.numbers) = (key, numbers) }
}

/// A box of the clearance grid.
public struct StoredBox: Hashable, Sendable {
  public var id: String
  public var polygons: [Polygon<Geographic>]
  /// MGRS of its south-west corner, and metres of a side.
  public var mgrs: String?
  public var size: Double
  /// By the survey's legend.
  public var status: String?, colour: String?
  public var coveredPercent: Double, assuredPercent: Double
  /// Square metres.
  public var remaining: Double, released: Double
  /// Ids, parted by commas.
  public var hazards: String, finds: String, activities: String

  public init(
    id: String, polygons: [Polygon<Geographic>], mgrs: String?, size: Double, status: String?, colour: String?,
    coveredPercent: Double, assuredPercent: Double, remaining: Double, released: Double, hazards: String,
    finds: String, activities: String
  ) {
    (self.id, self.polygons, self.mgrs, self.size) = (id, polygons, mgrs, size)
    (self.status, self.colour) = (status, colour)
    (self.coveredPercent, self.assuredPercent) = (coveredPercent, assuredPercent)
    (self.remaining, self.released) = (remaining, released)
    (self.hazards, self.finds, self.activities) = (hazards, finds, activities)
  }
}
