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
  /// The first row whose condition holds gives a box its status (`row(finds:assuredPercent:)`).
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

    /// Whether a box with finds of these categories (`OrdnanceCategory.key`) and this assured percent has the status. A
    /// row without a condition is every other box's.
    fileprivate func holds(_ found: Set<String>, _ assuredPercent: Double) -> Bool {
      (finds.map { $0.holds(found) } ?? true) && (leastPercent.map { assuredPercent >= $0 } ?? true)
    }
  }

  public enum FindsNeeded: Hashable, Sendable, Codable {
    case any
    /// One of these, however it is spelled (`OrdnanceCategory.key`).
    case categories(Set<String>)

    fileprivate func holds(_ found: Set<String>) -> Bool {
      switch self {
      case .any: !found.isEmpty
      case .categories: !keys.isDisjoint(with: found)
      }
    }

    fileprivate var keys: Set<String> {
      switch self {
      case .any: []
      case .categories(let wanted): Set(wanted.map(OrdnanceCategory.key))
      }
    }
  }

  /// The row of a box with these finds and this assured percent; `nil` where none holds.
  ///
  /// A find whose category nobody knows may be of each that the legend asks for, or of another: of the rows that come out,
  /// the box has the one that claims least. That is the one that asks for the least percent; of these one that asks for
  /// finds; of these the first.
  public func row(finds: [Find], assuredPercent: Double) -> Row? {
    let words = rows.reduce(into: Set<String>()) { $0.formUnion($1.finds?.keys ?? []) }
    let keys = finds.map { find in
      find.category.map(OrdnanceCategory.key).flatMap { find.hasKnownCategory || words.contains($0) ? $0 : nil }
    }
    let known = Set(keys.compactMap { $0 })
    let first = { (found: Set<String>) in rows.firstIndex { $0.holds(found, assuredPercent) } ?? rows.endIndex }
    guard keys.contains(nil) else { return row(at: first(known)) }
    // Several such finds may differ, but the first row that holds for all is the first that holds for one of them. No
    // category has an empty key: that stands for another one.
    let claims = words.union([""]).map { word in
      let index = first(known.union([word]))
      let row = row(at: index)
      return (row?.leastPercent ?? 0, row?.finds == nil ? 1 : 0, index)
    }
    return claims.min(by: <).flatMap { row(at: $0.2) }
  }

  private func row(at index: Int) -> Row? { rows.indices.contains(index) ? rows[index] : nil }
}
