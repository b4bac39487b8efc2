public import Survey

/// A return's rows summed by what the hazards, the work or the finds say of themselves.
public struct ReturnTable: Sendable {
  /// What rows are summed by. Organisations release and find; what remains belongs to none of them.
  public enum Dimension: String, Hashable, Sendable, CaseIterable {
    case municipality, village, hazard, hazardClass = "class", ordnance, organisation
  }

  public struct Row: Sendable {
    /// `nil` where the records do not say.
    public let name: String?
    /// `nil` for what is summed by organisation.
    public var nominal, assured: Returns.Flow?
    /// Of the activities; `nil` but for what is summed by organisation.
    public var work, assuredWork: Returns.Work?
    /// Square metres, as the activities that ended in the period report them; `nil` where none does, or as above.
    public var reported: Double?
    /// Finds made, and disposed of.
    public var found = 0, disposed = 0
    public var tasks = Returns.TaskFlow()

    /// A row of items alone has figures as any other, which are 0.
    init(name: String?, _ dimension: Dimension) {
      self.name = name
      if dimension == .organisation {
        (work, assuredWork) = (Returns.Work(), Returns.Work())
      } else {
        (nominal, assured) = (Returns.Flow(), Returns.Flow())
      }
    }
  }

  public let dimension: Dimension
  /// Sorted by name, those without a name first.
  public let rows: [Row]

  public init(_ returns: Returns, by dimension: Dimension, of survey: FieldSurvey) {
    self.dimension = dimension
    var found: [String?: Row] = [:]
    func add(to name: String?, _ change: (inout Row) -> Void) {
      change(&found[name, default: Row(name: name, dimension)])
    }
    if dimension != .organisation {
      for row in returns.hazards { add(to: row.name(by: dimension)) { $0.add(row) } }
    } else {
      for row in returns.activities {
        add(to: row.activity.organisation ?? survey.organisation) { $0.add(row, in: returns.period) }
      }
    }
    for item in returns.items {
      add(to: item.name(by: dimension, survey)) { row in
        row.found += item.isFound ? 1 : 0
        row.disposed += item.isDisposed ? 1 : 0
      }
    }
    for item in returns.spotTasks {
      add(to: item.name(by: dimension, survey)) { $0.tasks = $0.tasks + item.flow }
    }
    rows = found.values.sorted { ($0.name ?? "") < ($1.name ?? "") }
  }
}

extension ReturnTable.Row {
  fileprivate mutating func add(_ row: Returns.HazardRow) {
    nominal = (nominal ?? .init()) + row.nominal
    assured = (assured ?? .init()) + row.assured
  }

  fileprivate mutating func add(_ row: Returns.ActivityRow, in period: ClosedRange<CivilDate>) {
    work = (work ?? .init()) + row.nominal
    assuredWork = (assuredWork ?? .init()) + row.assured
    if let area = row.activity.reportedArea, period.contains(row.activity.end) { reported = (reported ?? 0) + area }
  }
}

extension Returns.HazardRow {
  fileprivate func name(by dimension: ReturnTable.Dimension) -> String? {
    switch dimension {
    case .municipality: hazard.municipality
    case .village: hazard.village
    case .hazard: hazard.id
    case .hazardClass: hazardClass.rawValue
    case .ordnance: hazard.ordnance
    case .organisation: nil
    }
  }
}

extension Returns.Item {
  fileprivate func name(by dimension: ReturnTable.Dimension, _ survey: FieldSurvey) -> String? {
    switch dimension {
    case .municipality: hazard?.municipality
    case .village: hazard?.village
    case .hazard: hazard?.id
    case .hazardClass: hazard?.hazardClass.rawValue
    case .ordnance: find.ordnance ?? find.type
    case .organisation: survey.organisation(doing: find.activity)
    }
  }
}

extension Returns.Task {
  /// What the task does not say itself, the hazard says that holds it.
  fileprivate func name(by dimension: ReturnTable.Dimension, _ survey: FieldSurvey) -> String? {
    switch dimension {
    case .municipality: task.municipality ?? hazard?.municipality
    case .village: task.village ?? hazard?.village
    case .hazard: hazard?.id
    case .hazardClass: hazard?.hazardClass.rawValue
    case .ordnance: task.ordnance ?? task.type
    case .organisation: survey.organisation(doing: task.activity)
    }
  }
}

extension FieldSurvey {
  /// Whose an activity is; `nil` where there is none of that id.
  fileprivate func organisation(doing activity: String?) -> String? {
    activities.first { $0.id == activity }.flatMap { $0.organisation ?? self.organisation }
  }
}
