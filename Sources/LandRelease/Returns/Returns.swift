import Geometry
public import Survey

/// What happened to recorded land from one day to another, both included.
///
/// For every hazard, and in total: closing = opening + new + reopened + moved in - moved out - released. It is found by
/// following each face of one arrangement from day to day, so nothing is netted away, and nothing counted twice: where
/// releases overlap, the earlier keeps the square metre and the later is re-processed.
public struct Returns: Sendable {
  /// Square metres released, by how.
  public struct Released: Hashable, Sendable {
    public var cancelled = 0.0, searched = 0.0, inferred = 0.0, cleared = 0.0
    public var total: Double { cancelled + searched + inferred + cleared }

    public init() {}

    init(_ area: Double, by release: Release, searched isSearched: Bool) {
      switch release {
      case .cancelled: cancelled = area
      case .cleared: cleared = area
      case .reduced: if isSearched { searched = area } else { inferred = area }
      }
    }

    public static func += (a: inout Self, b: Self) {
      a.cancelled += b.cancelled
      a.searched += b.searched
      a.inferred += b.inferred
      a.cleared += b.cleared
    }
  }

  /// Square metres that remained of a hazard in one of its classes, and what came and went.
  public struct Flow: Hashable, Sendable {
    public var opening = 0.0, closing = 0.0
    /// Recorded in the period, and put back by finds in it.
    public var new = 0.0, reopened = 0.0
    /// Taken over from another hazard or class that held the ground, and given to one.
    public var movedIn = 0.0, movedOut = 0.0
    public var released = Released()
    /// Square metres by which the row does not add up: 0 but for the rounding of sums.
    public var discrepancy: Double {
      opening + new + reopened + movedIn - movedOut - released.total - closing
    }

    public init() {}

    public static func + (a: Self, b: Self) -> Self {
      var sum = a
      sum.opening += b.opening
      sum.closing += b.closing
      sum.new += b.new
      sum.reopened += b.reopened
      sum.movedIn += b.movedIn
      sum.movedOut += b.movedOut
      sum.released += b.released
      return sum
    }
  }

  /// Square metres of one activity.
  public struct Work: Hashable, Sendable {
    public var released = Released()
    /// Released by others before, and of its own release what a find in the period put back.
    public var reprocessed = 0.0, undone = 0.0

    public init() {}

    public static func + (a: Self, b: Self) -> Self {
      var sum = a
      sum.released += b.released
      sum.reprocessed += b.reprocessed
      sum.undone += b.undone
      return sum
    }
  }

  public struct HazardRow: Sendable {
    public let hazard: Hazard
    public let hazardClass: HazardClass
    public let nominal, assured: Flow
  }

  public struct ActivityRow: Sendable {
    public let activity: Activity
    public let nominal, assured: Work
  }

  /// A find made or disposed of in the period.
  public struct Item: Sendable {
    public let find: Find
    /// The first recorded hazard that holds it.
    public let hazard: Hazard?
    public let isFound, isDisposed: Bool
  }

  public let period: ClosedRange<CivilDate>
  /// Hazards that held ground in the period, in the order in which they take ground, a row for each class they had.
  public let hazards: [HazardRow]
  /// Activities that ended in the period or whose release was put back in it, in the order of effect.
  public let activities: [ActivityRow]
  public let items: [Item]
  /// By id.
  public let spotTasks: [Task]

  public var nominal: Flow { hazards.reduce(Flow()) { $0 + $1.nominal } }
  public var assured: Flow { hazards.reduce(Flow()) { $0 + $1.assured } }
}

extension Returns {
  init(_ survey: FieldSurvey, nominal: Movements, assured: Movements, _ rules: DecisionRules) {
    period = nominal.period
    let holdings = Set(nominal.holdings.keys).union(assured.holdings.keys).sorted {
      ($0.hazard, $0.hazardClass.rawValue) < ($1.hazard, $1.hazardClass.rawValue)
    }
    hazards = holdings.map { holding in
      HazardRow(
        hazard: rules.hazards[holding.hazard].hazard, hazardClass: holding.hazardClass,
        nominal: nominal.holdings[holding] ?? Flow(), assured: assured.holdings[holding] ?? Flow())
    }
    let period = period
    let active = Set(nominal.works.keys).union(assured.works.keys).union(
      rules.activities.indices.filter { period.contains(rules.activities[$0].end) })
    let order = effectOrder(of: rules.activities)
    activities = active.sorted { order[$0] < order[$1] }.map { index in
      ActivityRow(
        activity: rules.activities[index], nominal: nominal.works[index] ?? Work(),
        assured: assured.works[index] ?? Work())
    }
    let grounds = rules.hazards.map { FindGround($0.ground) }
    let home = { (position: Geographic) in
      grounds.firstIndex { $0.holds(position) }.map { rules.hazards[$0].hazard }
    }
    items = survey.finds(asOf: period.upperBound).compactMap { find in
      let isFound = period.contains(find.found)
      let isDisposed = find.disposed.map { period.contains($0) } ?? false
      guard isFound || isDisposed else { return nil }
      return Item(find: find, hazard: home(find.position), isFound: isFound, isDisposed: isDisposed)
    }
    spotTasks = survey.spotTasks.compactMap { task in
      TaskFlow(task, in: period).map { Task(task: task, hazard: home(task.position), flow: $0) }
    }.sorted { $0.task.id < $1.task.id }
  }
}
