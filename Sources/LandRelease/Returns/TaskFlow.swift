public import Survey

extension Returns {
  /// EOD spot tasks within a period: items, and no area.
  ///
  /// `after` = `before` + `recorded` - `completed` - `cancelled`. `before` and `after` are the open tasks that the ledger
  /// counts on the evening before the period and on its last one.
  public struct TaskFlow: Hashable, Sendable {
    public var before = 0, recorded = 0, completed = 0, cancelled = 0
    public var after: Int { before + recorded - completed - cancelled }

    public init() {}

    /// `nil` where the task was neither open nor recorded in the period.
    init?(_ task: SpotTask, in period: ClosedRange<CivilDate>) {
      before = task.isOpen(asOf: period.lowerBound.dayBefore) ? 1 : 0
      recorded = period.contains(task.recorded) ? 1 : 0
      guard before + recorded > 0 else { return nil }
      let status = task.status(asOf: period.upperBound)
      completed = status == .completed ? 1 : 0
      cancelled = status == .cancelled ? 1 : 0
    }

    public static func + (a: Self, b: Self) -> Self {
      var sum = a
      sum.before += b.before
      sum.recorded += b.recorded
      sum.completed += b.completed
      sum.cancelled += b.cancelled
      return sum
    }
  }

  /// A spot task that was open or recorded in the period.
  public struct Task: Sendable {
    public let task: SpotTask
    /// The first recorded hazard that holds it.
    public let hazard: Hazard?
    public let flow: TaskFlow
  }

  public var tasks: TaskFlow { spotTasks.reduce(TaskFlow()) { $0 + $1.flow } }
}
