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
    /// Of the activities; `nil` where they cannot be told apart by the dimension.
    public var work, assuredWork: Returns.Work?
    /// Square metres, as the activities that ended in the period report them; `nil` where none does, or as above.
    public var reported: Double?
    /// Finds made, and disposed of.
    public var found = 0, disposed = 0
  }

  public let dimension: Dimension
  /// Sorted by name, those without a name first.
  public let rows: [Row]

  public init(_ returns: Returns, by dimension: Dimension, of survey: FieldSurvey) {
    self.dimension = dimension
    var found: [String?: Row] = [:]
    if dimension != .organisation {
      for row in returns.hazards {
        let name = row.name(by: dimension)
        found[name, default: Row(name: name)].add(row)
      }
    } else {
      for row in returns.activities {
        let name = row.activity.organisation ?? survey.organisation
        found[name, default: Row(name: name)].add(row, in: returns.period)
      }
    }
    for item in returns.items {
      let name = item.name(by: dimension, survey)
      var row = found[name] ?? Row(name: name)
      row.found += item.isFound ? 1 : 0
      row.disposed += item.isDisposed ? 1 : 0
      found[name] = row
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
    case .organisation:
      survey.activities.first { $0.id == find.activity }.flatMap { $0.organisation ?? survey.organisation }
    }
  }
}
