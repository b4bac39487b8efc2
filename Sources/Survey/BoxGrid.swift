/// The grid of boxes of a survey: `[grid]`.
public struct BoxGrid: Hashable, Sendable, Codable {
  /// Metres; corners lie on whole multiples of it in the survey's projected CRS.
  public var box: Double
  /// What the statuses of boxes mean; `nil` where the survey gives none, or gives one that cannot be used.
  public var legend: Legend?
  /// The least assured percent of a box that counts as searched; never assumed.
  public var searchedPercent: Double?

  public init(box: Double, legend: Legend? = nil, searchedPercent: Double? = nil) {
    (self.box, self.legend, self.searchedPercent) = (box, legend, searchedPercent)
  }
}

/// What the statuses of boxes mean in one programme, and when a box has them: always data, since programmes differ.
public struct Legend: Hashable, Sendable, Codable {
  /// The first row whose condition holds gives a box its status.
  public var rows: [Row]

  public init(_ rows: [Row]) { self.rows = rows }

  public struct Row: Hashable, Sendable, Codable {
    public var status: String
    public var meaning: String
    /// `#RRGGBB`.
    public var colour: String
    /// What must have been found in the box; `nil` where it does not matter.
    public var finds: FindsNeeded?
    /// The least assured percent; `nil` where it does not matter.
    public var leastPercent: Double?

    public init(
      status: String, meaning: String, colour: String, finds: FindsNeeded? = nil, leastPercent: Double? = nil
    ) {
      (self.status, self.meaning, self.colour) = (status, meaning, colour)
      (self.finds, self.leastPercent) = (finds, leastPercent)
    }

    /// Whether a box with finds of these categories, `nil` where a record does not say, and this assured percent has the
    /// status. A row without a condition is every other box's.
    public func holds(finds found: [String?], assuredPercent: Double) -> Bool {
      (finds.map { $0.holds(found) } ?? true) && (leastPercent.map { assuredPercent >= $0 } ?? true)
    }
  }

  public enum FindsNeeded: Hashable, Sendable, Codable {
    case any
    /// One of these, however it is spelled (`OrdnanceCategory.key`). A find without a category is taken for any of them.
    case categories(Set<String>)

    func holds(_ found: [String?]) -> Bool {
      switch self {
      case .any: return !found.isEmpty
      case .categories(let wanted):
        let keys = Set(wanted.map(OrdnanceCategory.key))
        return found.contains { $0.map { keys.contains(OrdnanceCategory.key($0)) } ?? true }
      }
    }
  }

  public func row(finds: [String?], assuredPercent: Double) -> Row? {
    rows.first { $0.holds(finds: finds, assuredPercent: assuredPercent) }
  }
}
