public import Survey

/// What remains by municipality and village: the table of areas in Serbia's yearly report under Article 7 of the Convention
/// on Cluster Munitions.
public struct AreaTable: Hashable, Sendable {
  /// How many areas are known (CHA) or suspected (SHA), and their square metres.
  public struct Row: Hashable, Sendable {
    /// `nil` where the records do not say.
    public let municipality, village: String?
    public fileprivate(set) var known = 0, suspected = 0
    /// Square metres as they were measured.
    fileprivate var exactKnown = 0.0, exactSuspected = 0.0
    public var areas: Int { known + suspected }
    /// Square metres, each figure rounded up by itself from the exact sum.
    public var knownArea: Int { wholeMetres(exactKnown) }
    public var suspectedArea: Int { wholeMetres(exactSuspected) }
    public var area: Int { wholeMetres(exactKnown + exactSuspected) }

    init(_ municipality: String?, _ village: String?) { (self.municipality, self.village) = (municipality, village) }

    fileprivate mutating func add(_ hazard: Ledger.HazardRow) {
      switch hazard.hazardClass {
      case .confirmed: (known, exactKnown) = (known + 1, exactKnown + hazard.nominal.remaining)
      case .suspected: (suspected, exactSuspected) = (suspected + 1, exactSuspected + hazard.nominal.remaining)
      }
    }
  }

  /// Sorted by municipality and village; those of which nothing remains are left out.
  public let rows: [Row]
  /// The exact sum of all rows, rounded once: the rows as they are printed may come to a few square metres more.
  public let total: Row

  /// Nominal areas, rounded up: a square metre that is partly contaminated is contaminated.
  public init(_ ledger: Ledger) {
    struct Place: Hashable { var municipality, village: String? }
    let remaining = ledger.hazards.filter { $0.nominal.remaining > leastArea }
    let found = Dictionary(grouping: remaining) { Place(municipality: $0.municipality, village: $0.village) }
    let places = found.keys.sorted {
      ($0.municipality ?? "", $0.village ?? "") < ($1.municipality ?? "", $1.village ?? "")
    }
    rows = places.map { place in
      var row = Row(place.municipality, place.village)
      for hazard in found[place] ?? [] { row.add(hazard) }
      return row
    }
    total = remaining.reduce(into: Row(nil, nil)) { $0.add($1) }
  }
}

/// Square metres up to which a hazard is the rounding of corners, and no area that is known or suspected.
private let leastArea = 0.01

/// Square metres by which a sum may pass a whole number without becoming the next one. Corners lie on a lattice of a
/// millimetre: an area of 50 m across that is drawn to a figure misses it by as much. Rounding to nearest would say less
/// than is contaminated.
private let areaTolerance = 0.05

/// Square metres rounded up, and at least 1 where there are any.
private func wholeMetres(_ area: Double) -> Int {
  area > leastArea ? max(1, Int(exactly: (area - areaTolerance).rounded(.up)) ?? 0) : 0
}
