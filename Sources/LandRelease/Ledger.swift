public import Survey

/// Square metres on the ellipsoid by state.
public struct Amounts: Hashable, Sendable {
  public var remaining = 0.0, cleared = 0.0, cancelled = 0.0
  /// Reduced by technical survey: physically searched, and inferred or not said.
  public var searched = 0.0, inferred = 0.0

  public init() {}

  public var reduced: Double { searched + inferred }
  public var released: Double { cleared + reduced + cancelled }
  public var total: Double { remaining + released }

  mutating func add(_ area: Double, to state: LandState, searched: Bool) {
    switch state {
    case .remaining: remaining += area
    case .cleared: cleared += area
    case .cancelled: cancelled += area
    case .reduced: if searched { self.searched += area } else { inferred += area }
    }
  }

  static func += (a: inout Amounts, b: Amounts) {
    a.remaining += b.remaining
    a.cleared += b.cleared
    a.cancelled += b.cancelled
    a.searched += b.searched
    a.inferred += b.inferred
  }
}

/// The account of a survey's land: every square metre of recorded hazard once, and the work that was done.
public struct Ledger: Hashable, Sendable {
  public struct HazardRow: Hashable, Sendable {
    public let id: String
    public let hazardClass: HazardClass
    public let recorded: CivilDate
    public let municipality, village: String?
    /// Square metres that it encloses.
    public var gross = 0.0
    /// Of these, what belongs to another hazard that takes ground before it.
    public var ceded = 0.0
    /// What is its own, by state.
    public var nominal = Amounts(), assured = Amounts()
    /// As the record itself states; never used.
    public let reported: Double?
    /// Square metres, one standard deviation of `gross`, where the accuracy of the corners is known.
    public let grossSigma: Double?
    public var net: Double { gross - ceded }
  }

  public struct ActivityRow: Hashable, Sendable {
    public let id: String
    public let kind: ActivityKind
    public let claims: Release
    public let end: CivilDate
    public let team: String?
    /// Square metres inside hazards that it released first.
    public var released = 0.0
    /// Square metres inside hazards that an earlier activity had released before.
    public var reprocessed = 0.0
    /// Square metres that it had released and a later find put back.
    public var reopened = 0.0
    /// Square metres inside hazards where it releases nothing: too shallow, not its kind, or recorded later.
    public var ineffective = 0.0
    /// Square metres outside every recorded hazard.
    public var outside = 0.0
    public let reported: Double?
    /// All that it covers.
    public var processed: Double { released + reprocessed + reopened + ineffective + outside }
  }

  public var hazards: [HazardRow] = []
  public var activities: [ActivityRow] = []
  /// The union of all recorded hazards, measured by itself and not as a sum of faces.
  public var recorded = 0.0
  /// Metres of boundary of that union.
  public var boundary = 0.0
  public var nominal = Amounts(), assured = Amounts()
  /// Planar square metres in the survey's grid by nominal state; `nil` without a grid.
  public var grid: Amounts?
  /// Finds in released ground for which the survey gives no fade-out: the account cannot be closed.
  public var openFinds: [String] = []
  /// Where hazards stand that could not be used: nobody knows how much more remains.
  public var unreadHazards: [Place] = []
  /// Where finds stand that could not be used, and might have reopened ground.
  public var unreadFinds: [Place] = []
  /// Where spot tasks stand that could not be used, and might be open.
  public var unreadSpotTasks: [Place] = []

  public init() {}

  /// Square metres by which recorded land and the sum of its states differ.
  public var discrepancy: Double { nominal.total - recorded }

  /// Whether recorded = remaining + cancelled + reduced + cleared, every hazard, find and spot task was
  /// read, and no find is left open.
  public var closes: Bool {
    balances && openFinds.isEmpty && unreadHazards.isEmpty && unreadFinds.isEmpty && unreadSpotTasks.isEmpty
  }

  /// Whether recorded = remaining + cancelled + reduced + cleared.
  ///
  /// Both sums are measured apart from each other. Noding moves an edge by up to half a lattice step of 1.11 mm, so they
  /// may differ by that along the whole boundary, by 1e-5 of the area and by a square decimetre.
  public var balances: Bool {
    abs(discrepancy) <= 1e-5 * recorded + 0.000_56 * boundary + 0.01
      && abs(assured.total - nominal.total) <= 1e-6 * recorded + 0.01
  }
}
